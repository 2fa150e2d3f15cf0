"""Questions about colleagues: who has how much work, where an answer may go."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from peyvand.accounts.models import Branch, Department, Post, User
from peyvand.cartable.models import ACTIVE, Request
from peyvand.cartable.types import Target, TargetKind
from peyvand.channels.models import Message
from peyvand.core.text import normalise_email
from peyvand.parties.models import ContactPoint

MOST_WAYS = 10  # of the newest messages


def workload(user_ids: Sequence[int]) -> dict[int, int]:
    """How many requests each of these people holds now, without confidential ones."""
    work = Request.objects.filter(assignee__in=user_ids, status__in=ACTIVE, confidential=False)
    rows = work.values("assignee").annotate(n=Count("pk"))
    return {row["assignee"]: row["n"] for row in rows.order_by()}


@dataclass(frozen=True)
class Named:
    """Somebody or something that receives work, by name."""

    target: Target
    label: str
    detail: str = ""


def named(targets: Sequence[Target]) -> list[Named]:
    """What these targets are called, in their order, without those that do not exist: a query for each sort."""
    ids: dict[TargetKind, list[int]] = {}
    for target in targets:
        ids.setdefault(target.kind, []).append(target.id)
    people = User.objects.select_related("department").in_bulk(ids.get(TargetKind.USER, []))
    posts = Post.objects.select_related("holder").in_bulk(ids.get(TargetKind.POST, []))
    departments = Department.objects.select_related("branch").in_bulk(ids.get(TargetKind.DEPARTMENT, []))
    branches = Branch.objects.in_bulk(ids.get(TargetKind.BRANCH, []))
    known = {
        **{Target(TargetKind.USER, pk): (str(one), str(one.department or "")) for pk, one in people.items()},
        **{Target(TargetKind.POST, pk): (str(one), str(one.holder or "")) for pk, one in posts.items()},
        **{Target(TargetKind.DEPARTMENT, pk): (str(one), str(one.branch)) for pk, one in departments.items()},
        **{Target(TargetKind.BRANCH, pk): (str(one), one.city) for pk, one in branches.items()},
    }
    return [Named(each, *known[each]) for each in targets if each in known]


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
    """A form is answered by mail, or by phone when only a number was left; a text message by phone."""
    if medium == Message.Medium.SMS:
        return Message.Medium.PHONE, sender
    if medium == Message.Medium.FORM:
        return (Message.Medium.MAIL, sender) if normalise_email(sender) else (Message.Medium.PHONE, sender)
    return medium, sender
