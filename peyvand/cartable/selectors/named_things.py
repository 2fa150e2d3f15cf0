"""What the things are called that rules name, whether each is still there, and which may be chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from peyvand.accounts.models import Branch, Department, Post, User
from peyvand.cartable.models import Kind, RoutingRule, Skill
from peyvand.cartable.routing_rules import Conditions, Outcome
from peyvand.cartable.selectors.routing import handlers
from peyvand.cartable.types import Target, TargetKind
from peyvand.channels.models import Channel
from peyvand.parties.models import Category

MOST_PEOPLE = 500  # that a menu offers


@dataclass(frozen=True)
class Thing:
    """Something that a rule can name. is_there: it is in use, and can receive what it is to receive."""

    label: str
    is_there: bool = True
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Things:
    """Everything that rules name, by sort and id."""

    channels: Mapping[int, Thing] = field(default_factory=dict)
    categories: Mapping[int, Thing] = field(default_factory=dict)
    branches: Mapping[int, Thing] = field(default_factory=dict)
    kinds: Mapping[int, Thing] = field(default_factory=dict)
    skills: Mapping[int, Thing] = field(default_factory=dict)
    departments: Mapping[int, Thing] = field(default_factory=dict)
    posts: Mapping[int, Thing] = field(default_factory=dict)
    people: Mapping[int, Thing] = field(default_factory=dict)

    def of_target(self, target: Target) -> Thing | None:
        """The department, branch, post or person that a rule sends to."""
        sorts = {
            TargetKind.DEPARTMENT: self.departments,
            TargetKind.BRANCH: self.branches,
            TargetKind.POST: self.posts,
            TargetKind.USER: self.people,
        }
        return sorts[target.kind].get(target.id)


def people_named(outcomes: Iterable[Outcome]) -> set[int]:
    """The ids of people whom these outcomes name."""
    found: set[int] = set()
    for one in outcomes:
        target = one.target
        found |= {pk for pk in (one.officer, target.id if target and target.kind is TargetKind.USER else None) if pk}
    return found


def things_of(rules: Iterable[RoutingRule], *, with_people: bool = False) -> Things:
    """What these rules name; with_people: and everybody to whom a rule may send, for a form. Eight queries."""
    wanted = Q(pk__in=people_named(Outcome(**rule.outcome) for rule in rules))
    people = User.objects.filter(wanted | handlers() if with_people else wanted).select_related("department")
    departments = Department.objects.select_related("branch").order_by("branch_id", "name")
    manned = set(User.objects.filter(is_active=True).exclude(department=None).values_list("department", flat=True))
    posts = Post.objects.select_related("holder", "department").order_by("department_id", "title")
    placed = {one.pk: one for one in departments}
    open_branches = {one.branch_id for one in placed.values() if one.is_active and one.pk in manned}
    return Things(
        channels={
            one.pk: Thing(one.name, one.is_active, one.branch.name)
            for one in Channel.objects.select_related("branch").order_by("name")
        },
        categories={one.pk: Thing(one.name, one.is_active) for one in Category.objects.order_by("order", "pk")},
        branches={one.pk: Thing(one.name, one.pk in open_branches) for one in Branch.objects.order_by("path")},
        kinds={one.pk: Thing(str(one), one.is_active) for one in Kind.objects.order_by("position", "pk")},
        skills={one.pk: Thing(one.name) for one in Skill.objects.order_by("name")},
        departments={
            pk: Thing(one.name, one.is_active and one.branch.is_active and pk in manned, one.branch.name)
            for pk, one in placed.items()
        },
        posts={
            one.pk: Thing(one.title, one.holder is not None and one.holder.is_active, str(one.department))
            for one in posts
        },
        people={
            one.pk: Thing(str(one), one.is_active, str(one.department or ""))
            for one in people.order_by("sort_key", "pk")[:MOST_PEOPLE]
        },
    )


def lost_of(conditions: Conditions, outcome: Outcome, things: Things) -> list[str]:
    """What a rule names that is gone: words of `Conditions` and `Outcome`, for its page to mark."""
    sorts = {"channels": things.channels, "categories": things.categories, "branches": things.branches,
             "kinds": things.kinds}  # fmt: skip
    lost = [name for name, known in sorts.items() if _gone(getattr(conditions, name), known, of_branch=name)]
    target = outcome.target
    if target is not None and not _is_there(things.of_target(target)):
        lost.append("to")
    asked = {"kind": (outcome.kind, things.kinds), "officer": (outcome.officer, things.people),
             "skill": (outcome.skill, things.skills)}  # fmt: skip
    return lost + [name for name, (pk, known) in asked.items() if pk and not _is_there(known.get(pk))]


def _is_there(thing: Thing | None) -> bool:
    return thing is not None and thing.is_there


def _gone(ids: Iterable[int], known: Mapping[int, Thing], *, of_branch: str) -> bool:
    """A branch is a condition on customers: that it has nobody who receives takes nothing from it."""
    if of_branch == "branches":
        return any(pk not in known for pk in ids)
    return any(not _is_there(known.get(pk)) for pk in ids)
