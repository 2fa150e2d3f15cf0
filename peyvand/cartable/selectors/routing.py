"""What routing knows: the rules made ready, kinds and places, who is there, and whose turn it is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q

from peyvand.accounts.models import Department, Post, RolePermission, Substitution, User, now_running
from peyvand.cartable.models import ACTIVE, Kind, Request, RoutingRule, Seat, Turn
from peyvand.cartable.routing import ChannelFacts, KindFacts, Places
from peyvand.cartable.routing_rules import Conditions, Outcome, Receivers, Rule, World, made_ready
from peyvand.cartable.types import TargetKind
from peyvand.channels.models import Channel
from peyvand.core.known import Known
from peyvand.core.text import search_norm

HANDLE = "cartable.handle"


def ready(rule: RoutingRule) -> Rule:
    """A stored rule, compiled."""
    return made_ready(
        id=rule.pk,
        name=rule.name,
        version=rule.version,
        conditions=Conditions.from_json(rule.conditions),
        outcome=Outcome(**rule.outcome),
    )


def rules_in_order() -> list[RoutingRule]:
    """All rules that are not in the trash, in the order in which they are asked."""
    return list(RoutingRule.objects.filter(deleted_at=None).order_by("position", "id"))


def _rules(_key: None) -> list[Rule]:
    return [ready(rule) for rule in rules_in_order() if rule.is_active]


_known_rules = Known(_rules)


def rules_in_use() -> list[Rule]:
    """The rules that are on, made ready once and believed for a few seconds in every process."""
    return _known_rules(None)


def forget_rules() -> None:
    """Read the rules again at the next question; for whoever changes them in this process."""
    _known_rules.forget()


def channel_facts(channel: Channel) -> ChannelFacts:
    """What routing reads of a channel."""
    officer = channel.settings.get("officer")
    return ChannelFacts(
        branch_id=channel.branch_id,
        department_id=channel.department_id,
        kinds_decide=bool(channel.settings.get("kinds_decide")),
        officer_id=officer if isinstance(officer, int) else None,
    )


def world_of(channels: Iterable[Channel], rules: Sequence[Rule]) -> World:
    """What is known of kinds, places and people, as far as these channels and rules name them; read afresh."""
    kinds = _kinds()
    officers = {officer for channel in channels if isinstance(officer := channel.settings.get("officer"), int)}
    people = people_there(officers | _named(rules)) if officers or rules else {}
    departments = Department.objects.filter(is_active=True, branch__is_active=True).order_by("branch_id", "id")
    placed = departments.annotate(manned=_manned()) if rules else departments.annotate(manned=F("is_active"))
    rows = list(placed.values_list("pk", "branch_id", "manned"))
    return World(
        kinds=kinds,
        places=Places(departments={pk: branch for pk, branch, _n in rows}, officers=frozenset(people)),
        receivers=Receivers(
            manned=frozenset(pk for pk, _branch, manned in rows if manned),
            posts=_posts(rules),
            people=people,
            kinds=frozenset(kind.id for kind in kinds),
        ),
        rules=rules,
    )


def _kinds() -> list[KindFacts]:
    rows = Kind.objects.filter(is_active=True).order_by("position", "id").values_list("id", "department_id", "words")
    return [
        KindFacts(id=pk, department_id=department, words=tuple(search_norm(str(word)) for word in words))
        for pk, department, words in rows
    ]


def _manned() -> Exists:
    return Exists(User.objects.filter(department=OuterRef("pk"), is_active=True))


def people_there(ids: Collection[int]) -> dict[int, int | None]:
    """Those of these people who are active, with their departments."""
    return dict(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", "department_id"))


def _named(rules: Sequence[Rule]) -> set[int]:
    people = {rule.outcome.officer for rule in rules if rule.outcome.officer is not None}
    return people | _targets(rules, TargetKind.USER)


def _targets(rules: Sequence[Rule], kind: TargetKind) -> set[int]:
    found = (rule.outcome.target for rule in rules)
    return {target.id for target in found if target is not None and target.kind is kind}


def _posts(rules: Sequence[Rule]) -> dict[int, tuple[int, int]]:
    wanted = _targets(rules, TargetKind.POST)
    if not wanted:
        return {}
    held = Post.objects.filter(pk__in=wanted, holder__is_active=True, department__is_active=True)
    return {pk: (department, holder) for pk, department, holder in held.values_list("pk", "department_id", "holder_id")}


@dataclass
class Member:
    """Somebody to whom a department's work can be given: what he can do, how much he holds, when it was his turn."""

    user_id: int
    department_id: int
    capacity: int | None
    skills: frozenset[int]
    turn: int
    load: int = 0

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.load >= self.capacity


def handlers() -> Q:
    """Active people who may handle requests at all."""
    held = RolePermission.objects.filter(permission=HANDLE, role__grants__user=OuterRef("pk"))
    return Q(is_active=True) & (Q(is_superuser=True) | Q(Exists(held)))


def members_of(departments: Collection[int], *, by_load: bool) -> list[Member]:
    """The people of these departments to whom rules may give work: not those on leave whose work a substitute does.

    With what each holds when `by_load`, or where somebody has a limit.
    """
    desk = [Substitution.Work.DESK, Substitution.Work.ALL]
    away = Substitution.objects.filter(now_running(), person=OuterRef("pk"), work__in=desk)
    people = User.objects.filter(handlers(), ~Exists(away), department__in=departments).order_by("pk")
    ids = dict(people.values_list("pk", "department_id"))
    seats = {seat.pk: seat for seat in Seat.objects.filter(pk__in=ids)}
    turns = dict(Turn.objects.filter(pk__in=ids).values_list("pk", "number"))
    found = [
        Member(
            user_id=pk,
            department_id=department,
            capacity=seats[pk].capacity if pk in seats else None,
            skills=frozenset(seats[pk].skills) if pk in seats else frozenset(),
            turn=turns.get(pk, 0),
        )
        for pk, department in ids.items()
        if department is not None
    ]
    if by_load or any(one.capacity is not None for one in found):
        held = loads(ids)
        for one in found:
            one.load = held.get(one.user_id, 0)
    return found


def loads(user_ids: Iterable[int]) -> dict[int, int]:
    """How many requests each of these people holds now, confidential ones with them."""
    work = Request.objects.filter(assignee__in=list(user_ids), status__in=ACTIVE)
    return dict(work.order_by().values("assignee").annotate(n=Count("pk")).values_list("assignee", "n"))
