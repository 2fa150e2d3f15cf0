"""Taking in a public form: files and message are stored together, or nothing is."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from peyvand.channels.adapters.web_form.parse import FIELDS, parse
from peyvand.channels.forms import FILE_BYTES, PublicForm
from peyvand.channels.models import Channel, Message
from peyvand.channels.services import receive_submission
from peyvand.core.errors import NotFound
from peyvand.core.files import store_upload
from peyvand.core.secrets import check, sign

RECEIPT = "form_receipt"


@dataclass(frozen=True)
class FormSettings:
    """What an administrator says about a public form: its first words, and the origins that may show it."""

    intro: str = ""
    sites: tuple[str, ...] = ()


def form_settings(channel: Channel) -> FormSettings:
    """Return the settings of a form channel, whatever is stored."""
    stored = channel.settings.get("form")
    found = stored if isinstance(stored, dict) else {}
    sites = found.get("sites")
    return FormSettings(str(found.get("intro", "")), tuple(map(str, sites)) if isinstance(sites, list) else ())


def web_form(token: str) -> Channel:
    """Return the open form of this address. Raises NotFound."""
    channel = Channel.objects.filter(token=token, kind=Channel.Kind.WEB_FORM, is_active=True).first()
    if channel is None:
        raise NotFound
    return channel


@transaction.atomic
def take_form(*, channel: Channel, form: PublicForm, nonce: str) -> Message:
    """Store a valid form as a received message; the same form twice gives the same message."""
    files = [_stored(upload) for upload in form.cleaned_data["attachments"]]
    fields = {name: form.cleaned_data[name] for name in FIELDS}
    submission = parse(fields, nonce=nonce, sent_at=timezone.now(), files=files)
    return receive_submission(channel=channel, submission=submission)


def _stored(upload: "UploadedFile[bytes]") -> dict[str, object]:
    file = store_upload(upload, limit=FILE_BYTES)
    return {"id": file.pk, "name": file.name, "size": file.size, "sha256": file.blob_id}


def receipt_of(message: Message) -> str:
    """Return the word by which the sender, and nobody else, sees what became of his message."""
    return f"{message.pk}-{sign(RECEIPT, str(message.pk))}"


def message_of(channel: Channel, receipt: str) -> Message | None:
    """Return the message of a receipt of this channel; None for a guessed one."""
    number, _dash, mac = receipt.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19 and check(RECEIPT, number, mac)):
        return None
    return Message.objects.filter(pk=int(number), channel=channel).first()
