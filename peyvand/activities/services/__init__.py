"""Every write on activities."""

from peyvand.activities.services.closing import cancel, complete, log, reopen
from peyvand.activities.services.inviting import answer
from peyvand.activities.services.links import link, move_links, unlink
from peyvand.activities.services.outcomes import add_outcome, change_outcome, ensure_starter_outcomes
from peyvand.activities.services.planning import delete, edit, plan, reschedule, restore
from peyvand.activities.services.undoing import undo

__all__ = [
    "add_outcome",
    "answer",
    "cancel",
    "change_outcome",
    "complete",
    "delete",
    "edit",
    "ensure_starter_outcomes",
    "link",
    "log",
    "move_links",
    "plan",
    "reopen",
    "reschedule",
    "restore",
    "undo",
    "unlink",
]
