"""Channels and partners as staff see them, what waits for a decision, and who may be chosen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.accounts.scoping import Who
from peyvand.core.errors import NotFound
from peyvand.sales.models import Deal, DealPartner, DealRegistration, Partner, PartnerNote, PartnerSeat, SalesChannel
from peyvand.sales.permissions import PARTNERS

MOST_NAMED = 100
WAITING = (DealRegistration.State.SUBMITTED, DealRegistration.State.CONFLICT)


def channels_shown() -> QuerySet[SalesChannel]:
    """The channels, each with how many active partners sell through it."""
    return (
        SalesChannel.objects.filter(deleted_at=None)
        .select_related("pipeline")
        .annotate(active=Count("partners", filter=Q(partners__is_active=True)))
        .order_by("name", "pk")
    )


def partners_shown(who: Who) -> QuerySet[Partner]:
    """The partners that `who` sees, each with its open deals, the sum of its won ones, and what waits.

    A shared deal counts for each of its partners.
    """
    through = DealPartner.objects.filter(partner=OuterRef("pk"), deal__deleted_at=None).order_by().values("partner")
    waiting = DealRegistration.objects.filter(partner=OuterRef("pk"), state__in=WAITING)
    return (
        Partner.objects.visible_to(who)
        .select_related("party", "channel", "owner")
        .defer("party__search", "owner__search", "owner__password", "owner__preferences")
        .annotate(
            open_deals=Coalesce(Subquery(through.filter(deal__state="open").annotate(n=Count("pk")).values("n")), 0),
            won=Coalesce(Subquery(through.filter(deal__state="won").annotate(n=Sum("deal__amount")).values("n")), 0),
            waits=Exists(waiting),
        )
    )


@dataclass(frozen=True)
class Won:
    """What was won on one way. name: of the channel, empty for direct; count: deals; amount: Rial."""

    name: str
    count: int
    amount: int


def won_by_channel(who: Who, now: datetime) -> list[Won]:
    """The deals of the last year that `who` sees and that were won, by channel, the largest sum first."""
    rows = Deal.objects.visible_to(who).filter(state=Deal.State.WON, closed_at__gt=now - timedelta(days=365))
    sums = rows.order_by().values("partner__channel__name").annotate(count=Count("pk"), amount=Sum("amount"))
    found = [Won(row["partner__channel__name"] or "", row["count"], row["amount"] or 0) for row in sums]
    return sorted(found, key=lambda one: (-one.amount, one.name))


def visible_partner(who: Who, partner_id: int) -> Partner:
    """A partner that `who` sees. Errors: NotFound."""
    found = partners_shown(who).filter(pk=partner_id).first()
    if found is None:
        raise NotFound
    return found


def seats_of(partner: Partner) -> QuerySet[PartnerSeat]:
    """The people of a partner who may or might enter, with when each was last in."""
    last = Subquery(
        PartnerSeat.objects.filter(pk=OuterRef("pk")).order_by("-sessions__seen_at").values("sessions__seen_at")[:1]
    )
    return PartnerSeat.objects.filter(partner=partner).annotate(last_seen=last).order_by("-is_active", "name", "pk")


def visible_registrations(who: Who) -> QuerySet[DealRegistration]:
    """The registrations of partners that `who` sees."""
    rows = DealRegistration.objects.filter(partner__in=Partner.objects.visible_to(who).values("pk"))
    return rows.select_related("partner__party", "partner__channel", "party", "deal")


def claims_about(who: Who, deal: Deal) -> QuerySet[DealRegistration]:
    """What partners whom `who` sees registered that became this deal, or met it, the newest first."""
    about = Q(deal=deal) | Q(rival_deal=deal)
    return visible_registrations(who).filter(about).select_related("decided_by").order_by("-received_at", "-pk")


def waiting_registrations(who: Who) -> QuerySet[DealRegistration]:
    """What waits for a decision, with both sides; the other one only as far as the page shows it."""
    return (
        visible_registrations(who)
        .filter(state__in=WAITING)
        .select_related("rival__partner__party", "rival_deal__owner", "rival_deal__stage", "rival_deal__party", "seat")
    )


def decided_lately(who: Who, since: datetime) -> QuerySet[DealRegistration]:
    """What a person decided after `since` and may still be taken back, the newest first."""
    decided = (DealRegistration.State.ACCEPTED, DealRegistration.State.REFUSED)
    rows = visible_registrations(who).filter(decided_at__gt=since, state__in=decided).exclude(memory={})
    return rows.select_related("decided_by").order_by("-decided_at", "-pk")


def choosable(user: User) -> list[Partner]:
    """The active partners that `user` may name on a deal, by name."""
    if not may(user, PARTNERS):
        return []
    rows = Partner.objects.visible_to(user).filter(is_active=True).select_related("party", "channel")
    return list(rows.order_by("party__sort_key", "pk")[:500])


def named_partners(user: User) -> list[tuple[int, str]]:
    """The active partners that `user` sees, by name: what a board may be narrowed to."""
    if not may(user, PARTNERS):
        return []
    rows = Partner.objects.visible_to(user).filter(is_active=True).order_by("party__sort_key", "pk")
    return [(pk, name) for pk, name in rows.values_list("pk", "party__name")[:MOST_NAMED]]


def shares_of(deal: Deal) -> list[DealPartner]:
    """The partners of a deal, the first of them first."""
    rows = DealPartner.objects.filter(deal=deal).select_related("partner__party", "partner__channel")
    return sorted(rows, key=lambda one: (one.partner_id != deal.partner_id, one.pk))


def notes_on(deal: Deal, partner_id: int) -> QuerySet[PartnerNote]:
    """What passed between us and a partner about a deal, the newest first."""
    rows = PartnerNote.objects.filter(deal=deal, partner=partner_id).select_related("seat", "user")
    return rows.order_by("-pk")
