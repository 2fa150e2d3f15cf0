"""Everything that the page of one request shows, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch

from peyvand.accounts.scoping import Who, reach_of
from peyvand.cartable import policies
from peyvand.cartable.models import Answer, Note, Referral, Request, Step
from peyvand.channels.models import Attachment, Message
from peyvand.core.errors import NotFound
from peyvand.parties.models import ContactPoint

EARLIER = 5  # earlier requests that the identity panel lists
MANY = 100  # it writes «۹۹+» beyond


@dataclass(frozen=True, kw_only=True)
class RequestPage:
    """One request with its thread, its history and its papers, all in order of time."""

    request: Request
    messages: Sequence[Message]
    notes: Sequence[Note]
    referrals: Sequence[Referral]
    steps: Sequence[Step]
    answers: Sequence[Answer]

    @property
    def answer(self) -> Answer | None:
        """The latest answer that left its author's desk."""
        sent = [one for one in self.answers if one.state in (Answer.State.REVIEW, Answer.State.APPROVED)]
        return sent[-1] if sent else None

    @property
    def innermost(self) -> Referral | None:
        """The open referral that holds the request now."""
        still = [one for one in self.referrals if one.ended_at is None]
        return still[-1] if still else None

    def draft_of(self, who: Who) -> Answer | None:
        """The user's own unfinished answer."""
        mine = [one for one in self.answers if one.author_id == reach_of(who).user_id]
        return next((one for one in mine if one.state in (Answer.State.DRAFT, Answer.State.RETURNED)), None)

    def in_review(self) -> Answer | None:
        """The answer that waits for review, the oldest first."""
        return next((one for one in self.answers if one.state == Answer.State.REVIEW), None)

    def referral_for(self, who: Who) -> Referral | None:
        """The open referral that holds the request, when it is for this user."""
        found = self.innermost
        return found if found is not None and policies.is_addressee(who, found) else None


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What is known of a request's customer: addresses, and what was between us before."""

    points: Sequence[ContactPoint] = field(default_factory=list)
    earlier: Sequence[Request] = field(default_factory=list)
    earlier_count: int = 0  # at most MANY


def get_request(who: Who, code: str) -> Request:
    """One request that the user may see, by its follow-up code, with all that its head shows. Raises NotFound."""
    found = (
        Request.objects.visible_to(who)
        .select_related(
            "party__organisation", "kind", "channel", "department", "branch", "assignee__department",
            "officer__department", "post__holder", "perhaps_of", "merged_into",
        )
        .filter(code=code)
        .first()
    )  # fmt: skip
    if found is None:
        raise NotFound
    return found


def read_request(who: Who, code: str) -> RequestPage:
    """A request and everything in it. Raises NotFound when the user may not see it."""
    request = get_request(who, code)
    return RequestPage(
        request=request,
        messages=_messages(request),
        notes=list(
            Note.objects.filter(request=request).select_related("author").prefetch_related("files").order_by("id")
        ),
        referrals=list(
            Referral.objects.filter(request=request)
            .select_related(
                "by__department", "to_user__department", "to_post__department", "to_post__holder", "to_department",
                "taken_by",
            )
            .order_by("id")
        ),
        steps=list(Step.objects.filter(request=request).select_related("actor").order_by("id")),
        answers=list(
            Answer.objects.filter(request=request)
            .select_related("author__department", "reviewer")
            .prefetch_related("files")
            .order_by("id")
        ),
    )  # fmt: skip


def _messages(request: Request) -> list[Message]:
    files = Prefetch("attachments", Attachment.objects.select_related("file").order_by("position"))
    rows = Message.objects.filter(in_request__request=request).select_related("created_by", "in_request")
    return list(rows.prefetch_related(files).order_by("occurred_at", "id"))


def identity_of(who: Who, request: Request) -> Identity:
    """The addresses of a request's customer and the earlier requests that the user may see: three queries."""
    if request.party_id is None:
        return Identity()
    earlier = (
        Request.objects.visible_to(who)
        .filter(party_id=request.party_id)
        .exclude(pk=request.pk)
        .select_related("kind")
        .defer("search")
        .order_by("-opened_at")
    )
    found = list(earlier[:EARLIER])
    return Identity(
        points=list(ContactPoint.objects.filter(party_id=request.party_id).order_by("-is_primary", "kind", "id")),
        earlier=found,
        earlier_count=len(found) if len(found) < EARLIER else earlier[:MANY].count(),
    )
