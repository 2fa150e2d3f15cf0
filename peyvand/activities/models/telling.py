"""What stands in the calendars of people outside: who was asked to what by mail, and what he answered."""

from django.db import models
from django.db.models import Q

from peyvand.channels.models import Message


class Told(models.Model):
    """Somebody outside has this of us in his calendar, by the last mail that told him: the row comes with the mail.

    `uid` is that of an activity, or of a series (then `occurrence` is the day of one of its occurrences, or none for
    the whole). `digest` is of what he was told, so that only what changes for him is told again; `sequence` is how
    often it was told, and an answer to an earlier one counts no more. `answered_stamp`: when his own calendar wrote his
    last answer.
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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uid", "occurrence", "email"], nulls_distinct=False, name="activities_told_once"
            ),
        ]
        indexes = [models.Index(fields=["message"], condition=Q(message__isnull=False), name="activities_told_message")]

    def __str__(self) -> str:
        return f"{self.email}: {self.sequence}"
