"""Taking a person's words and addresses out of messages; that there was a message stays."""

from collections.abc import Iterable

from django.db import transaction

from peyvand.channels.models import Attachment, HiddenWords, Message, Sighting
from peyvand.core import blobs, files

MANY = 500


@transaction.atomic
def erase_messages(message_ids: Iterable[int]) -> dict[str, int]:
    """Empty messages of text, addresses, raw bytes and attachments, and return how many rows were changed.

    Kept: direction, medium, state, times and Message-ID, so that figures stay and the same mail is not taken in again.
    """
    ids = sorted(set(message_ids))
    changed = {"channels.Message": 0, "channels.Attachment": 0, "channels.Sighting": 0}
    for start in range(0, len(ids), MANY):
        part = Message.objects.filter(pk__in=ids[start : start + MANY])
        raw = list(part.exclude(raw=None).values_list("raw_id", flat=True))
        attached = Attachment.objects.filter(message__in=part)
        file_ids = list(attached.values_list("file_id", flat=True))
        changed["channels.Attachment"] += attached.delete()[0]
        HiddenWords.objects.filter(message__in=part).delete()
        changed["channels.Sighting"] += Sighting.objects.filter(message__in=part).update(details={})
        changed["channels.Message"] += part.update(
            sender="", sender_name="", recipients={}, subject="", text="", quoted="", html="", details={}, raw=None,
            error="", references=[], delivery={},
        )  # fmt: skip
        files.drop(file_ids)
        blobs.drop_unused(raw)
    return changed
