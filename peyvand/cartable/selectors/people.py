"""Questions about colleagues: who has how much work, who may review, where an answer may go."""

from collections.abc import Sequence

from django.db.models import Count, Q

from peyvand.accounts.models import User
from peyvand.accounts.types import Scope
from peyvand.cartable.models import ACTIVE, Request, RequestMessage
from peyvand.channels.models import Message
from peyvand.core.text import normalise_email
from peyvand.parties.models import ContactPoint

MOST_REVIEWERS = 50


def workload(user_ids: Sequence[int]) -> dict[int, int]:
    """How many requests each of these people holds now."""
    rows = Request.objects.filter(assignee__in=user_ids, status__in=ACTIVE).values("assignee").annotate(n=Count("pk"))
    return {row["assignee"]: row["n"] for row in rows.order_by()}


def reviewers_of(request: Request) -> list[User]:
    """Who may be asked to review an answer to this request: active, and allowed to approve where it stands."""
    held = {"grants__role__permissions__permission": "cartable.approve"}
    scope = "grants__role__permissions__scope"
    wide = Q(**held, **{f"{scope}__in": [Scope.ALL, Scope.BRANCH_BELOW]})
    near = Q(**held, **{f"{scope}": Scope.BRANCH}, branch=request.branch_id)
    team = Q(**held, **{f"{scope}": Scope.TEAM}, department=request.department_id)
    own = Q(pk=request.officer_id) if request.officer_id else Q(pk__in=[])
    rows = User.objects.filter(is_active=True).filter(wide | near | team | own).distinct()
    return list(rows.select_related("department").order_by("sort_key", "id")[:MOST_REVIEWERS])


def mentioned_in(body: str) -> list[int]:
    """The active colleagues whom a note names as «@full name»."""
    if "@" not in body:
        return []
    names = User.objects.filter(is_active=True).exclude(full_name="").values_list("pk", "full_name")
    return [pk for pk, name in names if f"@{name}" in body]


def ways_to_answer(request: Request) -> list[tuple[str, str]]:
    """(medium, address) by which the customer can be answered, the one he used last first."""
    ways: dict[tuple[str, str], None] = {}
    for medium, sender in (
        RequestMessage.objects.filter(request=request, message__direction=Message.Direction.IN)
        .filter(message__automatic__in=["", "list"])
        .order_by("-id")
        .values_list("message__medium", "message__sender")[:10]
    ):
        ways.setdefault(_way(medium, sender))
    if request.party_id is not None:
        points = ContactPoint.objects.filter(party_id=request.party_id).order_by("-is_primary", "id")
        for kind, value in points.values_list("kind", "value"):
            if kind in _MEDIUM_OF:
                ways.setdefault((_MEDIUM_OF[kind], value))
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
