"""Notes and files on a party."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from peyvand.core.models import File
from peyvand.parties.models.party import Party

PINNED = models.Q(is_pinned=True, deleted_at=None)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class PartyNote(models.Model):
    """A note of a colleague about a party; `mentioned` are the ids of users who were told."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = models.TextField()
    mentioned = ArrayField(models.BigIntegerField(), default=list, blank=True)
    is_pinned = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["party", "-created_at", "-id"], name="parties_note_order"),
            models.Index(fields=["party"], condition=PINNED, name="parties_note_pinned"),
        ]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PartyFile(models.Model):
    """A file in the customer file, under a label; removed ones wait in the trash of the party."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["party", "-created_at", "-id"], name="parties_file_order")]
