"""What a request is tied to, as one reader may know it: its whole and its parts, links, regroupings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from peyvand.accounts.scoping import Who
from peyvand.cartable.models import Regrouping, Request, Tie
from peyvand.cartable.selectors.regroupings import regroupings_of

PARTS = """
    WITH RECURSIVE down AS (
        SELECT id, 1 AS depth FROM cartable_request WHERE parent_id = %s
        UNION ALL
        SELECT request.id, down.depth + 1 FROM down JOIN cartable_request request ON request.parent_id = down.id
        WHERE down.depth < 5
    ) SELECT id FROM down ORDER BY id
"""
SHOWN = ("department", "assignee", "post__holder")


@dataclass
class Part:
    """A part with its own parts. `is_seen` when the reader may open it; else he knows its title and state only."""

    request: Request
    is_seen: bool = True
    children: list["Part"] = field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        """Is it confidential, and not for this reader? Then even its title is not."""
        return self.request.confidential and not self.is_seen

    @property
    def is_open(self) -> bool:
        """Does the whole still wait for it?"""
        return self.request.status != Request.Status.CLOSED and self.request.merged_into_id is None


@dataclass(frozen=True)
class Link:
    """A link to another request that the reader sees; `is_source`: it is said of this one."""

    tie: Tie
    other: Request
    is_source: bool


@dataclass(frozen=True, kw_only=True)
class Ties:
    """All of it."""

    whole: Request | None = None
    parts: Sequence[Part] = ()
    links: Sequence[Link] = ()
    regroupings: Sequence[Regrouping] = ()

    @property
    def waits_for(self) -> int:
        """How many parts of its own are open."""
        return sum(one.is_open for one in self.parts)

    @property
    def members(self) -> Sequence[Link]:
        """The requests that are parts of this incident."""
        return [one for one in self.links if one.tie.kind == Tie.Kind.INCIDENT and not one.is_source]


def ties_of(who: Who, request: Request) -> Ties:
    """Read what a request is tied to; other requests only as far as `who` sees them. A fixed number of statements."""
    links = list(Tie.objects.filter(Q(source=request) | Q(target=request)).order_by("kind", "pk"))
    ends = {one.target_id if one.source_id == request.pk else one.source_id for one in links}
    regrouped = regroupings_of(request)
    involved = {pk for one in regrouped for pk in (one.target_id, *(each.pk for each in one.sources.all()))}
    parts = part_ids(request.pk)
    wanted = ends | involved | set(parts) | ({request.parent_id} if request.parent_id else set())
    seen = _seen(who, wanted)
    others = {
        one.pk: one for one in Request.objects.filter(pk__in=seen & (ends | {request.parent_id})).select_related(*SHOWN)
    }
    return Ties(
        whole=others.get(request.parent_id or 0),
        parts=_nested(request.pk, parts, seen),
        links=[
            Link(one, others[end], one.source_id == request.pk)
            for one in links
            if (end := one.target_id if one.source_id == request.pk else one.source_id) in others
        ],
        regroupings=[one for one in regrouped if {one.target_id, *(e.pk for e in one.sources.all())} <= seen],
    )


def parts_of(who: Who, request: Request) -> list[Part]:
    """The parts of a request with theirs, for its tree."""
    ids = part_ids(request.pk)
    return _nested(request.pk, ids, _seen(who, ids)) if ids else []


def part_ids(request_id: int) -> list[int]:
    """The numbers of all parts of a request, of every level."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [request_id])
        return [pk for (pk,) in cursor.fetchall()]


def _seen(who: Who, ids: Iterable[int | None]) -> set[int]:
    wanted = [pk for pk in ids if pk is not None]
    return set(Request.objects.visible_to(who).filter(pk__in=wanted).order_by().values_list("pk", flat=True))


def _nested(root: int, ids: Sequence[int], seen: set[int]) -> list[Part]:
    rows = Request.objects.filter(pk__in=ids).select_related(*SHOWN).order_by("pk") if ids else []
    known = {one.pk: Part(one, one.pk in seen) for one in rows}
    for part in known.values():
        above = known.get(part.request.parent_id or 0)
        if above is not None:
            above.children.append(part)
    return [part for part in known.values() if part.request.parent_id == root]
