"""Channels in the API: their books, what became of messages, and a door for mail and forms.

Who looks after a channel sees how its messages fared, not what customers wrote: words are read through the request
that holds the message, raw bytes only by who manages the channel. No password is ever in an answer.
"""

import hashlib
from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from peyvand.accounts.models import Branch, Department
from peyvand.accounts.policies import require
from peyvand.accounts.scoping import fields_q
from peyvand.api.kit import (
    ApiRequest,
    BodyId,
    Flag,
    Id,
    In,
    Out,
    Page,
    Paged,
    PageQuery,
    Ref,
    download,
    named,
    named_or_none,
    page,
    router,
    visible,
)
from peyvand.channels import services
from peyvand.channels.adapters.web_form.parse import FIELDS, parse
from peyvand.channels.errors import MailUnfit
from peyvand.channels.models import Channel, Message
from peyvand.channels.selectors import channels_for, mailbox_ledger, messages_for
from peyvand.channels.types import Inbound, Ledger, Received
from peyvand.core import blobs
from peyvand.core.errors import Invalid, NotFound

channels = router(tag="channels", permission="channels.view")
MANAGE = "channels.manage"
LARGEST_MAIL = settings.UPLOAD_MAX_BYTES

Kind = Literal["email", "web_form", "manual"]
State = Literal["stored", "parsed", "needs_review", "queued", "sending", "sent", "failed", "uncertain", "cancelled"]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Host = Annotated[str, Field(min_length=1, max_length=253)]
Password = Annotated[str, Field(min_length=1, max_length=500)]


class ServerIn(In):
    host: Host
    port: Annotated[int, Field(strict=True, ge=1, le=65535)] | None = None
    security: Literal["tls", "starttls", "none"] = "tls"
    user: Annotated[str, Field(max_length=320)] = ""
    folder: Annotated[str, Field(max_length=200)] | None = None
    verify: Flag = True
    reports: Flag = False  # ask the outgoing server for a report when mail has arrived


class ServerOut(Out):
    host: str
    port: int | None = None
    security: str = ""
    user: str = ""
    folder: str | None = None


class ChannelOut(Out):
    id: int
    kind: Kind
    name: str
    address: str
    branch: Ref
    department: Ref | None
    is_active: bool
    imap: ServerOut | None
    smtp: ServerOut | None

    @staticmethod
    def resolve_imap(channel: Channel) -> dict[str, Any] | None:
        return channel.settings.get("imap") or None

    @staticmethod
    def resolve_smtp(channel: Channel) -> dict[str, Any] | None:
        return channel.settings.get("smtp") or None


class ChannelFields(In):
    name: Name
    branch_id: BodyId
    department_id: BodyId | None = None
    address: Annotated[str, Field(max_length=320)] = ""
    incoming: Literal["smtp", "imap"] = "smtp"
    imap: ServerIn | None = None
    smtp: ServerIn | None = None
    display_name: Annotated[str, Field(max_length=120)] = ""
    imap_password: Password | None = None
    smtp_password: Password | None = None


class ChannelIn(ChannelFields):
    kind: Kind


class LedgerOut(Out):
    seen: int
    stored: int
    repeated: int
    skipped: dict[str, int]
    waiting: int
    missing: int
    error: str
    balanced: bool


class MessageRow(Out):
    id: int
    direction: Literal["in", "out"]
    medium: str
    state: State
    sender: str
    sender_name: str
    subject: str
    automatic: str
    error: str
    occurred_at: datetime
    created_at: datetime
    done_at: datetime | None


class MessageQuery(PageQuery):
    state: State | None = None
    direction: Literal["in", "out"] | None = None


class ReceivedOut(Out):
    message_id: int
    repeated: bool


class FormIn(In):
    """The fields of a web form. `reference` is the sender's own word for it, so that a second post changes nothing."""

    reference: Annotated[str, Field(min_length=1, max_length=80, pattern="^[A-Za-z0-9._-]+$")]
    name: Annotated[str, Field(max_length=200)] = ""
    email: Annotated[str, Field(max_length=320)] = ""
    mobile: Annotated[str, Field(max_length=40)] = ""
    subject: Annotated[str, Field(max_length=300)] = ""
    message: Annotated[str, Field(min_length=1, max_length=20_000)]


class MessageRef(Out):
    message_id: int


def _seen(request: ApiRequest) -> QuerySet[Channel]:
    return channels_for(request.auth.user).select_related("branch", "department")


def _managed(request: ApiRequest, pk: int) -> Channel:
    """A channel that the caller sees; NotAllowed when he does not manage it."""
    channel = visible(_seen(request), pk)
    require(request.auth.user, MANAGE, channel)
    return channel


def _details(request: ApiRequest, given: ChannelFields, kind: str, kept: dict[str, Any]) -> services.ChannelDetails:
    user = request.auth.user
    branches = Branch.objects.filter(fields_q(user, MANAGE, Branch.scope_fields))
    departments = Department.objects.filter(fields_q(user, MANAGE, Department.scope_fields), is_active=True)
    written = given.model_dump(include={"incoming", "imap", "smtp", "display_name"}, exclude_none=True)
    passwords = given.model_dump(include={"imap_password", "smtp_password"}, exclude_none=True)
    return services.ChannelDetails(
        kind=kind,
        name=given.name,
        branch=named(branches, given.branch_id, field="branch_id"),
        department=named_or_none(departments, given.department_id, field="department_id"),
        address=given.address,
        settings=kept | written,
        passwords=passwords,
    )


