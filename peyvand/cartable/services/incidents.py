"""One answer to everybody whom one incident has hit."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.cartable import policies
from peyvand.cartable.errors import NothingWritten, TooManyReceivers
from peyvand.cartable.models import Answer, Request, Tie
from peyvand.cartable.services.answering import save_draft
from peyvand.cartable.services.approving import Approval, approve_and_send
from peyvand.cartable.services.sending import address_of
from peyvand.cartable.types import Draft
from peyvand.core.errors import NotAllowed, NotFound, PeyvandError

MOST = 100
SEND = "cartable.send"


@dataclass(kw_only=True)
class Answered:
    """Which requests got the answer, and which did not with the reason a person reads."""

    sent: list[Request] = field(default_factory=list)
    left: list[tuple[Request, str]] = field(default_factory=list)


def members_of(actor: Actor, request_id: int) -> list[Request]:
    """An incident and the requests that are parts of it, as far as the actor sees them; merged ones are answered
    with those into which they went. Raises NotFound."""
    tied = Tie.objects.filter(target=request_id, kind=Tie.Kind.INCIDENT).values_list(
        "source_id", "source__merged_into_id"
    )
    ids = {request_id, *(merged or pk for pk, merged in tied)}
    rows = Request.objects.visible_to(actor).filter(pk__in=ids, merged_into=None).select_related("party", "department")
    found = sorted(rows, key=lambda one: (one.pk != request_id, one.pk))
    if not found or found[0].pk != request_id:
        raise NotFound
    return found


@transaction.atomic
def answer_all(
    *, actor: Actor, request_id: int, body: str, only: Sequence[int] | None = None, close: bool = False
) -> Answered:
    """Send one answer by mail to the customer of every request of an incident, each in its own thread, once.

    only: of these requests alone; close: close each with it. A request that is closed, has no address, is not the
    actor's to answer, or in which he has a draft of his own, is left out and named with the reason. Raises NotFound,
    NothingWritten, TooManyReceivers, NotAllowed.
    """
    if not body.strip():
        raise NothingWritten
    members = [one for one in members_of(actor, request_id) if only is None or one.pk in only]
    if len(members) > MOST:
        raise TooManyReceivers(fields={"only": str(len(members))})
    done = Answered()
    for one in members:
        try:
            with transaction.atomic():
                _answer(actor, one, body, close)
            done.sent.append(one)
        except PeyvandError as problem:
            done.left.append((one, problem.message))
    return done


def _answer(actor: Actor, request: Request, body: str, close: bool) -> None:
    if not policies.may_act(actor, SEND, request):
        raise NotAllowed
    mine = Answer.objects.filter(request=request, author=actor.user, state__in=["draft", "returned"]).exclude(body="")
    if mine.exists():
        raise DraftThere
    recipient = address_of(request) or ""
    draft = save_draft(actor=actor, request_id=request.pk, draft=Draft(body=body, recipient=recipient))
    approve_and_send(actor=actor, answer_id=draft.pk, approval=Approval(close=close))


class DraftThere(PeyvandError):
    """You have a draft of your own there; send or discard it first."""

    code = "draft_there"
    status = 409
