"""What requests tell about a customer: fields of his record, and figures for segments."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peyvand.cartable.models import ACTIVE, Request
from peyvand.core import record_fields
from peyvand.core.fast_rows import any_of, fast_rows
from peyvand.core.record_fields import Asked, Bulk, Condition, Kind, Op, Reading, RecordField
from peyvand.parties.models import Party
from peyvand.parties.segments import aggregates
from peyvand.parties.segments.aggregates import Aggregate
from peyvand.parties.segments.conditions import counted, latest

HOST = "parties.Party"
VIEW = "cartable.view"
GROUP = _("Requests")
_NOBODY = Asked(who=None, now=timezone.now())  # these figures are the same whoever asks


def _requests(asked: Asked) -> QuerySet[Request]:
    """Confidential requests are in no figure: figures are the same for every reader."""
    return Request.objects.filter(merged_into=None, party__isnull=False, confidential=False)


def _open(asked: Asked) -> QuerySet[Request]:
    return _requests(asked).filter(status__in=ACTIVE)


def _complaints(asked: Asked) -> QuerySet[Request]:
    return _requests(asked).filter(kind__code="complaint")


def _late(asked: Asked) -> QuerySet[Request]:
    """Requests whose first answer came after its deadline, or has not come although it is over."""
    waiting = Q(first_answered_at=None, first_answer_due__lt=asked.now, status__in=ACTIVE)
    return _requests(asked).filter(Q(first_answered_at__gt=F("first_answer_due")) | waiting)


def _written(asked: Asked) -> QuerySet[Request]:
    return _requests(asked).filter(last_inbound_at__isnull=False)


REQUESTS = Aggregate(
    key="cartable.requests", label=_("Number of requests"), rows=_requests, at="opened_at", permission=VIEW,
    group=GROUP, icon="inbox",
)  # fmt: skip
OPEN = Aggregate(key="cartable.open", label=_("Open requests"), rows=_open, at="opened_at", permission=VIEW)
LAST = Aggregate(
    key="cartable.last", label=_("Last request"), rows=_requests, at="opened_at", kind=Kind.MOMENT, permission=VIEW
)
OPEN_COMPLAINTS = Aggregate(
    key="cartable.open_complaints", label=_("Open complaints"), permission=VIEW, at="opened_at",
    rows=lambda asked: _complaints(asked).filter(status__in=ACTIVE),
)  # fmt: skip


def _condition(aggregate: Aggregate) -> Condition:
    def condition(op: Op, value: Any, asked: Asked) -> Q:
        rows = aggregate.rows(asked)
        if aggregate.kind is Kind.MOMENT:
            return latest(aggregate, rows, op, value, asked)
        return counted(aggregate, rows, op, value)

    return condition


def _load(aggregate: Aggregate, name: str) -> Callable[[QuerySet[Party]], QuerySet[Party]]:
    """Return what adds the figure of each row of a page by one subquery."""

    def load(parties: QuerySet[Party]) -> QuerySet[Party]:
        rows = aggregate.rows(_NOBODY).filter(party=OuterRef("pk")).order_by().values("party")
        if aggregate.kind is Kind.MOMENT:
            return parties.annotate(**{name: Subquery(rows.annotate(found=Max(aggregate.at)).values("found"))})
        return parties.annotate(**{name: Coalesce(Subquery(rows.annotate(found=Count("pk")).values("found")), 0)})

    return load


def _read(name: str, aggregate: Aggregate) -> Reading:
    is_moment = aggregate.kind is Kind.MOMENT
    figure = Max(aggregate.at) if is_moment else Count("pk")

    def load(ids: Sequence[int]) -> dict[int, Any]:
        """The figure of many customers by one query."""
        rows = aggregate.rows(_NOBODY).filter(any_of("party_id", ids)).order_by().values("party")
        return dict(fast_rows(rows.annotate(found=figure).values_list("party", "found")))

    return Reading(
        lambda party: getattr(party, name, None),
        Bulk(load=load, made=None if is_moment else lambda found: found or 0),
    )


def _field(key: str, aggregate: Aggregate, icon: str) -> RecordField:
    name = f"figure_{aggregate.key.replace('.', '_')}"
    return RecordField(
        key=key,
        label=aggregate.label,
        kind=aggregate.kind,
        read=_read(name, aggregate),
        condition=_condition(aggregate),
        operators=aggregate.asked_by,
        load=_load(aggregate, name),
        group=GROUP,
        icon=icon,
        permission=VIEW,
    )


record_fields.register(
    HOST,
    _field("cartable.open_requests", OPEN, "inbox"),
    _field("cartable.open_complaints", OPEN_COMPLAINTS, "mood-sad"),
    _field("cartable.last_request", LAST, "clock"),
)
aggregates.register(
    REQUESTS,
    Aggregate(
        key="cartable.complaints", label=_("Number of complaints"), rows=_complaints, at="opened_at",
        permission=VIEW, group=GROUP, icon="mood-sad",
    ),
    Aggregate(
        key="cartable.late_answers", label=_("Late answers"), rows=_late, at="opened_at", permission=VIEW,
        group=GROUP, icon="clock-exclamation",
    ),
    Aggregate(
        key="cartable.last_message", label=_("Last message of the customer"), rows=_written, at="last_inbound_at",
        kind=Kind.MOMENT, permission=VIEW, group=GROUP, icon="message",
    ),
)  # fmt: skip
