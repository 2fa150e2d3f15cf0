"""What a substitute cannot do for who is on leave."""

from peyvand.accounts.models import User
from peyvand.cartable.models import ACTIVE, Request

MOST = 100


def secrets_of(person: User) -> int:
    """How many confidential requests somebody holds, capped: a substitute sees them only when he is named on them."""
    held = Request.objects.filter(assignee=person, status__in=ACTIVE, confidential=True)
    return len(held.order_by().values_list("pk", flat=True)[:MOST])
