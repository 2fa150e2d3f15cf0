"""Questions about colleagues: who has how much work, where an answer may go."""

from collections.abc import Sequence

from django.db.models import Count

from peyvand.accounts.models import User
from peyvand.cartable.models import ACTIVE, Request
from peyvand.channels.models import Message
from peyvand.core.text import normalise_email
from peyvand.parties.models import ContactPoint

MOST_WAYS = 10  # of the newest messages


def workload(user_ids: Sequence[int]) -> dict[int, int]:
    """How many requests each of these people holds now."""
    rows = Request.objects.filter(assignee__in=user_ids, status__in=ACTIVE).values("assignee").annotate(n=Count("pk"))
    return {row["assignee"]: row["n"] for row in rows.order_by()}


def mentioned_in(body: str) -> list[int]:
    """The active colleagues whom a note names as «@full name»."""
    if "@" not in body:
        return []
    names = User.objects.filter(is_active=True).exclude(full_name="").values_list("pk", "full_name")
    return [pk for pk, name in names if f"@{name}" in body]


def ways_to_answer(messages: Sequence[Message], points: Sequence[ContactPoint]) -> list[tuple[str, str]]:
    """(medium, address) by which the customer can be answered, the one he used last first.

    messages: of the request, in order of time; points: of its customer.
    """
    ways: dict[tuple[str, str], None] = {}
    written = [one for one in messages if one.direction == Message.Direction.IN and one.automatic in {"", "list"}]
    for message in written[: -MOST_WAYS - 1 : -1]:
        ways.setdefault(_way(message.medium, message.sender))
    for point in sorted(points, key=lambda one: (not one.is_primary, one.pk)):
        if point.kind in _MEDIUM_OF:
            ways.setdefault((_MEDIUM_OF[point.kind], point.value))
    ways.setdefault((Message.Medium.VISIT, ""))
    return list(ways)


_MEDIUM_OF: dict[str, str] = {
    ContactPoint.Kind.EMAIL: Message.Medium.MAIL,
    ContactPoint.Kind.MOBILE: Message.Medium.PHONE,
    ContactPoint.Kind.PHONE: Message.Medium.PHONE,
    ContactPoint.Kind.FAX: Message.Medium.FAX,
}


def _way(medium: str, sender: str) -> tuple[str, str]:
    """A form is answered by mail, or by phone when only a number was left."""
    if medium == Message.Medium.FORM:
        return (Message.Medium.MAIL, sender) if normalise_email(sender) else (Message.Medium.PHONE, sender)
    return medium, sender
