"""Counting how good the data are, and marking addresses from which mail comes back."""

from peyvand.parties.services.quality.bouncing import clear_bounce, note_bounced, note_delivered
from peyvand.parties.services.quality.counting import change_quiet_months, count_quality

__all__ = ["change_quiet_months", "clear_bounce", "count_quality", "note_bounced", "note_delivered"]
