"""The board of a pipeline: a column for each stage with its sum, and the cards of each, page by page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from peyvand.accounts.scoping import Who
from peyvand.activities.models import Activity
from peyvand.activities.selectors.around import next_of
from peyvand.core.office_hours import organisation_calendar
from peyvand.core.paging import Page, keyset_page, page_of_rows
from peyvand.core.text import search_norm
from peyvand.core.working_time import WorkCalendar
from peyvand.sales.ageing import fresh_since, working_days
from peyvand.sales.models import LIVE, Deal, Pipeline, Stage

CARDS = 10  # of a column at first; the rest comes when its end is seen
ORDER = ("rank", "id")
KIND = "sales.Deal"  # as activities name what they are about


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a board is narrowed to. owner_id: whose; words: in the name; is_rotten: only those that stand too long."""

    owner_id: int | None = None
    words: str = ""
    is_rotten: bool = False
    party_id: int | None = None


@dataclass(frozen=True)
class Card:
    """A deal on the board. days: working days in its stage; is_rotten: longer than it allows; next: what is planned.

    `next` is None where nothing is planned, or nothing that the reader may see.
    """

    deal: Deal
    days: int
    is_rotten: bool
    next: Activity | None = None


@dataclass(frozen=True)
class Column:
    """A stage with the number and the sum (Rial) of its deals, the first cards, and where the next begin."""

    stage: Stage
    count: int
    amount: int
    share: int
    cards: list[Card] = field(default_factory=list)
    next: str | None = None


@dataclass(frozen=True)
class Board:
    """A pipeline as it stands now. weighted: the sum of what may be expected, by the probabilities (Rial)."""

    pipeline: Pipeline
    columns: list[Column]
    weighted: int
    rotten: int


def live_deals(who: Who, pipeline: Pipeline, wanted: Wanted, now: datetime) -> QuerySet[Deal]:
    """The open deals of a pipeline that `who` may see, narrowed."""
    rows = Deal.objects.visible_to(who).filter(LIVE, pipeline=pipeline)
    if wanted.owner_id is not None:
        rows = rows.filter(owner=wanted.owner_id)
    if wanted.party_id is not None:
        rows = rows.filter(party=wanted.party_id)
    for word in search_norm(wanted.words).split()[:6]:
        rows = rows.filter(Q(search__contains=word) | Q(party__search__contains=word))
    return rows.filter(rotten_q(pipeline.stages.all(), now)) if wanted.is_rotten else rows


def rotten_q(stages: Sequence[Stage] | QuerySet[Stage], now: datetime) -> Q:
    """The deals that stand in these stages longer than the stages allow."""
    calendar, found = organisation_calendar(), Q(pk__in=[])
    for stage in stages:
        if stage.rot_days is not None:
            found |= Q(stage=stage.pk, stage_since__lt=fresh_since(calendar, stage.rot_days, now))
    return found


def board_of(
    who: Who, pipeline: Pipeline, wanted: Wanted, *, only: Collection[int] | None = None, size: int = CARDS
) -> Board:
    """The whole board in four questions: sums, which cards come first, those themselves, what is planned for them.

    only: the stages of which columns are wanted, None for all; the sums are those of the whole board in any case.
    """
    now = timezone.now()
    rows, stages = live_deals(who, pipeline, wanted, now), list(pipeline.stages.all())
    rotten = Count("pk", filter=rotten_q(stages, now))
    sums = {
        row["stage"]: row
        for row in rows.order_by().values("stage").annotate(count=Count("pk"), amount=Sum("amount"), rotten=rotten)
    }
    chances = {stage.pk: stage.probability for stage in stages}
    shown = [stage for stage in stages if only is None or stage.pk in only]
    first = {
        stage: page_of_rows(Deal.objects.all(), deals, order=ORDER, size=size)
        for stage, deals in _first_cards(rows, shown, size).items()
    }
    largest = max([row["amount"] or 0 for row in sums.values()], default=0)
    planned = next_of(who, KIND, [deal.pk for page in first.values() for deal in page.items])
    columns = [_column(stage, sums.get(stage.pk, {}), largest, first.get(stage.pk), planned, now) for stage in shown]
    weighted = sum((row["amount"] or 0) * chances.get(stage, 0) // 100 for stage, row in sums.items())
    return Board(pipeline, columns, weighted, sum(row["rotten"] for row in sums.values()))


def more_cards(
    who: Who, stage: Stage, wanted: Wanted, after: str | None, size: int = CARDS
) -> tuple[list[Card], str | None]:
    """The next cards of a column, and where those after them begin. Errors: BadCursor."""
    now = timezone.now()
    rows = with_parties(live_deals(who, stage.pipeline, wanted, now).filter(stage=stage))
    page = keyset_page(rows, order=ORDER, after=after, size=size)
    calendar, planned = organisation_calendar(), next_of(who, KIND, [deal.pk for deal in page.items])
    return [card_of(deal, stage, calendar, now, planned) for deal in page.items], page.next


def card_of(
    deal: Deal, stage: Stage, calendar: WorkCalendar, now: datetime, planned: Mapping[int, Activity] | None = None
) -> Card:
    """A deal with how long it stands where it is, and what is planned next for it."""
    days = working_days(calendar, deal.stage_since, now)
    is_rotten = stage.rot_days is not None and days > stage.rot_days
    return Card(deal, days, is_rotten, (planned or {}).get(deal.pk))


def _column(
    stage: Stage,
    sums: Mapping[str, Any],
    largest: int,
    page: Page[Deal] | None,
    planned: Mapping[int, Activity],
    now: datetime,
) -> Column:
    calendar, amount, count = organisation_calendar(), sums.get("amount") or 0, sums.get("count", 0)
    share = amount * 100 // largest if largest else 0
    if page is None:
        return Column(stage, count, amount, share)
    cards = [card_of(deal, stage, calendar, now, planned) for deal in page.items]
    return Column(stage, count, amount, share, cards, page.next)


def _first_cards(rows: QuerySet[Deal], stages: Sequence[Stage], size: int) -> dict[int, list[Deal]]:
    """The first cards of every column: one walk along the index for each stage, all in one statement."""
    firsts = [rows.filter(stage=stage).order_by(*ORDER).values_list("pk", flat=True)[: size + 1] for stage in stages]
    if not firsts:
        return {}
    wanted = list(firsts[0].union(*firsts[1:], all=True)) if len(firsts) > 1 else list(firsts[0])
    found: dict[int, list[Deal]] = {}
    for deal in with_parties(Deal.objects.filter(pk__in=wanted)).order_by(*ORDER):
        found.setdefault(deal.stage_id, []).append(deal)
    return found


def with_parties(rows: QuerySet[Deal]) -> QuerySet[Deal]:
    """What a card shows of a deal, in one question."""
    return rows.select_related("party", "owner").only(
        "name", "amount", "stage_id", "stage_since", "rank", "is_hot", "close_on", "version", "state", "pipeline_id",
        "party__name", "party__kind", "owner__full_name", "owner__username",
    )  # fmt: skip
