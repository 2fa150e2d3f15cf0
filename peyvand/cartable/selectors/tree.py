"""The referrals of a request as a tree, who holds it now, and how much working time each holder had it.

Who held it when is read backwards out of the history: every step keeps the former holder, department and status.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from peyvand.accounts.models import Post, User
from peyvand.cartable.models import ACTIVE, Referral, Request, Step
from peyvand.cartable.selectors.choices import departments_by_id
from peyvand.cartable.selectors.clock import organisation_calendar
from peyvand.cartable.selectors.reading import RequestPage
from peyvand.cartable.types import Target, TargetKind


@dataclass
class Node:
    """A referral, its working minutes in the hands of its receiver, and what he referred on."""

    referral: Referral
    minutes: int = 0
    is_now: bool = False  # whoever holds the request has it by this referral
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Held:
    """How long somebody held the request in working minutes; `is_now` of who holds it."""

    holder: Target
    name: str
    minutes: int
    is_now: bool


@dataclass(frozen=True)
class Tree:
    """All of it: the nodes without a parent, the holders in the order in which each first had it, the time before."""

    nodes: Sequence[Node]
    holders: Sequence[Held]


@dataclass(frozen=True)
class _Span:
    start: datetime
    end: datetime
    holder: Target


def tree_of(page: RequestPage, now: datetime) -> Tree:
    """Draw the tree of a request as its reader may see it."""
    request = page.request
    spans = list(_spans(request, page.steps, now))
    nodes = {one.pk: Node(one) for one in page.referrals}
    for span in spans:
        referral = _by_which(page.referrals, span.start)
        if referral is not None:
            nodes[referral.pk].minutes += _minutes(span)
    innermost = page.innermost
    if innermost is not None and request.is_active:
        nodes[innermost.pk].is_now = True
    for node in nodes.values():
        if node.referral.parent_id in nodes:
            nodes[node.referral.parent_id].children.append(node)
    roots = [node for node in nodes.values() if node.referral.parent_id not in nodes]
    return Tree(nodes=roots, holders=_holders(request, spans))


def _spans(request: Request, steps: Sequence[Step], now: datetime) -> Iterator[_Span]:
    """Who held it from when to when while it was work, the latest first; what lasted no time is left out."""
    names = ("assignee_id", "post_id", "department_id", "status")
    current = {name: getattr(request, name) for name in names}
    end = now
    for at, before in [
        *((step.at, step.details.get("before", {})) for step in reversed(steps)),
        (request.opened_at, {}),
    ]:
        start = max(at, request.opened_at)
        if start < end and current["status"] in ACTIVE:
            yield _Span(start, end, _target(current))
        end = min(end, start)
        current |= {name: before[name] for name in names if name in before}


def _target(current: dict[str, int]) -> Target:
    if current["assignee_id"]:
        return Target(TargetKind.USER, current["assignee_id"])
    if current["post_id"]:
        return Target(TargetKind.POST, current["post_id"])
    return Target(TargetKind.DEPARTMENT, current["department_id"])


def _by_which(referrals: Iterable[Referral], at: datetime) -> Referral | None:
    """The innermost original that was open at a moment."""
    there = [one for one in referrals if one.is_original and one.created_at <= at]
    return max(
        (one for one in there if one.ended_at is None or one.ended_at > at), key=lambda one: one.pk, default=None
    )


def _minutes(span: _Span) -> int:
    return organisation_calendar().minutes_between(span.start, span.end)


def _holders(request: Request, spans: Sequence[_Span]) -> list[Held]:
    minutes: dict[Target, int] = {}
    for span in reversed(spans):
        minutes[span.holder] = minutes.get(span.holder, 0) + _minutes(span)
    names, now = _names(minutes), spans[0].holder if spans and request.is_active else None
    return [Held(each, names.get(each, ""), spent, each == now) for each, spent in minutes.items()]


def _names(targets: Iterable[Target]) -> dict[Target, str]:
    """What holders are called: at most two queries."""
    ids: dict[TargetKind, set[int]] = {kind: set() for kind in TargetKind}
    for target in targets:
        ids[target.kind].add(target.id)
    people = User.objects.in_bulk(ids[TargetKind.USER])
    posts = Post.objects.in_bulk(ids[TargetKind.POST]) if ids[TargetKind.POST] else {}
    places = departments_by_id(ids[TargetKind.DEPARTMENT])
    return {
        **{Target(TargetKind.USER, pk): str(one) for pk, one in people.items()},
        **{Target(TargetKind.POST, pk): str(one) for pk, one in posts.items()},
        **{Target(TargetKind.DEPARTMENT, pk): str(one) for pk, one in places.items()},
    }
