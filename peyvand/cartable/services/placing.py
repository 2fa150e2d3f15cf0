"""Where new requests go: the rules decide, and the people of a department get them in turn, each by his measure.

Whoever gives work of a department holds a lock of that department until his transaction ends: two intakes at once never
see the same turn nor fill the same place twice. Nobody waits who gives nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from peyvand.cartable.models import Request, Routed, Turn
from peyvand.cartable.routing import Asked
from peyvand.cartable.routing_rules import Decision, Incoming, World, decide
from peyvand.cartable.selectors.clock import organisation_calendar
from peyvand.cartable.selectors.routing import Member, channel_facts, members_of, rules_in_use, world_of
from peyvand.channels.models import Message

SHARE_LOCK = 0x50565244  # first number of the advisory locks of departments
TYPED = 600  # letters of a message in which words are looked for and its language is seen


@dataclass(frozen=True, kw_only=True)
class Given:
    """Who of the department got it; `why` nobody: nobody, unskilled, full."""

    user_id: int | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Placing:
    """A decision, and who holds the request from the start."""

    decision: Decision
    given: Given = Given()

    @property
    def assignee_id(self) -> int | None:
        return self.decision.assignee_id or self.given.user_id

    def details(self) -> dict[str, Any]:
        """What the log keeps of it, in plain words."""
        rule, found = self.decision.rule, {"department": self.decision.route.department_id}
        more: dict[str, Any] = {"rule": rule.name, "version": rule.version} if rule else {}
        if self.decision.skipped:
            more["skipped"] = [{"rule": each.rule_id, "name": each.name, "why": each.why} for each in self._skipped]
        if self.decision.share:
            more["share"] = {"by": self.decision.share, "to": self.given.user_id, "why": self.given.why}
        elif self.decision.assignee_id or self.decision.post_id:
            more["to"] = {"user": self.decision.assignee_id, "post": self.decision.post_id}
        return found | more

    @property
    def _skipped(self) -> Sequence[Any]:
        return self.decision.skipped[:10]


def incoming_of(message: Message, asked: Asked, at: datetime) -> Incoming:
    """What rules ask of a message."""
    wanted = message.recipients if isinstance(message.recipients, dict) else {}
    reached = [each for place in ("to", "cc", "envelope") for each in wanted.get(place) or []]
    return Incoming(
        channel_id=message.channel_id,
        medium=message.medium,
        sender=message.sender,
        recipients=[str(each.get("address") or "") if isinstance(each, dict) else str(each) for each in reached],
        text=asked.text,
        typed=f"{message.subject}\n{message.text[:TYPED]}",
        category_id=asked.party_category_id,
        branch_id=asked.party_branch_id or message.channel.branch_id,
        at=at,
        calendar=organisation_calendar(),
    )


@dataclass(frozen=True, kw_only=True)
class Arriving:
    """A message that opens a request, with what was asked for; is_held: whoever writes it down holds it."""

    message: Message
    asked: Asked
    at: datetime
    is_held: bool = False


def place(arriving: Sequence[Arriving]) -> list[Placing | None]:
    """Decide where each goes and, where a rule says so, whose it is; None where there is no active department.

    Inside a transaction, and last before the requests are stored: a department's lock is held until it ends.
    """
    rules = rules_in_use()
    world = world_of([one.message.channel for one in arriving], rules)
    decisions = [_decided(one, world) for one in arriving]
    shared = [found for one, found in zip(arriving, decisions, strict=True) if found and not one.is_held]
    given = dict(zip(map(id, shared), share_out(shared, _now_of(arriving)), strict=True))
    return [Placing(decision=one, given=given.get(id(one), Given())) if one else None for one in decisions]


def _decided(one: Arriving, world: World) -> Decision | None:
    return decide(one.asked, incoming_of(one.message, one.asked, one.at), channel_facts(one.message.channel), world)


def _now_of(arriving: Sequence[Arriving]) -> int:
    return int(max((one.at.timestamp() for one in arriving), default=0) * 1_000_000)


def share_out(decisions: Sequence[Decision], now: int) -> list[Given]:
    """Give what is to be shared to people of its department, under the department's lock. now: in microseconds."""
    wanted = {found.route.department_id for found in decisions if found.share}
    if not wanted:
        return [Given()] * len(decisions)
    _lock(wanted)
    by_load = any(found.share == "least_busy" for found in decisions)
    desks: dict[int, list[Member]] = defaultdict(list)
    for member in members_of(wanted, by_load=by_load):
        desks[member.department_id].append(member)
    before = {member.user_id: member.turn for desk in desks.values() for member in desk}
    clock = max([now, *before.values()])
    given = []
    for number, found in enumerate(decisions, 1):
        given.append(choose(desks[found.route.department_id], found, clock + number) if found.share else Given())
    _keep_turns(desks, before)
    return given


def choose(desk: Iterable[Member], decision: Decision, turn: int) -> Given:
    """Who of a department is next: of those with the skill and with room, whoever holds least or waited longest."""
    people = list(desk)
    skill = decision.rule.outcome.skill if decision.rule else None
    skilled = [one for one in people if skill is None or skill in one.skills]
    free = [one for one in skilled if not one.is_full]
    if not free:
        return Given(why="full" if skilled else "unskilled" if people else "nobody")
    by_load = decision.share == "least_busy"
    chosen = min(free, key=lambda one: (one.load if by_load else 0, one.turn, one.user_id))
    chosen.turn, chosen.load = turn, chosen.load + 1
    return Given(user_id=chosen.user_id)


def _keep_turns(desks: Mapping[int, list[Member]], before: Mapping[int, int]) -> None:
    everybody = [one for desk in desks.values() for one in desk]
    Turn.objects.bulk_create(
        [Turn(user_id=one.user_id, number=one.turn) for one in everybody if one.turn != before[one.user_id]],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["number"],
    )


def _lock(departments: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, key) FROM unnest(%s::int[]) AS k(key)", [SHARE_LOCK, sorted(departments)]
        )


def note_routes(requests: Sequence[Request], placings: Sequence[Placing], at: datetime) -> None:
    """Keep why each request went where it went."""
    Routed.objects.bulk_create(
        Routed(
            request=request,
            rule_id=found.decision.rule.id if found.decision.rule else None,
            reason=found.decision.route.reason,
            details=found.details(),
            at=at,
        )
        for request, found in zip(requests, placings, strict=True)
    )
