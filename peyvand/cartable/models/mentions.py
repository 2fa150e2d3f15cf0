"""Mentions: a colleague was named in a note, and that is work for him until he has dealt with it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from peyvand.accounts.scoping import Who, reach_of

USER = settings.AUTH_USER_MODEL


class MentionQuerySet(models.QuerySet["Mention"]):
    """Mentions; whose request may be seen is asked of the request."""

    def waiting_for(self, who: Who) -> Self:
        """The mentions of `who` that he has not dealt with yet, read or not."""
        return self.filter(user=reach_of(who).user_id, done_at=None)


class Mention(models.Model):
    """Somebody was named in a note (`note.author` named him).

    read_at: he has opened the request since; done_at: he has answered with a note or said that it is done. Until then
    it waits for him. A trigger keeps `request` that of the note, also when the note moves to another request.
    """

    note = models.ForeignKey("cartable.Note", on_delete=models.CASCADE, related_name="mentioned", db_index=False)
    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="mentions", db_index=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="cartable_mention_once")]
        indexes = [
            models.Index(fields=["user", "request"], name="cartable_mention_user"),
            models.Index(fields=["request"], name="cartable_mention_request"),
            models.Index(fields=["user", "-at", "-id"], condition=Q(done_at=None), name="cartable_mention_waiting"),
        ]
