"""What leads and deals tell about a customer: fields of his record, and figures for segments."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peyvand.core import record_fields
from peyvand.core.fast_rows import any_of, fast_rows
from peyvand.core.record_fields import Asked, Bulk, Condition, Kind, Op, Reading, RecordField
from peyvand.parties.models import Party
from peyvand.parties.segments import aggregates
from peyvand.parties.segments.aggregates import Aggregate
from peyvand.parties.segments.conditions import counted, latest
from peyvand.sales.models import Deal, Pipeline
from peyvand.sales.permissions import VIEW

HOST = "parties.Party"
GROUP = _("Leads and deals")
_NOBODY = Asked(who=None, now=timezone.now())  # these figures are the same whoever asks
Rows = Callable[[Asked], QuerySet[Deal]]


def _deals(**wanted: Any) -> Rows:
    return lambda asked: Deal.objects.filter(deleted_at=None, **wanted)


def _aggregate(key: str, label: Any, rows: Rows, at: str = "opened_at", **more: Any) -> Aggregate:
    return Aggregate(key=f"sales.{key}", label=label, rows=rows, at=at, permission=VIEW, group=GROUP, **more)


OPEN_LEADS = _aggregate(
    "open_leads", _("Open leads"), _deals(state=Deal.State.OPEN, pipeline__kind=Pipeline.Kind.LEAD), icon="flag"
)
OPEN = _aggregate(
    "open_deals",
    _("Open deals"),
    _deals(state=Deal.State.OPEN, pipeline__kind=Pipeline.Kind.DEAL),
    icon="layout-kanban",
)
WON = _aggregate("won", _("Number of won deals"), _deals(state=Deal.State.WON), "closed_at", icon="trophy")
LOST = _aggregate("lost", _("Number of lost deals"), _deals(state=Deal.State.LOST), "closed_at", icon="circle-x")
LAST_WON = _aggregate(
    "last_won", _("Last deal won"), _deals(state=Deal.State.WON), "closed_at", kind=Kind.MOMENT, icon="trophy"
)
_WON_ROWS = _deals(state=Deal.State.WON, amount__isnull=False)


def _sums(op: Op, value: Any, asked: Asked) -> Q:
    """Customers by the sum of the amounts of their won deals, in Rial; who has none has zero."""
    bounds = _bounds(op, value)
    grouped = _WON_ROWS(asked).filter(party=OuterRef("pk")).order_by().values("party").annotate(total=Sum("amount"))
    if op in {Op.EMPTY, Op.FILLED}:
        some = Q(Exists(grouped))
        return some if op is Op.FILLED else ~some
    found = Q(Exists(grouped.filter(**bounds)))
    return found | ~Q(Exists(grouped)) if _holds_for_zero(op, value) else found


def _bounds(op: Op, value: Any) -> dict[str, Any]:
    match op:
        case Op.MORE:
            return {"total__gt": value}
        case Op.LESS:
            return {"total__lt": value}
        case Op.BETWEEN:
            return {"total__gte": value[0], "total__lte": value[1]}
        case Op.IS:
            return {"total": value}
    return {}


def _holds_for_zero(op: Op, value: Any) -> bool:
    match op:
        case Op.MORE:
            return bool(value < 0)
        case Op.LESS:
            return bool(value > 0)
        case Op.BETWEEN:
            return bool(value[0] <= 0 <= value[1])
    return op is Op.IS and value == 0


def _condition(aggregate: Aggregate) -> Condition:
    def condition(op: Op, value: Any, asked: Asked) -> Q:
        rows = aggregate.rows(asked)
        is_moment = aggregate.kind is Kind.MOMENT
        return latest(aggregate, rows, op, value, asked) if is_moment else counted(aggregate, rows, op, value)

    return condition


def _read(name: str, rows: Rows, figure: Any, first: Any) -> Reading:
    def load(ids: Sequence[int]) -> dict[int, Any]:
        """The figure of many customers by one query."""
        found = rows(_NOBODY).filter(any_of("party_id", ids)).order_by().values("party").annotate(found=figure)
        return dict(fast_rows(found.values_list("party", "found")))

    made = None if first is None else lambda found: found or first
    return Reading(lambda party: getattr(party, name, None), Bulk(load=load, made=made))


def _loaded(name: str, rows: Rows, figure: Any, first: Any) -> Callable[[QuerySet[Party]], QuerySet[Party]]:
    """Return what adds the figure of each row of a page by one subquery."""

    def load(parties: QuerySet[Party]) -> QuerySet[Party]:
        of_one = rows(_NOBODY).filter(party=OuterRef("pk")).order_by().values("party")
        found = Subquery(of_one.annotate(found=figure).values("found"))
        return parties.annotate(**{name: found if first is None else Coalesce(found, first)})

    return load


def _field(
    aggregate: Aggregate, figure: Any, *, kind: Kind, first: Any, condition: Condition, **more: Any
) -> RecordField:
    name = f"figure_{aggregate.key.replace('.', '_')}"
    return RecordField(
        key=more.pop("key", aggregate.key),
        label=more.pop("label", aggregate.label),
        kind=kind,
        read=_read(name, aggregate.rows, figure, first),
        condition=condition,
        operators=more.pop("operators", aggregate.asked_by),
        load=_loaded(name, aggregate.rows, figure, first),
        group=GROUP,
        icon=aggregate.icon,
        permission=VIEW,
    )


_SUM = _aggregate("won_sum", _("Sum of won deals"), _WON_ROWS, "closed_at", icon="cash")
aggregates.register(OPEN_LEADS, OPEN, WON, LOST, LAST_WON)
record_fields.register(
    HOST,
    _field(OPEN, Count("pk"), kind=Kind.NUMBER, first=0, condition=_condition(OPEN)),
    _field(LAST_WON, Max("closed_at"), kind=Kind.MOMENT, first=None, condition=_condition(LAST_WON)),
    _field(_SUM, Sum("amount"), kind=Kind.MONEY, first=0, condition=_sums, operators=(Op.MORE, Op.LESS, Op.BETWEEN)),
)
