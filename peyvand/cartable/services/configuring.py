"""What the business says of the cartable's own ways."""

from django.db import transaction

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.cartable.outward import SETTING, Outward
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.selectors.outward import forget_outward
from peyvand.core.models import Setting


@transaction.atomic
def change_outward(*, actor: User | None, wanted: Outward) -> None:
    """Set what is sent to customers by itself. Errors: NotAllowed."""
    if actor is not None:
        require_everywhere(actor, CONFIGURE)
    Setting.objects.update_or_create(name=SETTING, defaults={"value": wanted.to_json()})
    transaction.on_commit(forget_outward)
    forget_outward()
