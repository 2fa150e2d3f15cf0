"""What goes out to customers by itself, what came of it, and what a customer may see of his request."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, Q
from django.utils import timezone

from peyvand.accounts.scoping import Who
from peyvand.cartable import code as codes
from peyvand.cartable.models import Answer, Request, RequestMessage, Survey
from peyvand.cartable.outward import SETTING, Outward
from peyvand.channels.models import Message
from peyvand.core.known import Known
from peyvand.core.models import Setting
from peyvand.core.text import normalise_email, normalise_phone
from peyvand.parties.models import ContactPoint

MERGED_STEPS = 10
LATELY = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """What a customer may know of his request: nothing that a colleague wrote, and no name of one.

    answered: the moments at which answers went out. due: until when an answer is expected, None when there is one.
    """

    code: str
    opened_at: datetime
    is_begun: bool
    answered: tuple[datetime, ...]
    due: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Contentment:
    """How content customers were in the last ninety days; average is None while nobody has answered."""

    asked: int
    answered: int
    low: int
    average: float | None


def _stored(_key: None) -> Outward:
    return Outward.from_json(Setting.objects.filter(name=SETTING).values_list("value", flat=True).first())


_believed = Known(_stored)


def outward() -> Outward:
    """What the business says of receipts and surveys, as of the last seconds."""
    return _believed(None)


def forget_outward() -> None:
    """Read it anew: it was changed here."""
    _believed.forget()


def tracked(code: str, contact: str) -> Tracked | None:
    """The request of a follow-up code, for who also knows an address of its customer; None for anybody else.

    contact: an e-mail address or a phone number in any spelling: the customer's, or one that wrote in this request.
    """
    number = codes.parse(code)
    address = normalise_email(contact) if "@" in contact else normalise_phone(contact)
    request = _followed(number) if number and address else None
    if request is None or not _knows(request, str(address)):
        return None
    return _shown(request, number or request.code)


def _followed(code: str) -> Request | None:
    """The request of a code, or the one into which its messages went, or the whole of which it is a part."""
    request = Request.objects.filter(code=code).select_related("merged_into", "parent").first()
    for _step in range(MERGED_STEPS):
        if request is None or (request.merged_into is None and request.parent is None):
            break
        request = request.merged_into or request.parent
    return request


def _knows(request: Request, address: str) -> bool:
    senders = RequestMessage.objects.filter(request=request, message__direction=Message.Direction.IN)
    wrote = senders.values_list("message__sender", flat=True)[:200]
    if any(address in (normalise_email(sender), normalise_phone(sender)) for sender in wrote if sender):
        return True
    return ContactPoint.objects.filter(party_id=request.party_id or 0, value=address).exists()


def _shown(request: Request, code: str) -> Tracked:
    sent = Answer.objects.filter(request=request, state=Answer.State.APPROVED, message__isnull=False)
    moments = sent.exclude(message__state__in=[Message.State.FAILED, Message.State.UNCERTAIN]).order_by("decided_at")
    answered = tuple(moment for moment in moments.values_list("decided_at", flat=True) if moment)
    waits = request.is_active and request.next_due is not None and request.next_due > timezone.now()
    return Tracked(
        code=code,
        opened_at=request.opened_at,
        is_begun=request.status != Request.Status.NEW,
        answered=answered,
        due=request.next_due if waits else None,
        closed_at=request.closed_at,
    )


def survey_of(token_id: int) -> Survey | None:
    """The survey of a signed address, as long as it was sent."""
    shown = [Survey.State.SENT, Survey.State.ANSWERED]
    return Survey.objects.select_related("request").filter(pk=token_id, state__in=shown).first()


def contentment(who: Who, *, low: int) -> Contentment:
    """How content the customers of the requests that `who` sees were, in the last ninety days."""
    since = timezone.now() - LATELY
    rows = Survey.objects.filter(request__in=Request.objects.visible_to(who), sent_at__gte=since)
    found = rows.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(state=Survey.State.ANSWERED)),
        low=Count("pk", filter=Q(score__lte=low)),
        average=Avg("score"),
    )
    return Contentment(**found)
