"""The curve of a segment's figures as a small drawing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from peyvand.parties.models import SegmentSize

WIDTH, HEIGHT, MARGIN = 260, 56, 4
MONTH = dt.timedelta(days=30)


@dataclass(frozen=True)
class Curve:
    """line and area: paths in a box of 260 by 56, time from left to right; change: since a month ago, or None."""

    line: str
    area: str
    change: int | None
    points: list[SegmentSize]

    @property
    def lost(self) -> int:
        return -min(self.change or 0, 0)

    @property
    def gained(self) -> int:
        return max(self.change or 0, 0)


def curve_of(sizes: Sequence[SegmentSize]) -> Curve | None:
    """Draw the figures of some days; nothing when there are fewer than two."""
    if len(sizes) < 2:
        return None
    first, last = sizes[0].day, sizes[-1].day
    least, most = min(each.size for each in sizes), max(each.size for each in sizes)
    days, height = max((last - first).days, 1), max(most - least, 1)
    points = [
        (
            round((each.day - first).days / days * WIDTH, 1),
            round(MARGIN + (most - each.size) / height * (HEIGHT - 2 * MARGIN), 1),
        )
        for each in sizes
    ]
    line = "M" + " L".join(f"{x} {y}" for x, y in points)
    month_ago = [each for each in sizes if each.day <= last - MONTH]
    change = sizes[-1].size - month_ago[-1].size if month_ago else None
    return Curve(line, f"{line} L{WIDTH} {HEIGHT} L0 {HEIGHT} Z", change, list(sizes))
