"""What stands in the calendars of people outside, and what of theirs stands in ours: asked and answered by mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from peyvand.activities.models.activity import Activity
from peyvand.channels.models import Message


class Told(models.Model):
    """Somebody outside has this of us in his calendar, by the last mail that told him: the row comes with the mail.

    `uid` is that of an activity, or of a series (then `occurrence` is the day of one of its occurrences, or none for
    the whole). `digest` is of what he was told, so that only what changes for him is told again; `sequence` is how
    often it was told, and an answer to an earlier one counts no more. His last answer: when his own calendar wrote it
    (`answered_stamp`, whole seconds), to which telling, and in which message it came; a later one of these counts.
    """

    uid = models.UUIDField()
    occurrence = models.DateField(null=True, blank=True)
    email = models.EmailField()
    sequence = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    is_cancelled = models.BooleanField(default=False)
    told_at = models.DateTimeField()
    message = models.ForeignKey(  # none: no mail can go to this address
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    answered_stamp = models.DateTimeField(null=True, blank=True)
    answered_sequence = models.PositiveIntegerField(default=0, db_default=0)
    answered_message = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uid", "occurrence", "email"], nulls_distinct=False, name="activities_told_once"
            ),
        ]
        indexes = [models.Index(fields=["message"], condition=Q(message__isnull=False), name="activities_told_message")]

    def __str__(self) -> str:
        return f"{self.email}: {self.sequence}"


class OutsideSeries(models.Model):
    """A series that somebody outside holds and one of us is asked to; its coming times are activities (`Outside`).

    `parts` is what the organiser said last of the whole (key "") and of single times, by when they were to begin: its
    text, whether it was called off, whether it reaches all later times, and by which word (sequence, stamp, number of
    the message). Its times are made up to `made_until`. `answer` is the one to the whole, `told` the one that the
    organiser has, with the mail that told him.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    uid = models.CharField(max_length=255)
    organizer = models.EmailField()
    organizer_name = models.CharField(max_length=200, blank=True)
    attendee = models.EmailField()
    parts = models.JSONField(default=dict)
    made_until = models.DateField()
    answer = models.CharField(max_length=9, blank=True)
    told = models.CharField(max_length=9, blank=True)
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["uid", "user"], name="activities_outside_series_once")]
        indexes = [
            models.Index(fields=["message"], condition=Q(message__isnull=False), name="activities_outside_series_mail"),
            models.Index(fields=["user"], name="activities_outside_series_user"),
            models.Index(fields=["made_until"], name="activities_outside_series_due"),
        ]

    def __str__(self) -> str:
        return f"{self.organizer}: {self.uid}"


class Outside(models.Model):
    """A meeting that somebody outside holds and one of us is asked to; `activity` is how it stands in his calendar.

    `uid` and `recurrence` (of one occurrence, as ISO text) are the organiser's own; only mail from `organizer` changes
    it. `sequence`, `stamp` and `arrival` (the number of the message) are those of what was applied last: what is older
    changes nothing. `attendee` is the address that was asked, so that the answer comes from it. `told` is the answer
    that the organiser has, with the mail that told him. `series`: it is one time of that.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="outside")
    series = models.ForeignKey(
        OutsideSeries, null=True, blank=True, on_delete=models.SET_NULL, related_name="times", db_index=False
    )
    uid = models.CharField(max_length=255)
    recurrence = models.CharField(max_length=40, blank=True)
    organizer = models.EmailField()
    organizer_name = models.CharField(max_length=200, blank=True)
    attendee = models.EmailField()
    sequence = models.PositiveIntegerField(default=0)
    stamp = models.DateTimeField()
    arrival = models.BigIntegerField()
    is_cancelled = models.BooleanField(default=False)
    told = models.CharField(max_length=9, blank=True)
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["uid", "recurrence", "user"], name="activities_outside_once"),
        ]
        indexes = [
            models.Index(fields=["message"], condition=Q(message__isnull=False), name="activities_outside_message"),
            models.Index(fields=["series"], condition=Q(series__isnull=False), name="activities_outside_of_series"),
            models.Index(fields=["user"], name="activities_outside_user"),
        ]

    def __str__(self) -> str:
        return f"{self.organizer}: {self.uid}"
