"""A million customers: how long they take to load, how well and fast they are found, listed, added and counted."""

from collections.abc import Callable

from peyvand.config.bench import parties_file, parties_lists, parties_search, parties_segments
from peyvand.config.bench.parties_data import BULK, distinct_names, fill_parties

Say = Callable[[str], None]
LOAD_SECONDS, SMALL_SECONDS = 180, 30
# A part more is a function here: it prints its figures with `say` and returns whether its budgets hold.
PARTS: tuple[Callable[[Say], bool], ...] = (
    parties_search.measure,
    parties_lists.measure,
    parties_file.measure,
    lambda say: parties_segments.measure(say=say),
)


def run(customers: int = 1_000_000, *, say: Say) -> bool:
    """Fill, measure each part and print it; return whether all are within their budgets."""
    taken = fill_parties(customers, say=say)
    is_loaded = taken is None or within(taken, customers, say)
    if customers >= BULK:
        names, crowded = distinct_names(customers)
        say(f"{names:,} different full names; {crowded:,} customers share theirs with five others or more")
    return all([is_loaded, *(part(say) for part in PARTS)])


def within(taken: float, customers: int, say: Say) -> bool:
    """Is the load within its budget? Few customers have what a small database costs beside them."""
    budget = max(LOAD_SECONDS * customers / 1_000_000, SMALL_SECONDS)
    say(f"load: {taken:.0f} s, {taken / budget:.2f} of the budget of {budget:.0f} s ({LOAD_SECONDS} s for a million)")
    return taken <= budget
