"""The referral chain (زنجیرهٔ ارجاع): received, who held it, approval, sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from peyvand.accounts.models import User
from peyvand.cartable.models import Answer, Referral, Request
from peyvand.cartable.words import MEDIUMS

MOST_PEOPLE = 5


@dataclass
class Link:
    """One station. `state` is done, on or todo."""

    title: str
    place: str = ""
    at: datetime | None = None
    state: str = "todo"
    referral_id: int | None = None


def chain_of(request: Request, referrals: Sequence[Referral], answer: Answer | None) -> list[Link]:
    """Build the stations of a request; `answer` is the latest one that left its author's desk, if any."""
    links = [Link(_("Received"), str(MEDIUMS.get(request.medium, request.medium)), request.opened_at, "done")]
    links += _people(request, referrals)
    if request.status == Request.Status.CLOSED:
        return [*links, Link(_("Closed"), "", request.closed_at, "done")]
    return [*links, *_answering(request, answer)]


def _people(request: Request, referrals: Sequence[Referral]) -> list[Link]:
    """Those who held it: the first who referred, then every one it was referred to."""
    standing = [each for each in referrals if each.is_original and each.state != Referral.State.RECALLED]
    links = [_referred(each) for each in standing]
    if standing:
        first = standing[0]
        links.insert(0, Link(str(first.by), _place(first.by), first.created_at, "done"))
    if len(links) > MOST_PEOPLE:
        links = [links[0], *links[1 - MOST_PEOPLE :]]
    holding = request.status in {Request.Status.NEW, Request.Status.OPEN, Request.Status.REFERRED}
    if holding and not any(link.state == "on" for link in links):
        links.append(_holder(request))
    elif not links and request.assignee:
        links.append(Link(str(request.assignee), _place(request.assignee), None, "done"))
    return links


def _referred(referral: Referral) -> Link:
    state = "done" if referral.ended_at or referral.state == Referral.State.ANSWERED else "on"
    at = referral.read_at or referral.created_at
    if referral.to_user:
        return Link(str(referral.to_user), _place(referral.to_user), at, state, referral.pk)
    if referral.to_post:
        return Link(str(referral.to_post), str(referral.to_post.department), at, state, referral.pk)
    if referral.to_branch:
        return Link(_("Branch %(name)s") % {"name": referral.to_branch}, "", at, state, referral.pk)
    return Link(str(referral.to_department), "", at, state, referral.pk)


def _holder(request: Request) -> Link:
    if request.assignee:
        return Link(str(request.assignee), _place(request.assignee), None, "on")
    if request.post:
        return Link(str(request.post), str(request.department), None, "on")
    return Link(str(request.department), "", None, "on")


def _answering(request: Request, answer: Answer | None) -> list[Link]:
    """The last two stations: the reviewer and the sending."""
    sent = request.status == Request.Status.ANSWERED
    reviewer = str(answer.reviewer) if answer and answer.reviewer else str(request.officer or "")
    medium = str(MEDIUMS.get(answer.medium if answer else request.medium, ""))
    review = "done" if sent else "on" if request.status == Request.Status.REVIEW else "todo"
    decided = answer.decided_at if answer and sent else None
    return [
        Link(pgettext("chain", "Approve"), reviewer, decided, review),
        Link(
            pgettext("chain", "Send"), medium, request.first_answered_at if sent else None, "done" if sent else "todo"
        ),
    ]


def _place(user: User) -> str:
    return str(user.department) if user.department else ""
