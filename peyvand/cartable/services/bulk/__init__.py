"""Doing one thing to many requests at once, each with its own permission and its own reason; taken back as one."""

from peyvand.cartable.services.bulk.changes import Change, How, Plan, checked, rows_of
from peyvand.cartable.services.bulk.preview import Preview, preview
from peyvand.cartable.services.bulk.running import AT_ONCE, EDIT, run, undo

__all__ = ["AT_ONCE", "EDIT", "Change", "How", "Plan", "Preview", "checked", "preview", "rows_of", "run", "undo"]
