"""Handing an approved answer to its channel, with the headers by which the customer's answer finds its way back."""

from peyvand.accounts.context import Actor
from peyvand.cartable.errors import NoAddress
from peyvand.cartable.models import Answer, Request, RequestMessage
from peyvand.channels.models import Channel, Message
from peyvand.channels.services import send
from peyvand.channels.services.telling import record_told, register_of
from peyvand.channels.types import Letter, Told
from peyvand.core.text import normalise_email
from peyvand.parties.models import ContactPoint

MOST_REFERENCES = 20  # the first and the newest Message-IDs of a thread; RFC 5322 asks for no more
REPLY = "Re: "


def hand_over(actor: Actor, request: Request, answer: Answer, note: str) -> Message:
    """Store an answer as an outgoing message of the request and have it delivered, or record that it was told."""
    if answer.medium == Message.Medium.MAIL:
        message = _mail(actor, request, answer)
    else:
        told = Told(
            medium=answer.medium,
            text=answer.body,
            subject=request.subject,
            address=answer.recipient or _last_address(request),
            note=note,
        )
        message = record_told(channel=register_of(request.branch_id), told=told, by=actor.user)
    RequestMessage.objects.create(request=request, message=message, matched_by="answer")
    return message


def _mail(actor: Actor, request: Request, answer: Answer) -> Message:
    recipient = normalise_email(answer.recipient) if answer.recipient else address_of(request)
    if not recipient:
        raise NoAddress(fields={"recipient": answer.recipient})
    received = list(
        RequestMessage.objects.filter(request=request, message__medium=Message.Medium.MAIL)
        .exclude(message__message_id="")
        .order_by("id")
        .values_list("message__message_id", "message__direction")
    )
    ids = [message_id for message_id, _direction in received]
    inbound = [message_id for message_id, direction in received if direction == Message.Direction.IN]
    letter = Letter(
        to=[recipient],
        subject=answer_subject(request),
        text=answer.body,
        thread=request.code,
        in_reply_to=(inbound or ids or [""])[-1],
        references=ids if len(ids) <= MOST_REFERENCES else [ids[0], *ids[1 - MOST_REFERENCES :]],
        file_ids=list(answer.files.values_list("pk", flat=True)),
    )
    return send(channel=channel_of(request), letter=letter, by=actor.user)


def answer_subject(request: Request) -> str:
    """The subject of an answer: it names the request by its code, for mailers that keep nothing else."""
    subject = request.subject if request.subject.lower().startswith(REPLY.lower()) else REPLY + request.subject
    return subject if request.code in subject else f"{subject} [{request.code}]"


def address_of(request: Request) -> str | None:
    """Where a mail answer goes: the last sender by mail or form, else the customer's first e-mail address."""
    last = _last_address(request, mail_only=True)
    if last:
        return last
    if request.party_id is None:
        return None
    points = ContactPoint.objects.filter(party_id=request.party_id, kind=ContactPoint.Kind.EMAIL)
    return points.order_by("-is_primary", "id").values_list("value", flat=True).first()


def _last_address(request: Request, *, mail_only: bool = False) -> str:
    rows = RequestMessage.objects.filter(
        request=request, message__direction=Message.Direction.IN, message__automatic__in=["", "list"]
    )
    sender = rows.order_by("-id").values_list("message__sender", flat=True)
    found = [one for one in sender[:20] if one and (not mail_only or normalise_email(one))]
    return found[0] if found else ""


def channel_of(request: Request) -> Channel:
    """The mailbox that answers: the request's own, else the first of its branch, else the first."""
    mailboxes = Channel.objects.filter(kind=Channel.Kind.EMAIL, is_active=True, settings__has_key="smtp").order_by("id")
    own = mailboxes.filter(pk=request.channel_id or 0).first() or mailboxes.filter(branch_id=request.branch_id).first()
    channel = own or mailboxes.first()
    if channel is None:
        raise NoAddress(fields={"channel": ""})
    return channel
