"""Channels, partners, what they register and what they earn, in the API."""

from django.db.models import QuerySet
from ninja import Query

from peyvand.api.kit import ApiRequest, Id, Paged, PageQuery, expected_version, page, router, seen_version, visible
from peyvand.core.paging import Page
from peyvand.sales import services
from peyvand.sales.api.channel_schemas import (
    CommissionOut,
    PartnerFields,
    PartnerIn,
    PartnerOut,
    RegistrationOut,
    RegistrationQuery,
    SalesChannelIn,
    SalesChannelOut,
    VerdictIn,
)
from peyvand.sales.models import CommissionEntry, DealRegistration, Partner, SalesChannel
from peyvand.sales.permissions import CONFIGURE, MANAGE_PARTNERS, PARTNERS
from peyvand.sales.selectors.channels import visible_registrations

channels = router(tag="sales-channels", permission=CONFIGURE)
partners = router(tag="sales-partners", permission=PARTNERS)
registrations = router(tag="deal-registrations", permission=PARTNERS)


def _seen(request: ApiRequest) -> QuerySet[Partner]:
    return Partner.objects.visible_to(request.auth).select_related("party", "channel")


@channels.get("", response=list[SalesChannelOut])
def all_channels(request: ApiRequest) -> QuerySet[SalesChannel]:
    """The channels through which others sell."""
    return SalesChannel.objects.filter(deleted_at=None).order_by("name", "id")


@channels.post("", response=SalesChannelOut, permission=CONFIGURE)
def create_channel(request: ApiRequest, payload: SalesChannelIn) -> SalesChannel:
    """Add a channel."""
    return services.save_channel(actor=request.auth.user, details=payload.details())


@channels.put("/{int:id}", response=SalesChannelOut, permission=CONFIGURE, versioned="required")
def change_channel(request: ApiRequest, id: Id, payload: SalesChannelIn) -> SalesChannel:
    """Change a channel."""
    version = expected_version(request)
    return services.save_channel(actor=request.auth.user, details=payload.details(), channel_id=id, version=version)


@channels.delete("/{int:id}", permission=CONFIGURE)
def delete_channel(request: ApiRequest, id: Id) -> None:
    """Offer a channel no longer; 409 while active partners sell through it."""
    services.delete_channel(actor=request.auth.user, channel_id=id)


@partners.get("", response=Paged[PartnerOut])
def index(request: ApiRequest, query: Query[PageQuery]) -> Page[Partner]:
    """The partners whom the caller sees, the newest first."""
    return page(_seen(request), query, order=("-id",))


@partners.get("/{int:id}", response=PartnerOut)
def show(request: ApiRequest, id: Id) -> Partner:
    """One partner."""
    return visible(_seen(request), id)


@partners.post("", response=PartnerOut, permission=MANAGE_PARTNERS)
def create(request: ApiRequest, payload: PartnerIn) -> Partner:
    """Make a customer record a partner; 409 when it is one already."""
    made = services.save_partner(actor=request.auth.user, details=payload.details(), party_id=payload.party_id)
    return visible(_seen(request), made.pk)


@partners.put("/{int:id}", response=PartnerOut, permission=MANAGE_PARTNERS, versioned="required")
def change(request: ApiRequest, id: Id, payload: PartnerFields) -> Partner:
    """Change a partner."""
    visible(_seen(request), id)
    version = expected_version(request)
    services.save_partner(actor=request.auth.user, details=payload.details(), partner_id=id, version=version)
    return visible(_seen(request), id)


@partners.get("/{int:id}/commissions", response=Paged[CommissionOut])
def commissions(request: ApiRequest, id: Id, query: Query[PageQuery]) -> Page[CommissionEntry]:
    """The ledger of a partner, the newest line first."""
    partner = visible(_seen(request), id)
    return page(CommissionEntry.objects.filter(partner=partner), query, order=("-id",))


@registrations.get("", response=Paged[RegistrationOut])
def all_registrations(request: ApiRequest, query: Query[RegistrationQuery]) -> Page[DealRegistration]:
    """What partners registered, the newest first."""
    wanted = {"partner": query.partner_id, "state": query.state}
    rows = visible_registrations(request.auth).filter(**{key: value for key, value in wanted.items() if value})
    return page(rows, query, order=("-received_at", "-id"))


@registrations.post(
    "/{int:id}/decide", response=RegistrationOut, permission=MANAGE_PARTNERS, status=200, versioned="optional"
)
def decide(request: ApiRequest, id: Id, payload: VerdictIn) -> DealRegistration:
    """Decide a registration that waits; both partners are told."""
    visible(visible_registrations(request.auth), id)
    version = seen_version(request)
    return services.decide_registration(
        actor=request.auth.user, registration_id=id, verdict=payload.verdict(), version=version
    )


@registrations.post(
    "/{int:id}/undo", response=RegistrationOut, permission=MANAGE_PARTNERS, status=200, versioned="optional"
)
def take_back(request: ApiRequest, id: Id) -> DealRegistration:
    """Take a decision back for two weeks; 409 when it went too far. Both partners are told."""
    visible(visible_registrations(request.auth), id)
    version = seen_version(request)
    return services.take_decision_back(actor=request.auth.user, registration_id=id, version=version)
