"""How much of a deal is a partner's: pure rules, no model and no query.

Every amount is a whole number of Rial; what a percentage gives is rounded down to a whole Rial, after the share of a
partner in a shared deal is taken, so that the parts are never more than the whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

WHOLE = 10_000  # hundredths of a percent
PERCENT, FIXED = "percent", "fixed"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A rule as it is applied: see `models.PartnerRule`. bands: (from, value) by rising `from`."""

    id: int
    way: str
    bands: Sequence[tuple[int, int]]
    partner: int | None = None
    level: str = ""
    channel: int | None = None
    pipeline: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def closeness(self) -> int:
        """How closely it names whom it is for: partner before level before channel before pipeline."""
        named = (self.partner is not None, bool(self.level), self.channel is not None, self.pipeline is not None)
        return sum(8 >> place for place, is_named in enumerate(named) if is_named)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A deal and a partner of it. amount: Rial; day: on which it was won; percent: of the commission that is his."""

    partner: int
    level: str
    channel: int
    pipeline: int
    amount: int
    day: date
    percent: int = 100


def fits(terms: Terms, case: Case) -> bool:
    """Does a rule speak of this case?"""
    named = (
        (terms.partner, case.partner), (terms.level or None, case.level), (terms.channel, case.channel),
        (terms.pipeline, case.pipeline),
    )  # fmt: skip
    begun = terms.since is None or terms.since <= case.day
    goes_on = terms.until is None or case.day <= terms.until
    return begun and goes_on and all(wanted is None or wanted == found for wanted, found in named)


def closest(rules: Iterable[Terms], case: Case) -> Terms | None:
    """The one rule that holds: the closest of those that fit, of equally close ones the newest."""
    fitting = [terms for terms in rules if fits(terms, case)]
    return max(fitting, key=lambda terms: (terms.closeness, terms.since or date.min, terms.id), default=None)


def value_of(terms: Terms, amount: int) -> int:
    """The value of the band in which the whole amount lies; 0 below the first."""
    return next((value for start, value in sorted(terms.bands, reverse=True) if start <= amount), 0)


def worth(terms: Terms, case: Case) -> int:
    """What the rule gives in this case, in Rial."""
    value = value_of(terms, case.amount)
    if terms.way == FIXED:
        return value * case.percent // 100
    return case.amount * value * case.percent // (WHOLE * 100)
