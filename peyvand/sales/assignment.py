"""Who gets a lead that nobody has yet: when a rule fits, and whom it takes. Pure; the facts are given."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from peyvand.core.text import search_norm

TURNS, LEAST = "turns", "least"
AWAY, FULL, NOBODY = "away", "full", "nobody"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What rules ask of a lead; words as they were typed. branch_id: of the customer, else of the lead."""

    pipeline_id: int
    branch_id: int | None = None
    province: str = ""
    city: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule as `models.AssignmentRule` has it, its words folded; people: everybody whom it names, open or not."""

    id: int
    name: str
    pipelines: Collection[int] = ()
    branches: Collection[int] = ()
    provinces: Collection[str] = ()
    cities: Collection[str] = ()
    sources: Collection[str] = ()
    people: Sequence[int] = ()
    share: str = TURNS
    most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Seller:
    """Somebody who may get leads. load: his open ones; last: when the rule last gave him one, smaller is longer ago."""

    id: int
    is_away: bool = False
    load: int = 0
    last: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A rule that fitted and gave it to nobody; why: AWAY, FULL or NOBODY (nobody whom it names works here)."""

    rule: str
    why: str


@dataclass(kw_only=True)
class Choice:
    """The decision: by which rule to whom, and which rules were passed over."""

    rule: Rule | None = None
    owner_id: int | None = None
    skipped: list[Skipped] = field(default_factory=list)


def fits(rule: Rule, facts: Facts) -> bool:
    """Does every condition hold that says something?"""
    source = search_norm(facts.source)
    return (
        (not rule.pipelines or facts.pipeline_id in rule.pipelines)
        and (not rule.branches or facts.branch_id in rule.branches)
        and (not rule.provinces or search_norm(facts.province) in rule.provinces)
        and (not rule.cities or search_norm(facts.city) in rule.cities)
        and (not rule.sources or any(source.startswith(word) for word in rule.sources))
    )


def pick(rule: Rule, sellers: Iterable[Seller]) -> tuple[int | None, str]:
    """Whom a rule takes of those whom it names, or nobody and why.

    In turn: whom it gave something longest ago; else whoever has the fewest open ones, and of equals the one whose turn
    it is.
    """
    named = list(sellers)
    here = [each for each in named if not each.is_away]
    free = [each for each in here if rule.most is None or each.load < rule.most]
    if not free:
        return None, NOBODY if not named else AWAY if not here else FULL
    if rule.share == LEAST:
        return min(free, key=lambda each: (each.load, each.last, each.id)).id, ""
    return min(free, key=lambda each: (each.last, each.id)).id, ""
