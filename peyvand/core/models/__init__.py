"""Rows that serve every app: stored bytes, files, the outbox, dead letters, heartbeats, idempotency."""

import secrets

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from peyvand.core.models.imports import Import, ImportBlock, ImportChunk, ImportKeys, ImportMapping

__all__ = [
    "Blob", "CustomField", "DeadLetter", "File", "Heartbeat", "Holiday", "IdempotencyKey", "Import", "ImportBlock",
    "ImportChunk", "ImportKeys", "ImportMapping", "LongJob", "LongJobItem", "LongJobPart", "OutboxDelivery",
    "OutboxEvent", "PeriodicRun", "SavedView", "Setting", "random_file_id",
]  # fmt: skip


def random_file_id() -> str:
    """Return 128 random bits in hex: nobody can guess the address of a file."""
    return secrets.token_hex(16)


class Blob(models.Model):
    """Bytes, stored once under their own SHA-256, in the database so that backup and truth are one."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    data = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)


class File(models.Model):
    """A named file that belongs to something; shown only through its parent's permission."""

    id = models.CharField(max_length=32, primary_key=True, default=random_file_id)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)


class OutboxEvent(models.Model):
    """A fact that was committed together with the rows it speaks of; `name` finds its class."""

    name = models.CharField(max_length=80)
    payload = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)


class OutboxDelivery(models.Model):
    """One (event, reaction): claimed with a fence (`attempt`) and recorded once."""

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        DEAD = "dead"

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    reaction = models.CharField(max_length=160)
    queue = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="core_delivery_once")]
        indexes = [
            models.Index(
                fields=["queue", "due_at", "id"], condition=models.Q(state="pending"), name="core_delivery_due"
            )
        ]


class DeadLetter(models.Model):
    """Work that gave up; a person retries or dismisses it in the administration area."""

    JOB = "job"
    REACTION = "reaction"

    kind = models.CharField(max_length=12, choices=[(JOB, JOB), (REACTION, REACTION)])
    name = models.CharField(max_length=160)
    queue = models.CharField(max_length=20)
    arguments = models.JSONField()
    error = models.TextField()
    attempts = models.PositiveSmallIntegerField()
    delivery = models.ForeignKey(OutboxDelivery, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolution = models.CharField(max_length=12, blank=True)  # "retried" or "dismissed"

    class Meta:
        indexes = [
            models.Index(fields=["-created_at"], condition=models.Q(resolved_at=None), name="core_dead_letter_open")
        ]


class Heartbeat(models.Model):
    """A process that says it is alive; `role` is worker-inbound, scheduler, door, …

    `machine` changes with every start of the computer, so (machine, pid) names one process; `worker` is
    its number in the queue, by which its unfinished jobs are found when it is dead.
    """

    process = models.CharField(max_length=120, primary_key=True)
    role = models.CharField(max_length=40)
    machine = models.CharField(max_length=120, default="")
    pid = models.PositiveIntegerField(default=0)
    worker = models.BigIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()


class PeriodicRun(models.Model):
    """The last period in which a periodic task was started, so that two schedulers start it once."""

    task = models.CharField(max_length=160, primary_key=True)
    last_due_at = models.DateTimeField()


class IdempotencyKey(models.Model):
    """A write that a client named: the same key with the same request gives the stored answer."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.JSONField(null=True, blank=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="core_idempotency_once")]


class Setting(models.Model):
    """A setting of the installation that people change on a page (organisation name, working hours …)."""

    name = models.CharField(max_length=80, primary_key=True)
    value = models.JSONField()
    changed_at = models.DateTimeField(auto_now=True)


class Holiday(models.Model):
    """A day on which the organisation does not work; `source` is the calendar or a person."""

    day = models.DateField(primary_key=True)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=12, default="calendar")


class CustomField(models.Model):
    """A field that the business adds to a kind of record (`host`, as "parties.Party"); values are kept by its id.

    `choices` are rows {"id": 1, "fa": …, "en": …, "off": false}; an id is never used again. A removed field keeps its
    row (`removed_at`), so that views, filters and segments that name it can say so.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        LONG_TEXT = "long_text", _("Long text")
        NUMBER = "number", _("Number")
        MONEY = "money", _("Amount of money")
        DATE = "date", _("Date")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("One choice")
        CHOICES = "choices", _("Several choices")
        PARTY = "party", _("Link to a customer")
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        URL = "url", _("Web address")
        NATIONAL_ID = "national_id", _("National ID")

    host = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind)
    label = models.CharField(max_length=80)
    norm = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80, blank=True)
    help = models.CharField(max_length=200, blank=True)
    choices = models.JSONField(default=list, blank=True)
    order = models.PositiveSmallIntegerField(default=100)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    was_asked_in = models.JSONField(default=list, blank=True)  # ids of groups whose minimum named it when it went

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["host", "norm"], condition=models.Q(removed_at=None), name="core_custom_field_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.label


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SavedView(models.Model):
    """A list as somebody likes to see it: `state` holds filters, order and columns; shared with a place or with all."""

    class Shared(models.TextChoices):
        NOBODY = "nobody", _("Only me")
        DEPARTMENT = "department", _("My department")
        BRANCH = "branch", _("My branch")
        ALL = "all", _("Everybody")

    list = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    shared = models.CharField(max_length=10, choices=Shared, default=Shared.NOBODY)
    place_id = models.BigIntegerField(null=True, blank=True)  # of the department or branch it is shared with
    state = models.JSONField(default=dict)
    order = models.PositiveSmallIntegerField(default=100)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["list", "owner"], name="core_saved_view_list")]

    def __str__(self) -> str:
        return self.name


class LongJob(models.Model):
    """Long work done slice by slice: import, export, change of many rows. The cursor is the truth, the queue a bell.

    `kind` finds the function of a slice (core/long_jobs.py), `params` is what was asked, `cursor` how far it is,
    `result` what came out of it. `attempt` is the fence: who holds another number writes nothing.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")
        UNDONE = "undone", _("Undone")

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    params = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    failed = models.PositiveBigIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)  # of the present slice
    pace = models.FloatField(default=0)  # records a second, smoothed
    error = models.TextField(blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)  # of the file that it made
    downloads = models.PositiveSmallIntegerField(default=0)
    undo_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="undone_by")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="core_long_job_owner"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="core_long_job_open",
            ),
        ]


class LongJobItem(models.Model):
    """What long work did to one record, so that it can be undone: values before and after, or why it was refused."""

    job = models.ForeignKey(LongJob, on_delete=models.CASCADE, related_name="items", db_index=False)
    ref = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "ref"], name="core_long_job_item_once")]


class LongJobPart(models.Model):
    """A piece of the file that long work makes: each slice commits its own, a download reads them in order."""

    job = models.ForeignKey(LongJob, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="core_long_job_part_once")]
