"""How many records a list has: exact while that is cheap, otherwise what the planner expects. Never a scan."""

import json
import time
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from peyvand.core.time_limits import TooSlow, answer_within

EXACT_UP_TO = 2_000
FEW = 200
CHEAP = 25_000.0  # planner's cost of a count that takes some ten milliseconds
PATIENCE = 150  # milliseconds
KEPT_FOR = 60.0  # seconds
MOST_KEPT = 5_000


@dataclass(frozen=True)
class Total:
    """A number of records. is_exact: counted, not estimated."""

    number: int
    is_exact: bool

    @property
    def shown(self) -> int:
        """The number with as many digits as it deserves: 12,846 when counted, 12,800 when estimated."""
        if self.is_exact or self.number < 100:
            return self.number
        return round(self.number, 3 - len(str(self.number)))


_kept: dict[Any, tuple[float, Total]] = {}


def total_of(rows: "QuerySet[Any]", key: Any) -> Total:
    """Return how many `rows` there are; estimates are kept for a minute under `key` (who, which list, which state)."""
    known = kept_total(key)
    if known is not None:
        return known
    total = estimated(rows)
    if not total.is_exact:
        keep_total(key, total)
    return total


def size_of(rows: "QuerySet[Any]") -> Total:
    """How many these are: exact up to some thousands, of more what the planner expects. Few are never a guess."""
    first = rows.order_by("pk").values("pk")[: FEW + 1]
    few = len(first)
    return Total(few, is_exact=True) if few <= FEW else estimated(rows)


def estimated(rows: "QuerySet[Any]") -> Total:
    """Return how many `rows` there are now, as `total_of` finds it."""
    rows = rows.order_by().select_related(None).prefetch_related(None).values("pk")
    expected, cost = _plan(rows)
    total = _counted(rows) if expected <= EXACT_UP_TO * 2 and cost <= CHEAP else None
    if total is not None and total.is_exact:
        return total
    return Total(max(expected, EXACT_UP_TO if total else 0), is_exact=False)


def kept_total(key: Any) -> Total | None:
    """Return a total that was found within the last minute."""
    at, total = _kept.get(key, (0.0, None))
    return total if total is not None and time.monotonic() - at < KEPT_FOR else None


def keep_total(key: Any, total: Total) -> None:
    """Remember a total for a minute."""
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = (time.monotonic(), total)


def _counted(rows: "QuerySet[Any]") -> Total | None:
    """Count at most EXACT_UP_TO rows; None when even that took too long."""
    try:
        with answer_within(PATIENCE):
            number = rows[: EXACT_UP_TO + 1].count()
    except TooSlow:
        return None
    return Total(number, is_exact=number <= EXACT_UP_TO)


def _plan(rows: "QuerySet[Any]") -> tuple[int, float]:
    """Return the rows and the cost that the planner expects; a list that is empty by its nature has no plan."""
    text = rows.explain(format="json") if not rows.query.is_empty() else ""
    if not text:
        return 0, 0.0
    plan = json.loads(text)[0]["Plan"]
    return int(plan["Plan Rows"]), float(plan["Total Cost"])
