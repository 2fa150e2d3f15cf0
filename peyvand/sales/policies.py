"""Who may do what with leads and deals."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from peyvand.accounts.models import RoleGrant, User
from peyvand.accounts.policies import may, require_everywhere
from peyvand.accounts.scoping import Who, reach_of, who_reach
from peyvand.core.errors import NotAllowed
from peyvand.sales.models import Deal, DealShare, Partner, PartnerSeat
from peyvand.sales.permissions import APPROVE, CHANGE, CONFIGURE, MANAGE_PARTNERS


def has_share(who: Who, deal: Deal) -> bool:
    """Does `who` sell along in this deal?"""
    return DealShare.objects.filter(deal=deal, user=reach_of(who).user_id).exists()


def may_change(who: Who, deal: Deal) -> bool:
    """May `who` change and move this deal? In the scope of the permission, and who sells along."""
    return may(who, CHANGE, deal) or (may(who, CHANGE) and has_share(who, deal))


def require_change(who: Who, deal: Deal) -> None:
    """Raise NotAllowed unless `who` may change this deal."""
    if not may_change(who, deal):
        raise NotAllowed


def may_approve(who: Who, deal: Deal) -> bool:
    """May `who` say that this deal moves on to a stage that needs an approval?"""
    return may(who, APPROVE, deal)


def approvers_of(deal: Deal) -> QuerySet[User]:
    """The active people who may say that this deal moves on: the same rule as `may_approve`, asked the other way."""
    return who_reach(APPROVE, deal)


def require_configure(actor: User | None) -> None:
    """Raise NotAllowed unless the actor manages sales everywhere; None is the system itself."""
    if actor is not None:
        require_everywhere(actor, CONFIGURE)


def may_enter(seat: PartnerSeat, today: date | None = None) -> bool:
    """May this person enter the portal today? Not shut, of an active partner, within the days of its contract."""
    partner, today = seat.partner, today or timezone.localdate()
    begun = partner.contract_from is None or partner.contract_from <= today
    ended = partner.contract_to is not None and partner.contract_to < today
    return seat.is_active and partner.is_active and begun and not ended


def managers_of(partner: Partner) -> QuerySet[User]:
    """The active people who may decide what this partner registers."""
    return who_reach(MANAGE_PARTNERS, partner)


def configurers() -> QuerySet[User]:
    """The active people who manage sales."""
    held = RoleGrant.objects.filter(role__permissions__permission=CONFIGURE).values("user")
    return User.objects.filter(Q(is_superuser=True) | Q(pk__in=held), is_active=True)
