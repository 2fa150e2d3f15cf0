"""What the business says of the cartable's own ways."""

from django.db import transaction

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.cartable.answer_ways import LONGEST_UNDO, AnswerWays
from peyvand.cartable.answer_ways import SETTING as WAYS_SETTING
from peyvand.cartable.outward import SETTING, Outward
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.selectors.answer_ways import forget_answer_ways
from peyvand.cartable.selectors.outward import forget_outward
from peyvand.core.errors import Invalid
from peyvand.core.models import Setting


@transaction.atomic
def change_answer_ways(*, actor: User | None, wanted: AnswerWays) -> None:
    """Set how answers go out. Raises NotAllowed, Invalid (undo_seconds)."""
    if actor is not None:
        require_everywhere(actor, CONFIGURE)
    if not 0 <= wanted.undo_seconds <= LONGEST_UNDO:
        raise Invalid(fields={"undo_seconds": str(wanted.undo_seconds)})
    Setting.objects.update_or_create(name=WAYS_SETTING, defaults={"value": wanted.to_json()})
    transaction.on_commit(forget_answer_ways)
    forget_answer_ways()


@transaction.atomic
def change_outward(*, actor: User | None, wanted: Outward) -> None:
    """Set what is sent to customers by itself. Errors: NotAllowed."""
    if actor is not None:
        require_everywhere(actor, CONFIGURE)
    Setting.objects.update_or_create(name=SETTING, defaults={"value": wanted.to_json()})
    transaction.on_commit(forget_outward)
    forget_outward()
