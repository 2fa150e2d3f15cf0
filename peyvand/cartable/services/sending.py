"""Handing an approved answer to its channel, with the headers by which the customer's answer finds its way back."""

from datetime import timedelta

from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.cartable import recipients
from peyvand.cartable.errors import NoAddress, TooManyAddresses
from peyvand.cartable.models import Answer, Request, RequestMessage
from peyvand.cartable.selectors.answer_ways import answer_ways
from peyvand.cartable.selectors.own_addresses import own_addresses
from peyvand.cartable.services.signing import signed
from peyvand.channels.models import Channel, Message
from peyvand.channels.services import send
from peyvand.channels.services.telling import record_told, register_of
from peyvand.channels.types import Letter, Told
from peyvand.core.text import normalise_email
from peyvand.parties.models import ContactPoint

MOST_REFERENCES = 20  # the first and the newest Message-IDs of a thread; RFC 5322 asks for no more
REPLY, FORWARD = "Re: ", "Fwd: "
Purpose = Answer.Purpose


def hand_over(actor: Actor, request: Request, answer: Answer, note: str) -> Message:
    """Store an answer as an outgoing message of the request and have it delivered, or record that it was told."""
    if answer.medium == Message.Medium.MAIL:
        message = send(channel=channel_of(request), letter=_letter(request, answer), by=actor.user)
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


def check_recipients(request: Request, answer: Answer) -> None:
    """Look at the addresses of a mail. Raises NoAddress, Invalid (one is none, or ours), TooManyAddresses."""
    if answer.medium == Message.Medium.MAIL:
        _recipients(request, answer)


def _letter(request: Request, answer: Answer) -> Letter:
    to, cc, bcc = _recipients(request, answer)
    answers_to, references = _threading(request, answer) if answer.purpose == Purpose.REPLY else ("", [])
    wait = answer_ways().undo_seconds
    return Letter(
        to=to,
        cc=cc,
        bcc=bcc,
        subject=subject_of(request, answer),
        text=signed(request, answer),
        thread=request.code,
        in_reply_to=answers_to,
        references=references,
        file_ids=list(answer.files.values_list("pk", flat=True)),
        due_at=timezone.now() + timedelta(seconds=wait) if wait else None,
    )


def _recipients(request: Request, answer: Answer) -> tuple[list[str], list[str], list[str]]:
    """To, Cc and Bcc, each address once and in the first place where it stands."""
    typed = answer.recipient or (None if answer.purpose == Purpose.FORWARD else address_of(request))
    wanted = recipients.listed(typed or "")
    if not wanted or (len(wanted) == 1 and not normalise_email(wanted[0])):
        raise NoAddress(fields={"recipient": answer.recipient})
    own = own_addresses()
    to = recipients.checked(wanted, own, name="recipient")
    cc = [one for one in recipients.checked(answer.cc, own, name="cc") if one not in to]
    bcc = [one for one in recipients.checked(answer.bcc, own, name="bcc") if one not in {*to, *cc}]
    if len(to) + len(cc) + len(bcc) > recipients.MOST:
        raise TooManyAddresses
    return to, cc, bcc


def _threading(request: Request, answer: Answer) -> tuple[str, list[str]]:
    """The Message-ID that is answered, and those of the thread."""
    rows = RequestMessage.objects.filter(request=request, message__medium=Message.Medium.MAIL)
    sent = rows.exclude(message__message_id="").exclude(message__state=Message.State.CANCELLED)
    found = list(sent.order_by("id").values_list("message__message_id", "message__direction", "message_id"))
    ids = [message_id for message_id, _direction, _pk in found]
    about = [message_id for message_id, _direction, pk in found if pk == answer.about_id]
    inbound = [message_id for message_id, direction, _pk in found if direction == Message.Direction.IN]
    references = ids if len(ids) <= MOST_REFERENCES else [ids[0], *ids[1 - MOST_REFERENCES :]]
    return (about or inbound or ids or [""])[-1], references


def subject_of(request: Request, answer: Answer) -> str:
    """The subject of a message: it names the request by its code, for mailers that keep nothing else."""
    if answer.purpose == Purpose.REPLY:
        return answer_subject(request)
    subject = answer.subject.strip() or request.subject
    if answer.purpose == Purpose.FORWARD and not subject.lower().startswith(FORWARD.lower()):
        subject = FORWARD + subject
    return subject if request.code in subject else f"{subject} [{request.code}]"


def answer_subject(request: Request) -> str:
    """The subject of an answer to the customer."""
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
