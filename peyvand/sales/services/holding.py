"""Taking a deal in hand before it is written, and noting where it stands after."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core import live
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.sales.errors import DealChanged, NotOpen
from peyvand.sales.models import Deal, DealPassage, DealSpan
from peyvand.sales.policies import require_change

TOPIC = "sales.board"
GAP = 1 << 20  # between two cards of a column, so that twenty can be put between them before places are given anew
_STANDS = ("pipeline_id", "stage_id", "state", "amount", "owner_id", "department_id", "branch_id")


def hold(actor: User | None, deal_id: int, version: int | None = None) -> Deal:
    """Lock a deal that the actor sees and may change, in the state he saw. None is the system itself.

    Errors: NotFound (also for one that he may not see), NotAllowed, DealChanged.
    """
    rows = Deal.objects.select_for_update(of=("self",)).select_related("stage", "pipeline", "party")
    deal = rows.filter(pk=deal_id, deleted_at=None).first()
    if deal is None or (actor is not None and not Deal.objects.visible_to(actor).filter(pk=deal_id).exists()):
        raise NotFound
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
    deal.version = F("version") + 1
    deal.save()
    deal.refresh_from_db(fields=["version"])
    note_place(deal, actor, now)
    return deal


def note_place(deal: Deal, actor: User | None, now: datetime) -> None:
    """End the open span of a deal and begin another, when it stands elsewhere than the span says; tell open boards."""
    span = DealSpan.objects.filter(deal=deal, until=None).first()
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
    passage = DealPassage.objects.filter(deal=deal, ended_at=None).select_related("furthest").first()
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
