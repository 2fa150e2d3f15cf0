"""Activities that come again, who was reminded of what, minutes of meetings, and feeds for other calendars."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from peyvand.activities.models.activity import Activity
from peyvand.activities.models.recurring import Series

USER = settings.AUTH_USER_MODEL

__all__ = ["Decision", "Feed", "Minutes", "Reminded", "Series"]


class Reminded(models.Model):
    """Somebody was reminded of an activity that was due at a moment: the row is there before anything is said."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+", db_index=False)
    due_at = models.DateTimeField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "user", "due_at"], name="activities_reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.user_id}"


class Minutes(models.Model):
    """The minutes (صورت‌جلسه) of a meeting: what was said; the decisions are rows of their own."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="minutes")
    body = models.TextField(blank=True)
    written_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.activity_id}"


class Decision(models.Model):
    """What was decided, who does it until when; `task` is the activity that it became."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(max_length=200)
    owner = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    due = models.DateField(null=True, blank=True)
    task = models.OneToOneField(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="decision")

    def __str__(self) -> str:
        return self.text


class Feed(models.Model):
    """The secret address under which somebody's calendar is read by other programs; only its hash is kept."""

    user = models.OneToOneField(USER, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hash"], condition=~Q(hash=""), name="activities_feed_secret")]

    def __str__(self) -> str:
        return f"{self.user_id}"


class Synced(models.Model):
    """What a program had of somebody's calendar when it was given this token: the version of each entry, by its uid.

    So it can be told what has changed since, and what is gone, however it went. The newest of each person are kept.
    """

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+", db_index=False)
    token = models.CharField(max_length=60)
    entries = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="activities_synced_once")]

    def __str__(self) -> str:
        return self.token
