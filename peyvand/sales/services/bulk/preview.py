"""What an act on many deals would do."""

from peyvand.accounts.models import User
from peyvand.core.bulk_preview import Preview, previewed, sample_of
from peyvand.core.list_selection import Selection
from peyvand.sales.services.bulk import wording
from peyvand.sales.services.bulk.changes import Change, Plan, apply_to, checked, rows_of
from peyvand.sales.services.bulk.running import AT_ONCE

__all__ = ["Preview", "preview"]


def preview(*, actor: User, selection: Selection, change: Change, place: str) -> tuple[Preview, Plan]:
    """Say what an act would do to the chosen deals; nothing stays of it. Errors: NotAllowed, NotFound, Invalid."""
    change = checked(actor, change)
    sample = sample_of(rows_of(actor=actor, selection=selection, place=place), at_once=AT_ONCE)
    plan = Plan(selection=selection.to_json(), change=change, place=place, seen=sample.seen)
    made = previewed(
        sample,
        lambda ids: apply_to(actor=actor, ids=ids, plan=plan),
        title=wording.sentence(change),
        lines=lambda items: wording.lines(items, actor),
    )
    return made, plan
