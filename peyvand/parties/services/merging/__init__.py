"""Making one customer of several, and taking it back for 90 days. docs/how-to/merging.md tells how apps take part."""

from peyvand.parties.services.merging.journal import Moving
from peyvand.parties.services.merging.merge import MOST, UNDO_FOR, merge_parties
from peyvand.parties.services.merging.strays import forget_old, gather, gather_recent
from peyvand.parties.services.merging.undo import blocked_by, undo_merge

__all__ = [
    "MOST",
    "UNDO_FOR",
    "Moving",
    "blocked_by",
    "forget_old",
    "gather",
    "gather_recent",
    "merge_parties",
    "undo_merge",
]
