"""Moving a deal over the stages, by mouse, keyboard, API and rule alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core.errors import Conflict
from peyvand.core.events import publish
from peyvand.core.prepared import Given, Prepared
from peyvand.sales import checks
from peyvand.sales.errors import ApprovalNeeded, MoveBlocked, StageGone
from peyvand.sales.events import DealMoved
from peyvand.sales.models import LIVE, Deal, Stage
from peyvand.sales.policies import may_approve
from peyvand.sales.services.holding import GAP, hold_open, store
from peyvand.sales.services.opening import top_of

SALT = "sales.move"
UNDO_SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A deal after its move; was: what `put_back` takes; undo: the same, sealed, good for ten minutes."""

    deal: Deal
    was: Mapping[str, Any]
    undo: str


@transaction.atomic
def move_deal(
    *, actor: User | None, deal_id: int, stage_id: int, below_id: int | None = None, version: int | None = None
) -> Moved:
    """Put an open deal into a stage, below another card (on top when none is named).

    Every step forward asks the conditions of the stages that it enters or passes, back never; within its stage a deal
    only changes its place. Into a pipeline that it was not in it comes like a new one: the conditions of the stage are
    asked. actor: None is the system itself, which waits for no approval.
    Errors: NotAllowed, NotFound, DealChanged, NotOpen, StageGone, MoveBlocked, ApprovalNeeded.
    """
    deal = hold_open(actor, deal_id, version)
    stage, stages = _road(stage_id)
    undo, now = place_of(deal), timezone.now()
    if stage.pk != deal.stage_id:
        passed = _passed(deal, stage, stages)
        _require_ready(deal, passed)
        _require_approved(actor, deal, passed)
        put(deal, stage, now)
    deal.rank = _rank(deal, stage, below_id)
    former = undo["stage"]
    store(deal, actor, now)
    if former != stage.pk:
        publish(DealMoved(deal_id=deal.pk, from_stage=former, to_stage=stage.pk))
    undo["version"] = deal.version
    return Moved(deal=deal, was=undo, undo=signing.dumps(undo, salt=SALT))


@transaction.atomic
def undo_move(*, actor: User, token: str) -> Deal:
    """Put a deal back where it was before a move, unless somebody changed it since.

    Errors: NotAllowed, NotFound, DealChanged, NotOpen, StageGone, Conflict (the token is too old or not ours).
    """
    try:
        was: dict[str, Any] = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise Conflict from error
    return put_back(actor=actor, was=was)


@transaction.atomic
def put_back(*, actor: User, was: Mapping[str, Any]) -> Deal:
    """Put a deal where it stood before a move, unless somebody changed it since.

    was: what `place_of` said before, with the version after the move.
    Errors: NotAllowed, NotFound, DealChanged, NotOpen, StageGone.
    """
    deal = hold_open(actor, was["deal"], was["version"])
    stage = Stage.objects.filter(pk=was["stage"], deleted_at=None, pipeline__deleted_at=None).first()
    if stage is None:
        raise StageGone
    former = deal.stage_id
    deal.stage, deal.pipeline, deal.rank = stage, stage.pipeline, was["rank"]
    deal.stage_since = datetime.fromisoformat(was["since"])
    store(deal, actor)
    if former != stage.pk:
        publish(DealMoved(deal_id=deal.pk, from_stage=former, to_stage=stage.pk))
    return deal


def put(deal: Deal, stage: Stage, now: datetime) -> None:
    """Let a held deal stand in a stage from now on; it is written by `store`."""
    deal.stage, deal.pipeline, deal.stage_since = stage, stage.pipeline, now


def place_of(deal: Deal) -> dict[str, Any]:
    """Where a deal stands, as `put_back` takes it."""
    return {"deal": deal.pk, "stage": deal.stage_id, "rank": deal.rank, "since": deal.stage_since.isoformat()}


def _road(stage_id: int) -> tuple[Stage, list[Stage]]:
    """A stage in use, and all of its pipeline in their order. Errors: StageGone."""
    stages: list[Stage] = _ROAD.all(stage=stage_id)
    stage = next((each for each in stages if each.pk == stage_id), None)
    if stage is None:
        raise StageGone
    return stage, stages


def _siblings() -> QuerySet[Stage]:
    own = Stage.objects.filter(pk=Given("stage")).values("pipeline")
    rows = Stage.objects.filter(pipeline__in=own, deleted_at=None, pipeline__deleted_at=None)
    return rows.select_related("pipeline").order_by("position")


_ROAD = Prepared(_siblings)


def entered(deal: Deal, stage: Stage) -> list[Stage]:
    """The stages whose conditions a move asks for: all that it passes forward, and the one it comes to."""
    return _passed(deal, stage, Stage.objects.filter(pipeline=stage.pipeline_id, deleted_at=None).order_by("position"))


def _passed(deal: Deal, stage: Stage, stages: Iterable[Stage]) -> list[Stage]:
    if stage.pipeline_id != deal.pipeline_id:
        return [stage]
    return [each for each in stages if deal.stage.position < each.position <= stage.position]


def _require_ready(deal: Deal, passed: list[Stage]) -> None:
    missing = [words for each in passed for words in checks.missing_for(deal, each)]
    if missing:
        raise MoveBlocked(" ".join(dict.fromkeys(missing)))


def _require_approved(actor: User | None, deal: Deal, passed: list[Stage]) -> None:
    if any(each.needs_approval for each in passed) and not (actor is None or may_approve(actor, deal)):
        raise ApprovalNeeded


def _rank(deal: Deal, stage: Stage, below_id: int | None) -> int:
    """A place below a card of the column; on top without one, or when that card has left the column."""
    column = Deal.objects.filter(LIVE, stage=stage).exclude(pk=deal.pk)
    if below_id is None:
        return top_of(stage)
    above = column.filter(pk=below_id).values_list("rank", flat=True).first()
    if above is None:
        return top_of(stage)
    for _attempt in range(2):
        below = column.filter(rank__gt=above).order_by("rank").values_list("rank", flat=True).first()
        if below is None:
            return above + GAP
        if below - above > 1:
            return (above + below) // 2
        _spread(stage)
        above = column.filter(pk=below_id).values_list("rank", flat=True)[0]
    return above


def _spread(stage: Stage) -> None:
    """Give the cards of a column places anew, with room between them; nobody's version changes by that."""
    column = Deal.objects.filter(LIVE, stage=stage).annotate(place=Window(RowNumber(), order_by=[F("rank"), F("id")]))
    rows = [Deal(pk=pk, rank=place * GAP) for pk, place in column.values_list("pk", "place")]
    Deal.objects.bulk_update(rows, ["rank"], batch_size=2000)
