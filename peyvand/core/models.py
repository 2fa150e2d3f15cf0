"""Rows that serve every app: stored bytes, files, the outbox, dead letters, heartbeats, idempotency."""

import secrets

from django.conf import settings
from django.db import models


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
