"""Putting a message on its way: composed once, stored with its Message-ID, then delivered by a worker.

What is stored is what is sent, byte for byte, also when it is sent again; but for words that nobody may read afterwards
(`hiding`).
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.channels.adapters.email.compose import Calendar, Enclosure, Outgoing, compose
from peyvand.channels.errors import AddressUnusable, ChannelCannotSend
from peyvand.channels.models import Attachment, Channel, Message
from peyvand.channels.services import hiding, tokens
from peyvand.channels.services.delivering import ring_for
from peyvand.channels.types import Letter
from peyvand.core import blobs
from peyvand.core.errors import TooLarge
from peyvand.core.models import File

LONGEST_HIDDEN = timedelta(hours=1)  # of words that say no time of their own
ENCLOSED_BYTES = 18 * 1024 * 1024  # in base64 it is just below the 25 MB that most servers take


def send(*, channel: Channel, letter: Letter, by: User | None = None) -> Message:
    """Store an outgoing mail, state `queued`, and have it delivered. The caller has checked that `by` may write it.

    Raises AddressUnusable (permanent) for an address no mail can go to, ChannelCannotSend without a mail server,
    TooLarge for attachments that no server would take.
    """
    if channel.kind != Channel.Kind.EMAIL or not channel.address or not channel.settings.get("smtp"):
        raise ChannelCannotSend
    now = timezone.now()
    message_id = tokens.new_message_id(channel, letter.thread)
    reply_to = tokens.reply_address(channel, letter.thread)
    text, mark, words = (
        hiding.hide(letter.text, letter.hidden, letter.language) if letter.hidden else (letter.text, "", [])
    )
    with transaction.atomic():
        files = _files(letter.file_ids)
        outgoing = Outgoing(
            message_id=message_id,
            sender=channel.address,
            sender_name=str(channel.settings.get("display_name") or channel.name),
            reply_to=reply_to if reply_to != channel.address else "",
            to=letter.to,
            cc=letter.cc,
            subject=letter.subject,
            text=text,
            date=now,
            in_reply_to=letter.in_reply_to,
            references=letter.references,
            acknowledgement=letter.acknowledgement,
            language=letter.language,
            enclosures=[Enclosure(file.name, file.content_type, blobs.get(file.blob_id)) for file in files],
            calendar=Calendar(letter.calendar_method, letter.calendar) if letter.calendar else None,
        )
        message = Message.objects.create(
            channel=channel,
            direction=Message.Direction.OUT,
            medium=Message.Medium.MAIL,
            state=Message.State.QUEUED,
            external_id=message_id[:200],
            message_id=message_id,
            in_reply_to=letter.in_reply_to[:512],
            references=list(letter.references),
            sender=channel.address,
            sender_name=outgoing.sender_name[:200],
            recipients=_recipients(letter),
            subject=letter.subject[:500],
            text=text,
            automatic="acknowledgement" if letter.acknowledgement else "",
            details=dict(letter.details) | {"thread_name": letter.thread} | ({hiding.KEY: mark} if words else {}),
            raw=blobs.put(_composed(outgoing)),
            occurred_at=now,
            due_at=letter.due_at or now,
            created_by=by,
        )
        if words:
            hiding.keep(message, words, letter.hidden_until or now + LONGEST_HIDDEN)
        Attachment.objects.bulk_create(
            Attachment(message=message, file=file, position=position) for position, file in enumerate(files)
        )
        ring_for(message.pk, letter.due_at - now if letter.due_at and letter.due_at > now else None)
    return message


def _recipients(letter: Letter) -> dict[str, list[str]]:
    """Who is named, who is not, and to whom the server is asked to bring it: each address once."""
    named = {"to": list(letter.to), "cc": list(letter.cc)} | ({"bcc": list(letter.bcc)} if letter.bcc else {})
    return named | {"envelope": list(dict.fromkeys(one for group in named.values() for one in group))}


def _composed(outgoing: Outgoing) -> bytes:
    if not outgoing.to:
        raise AddressUnusable(fields={"to": "missing"})
    try:
        return compose(outgoing)
    except ValueError as error:
        raise AddressUnusable(fields={"to": str(error)}) from error


def _files(file_ids: Sequence[str]) -> list[File]:
    found = File.objects.in_bulk(list(file_ids))
    if sum(file.size for file in found.values()) > ENCLOSED_BYTES:
        megabytes = ENCLOSED_BYTES // 1024**2
        raise TooLarge(_("The attachments are larger than %(size)s MB together.") % {"size": megabytes})
    return [found[file_id] for file_id in file_ids if file_id in found]
