"""Finding customers that are in twice, following changes, and what people decide about a pair."""

from peyvand.parties.services.duplicates.deciding import decide_not_same, reopen_pairs
from peyvand.parties.services.duplicates.following import follow_changes
from peyvand.parties.services.duplicates.scanning import start_scan

__all__ = ["decide_not_same", "follow_changes", "reopen_pairs", "start_scan"]
