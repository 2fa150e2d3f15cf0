"""What a customer record is as a partner: a field of it, a figure for segments, and the strip of its file."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.core import record_fields
from peyvand.core.fast_rows import any_of
from peyvand.core.record_fields import Asked, Bulk, Kind, Op, Reading, RecordField
from peyvand.parties import file_parts
from peyvand.parties.models import Party
from peyvand.parties.segments import aggregates
from peyvand.parties.segments.aggregates import Aggregate
from peyvand.sales.models import Deal, DealPartner, Partner
from peyvand.sales.permissions import PARTNERS

HOST = "parties.Party"
GROUP = _("Leads and deals")


def _won(asked: Asked) -> QuerySet[DealPartner]:
    """The deals that were won through partners."""
    return DealPartner.objects.filter(deal__state=Deal.State.WON, deal__deleted_at=None)


def _is_partner(op: Op, value: Any, asked: Asked) -> Q:
    sells = Q(Exists(Partner.objects.filter(party=OuterRef("pk"), is_active=True)))
    return sells if op is Op.YES else ~sells


def _load(ids: Sequence[int]) -> dict[int, bool]:
    """Of many records whether they sell for us, by one query."""
    rows = Partner.objects.filter(any_of("party_id", ids), is_active=True)
    found = set(rows.values_list("party_id", flat=True))
    return {pk: pk in found for pk in ids}


def _sells(party: Party) -> bool:
    return bool(getattr(party, "is_sales_partner", False))


def _annotated(parties: QuerySet[Party]) -> QuerySet[Party]:
    return parties.annotate(is_sales_partner=Exists(Partner.objects.filter(party=OuterRef("pk"), is_active=True)))


def figures(user: User, party: Party) -> Iterator[file_parts.Figure]:
    """Yield that it sells for us, with the way to its page."""
    found = Partner.objects.visible_to(user).filter(party=party, is_active=True).select_related("channel").first()
    if found is not None:
        url = reverse("sales:partner", args=[found.pk])
        yield file_parts.Figure(label=_now("Sales partner"), value=found.channel.name, url=url)


aggregates.register(
    Aggregate(
        key="sales.won_as_partner",
        label=_("Deals won as a partner"),
        rows=_won,
        to="partner__party_id",
        at="deal__closed_at",
        permission=PARTNERS,
        group=GROUP,
        icon="heart-handshake",
    )
)
record_fields.register(
    HOST,
    RecordField(
        key="sales.is_partner",
        label=_("Is a sales partner"),
        kind=Kind.YES_NO,
        read=Reading(_sells, Bulk(load=_load)),
        condition=_is_partner,
        load=_annotated,
        group=GROUP,
        icon="heart-handshake",
        permission=PARTNERS,
    ),
)
