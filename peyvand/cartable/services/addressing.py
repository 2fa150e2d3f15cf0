"""Whom the draft is for: an answer to the sender or to all, a message passed on, a new message to the customer."""

from typing import Literal

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from peyvand.accounts.context import Actor
from peyvand.cartable import policies, recipients
from peyvand.cartable.errors import AlreadyClosed
from peyvand.cartable.models import Answer, Request
from peyvand.cartable.selectors.own_addresses import own_addresses
from peyvand.cartable.services.answering import own_draft
from peyvand.cartable.services.work import lock
from peyvand.channels.models import Message
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.core.jalali import format_date
from peyvand.core.text import normalise_email

How = Literal["reply", "all", "forward", "new"]
LONGEST_QUOTE = 50_000
Purpose, Medium = Answer.Purpose, Message.Medium


@transaction.atomic
def address(*, actor: Actor, request_id: int, how: How, message_id: int | None = None) -> Answer:
    """Address the actor's one draft; what he has written stays.

    how: "reply" to the sender of a message, "all" to him and everybody he named (without us and machines), "forward" to
    somebody else, with the text quoted below and its attachments, "new" to the customer, on a new thread. message_id:
    of this request; needed for all but "new". Raises NotFound, NotAllowed, AlreadyClosed, AnswerAwaitsReview.
    """
    request = lock(actor, request_id, policies.VIEW)
    if not policies.may_act(actor, "cartable.draft", request):
        raise NotAllowed
    if request.status == Request.Status.CLOSED:
        raise AlreadyClosed
    message = None if how == "new" else _message_of(request, message_id)
    answer = own_draft(actor, request)
    answer.version = answer.version + 1 if answer.pk else 1
    answer.addressed += 1
    answer.about, answer.cc, answer.bcc = message, [], []
    if message is None:
        answer.purpose, answer.recipient = Purpose.NEW, ""
        answer.medium, answer.subject = Medium.MAIL, answer.subject or request.subject
    elif how == "forward":
        _pass_on(answer, message, request)
    else:
        _answer_to(answer, message, everybody=how == "all")
    answer.save()
    if how == "forward" and message is not None:
        answer.files.add(*(one.file for one in message.attachments.select_related("file")))
    return answer


def _message_of(request: Request, message_id: int | None) -> Message:
    rows = Message.objects.filter(in_request__request=request).exclude(state=Message.State.CANCELLED)
    found = rows.filter(pk=message_id or 0).first()
    if found is None:
        raise NotFound
    return found


def _answer_to(answer: Answer, message: Message, *, everybody: bool) -> None:
    """Our own message is answered to whom it went; the customer's to where he wants answers, if that is not us."""
    own = own_addresses()
    named = [*message.recipients.get("to", []), *message.recipients.get("cc", [])]
    if message.direction == Message.Direction.OUT:
        wanted = named[:1]
    else:
        wanted = [*message.details.get("reply_to", [])[:1], message.sender]
    known = [address for one in wanted if (address := normalise_email(one)) and not recipients.is_own(address, own)]
    sender = known[0] if known else message.sender
    answer.purpose, answer.subject = Purpose.REPLY, ""
    answer.medium = Medium.MAIL if known else _medium_of(message)
    answer.recipient = sender
    others = [message.sender, *named] if message.direction == Message.Direction.IN else named
    answer.cc = recipients.for_all(sender, others, own) if everybody and known else []


def _medium_of(message: Message) -> str:
    """A form that left no e-mail address left a number; a text message came from one."""
    return Medium.PHONE if message.medium in (Medium.FORM, Medium.SMS) else message.medium


def _pass_on(answer: Answer, message: Message, request: Request) -> None:
    answer.purpose, answer.medium, answer.recipient = Purpose.FORWARD, Medium.MAIL, ""
    answer.subject = (message.subject or request.subject)[:300]
    quoted = _quoted(message)
    if quoted not in answer.body:
        answer.body = f"{answer.body.rstrip()}\n\n{quoted}".lstrip("\n") if answer.body.strip() else f"\n\n{quoted}"


def _quoted(message: Message) -> str:
    """The message with who wrote it when to whom, as every mail program quotes what is passed on."""
    language = translation.get_language() or "fa"
    calendar = "jalali" if language == "fa" else "gregorian"
    sender = f"{message.sender_name} <{message.sender}>" if message.sender_name else message.sender
    named = {
        _("From"): sender,
        _("Date"): format_date(message.occurred_at, calendar=calendar, lang=language, style="datetime"),
        _("Subject"): message.subject,
        _("To"): ", ".join(message.recipients.get("to", [])),
    }
    lines = [f"---------- {_('Forwarded message')} ----------"]
    lines += [f"{name}: {value}" for name, value in named.items() if value]
    text = "\n\n".join(part for part in (message.text.strip(), message.quoted.strip()) if part)
    return "\n".join([*lines, "", text[:LONGEST_QUOTE]])
