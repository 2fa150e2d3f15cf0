"""What a change of many customers would do, found out by doing it to some of them and taking it back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from peyvand.accounts.models import User
from peyvand.accounts.scoping import fields_q
from peyvand.core.long_jobs import Line
from peyvand.core.models import LongJobItem
from peyvand.parties.models import Party
from peyvand.parties.policies import CHANGE
from peyvand.parties.services.bulk import wording
from peyvand.parties.services.bulk.changes import (
    BULK,
    DELETE,
    MEMBERSHIP,
    Change,
    How,
    Outcome,
    Plan,
    apply_to,
    checked,
)
from peyvand.parties.services.bulk.running import AT_ONCE
from peyvand.parties.services.bulk.selecting import Selection, rows_of, size_of
from peyvand.parties.services.editing import Raw

TRIED = 60  # of a long list
SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would happen. is_whole: every chosen customer was tried, so that all numbers are exact.

    total: the chosen ones, of very many about so many; allowed: how many the actor may change at all; changed, same,
    refused: of the tried ones; reasons: why, how often;
    seen: what the tried ones hold now, by their number.
    """

    title: str
    total: int
    allowed: int
    tried: int
    changed: int
    same: int
    reasons: Sequence[tuple[str, int]]
    lines: Sequence[Line]
    is_at_once: bool
    seen: dict[str, Raw] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return self.tried == self.total

    @property
    def refused(self) -> int:
        return sum(count for _reason, count in self.reasons)

    @property
    def forbidden(self) -> int:
        return self.total - self.allowed


def preview(*, actor: User, selection: Selection, change: Change) -> tuple[Preview, Plan]:
    """Say what a change would do to the chosen customers; nothing stays of it. Errors: NotAllowed, Invalid."""
    change = checked(actor, change)
    rows = rows_of(actor=actor, selection=selection)
    size = size_of(rows)
    total, is_whole = size.shown, size.is_exact and size.number <= AT_ONCE
    tried = list(rows.order_by("pk").values_list("pk", flat=True)[: AT_ONCE if is_whole else TRIED])
    plan = Plan(selection=selection.to_json(), change=change)
    found = _tried(actor, tried, plan)
    seen = {str(each.ref): each.before[change.key] for each in found if change.key in each.before}
    changed = [each for each in found if each.is_changed]
    made = Preview(
        title=wording.sentence(actor, change),
        total=total,
        allowed=min(total, _allowed(actor, selection, change)),
        tried=len(found),
        changed=len(changed),
        same=sum(not each.is_changed and not each.error for each in found),
        reasons=Counter(each.error for each in found if each.error).most_common(),
        lines=wording.lines([_item(each) for each in changed[:SHOWN]], actor),
        is_at_once=is_whole,
        seen=seen if is_whole else {},
    )
    return made, Plan(selection=plan.selection, change=change, seen=made.seen)


def _tried(actor: User, ids: Sequence[int], plan: Plan) -> list[Outcome]:
    with transaction.atomic():
        found = apply_to(actor=actor, ids=ids, plan=plan)
        transaction.set_rollback(True)
    return found


def _allowed(actor: User, selection: Selection, change: Change) -> int:
    permission = DELETE if change.how is How.DELETE else BULK if change.how in MEMBERSHIP else CHANGE
    reached = rows_of(actor=actor, selection=selection, permission=permission)
    return size_of(reached.filter(fields_q(actor, BULK, Party.scope_fields))).shown


def _item(outcome: Outcome) -> LongJobItem:
    return LongJobItem(ref=outcome.ref, before=outcome.before, after=outcome.after, error=outcome.error)
