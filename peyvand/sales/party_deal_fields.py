"""Fields that the business adds to deals, asked of customers: of any of his deals, in segments, filters and lists.

A comparison holds when some deal of the customer says so; «is not», «none of» and «empty» hold when no deal says the
contrary. In a list stands what his newest deal says that says anything. All deals count, so only who sees all of them
has these fields.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, JSONField, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from peyvand.core import record_fields
from peyvand.core.custom_fields import fields_for, record_field
from peyvand.core.fast_rows import any_of
from peyvand.core.models import CustomField
from peyvand.core.record_fields import Asked, Bulk, Condition, Op, Reading, RecordField
from peyvand.parties.models import Party
from peyvand.sales.deal_fields import HOST
from peyvand.sales.models import Deal
from peyvand.sales.party_figures import GROUP
from peyvand.sales.party_figures import HOST as OF_PARTY
from peyvand.sales.permissions import VIEW

CONTRARY = {Op.IS_NOT: Op.IS, Op.NONE_OF: Op.ANY_OF, Op.EMPTY: Op.FILLED}


def key_for(custom: CustomField) -> str:
    """Its key among the fields of customers."""
    return f"sales.deal_field:{custom.pk}"


def _saying(custom: CustomField) -> QuerySet[Deal]:
    return Deal.objects.filter(deleted_at=None, custom__has_key=str(custom.pk))


def _condition(custom: CustomField, of_deal: Condition) -> Condition:
    def condition(op: Op, value: Any, asked: Asked) -> Q:
        rows = _saying(custom).filter(party=OuterRef("pk"))
        contrary = CONTRARY.get(op)
        if contrary is not None:
            return ~Q(Exists(rows.filter(of_deal(contrary, value, asked))))
        return Q(Exists(rows.filter(of_deal(op, value, asked))))

    return condition


def _reading(custom: CustomField, name: str, made: Any) -> Reading:
    def load(ids: Sequence[int]) -> dict[int, Any]:
        """What the newest deal of each says, by one query."""
        rows = _saying(custom).filter(any_of("party_id", ids)).order_by("opened_at", "pk")
        return dict(rows.values_list("party_id", "custom"))

    return Reading(lambda party: made(getattr(party, name, None)), Bulk(load=load, made=made))


def _field(custom: CustomField) -> RecordField:
    of_deal = record_field(custom)
    assert of_deal.condition is not None and of_deal.bulk is not None
    name = f"deal_field_{custom.pk}"

    def load(parties: QuerySet[Party]) -> QuerySet[Party]:
        newest = _saying(custom).filter(party=OuterRef("pk")).order_by("-opened_at", "-pk").values("custom")[:1]
        return parties.annotate(**{name: Subquery(newest, output_field=JSONField())})

    return RecordField(
        key=key_for(custom), label=_("%(field)s (of a deal)") % {"field": of_deal.label}, kind=of_deal.kind,
        read=_reading(custom, name, of_deal.bulk.made), condition=_condition(custom, of_deal.condition), load=load,
        operators=of_deal.operators, choices=of_deal.choices, group=GROUP, icon="layout-kanban", permission=VIEW,
        is_of_others=True,
    )  # fmt: skip


def _all() -> Iterator[RecordField]:
    return map(_field, fields_for(HOST))


record_fields.register_source(OF_PARTY, _all)
