"""What the business sets about duplicates."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.core.errors import Invalid
from peyvand.core.models import Setting
from peyvand.parties.policies import MERGE
from peyvand.parties.selectors.duplicates import LEAST_AUTOMATIC, SETTINGS, DuplicateRules


@transaction.atomic
def change_duplicate_rules(*, actor: User, rules: DuplicateRules) -> None:
    """Set whether and from how many points on pairs are merged by themselves, and what is told of unseen customers.

    Who sets it must be allowed to merge everybody. Errors: NotAllowed, Invalid for a threshold below 80 or above 100.
    """
    require_everywhere(actor, MERGE)
    if not LEAST_AUTOMATIC <= rules.threshold <= 100:
        raise Invalid(fields={"threshold": _("Write a number from 80 to 100.")})
    Setting.objects.update_or_create(name=SETTINGS, defaults={"value": asdict(rules)})
