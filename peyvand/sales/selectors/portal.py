"""What a person of a partner sees: the leads and deals that go through his partner, his registrations, nothing else."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.utils import timezone

from peyvand.activities.models import Activity, Link, State
from peyvand.core.errors import NotFound
from peyvand.sales.models import Deal, DealPartner, DealRegistration, PartnerSeat

HIDDEN = ("search", "note", "lost_note", "competitor", "party__search")


def deals_of_partner(partner_id: int) -> QuerySet[Deal]:
    """The leads and deals of a partner that are not in the trash."""
    mine = DealPartner.objects.filter(partner=partner_id).values("deal")
    rows = Deal.objects.filter(pk__in=mine, deleted_at=None).exclude(state=Deal.State.JOINED)
    return rows.select_related("stage", "pipeline", "party", "owner").defer(*HIDDEN, "owner__search", "owner__password")


def deal_of_seat(seat: PartnerSeat, deal_id: int) -> Deal:
    """One of them. Errors: NotFound, also for what is somebody else's."""
    deal = deals_of_partner(seat.partner_id).filter(pk=deal_id).first()
    if deal is None:
        raise NotFound
    return deal


def registrations_of(seat: PartnerSeat) -> QuerySet[DealRegistration]:
    """What the partner registered, the newest first."""
    return DealRegistration.objects.filter(partner=seat.partner_id).order_by("-received_at", "-pk")


def own_words(seat: PartnerSeat, deals: Iterable[Deal]) -> Mapping[int, DealRegistration]:
    """By deal what this partner himself registered: he reads his own words, not those of whom he shares it with."""
    rows = DealRegistration.objects.filter(partner=seat.partner_id, deal__in=list(deals)).order_by("-pk")
    return {one.deal_id: one for one in rows if one.deal_id is not None}


def contested(seat: PartnerSeat) -> set[int]:
    """The registrations of this partner that somebody else's, not yet decided, speaks against."""
    rows = DealRegistration.objects.filter(rival__partner=seat.partner_id, state=DealRegistration.State.CONFLICT)
    return {pk for pk in rows.values_list("rival", flat=True) if pk is not None}


def next_step(deal: Deal) -> Activity | None:
    """What we planned next for a deal; the partner is shown its kind and time alone."""
    about = Link.objects.filter(kind="sales.Deal", record=deal.pk).values("activity_id")
    rows = Activity.objects.filter(pk__in=about, state=State.PLANNED, deleted_at=None, at__gte=timezone.now())
    return rows.order_by("at").first()