@channels.get("", response=Paged[ChannelOut])
def index(request: ApiRequest, query: Query[PageQuery]) -> Page[Channel]:
    """The channels that I see."""
    return page(_seen(request), query, order=("name", "id"))


@channels.get("/{int:id}", response=ChannelOut)
def show(request: ApiRequest, id: Id) -> Channel:
    """One channel."""
    return visible(_seen(request), id)


@channels.post("", response=ChannelOut, permission=MANAGE, secret=True)
def create(request: ApiRequest, payload: ChannelIn) -> Channel:
    """Add a channel. Passwords are kept encrypted and never shown."""
    details = _details(request, payload, payload.kind, {})
    return services.create_channel(who=request.auth.user, details=details)


@channels.put("/{int:id}", response=ChannelOut, permission=MANAGE, secret=True)
def change(request: ApiRequest, id: Id, payload: ChannelFields) -> Channel:
    """Change a channel as a whole; passwords that are left out stay."""
    channel = _managed(request, id)
    kept = {name: value for name, value in channel.settings.items() if name not in ("imap", "smtp")}
    details = _details(request, payload, channel.kind, kept)
    return services.change_channel(who=request.auth.user, channel=channel, details=details)


@channels.post("/{int:id}/deactivate", response=ChannelOut, permission=MANAGE, status=200)
def deactivate(request: ApiRequest, id: Id) -> Channel:
    """Take a channel out of service; its messages stay."""
    return services.deactivate_channel(who=request.auth.user, channel=visible(_seen(request), id))


@channels.post("/{int:id}/activate", response=ChannelOut, permission=MANAGE, status=200)
def activate(request: ApiRequest, id: Id) -> Channel:
    """Put a channel back into service."""
    return services.activate_channel(who=request.auth.user, channel=visible(_seen(request), id))


@channels.get("/{int:id}/ledger", response=LedgerOut)
def ledger(request: ApiRequest, id: Id) -> Ledger:
    """The books of a channel: everything its doors saw, and what became of it."""
    return mailbox_ledger(visible(_seen(request), id))


def _messages(request: ApiRequest, channel: Channel) -> QuerySet[Message]:
    return messages_for(request.auth, Message.objects.filter(channel=channel))


@channels.get("/{int:id}/messages", response=Paged[MessageRow])
def messages(request: ApiRequest, id: Id, query: Query[MessageQuery]) -> Page[Message]:
    """What went through a channel, the newest first, without the words."""
    rows = _messages(request, visible(_seen(request), id)).defer("text", "quoted", "html")
    wanted = {name: value for name in ("state", "direction") if (value := getattr(query, name)) is not None}
    return page(rows.filter(**wanted), query, order=("-id",))


@channels.get("/{int:id}/messages/{int:message_id}", response=MessageRow)
def message(request: ApiRequest, id: Id, message_id: Id) -> Message:
    """What became of one message."""
    return visible(_messages(request, visible(_seen(request), id)), message_id)


@channels.get("/{int:id}/messages/{int:message_id}/raw", response=bytes, permission=MANAGE, file=True)
def raw(request: ApiRequest, id: Id, message_id: Id) -> HttpResponse:
    """A message as it came, byte for byte; only for who manages the channel."""
    found = visible(_messages(request, _managed(request, id)), message_id)
    if found.raw_id is None:
        raise NotFound
    return download(blobs.get(found.raw_id), name=f"message-{found.pk}.eml")


def _note_unfit(request: ApiRequest, mail: bytes | None, *, id: int) -> None:
    """Write into the books what is not taken. One line for each mail; of too large ones, for each day and size."""
    channel = _managed(request, id)
    reason = "too_large" if mail is None else services.unfit(mail)
    if not reason or channel.kind != Channel.Kind.EMAIL or not channel.is_active:
        return
    size = int(request.META.get("CONTENT_LENGTH") or 0) if mail is None else len(mail)
    uid = f"{timezone.now():%Y-%m-%d} {size}" if mail is None else hashlib.sha256(mail).hexdigest()
    details = {"size": size, "user": request.auth.user.pk}
    services.record_skip(channel_id=channel.pk, place="api", uid=uid, reason=reason, details=details)
    if mail is not None:
        raise MailUnfit(fields={"body": reason})


@channels.post(
    "/{int:id}/messages",
    response=ReceivedOut,
    permission=MANAGE,
    raw=LARGEST_MAIL,
    raw_type="message/rfc822",
    looks=_note_unfit,
)
def ingest(request: ApiRequest, id: Id) -> Received:
    """Put a mail (RFC 822, as it is) into a mailbox. The same mail twice is stored once."""
    channel = _managed(request, id)
    if channel.kind != Channel.Kind.EMAIL or not channel.is_active or not request.raw:
        raise Invalid
    uid = hashlib.sha256(request.raw).hexdigest()
    return services.receive(Inbound(channel_id=channel.pk, raw=request.raw, place="api", uid=uid))


@channels.post("/{int:id}/submissions", response=MessageRef, permission=MANAGE)
def submit(request: ApiRequest, id: Id, payload: FormIn) -> MessageRef:
    """Hand in what somebody wrote in a web form elsewhere. The same reference and words twice are stored once."""
    channel = _managed(request, id)
    if channel.kind != Channel.Kind.WEB_FORM or not channel.is_active:
        raise Invalid
    fields = {name: getattr(payload, name) for name in FIELDS}
    submission = parse(fields, nonce=payload.reference, sent_at=timezone.now())
    return MessageRef(message_id=services.receive_submission(channel=channel, submission=submission).pk)
