"""What workers do for customers: the kinds of long work are registered by importing their services."""

from peyvand.core.queue import Queue, periodic
from peyvand.parties.services import bulk, categories, exporting, field_kinds, tags, vocabulary

__all__ = ["bulk", "categories", "exporting", "field_kinds", "tags"]


@periodic(cron="47 2 * * *", queue=Queue.BULK, name="parties.count_words")
def count_words() -> None:
    """Count the vocabulary of the search again each night."""
    vocabulary.rebuild()


@periodic(seconds=300, queue=Queue.BULK, name="parties.start_vocabulary")
def start_vocabulary() -> None:
    """Make the vocabulary where there is none yet."""
    vocabulary.start()
