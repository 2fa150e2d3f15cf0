"""Finding customers that are in twice, following changes, and what people and the business decide about pairs."""

from peyvand.parties.services.duplicates.deciding import decide_not_same, reopen_pairs
from peyvand.parties.services.duplicates.following import follow_changes
from peyvand.parties.services.duplicates.joining import merge_above, merge_automatically, merge_group, mergeable_pairs
from peyvand.parties.services.duplicates.scanning import start_scan
from peyvand.parties.services.duplicates.setting import change_duplicate_rules

__all__ = [
    "change_duplicate_rules", "decide_not_same", "follow_changes", "merge_above", "merge_automatically", "merge_group",
    "mergeable_pairs", "reopen_pairs", "start_scan",
]  # fmt: skip
