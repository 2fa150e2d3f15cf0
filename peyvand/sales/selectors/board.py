"""The board of a pipeline: a column for each stage with its sum, and the cards of each, page by page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.activities.models import Activity
from peyvand.activities.selectors.around import next_of
from peyvand.core.office_hours import organisation_calendar
from peyvand.core.paging import Page, keyset_page, page_of_rows
from peyvand.core.prepared import Given, Prepared, is_any
from peyvand.core.text import search_norm
from peyvand.core.working_time import WorkCalendar
from peyvand.parties.selectors.own_words import contains
from peyvand.sales.ageing import working_days
from peyvand.sales.models import LIVE, Deal, DealPartner, Pipeline, Stage
from peyvand.sales.selectors.column_sums import Rest, Sums, rotten_q, sums_of

CARDS = 10  # of a column at first; the rest comes when its end is seen
ORDER = ("rank", "id")
KIND = "sales.Deal"  # as activities name what they are about


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a board is narrowed to.

    owner_id: whose; words: in the name; is_rotten: only those that stand too long; partner_id: through whom they go.
    """

    owner_id: int | None = None
    words: str = ""
    is_rotten: bool = False
    party_id: int | None = None
    partner_id: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Is more asked than an owner? Most boards ask no more, and their questions are prepared."""
        narrower = (self.party_id, self.partner_id)
        return bool(self.words or self.is_rotten or any(each is not None for each in narrower))


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
    """A stage with the sums of its deals, its share in the largest, the first cards, and where the next begin."""

    stage: Stage
    sums: Sums
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
    if wanted.partner_id is not None:
        rows = rows.filter(pk__in=DealPartner.objects.filter(partner=wanted.partner_id).values("deal"))
    for word in search_norm(wanted.words).split()[:6]:
        rows = rows.filter(Q(search__contains=word) | contains(who, word, at="party__"))
    return rows.filter(rotten_q(pipeline.stages.all(), now)) if wanted.is_rotten else rows


def board_of(
    who: Who, pipeline: Pipeline, wanted: Wanted, *, only: Collection[int] | None = None, size: int = CARDS
) -> Board:
    """The whole board in four questions: sums, which cards come first, those themselves, what is planned for them.

    only: the stages of which columns are wanted, None for all; the sums are those of the whole board in any case.
    """
    now = timezone.now()
    rows = live_deals(who, pipeline, wanted, now) if wanted.is_narrow else None
    sums = sums_of(who, pipeline, now, owner_id=wanted.owner_id, narrowed=rows)
    shown = [stage for stage in pipeline.stages.all() if only is None or stage.pk in only]
    first = {
        stage: page_of_rows(Deal.objects.all(), deals, order=ORDER, size=size)
        for stage, deals in _first_cards(who, shown, size, wanted.owner_id, rows).items()
    }
    planned = next_of(who, KIND, [deal.pk for page in first.values() for deal in page.items])
    return _board(pipeline, _columns(shown, sums, first, planned, now), sums, Rest())


def heads_of(who: Who, pipeline: Pipeline, wanted: Wanted, only: Collection[int], rest: Rest | None) -> Board:
    """The sums of some columns without their cards, and with what is known of the rest those of the whole board.

    rest: None to ask for all columns.
    """
    now, sums = timezone.now(), {}
    if only or rest is None:
        rows = live_deals(who, pipeline, wanted, now) if wanted.is_narrow else None
        asked = None if rest is None else only
        sums = sums_of(who, pipeline, now, only=asked, owner_id=wanted.owner_id, narrowed=rows)
    shown = [stage for stage in pipeline.stages.all() if stage.pk in only]
    return _board(pipeline, _columns(shown, sums, {}, {}, now), sums, rest or Rest())


def _board(pipeline: Pipeline, columns: list[Column], sums: Mapping[int, Sums], rest: Rest) -> Board:
    weighted, rotten = sum(one.weighted for one in sums.values()), sum(one.rotten for one in sums.values())
    return Board(pipeline, columns, rest.weighted + weighted, rest.rotten + rotten)


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


def _columns(
    shown: Sequence[Stage],
    sums: Mapping[int, Sums],
    first: Mapping[int, Page[Deal]],
    planned: Mapping[int, Activity],
    now: datetime,
) -> list[Column]:
    calendar = organisation_calendar()
    largest = max([one.amount for one in sums.values()], default=0)
    found = []
    for stage in shown:
        own, page = sums.get(stage.pk, Sums()), first.get(stage.pk)
        cards = [card_of(deal, stage, calendar, now, planned) for deal in page.items] if page else []
        share = own.amount * 100 // largest if largest else 0
        found.append(Column(stage, own, share, cards, page.next if page else None))
    return found


def _first_cards(
    who: Who, stages: Sequence[Stage], size: int, owner_id: int | None, narrowed: QuerySet[Deal] | None
) -> dict[int, list[Deal]]:
    """The first cards of every column: one walk along the index for each stage, all in one statement."""
    if not stages:
        return {}
    if narrowed is not None:
        wanted = list(_tops([narrowed.filter(stage=stage) for stage in stages], size))
    else:
        asked = {f"stage{place}": stage.pk for place, stage in enumerate(stages)}
        wanted = _prepared_tops(len(stages), size, owner_id is not None).all(who, owner=owner_id, **asked)
    found: dict[int, list[Deal]] = {}
    for deal in _CARDS.all(ids=[pk for (pk,) in wanted]):
        found.setdefault(deal.stage_id, []).append(deal)
    return found


def _tops(columns: Sequence[QuerySet[Deal]], size: int) -> QuerySet[Deal, Any]:
    firsts = [rows.order_by(*ORDER).values_list("pk")[: size + 1] for rows in columns]
    return firsts[0].union(*firsts[1:], all=True) if len(firsts) > 1 else firsts[0]


@lru_cache(maxsize=128)
def _prepared_tops(number: int, size: int, is_of_owner: bool) -> PreparedFor:
    """The same for so many stages of a board that shows everything, or what an owner has."""

    def rows(who: Who) -> QuerySet[Any, Any]:
        live = Deal.objects.visible_to(who).filter(LIVE)
        live = live.filter(owner=Given("owner")) if is_of_owner else live
        return _tops([live.filter(stage=Given(f"stage{place}")) for place in range(number)], size)

    return PreparedFor(rows)


def with_parties(rows: QuerySet[Deal]) -> QuerySet[Deal]:
    """What a card shows of a deal, in one question."""
    return rows.select_related("party", "owner").only(
        "name", "amount", "stage_id", "stage_since", "rank", "is_hot", "close_on", "version", "state", "pipeline_id",
        "party__name", "party__kind", "owner__full_name", "owner__username",
    )  # fmt: skip


_CARDS = Prepared(lambda: with_parties(Deal.objects.filter(is_any("pk", "ids"))).order_by(*ORDER))
