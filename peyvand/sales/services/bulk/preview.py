"""What an act on many deals would do, found out by doing it to some of them and taking it back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from peyvand.accounts.models import User
from peyvand.core.list_selection import Selection
from peyvand.core.long_jobs import Line
from peyvand.core.models import LongJobItem
from peyvand.core.totals import size_of
from peyvand.sales.models import Deal
from peyvand.sales.services.bulk import wording
from peyvand.sales.services.bulk.changes import Change, Outcome, Plan, apply_to, checked, rows_of
from peyvand.sales.services.bulk.running import AT_ONCE

TRIED = 40  # of a long list
SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would happen. is_whole: every chosen deal was tried, so that all numbers are exact.

    total: the chosen ones, of very many about so many; changed, same: of the tried ones; reasons: why how many of them
    are refused; lines: some that change, before and after; refusals: some that do not.
    """

    title: str
    total: int
    tried: int
    changed: int
    same: int
    reasons: Sequence[tuple[str, int]]
    lines: Sequence[Line]
    refusals: Sequence[Line]
    is_whole: bool

    @property
    def refused(self) -> int:
        return sum(count for _reason, count in self.reasons)


def preview(*, actor: User, selection: Selection, change: Change, place: str) -> tuple[Preview, Plan]:
    """Say what an act would do to the chosen deals; nothing stays of it. Errors: NotAllowed, NotFound, Invalid."""
    change = checked(actor, change)
    rows = rows_of(actor=actor, selection=selection, place=place)
    size = size_of(rows)
    is_whole = size.is_exact and size.number <= AT_ONCE
    tried = list(rows.order_by("pk").values_list("pk", flat=True)[: AT_ONCE if is_whole else TRIED])
    seen = dict(Deal.objects.filter(pk__in=tried).values_list("pk", "version")) if is_whole else {}
    versions = {str(pk): version for pk, version in seen.items()}
    plan = Plan(selection=selection.to_json(), change=change, place=place, seen=versions)
    found = _tried(actor, tried, plan)
    changed = [each for each in found if each.is_changed]
    refused = [each for each in found if each.error]
    made = Preview(
        title=wording.sentence(change),
        total=size.shown,
        tried=len(found),
        changed=len(changed),
        same=len(found) - len(changed) - len(refused),
        reasons=Counter(each.error for each in refused).most_common(),
        lines=wording.lines([_item(each) for each in changed[:SHOWN]], actor),
        refusals=wording.lines([_item(each) for each in refused[:SHOWN]], actor),
        is_whole=is_whole,
    )
    return made, plan


def _tried(actor: User, ids: Sequence[int], plan: Plan) -> list[Outcome]:
    with transaction.atomic():
        found = apply_to(actor=actor, ids=ids, plan=plan)
        transaction.set_rollback(True)
    return found


def _item(outcome: Outcome) -> LongJobItem:
    return LongJobItem(ref=outcome.ref, before=outcome.before, after=outcome.after, error=outcome.error)
