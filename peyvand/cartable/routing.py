"""Where a new request goes: kind, department, branch, officer, and why. Pure; the facts are given.

In this order: a department that was asked for; the department of the kind, when the channel says that kinds decide;
the channel's department; the kind's; the branch's reception; any department. Work never falls into a hole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class KindFacts:
    """A kind of request: its department and its words, folded by `search_norm`."""

    id: int
    department_id: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChannelFacts:
    """A channel: its place, whether kinds decide the department, and who reads what comes through it."""

    branch_id: int
    department_id: int | None = None
    kinds_decide: bool = False
    officer_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Places:
    """The active departments with their branches, in the order in which they take what nobody else takes."""

    departments: Mapping[int, int] = field(default_factory=dict)  # department → branch
    officers: frozenset[int] = frozenset()  # active users

    def of_branch(self, branch_id: int | None) -> int | None:
        return next((dep for dep, branch in self.departments.items() if branch == branch_id), None)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is known of the request itself: a kind and a department that were asked for, the words, the customer.

    text: folded by `search_norm`, as the words of kinds are.
    """

    text: str = ""
    kind_id: int | None = None
    department_id: int | None = None
    party_branch_id: int | None = None
    party_category_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Route:
    """The decision; `reason` is asked, kind, channel, branch, party, first or rule, and is kept (`Routed`)."""

    department_id: int
    branch_id: int
    kind_id: int | None
    officer_id: int | None
    reason: str


def kind_of(text: str, kinds: Sequence[KindFacts]) -> KindFacts | None:
    """The first kind one of whose words occurs at the start of a word of the folded text."""
    folded = f" {text} "
    return next((kind for kind in kinds if any(f" {word}" in folded for word in kind.words if word)), None)


def route(asked: Asked, channel: ChannelFacts | None, kinds: Sequence[KindFacts], places: Places) -> Route | None:
    """Decide; None only when there is no active department at all."""
    kind = next((kind for kind in kinds if kind.id == asked.kind_id), None) or kind_of(asked.text, kinds)
    of_kind = kind.department_id if kind else None
    candidates = [
        (asked.department_id, "asked"),
        (of_kind if channel and channel.kinds_decide else None, "kind"),
        (channel.department_id if channel else None, "channel"),
        (of_kind, "kind"),
        (places.of_branch(channel.branch_id) if channel else None, "branch"),
        (places.of_branch(asked.party_branch_id), "party"),
        (next(iter(places.departments), None), "first"),
    ]
    for department, reason in candidates:
        if department is not None and department in places.departments:
            officer = channel.officer_id if channel else None
            return Route(
                department_id=department,
                branch_id=places.departments[department],
                kind_id=kind.id if kind else None,
                officer_id=officer if officer in places.officers else None,
                reason=reason,
            )
    return None
