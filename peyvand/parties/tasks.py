"""What workers do for customers: the kinds of long work are registered by importing their services."""

from django.utils.dateparse import parse_datetime

from peyvand.core.queue import Queue, enqueue, periodic, task
from peyvand.parties.importing import importer
from peyvand.parties.services import (
    bulk,
    categories,
    custom_fields,
    exporting,
    field_kinds,
    merging,
    roles,
    tags,
    vocabulary,
)
from peyvand.parties.services.duplicates import follow_changes, merge_automatically
from peyvand.parties.services.quality import count_quality, note_delivered
from peyvand.parties.services.segment_sizes import recount_segments

__all__ = ["bulk", "categories", "exporting", "field_kinds", "importer", "tags"]


@periodic(cron="47 2 * * *", queue=Queue.BULK, name="parties.count_words")
def count_words() -> None:
    """Count the vocabulary of the search again each night."""
    vocabulary.rebuild()


@periodic(seconds=300, queue=Queue.BULK, name="parties.start_vocabulary")
def start_vocabulary() -> None:
    """Make the vocabulary where there is none yet."""
    vocabulary.start()


@task(queue=Queue.BULK, name="parties.purge_fields")
def purge_fields() -> None:
    """Forget some values of fields that were removed long ago, and come back while there are more."""
    if custom_fields.purge_removed():
        enqueue(purge_fields)


@periodic(cron="53 2 * * *", queue=Queue.BULK, name="parties.start_purging_fields")
def start_purging_fields() -> None:
    """Look each night for fields whose time is over."""
    enqueue(purge_fields)


@periodic(cron="7 * * * *", queue=Queue.BULK, name="parties.roles_of_today")
def roles_of_today() -> None:
    """Have the roles of customers follow the day, whose midnight is at another hour in each zone."""
    roles.derive_of_today()


@periodic(cron="59 2 * * *", queue=Queue.BULK, name="parties.forget_old_merges")
def forget_old_merges() -> None:
    """Forget each night what merges that can no longer be taken back remember."""
    merging.forget_old()


@periodic(cron="23 * * * *", queue=Queue.BULK, name="parties.gather_strays")
def gather_strays() -> None:
    """Bring over rows that came to merged customers after their merge."""
    merging.gather_recent()


@periodic(seconds=60, queue=Queue.BULK, name="parties.recount_segments")
def count_segments() -> None:
    """Count segments whose figure may have changed, slice by slice."""
    if recount_segments():
        enqueue(count_segments)


@periodic(seconds=30, queue=Queue.BULK, name="parties.follow_duplicates")
def follow_duplicates() -> None:
    """Compare customers that are new or changed with those that are like them, slice by slice."""
    if follow_changes():
        enqueue(follow_duplicates)


@periodic(seconds=60, queue=Queue.BULK, name="parties.merge_duplicates")
def merge_duplicates() -> None:
    """Merge what is above the threshold, where the business has set one."""
    if merge_automatically():
        enqueue(merge_duplicates)


@periodic(seconds=600, queue=Queue.BULK, name="parties.count_quality")
def count_data_quality() -> None:
    """Count how good the data are, where something changed."""
    count_quality()


@task(queue=Queue.BULK, name="parties.clear_bounces")
def clear_bounces(*, addresses: list[str], sent_at: str) -> None:
    """Take the mark from addresses from which nothing came back for some days."""
    sent = parse_datetime(sent_at)
    if sent is not None:
        note_delivered(addresses=addresses, sent_at=sent)
