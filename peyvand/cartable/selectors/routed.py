"""Why a request went where it went, as its page and the API say it."""

from peyvand.accounts.models import Post, User
from peyvand.cartable.models import Request, Routed
from peyvand.cartable.selectors.choices import departments_by_id


def routed_of(request: Request) -> Routed | None:
    """What was kept when the request was opened; None for one that is older than the log."""
    return Routed.objects.filter(pk=request.pk).first()


def names_of(routed: Routed) -> dict[str, str]:
    """The department, the person and the post that a decision names, as they are called today."""
    details = routed.details
    number = details.get("department") or 0
    department = departments_by_id([number]).get(number)
    to = details.get("to") or {}
    person = (details.get("share") or {}).get("to") or to.get("user")
    return {
        "department": str(department or ""),
        "person": str(User.objects.filter(pk=person).first() or "") if person else "",
        "post": str(Post.objects.filter(pk=to["post"]).first() or "") if to.get("post") else "",
    }
