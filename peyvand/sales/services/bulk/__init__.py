"""Doing one thing to many leads and deals, each with its own permission and its own reason; taken back as one."""

from peyvand.sales.services.bulk.changes import Change, How, Plan, checked, rows_of
from peyvand.sales.services.bulk.preview import Preview, preview
from peyvand.sales.services.bulk.running import AT_ONCE, EDIT, run, undo

__all__ = ["AT_ONCE", "EDIT", "Change", "How", "Plan", "Preview", "checked", "preview", "rows_of", "run", "undo"]
