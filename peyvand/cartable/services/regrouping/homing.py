"""Where what was moved on belongs when the merge that had brought it is taken back, and what must not rest there."""

from datetime import datetime

from django.db.models import Q

from peyvand.cartable.events import RequestReopened
from peyvand.cartable.models import Note, Referral, Regrouping, RegroupMove, Request, RequestMessage, Step
from peyvand.cartable.services.closing import wake
from peyvand.cartable.services.regrouping.replaying import brought_secrets
from peyvand.cartable.services.work import Work
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Message

LOST = (StepKind.DELIVERY_FAILED, StepKind.DELIVERY_UNCERTAIN)
HELD = (RegroupMove.What.MESSAGE, RegroupMove.What.ANSWER)


def send_home(held: Regrouping) -> None:
    """What a merge had brought and a later move or split took out of its target comes home to where it was, and not
    to the target: it may be confidential there.
    """
    later = Regrouping.objects.standing().filter(pk__gt=held.pk, sources=held.target_id)
    for made in later.exclude(kind=Regrouping.Kind.MERGE).order_by("pk"):
        for brought in held.moves.filter(what__in=HELD):
            _repoint(made, brought)


def is_secret_by_words(made: Regrouping) -> bool:
    """Have colleagues written in the target since it brought something confidential there? It speaks of that, perhaps,
    and stays there: so the target stays confidential until somebody opens it.
    """
    if not brought_secrets(made):
        return False
    notes = Note.objects.filter(request=made.target_id, created_at__gt=made.at)
    orders = Referral.objects.filter(request=made.target_id, created_at__gt=made.at).exclude(instruction="", remark="")
    return notes.exists() or orders.exists()


def _repoint(made: Regrouping, brought: RegroupMove) -> None:
    taken = made.moves.filter(what=brought.what, source=brought.regrouping.target_id).first()
    theirs = [pk for pk in taken.ids if pk in brought.ids] if taken is not None else []
    if taken is None or not theirs:
        return
    taken.ids = [pk for pk in taken.ids if pk not in theirs]
    taken.save(update_fields=["ids"])
    home, _is_new = RegroupMove.objects.get_or_create(
        regrouping=made, source=brought.source, what=brought.what, defaults={"ids": []}
    )
    home.ids = [*home.ids, *theirs]
    home.save(update_fields=["ids"])
    made.sources.add(brought.source)


def origin_of(made: Regrouping) -> Request:
    """The request out of which messages were moved or split off; others join it only by `send_home`."""
    named = Regrouping.sources.through.objects.filter(regrouping=made).order_by("pk")
    return Request.objects.get(pk__in=named.values("request")[:1])


def rests_since(request: Request) -> datetime | None:
    """Since when a request is answered or closed; None while it is work."""
    return None if request.is_active else request.paused_at or request.closed_at


def wake_unheard(request: Request, made: Regrouping, heard: datetime | None) -> None:
    """A request that rests again is work when the customer has written in it since, and nobody has answered, or when
    the answer with which it rests was taken back or did not arrive meanwhile.

    heard: what had come until then has been seen, for the target was closed with it.
    """
    since = rests_since(request)
    if since is None or request.merged_into_id is not None:
        return
    if request.pk != made.target_id and _came_back(request, made):
        _wake(request, by_customer=False)
        return
    rows = RequestMessage.objects.filter(request=request, pk__gt=made.details.get("last", 0))
    rows = rows.exclude(message__automatic=True).exclude(message__state=Message.State.CANCELLED)
    last = rows.select_related("message").order_by("-pk").first()
    if last is None or last.message.direction != Message.Direction.IN:
        return
    if last.message.created_at > max(since, heard or since):
        _wake(request, by_customer=True)


def _came_back(request: Request, made: Regrouping) -> bool:
    """Was an answer of this request taken back while it hung on the target, or did it not arrive, and stayed so?"""
    there = Step.objects.filter(request=made.target_id, at__gt=made.at)
    lost = Q(kind__in=LOST, message__state__in=[Message.State.FAILED, Message.State.UNCERTAIN])
    undelivered = (lost | Q(kind=StepKind.BOUNCED)) & Q(message__answer__request=request)
    taken_back = Q(kind=StepKind.TAKEN_BACK, answer__request=request, answer__message=None)
    return there.filter(undelivered | taken_back).exists()


def _wake(request: Request, *, by_customer: bool) -> None:
    work, was = Work(None, request), request.status
    wake(work, by_customer=by_customer)
    details = {"was": was} | ({"by": "customer"} if by_customer else {})
    work.done(StepKind.REOPENED, events=[RequestReopened(request_id=request.pk)], details=details)
