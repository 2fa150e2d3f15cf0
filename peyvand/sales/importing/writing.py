"""Writing what was decided: new deals in a few statements, changed ones each by the service; and taking it back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.custom_fields.records import given_back
from peyvand.core.errors import PeyvandError
from peyvand.core.imports.types import Action, Outcome, Plan, RowOutcome, RowUndone, Undone
from peyvand.sales.importing.deciding import Decision, details_of
from peyvand.sales.models import Deal
from peyvand.sales.services.bringing import NewDeal, open_deals, take_away
from peyvand.sales.services.opening import assign_deal, change_deal
from peyvand.sales.types import DealDetails


def write(actor: User, plan: Plan, decisions: Sequence[Decision]) -> Outcome:
    """Write the rows in the transaction this is called in; say what became of each, in their order."""
    fresh = [each for each in decisions if each.action is Action.ADD]
    for each, deal in zip(
        fresh, open_deals(actor=actor, rows=[_new(each) for each in fresh], is_quiet=plan.quiet), strict=True
    ):
        each.deal = deal
    return Outcome([_outcome(actor, each) for each in decisions])


def _new(one: Decision) -> NewDeal:
    values, given = one.given.values, one.given
    assert given.party_id is not None and given.stage is not None and one.details is not None
    return NewDeal(
        party_id=given.party_id,
        stage=given.stage,
        details=one.details,
        owner=one.owner,
        state=values.get("state", "open"),
        opened_at=_moment(values.get("opened_on")),
        closed_at=_moment(values.get("closed_on")),
    )


def _moment(day: dt.date | None) -> dt.datetime | None:
    """Noon of a day in the organisation's zone, or now on the day itself: a file knows days only."""
    if day is None:
        return None
    noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    return min(noon, timezone.now())


def _outcome(actor: User, one: Decision) -> RowOutcome:
    number, deal = one.given.number, one.deal
    if one.action is Action.REFUSE:
        return RowOutcome(number, one.action, reason=" ".join(one.problems))
    if deal is None or one.action in (Action.SKIP, Action.UNCHANGED):
        return RowOutcome(number, one.action, deal.pk if deal else None, deal.name if deal else "", None, one.reason)
    undo: dict[str, Any] = {"version": deal.version}
    if one.action is Action.UPDATE:
        before = details_of(deal)
        custom = given_back(before.custom, one.details.custom if one.details else {})
        undo = {"before": _plain(replace(before, custom=custom)), "owner": deal.owner_id}
        try:
            with transaction.atomic():
                undo["version"] = _change(actor, one, deal).version
        except PeyvandError as error:
            said = " ".join([error.message, *error.fields.values()])
            return RowOutcome(number, Action.REFUSE, deal.pk, deal.name, reason=said)
    return RowOutcome(number, one.action, deal.pk, deal.name, undo, refs=[deal.party_id])


def _change(actor: User, one: Decision, deal: Deal) -> Deal:
    assert one.details is not None
    changed = change_deal(actor=actor, deal_id=deal.pk, details=one.details)
    if one.owner is not None and one.owner.pk != deal.owner_id:
        changed = assign_deal(actor=actor, deal_id=deal.pk, owner_id=one.owner.pk)
    return changed


def _plain(details: DealDetails) -> dict[str, Any]:
    values = asdict(details)
    return values | {"close_on": details.close_on.isoformat() if details.close_on else None}


def take_back(actor: User, outcome: Outcome) -> Undone:
    """Take rows back that nobody has changed since: new deals into the trash, others as they were before."""
    rows = [row for row in outcome.rows if row.undo and row.ref is not None]
    added = {row.ref: row.undo["version"] for row in rows if row.action is Action.ADD and row.ref is not None}
    gone = take_away(actor=actor, versions=added)
    done = []
    for row in rows:
        is_undone = row.ref in gone if row.action is Action.ADD else _put_back(actor, row)
        left = () if is_undone else (_("Somebody has changed it since."),)
        done.append(RowUndone(row.number, row.ref, is_undone, left, row.label))
    return Undone(done)


def _put_back(actor: User, row: RowOutcome) -> bool:
    before = dict(row.undo["before"])
    before["close_on"] = dt.date.fromisoformat(before["close_on"]) if before["close_on"] else None
    try:
        with transaction.atomic():
            deal = change_deal(
                actor=actor, deal_id=row.ref or 0, details=DealDetails(**before), version=row.undo["version"]
            )
            if deal.owner_id != row.undo["owner"]:
                assign_deal(actor=actor, deal_id=deal.pk, owner_id=row.undo["owner"])
    except PeyvandError:
        return False
    return True
