"""Messages in and out. Channels store addresses, not parties; the raw bytes are stored before anything is done."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from peyvand.accounts.models import Branch, Department
from peyvand.accounts.types import ScopeFields
from peyvand.core.models import Blob, File


class Channel(models.Model):
    """One door to the outside: a mailbox, a web form, the manual register. `secrets` is encrypted, write-only."""

    class Kind(models.TextChoices):
        EMAIL = "email"
        WEB_FORM = "web_form"
        MANUAL = "manual"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=320, blank=True)
    token = models.CharField(max_length=40, unique=True)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="channels")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="channels")
    settings = models.JSONField(default=dict, blank=True)
    secrets = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    scope_fields: ClassVar[ScopeFields] = ScopeFields(department="department_id", branch="branch_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "address"], condition=~models.Q(address=""), name="channels_channel_address"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """One message, unique on channel and external id. `medium` is how it travelled (mail, phone, letter …)."""

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"

    class Medium(models.TextChoices):
        MAIL = "mail"
        FORM = "form"
        PHONE = "phone"
        LETTER = "letter"
        FAX = "fax"
        VISIT = "visit"
        SMS = "sms"

    class State(models.TextChoices):
        STORED = "stored"  # in: raw bytes are safe, not read yet
        PARSED = "parsed"  # in: read
        NEEDS_REVIEW = "needs_review"  # in: could not be read; a person opens it
        QUEUED = "queued"  # out: waits for delivery
        SENDING = "sending"  # out: claimed by a worker
        SENT = "sent"
        FAILED = "failed"
        UNCERTAIN = "uncertain"  # out: the gateway may have it; a person decides
        CANCELLED = "cancelled"  # out: taken back before any worker had claimed it; it was never sent

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction)
    medium = models.CharField(max_length=8, choices=Medium)
    state = models.CharField(max_length=12, choices=State)
    external_id = models.CharField(max_length=200)
    message_id = models.CharField(max_length=512, blank=True)  # RFC 5322 Message-ID without angle brackets
    in_reply_to = models.CharField(max_length=512, blank=True)
    references = models.JSONField(default=list, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    recipients = models.JSONField(default=dict, blank=True)  # {"to": [...], "cc": [...], "envelope": [...]}
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)  # what the person wrote now
    quoted = models.TextField(blank=True)  # folded quotation and signature
    html = models.TextField(blank=True)  # sanitised
    automatic = models.CharField(max_length=20, blank=True)  # "", reply, bounce, list, loop
    details = models.JSONField(default=dict, blank=True)  # defects, charset decisions, thread tokens, form fields
    raw = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    delivery = models.JSONField(  # out, by reports: {address: {"state", "status", "why", "at"}}
        default=dict, db_default=models.Value({}, models.JSONField()), blank=True
    )
    error = models.TextField(blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=120, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    occurred_at = models.DateTimeField()  # when it was written or the call took place
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)  # parsed, sent, failed
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "external_id"], name="channels_message_once")]
        indexes = [
            models.Index(fields=["message_id"], name="channels_message_msgid", condition=~models.Q(message_id="")),
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state__in=["queued", "sending"]),
                name="channels_message_out",
            ),
        ]

    @property
    def outcome(self) -> str:
        """What is known of an outgoing message: its state, or more exactly held, bounced, delayed or delivered."""
        if self.state == self.State.QUEUED:
            return "held" if self.is_held else "queued"
        if self.state != self.State.SENT:
            return self.state
        known = {report["state"] for report in self.delivery.values()} | ({"bounced"} if self.refused else set())
        reached = set(self.recipients.get("envelope") or ()) <= self.delivery.keys() and known == {"delivered"}
        worst = next((one for one in ("bounced", "delayed") if one in known), "sent")
        return "delivered" if reached and known else worst

    @property
    def is_held(self) -> bool:
        """Whether it waits, so that whoever sent it can still take it back; a later attempt is no such waiting."""
        waits = self.due_at is not None and self.due_at > timezone.now()
        return self.state == self.State.QUEUED and not self.attempt and waits

    @property
    def refused(self) -> dict[str, str]:
        """The addresses that the mail server did not take, each with its words."""
        return dict(self.details.get("refused") or {})

    @property
    def blocked(self) -> list[dict[str, Any]]:
        """The attachments that were left out as dangerous: name, size, reason."""
        return list(self.details.get("blocked") or [])


class Attachment(models.Model):
    """A file of a message; `content_id` maps `cid:` references of its HTML."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    content_id = models.CharField(max_length=255, blank=True)
    is_inline = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "position"], name="channels_attachment_position")]


class HiddenWords(models.Model):
    """What an outgoing message says beyond its stored copy, encrypted: a link that lets in. Gone when sent or over."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="hidden_words")
    words = models.TextField()
    expires_at = models.DateTimeField(db_index=True)


class Mailbox(models.Model):
    """How far a door has read a folder of a mail server. UIDs mean something only within one `uid_validity`."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="mailboxes")
    folder = models.CharField(max_length=200)
    uid_validity = models.PositiveBigIntegerField()
    first_uid = models.PositiveBigIntegerField(default=1)  # older mail was there before us and is not ours to read
    missing = models.PositiveIntegerField(default=0)  # on the server, not in the ledger, at the last reconciliation
    error = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "folder", "uid_validity"], name="channels_mailbox_once"),
        ]

    @property
    def place(self) -> str:
        """The name under which the ledger knows it."""
        return f"imap:{self.folder[:150]}:{self.uid_validity}"


class Sighting(models.Model):
    """The mailbox ledger: everything a door saw, and what became of it. seen = stored + skipped."""

    class Outcome(models.TextChoices):
        SEEN = "seen"
        STORED = "stored"
        DUPLICATE = "duplicate"
        SKIPPED = "skipped"

    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="sightings")
    place = models.CharField(max_length=200)  # "smtp", "imap:INBOX:<uidvalidity>", "file"
    uid = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=255, blank=True)
    details = models.JSONField(default=dict, blank=True)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="sightings")
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "place", "uid"], name="channels_sighting_once"),
        ]
        indexes = [
            models.Index(
                fields=["channel", "seen_at"],
                condition=models.Q(outcome__in=["seen", "skipped"]),
                name="channels_sighting_open",
            )
        ]
