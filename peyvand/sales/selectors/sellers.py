"""Who sells here."""

from django.db.models import Exists, OuterRef, Q

from peyvand.accounts.models import RoleGrant, User
from peyvand.accounts.policies import may
from peyvand.sales.permissions import ASSIGN, VIEW


def sellers(who: User) -> list[User]:
    """The people to whom `who` may give a lead or a deal, in Persian order: all who may see deals, or himself alone."""
    if not may(who, ASSIGN):
        return [who]
    held = RoleGrant.objects.filter(user=OuterRef("pk"), role__permissions__permission=VIEW)
    found = User.objects.filter(Q(is_superuser=True) | Q(Exists(held)), is_active=True)
    return list(found.only("full_name", "username").order_by("sort_key", "id"))
