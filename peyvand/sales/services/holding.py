"""Taking a deal in hand before it is written, and noting where it stands after."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.prepared import PreparedFor
from peyvand.core import live
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.core.events import publish
from peyvand.core.prepared import Given, Prepared
from peyvand.sales.errors import DealChanged, NotOpen
from peyvand.sales.events import DealWorthChanged
from peyvand.sales.models import Deal, DealPassage, DealQuerySet, DealSpan
from peyvand.sales.policies import require_change

TOPIC = "sales.board"
GAP = 1 << 20  # between two cards of a column, so that twenty can be put between them before places are given anew
_LOCKED = Prepared(lambda: _lock(Deal.objects.filter(deleted_at=None)))
_LOCKED_FOR = PreparedFor(lambda who: _lock(Deal.objects.visible_to(who)))
_HELD = Prepared(lambda: Deal.objects.filter(pk=Given("deal")).select_related("stage", "pipeline", "party", "owner"))
_OPEN_SPAN = Prepared(lambda: DealSpan.objects.filter(deal=Given("deal"), until=None))
_OPEN_PASSAGE = Prepared(
    lambda: DealPassage.objects.filter(deal=Given("deal"), ended_at=None).select_related("furthest")
)
_STANDS = ("pipeline_id", "stage_id", "state", "amount", "owner_id", "department_id", "branch_id")


def _lock(rows: DealQuerySet) -> QuerySet[Any, Any]:
    """One row alone: a joined stage would no longer fit after whoever moved it first, and the row would be missing."""
    return rows.filter(pk=Given("deal")).select_for_update().values_list("pk")


def hold(actor: User | None, deal_id: int, version: int | None = None) -> Deal:
    """Lock a deal that the actor sees and may change, in the state he saw. None is the system itself.

    Errors: NotFound (also for one that he may not see), NotAllowed, DealChanged.
    """
    locked = _LOCKED.all(deal=deal_id) if actor is None else _LOCKED_FOR.all(actor, deal=deal_id)
    if not locked:
        raise NotFound
    deal: Deal = _HELD.first(deal=deal_id)  # what stands beside it is read when nobody can move it any more
    if actor is not None:
        require_change(actor, deal)
    if version is not None and deal.version != version:
        raise DealChanged
    return deal


def hold_open(actor: User | None, deal_id: int, version: int | None = None) -> Deal:
    """As `hold`, for a deal that is worked on. Errors: NotFound, NotAllowed, DealChanged, NotOpen."""
    deal = hold(actor, deal_id, version)
    if not deal.is_open:
        raise NotOpen
    return deal


def store(deal: Deal, actor: User | None, now: datetime | None = None) -> Deal:
    """Write a held deal: its version goes up, and where it stands now goes into its history."""
    now = now or timezone.now()
    deal.version += 1  # nobody else writes it meanwhile: the row is locked
    deal.save(force_update=True)
    note_place(deal, actor, now)
    if deal.partner_id is not None:
        tell_worth(deal)
    return deal


def tell_worth(deal: Deal) -> None:
    """Say that what a won deal counts for may have changed; of another nothing has to be counted anew."""
    if deal.state == Deal.State.WON:
        publish(DealWorthChanged(deal_id=deal.pk))


def note_place(deal: Deal, actor: User | None, now: datetime) -> None:
    """End the open span of a deal and begin another, when it stands elsewhere than the span says; tell open boards."""
    span: DealSpan | None = _OPEN_SPAN.first(deal=deal.pk)
    stands = {name: getattr(deal, name) for name in _STANDS}
    _tell_boards(deal, deal.stage_id if span is None else span.stage_id)
    if span is not None and all(getattr(span, name) == value for name, value in stands.items()):
        return
    if span is not None:
        now = max(now, span.since)
        span.until = now
        span.save(update_fields=["until"])
    DealSpan.objects.create(deal=deal, since=now, by=actor, **stands)
    _note_passage(deal, now)


def _tell_boards(deal: Deal, former_stage_id: int) -> None:
    """Tell open boards which columns to look at again; not which deal it is, for whoever may not see it hears it, too.

    Many changes between two columns in one transaction are one piece of news.
    """
    live.notify(topic=TOPIC, audience=("all",), data={"from": former_stage_id, "to": deal.stage_id})


def _note_passage(deal: Deal, now: datetime) -> None:
    passage: DealPassage | None = _OPEN_PASSAGE.first(deal=deal.pk)
    if passage is None or passage.pipeline_id != deal.pipeline_id:
        if passage is not None:
            passage.ended_at = now
            passage.save(update_fields=["ended_at"])
        DealPassage.objects.create(deal=deal, pipeline_id=deal.pipeline_id, furthest_id=deal.stage_id, began_at=now)
    elif deal.stage.position > passage.furthest.position:
        passage.furthest_id = deal.stage_id
        passage.save(update_fields=["furthest"])


def require_sees(actor: User, deal: Deal) -> None:
    """Raise NotAllowed unless the actor still sees this deal after a change."""
    if not Deal.objects.visible_to(actor).filter(pk=deal.pk).exists():
        raise NotAllowed
