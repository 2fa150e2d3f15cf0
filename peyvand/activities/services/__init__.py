"""Every write on activities."""

from peyvand.activities.services.calendar_mail import take_answers
from peyvand.activities.services.closing import cancel, complete, log, reopen
from peyvand.activities.services.feeding import close_feed, note_read, open_feed, remember_sync
from peyvand.activities.services.inviting import answer
from peyvand.activities.services.links import link, move_links, move_links_back, unlink
from peyvand.activities.services.minuting import check_in, write_minutes
from peyvand.activities.services.outcomes import add_outcome, change_outcome, ensure_starter_outcomes
from peyvand.activities.services.outside import tell_of_series, tell_outside
from peyvand.activities.services.outside_series import extend_outside
from peyvand.activities.services.planning import delete, edit, plan, reschedule, restore
from peyvand.activities.services.reminding import remind_due
from peyvand.activities.services.repeating import edit_series, end_series, extend_due, plan_series
from peyvand.activities.services.responding import tell_organizers
from peyvand.activities.services.taking_up import left_in, take_up
from peyvand.activities.services.undoing import undo

__all__ = [
    "add_outcome",
    "answer",
    "cancel",
    "change_outcome",
    "check_in",
    "close_feed",
    "complete",
    "delete",
    "edit",
    "edit_series",
    "end_series",
    "ensure_starter_outcomes",
    "extend_due",
    "extend_outside",
    "left_in",
    "link",
    "log",
    "move_links",
    "move_links_back",
    "note_read",
    "open_feed",
    "plan",
    "plan_series",
    "remember_sync",
    "remind_due",
    "reopen",
    "reschedule",
    "restore",
    "take_answers",
    "take_up",
    "tell_of_series",
    "tell_organizers",
    "tell_outside",
    "undo",
    "unlink",
    "write_minutes",
]
