"""What the business itself says of referrals: what they can ask for, and when one comes back by itself."""

from secrets import token_hex

from django.db import IntegrityError, transaction

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.cartable.errors import RuleTwice
from peyvand.cartable.models import ReferralAction, ReturnRule
from peyvand.cartable.permissions import CONFIGURE
from peyvand.core.errors import Invalid


@transaction.atomic
def save_action(
    *, actor: User, action: ReferralAction | None, name_fa: str, name_en: str, is_active: bool = True
) -> ReferralAction:
    """Add what a referral can ask for, or rename it or take it out of use; old referrals keep it. Raises Invalid."""
    require_everywhere(actor, CONFIGURE)
    found = action or ReferralAction(code=token_hex(8), position=ReferralAction.objects.count())
    found.name_fa, found.name_en, found.is_active = name_fa.strip()[:80], name_en.strip()[:80], is_active
    if not found.name_fa or not found.name_en:
        raise Invalid(fields={"name_fa": "empty"})
    found.save()
    return found


@transaction.atomic
def save_return_rule(*, actor: User, rule: ReturnRule) -> ReturnRule:
    """Store when referrals to a department, or of a kind, come back. Raises RuleTwice, Invalid (minutes)."""
    require_everywhere(actor, CONFIGURE)
    if not 0 < rule.minutes <= 527_040:
        raise Invalid(fields={"minutes": str(rule.minutes)})
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as problem:
        raise RuleTwice from problem
    return rule


@transaction.atomic
def delete_return_rule(*, actor: User, rule: ReturnRule) -> None:
    """Take a rule away; referrals on their way keep their timers."""
    require_everywhere(actor, CONFIGURE)
    rule.delete()
