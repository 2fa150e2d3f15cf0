"""Changing, deleting and taking back many customers at once, each with its own permission and its own reason."""

from peyvand.parties.services.bulk.changes import Change, How, Plan
from peyvand.parties.services.bulk.preview import Preview, preview
from peyvand.parties.services.bulk.running import AT_ONCE, run, undo
from peyvand.parties.services.bulk.selecting import MOST_IDS, Selection, rows_of, size_of

__all__ = [
    "AT_ONCE",
    "MOST_IDS",
    "Change",
    "How",
    "Plan",
    "Preview",
    "Selection",
    "preview",
    "rows_of",
    "run",
    "size_of",
    "undo",
]
