"""Changing the rules of routing: each change is a new version in the history, to which one can go back."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import time

from django.apps import apps
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.cartable.models import Request, RoutingRule, Seat, Skill
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.routing_rules import HOURS, LANGUAGES, SHARES, Conditions, Outcome, folded_pattern
from peyvand.cartable.selectors.named_things import Things, things_of
from peyvand.cartable.selectors.routing import forget_rules
from peyvand.channels.models import Message
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.core.text import display_norm, search_norm

MOST_RULES = 200
MOST_VALUES = 100
LONGEST_WORD = 80
LARGEST_CAPACITY = 10_000


class TooManyRules(Invalid):
    """There are 200 rules already; put some of them together first."""

    code = "too_many_rules"


class SkillTwice(Conflict):
    """There is a skill of this name already."""

    code = "skill_twice"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A rule as somebody writes it."""

    name: str
    conditions: Conditions = field(default_factory=Conditions)
    outcome: Outcome = field(default_factory=Outcome)


@transaction.atomic
def create_rule(*, actor: User, wanted: Wanted) -> RoutingRule:
    """Add a rule at the end; it is off until `switch_rule`. Errors: NotAllowed, Invalid, TooManyRules."""
    require_everywhere(actor, CONFIGURE)
    if RoutingRule.objects.filter(deleted_at=None).count() >= MOST_RULES:
        raise TooManyRules
    wanted = checked(actor, wanted)
    last = RoutingRule.objects.aggregate(last=Max("position"))["last"] or 0
    return RoutingRule.objects.create(
        name=wanted.name,
        position=last + 1,
        conditions=wanted.conditions.to_json(),
        outcome=wanted.outcome.to_json(),
    )


@transaction.atomic
def change_rule(*, actor: User, rule_id: int, wanted: Wanted, version: int | None = None) -> RoutingRule:
    """Change a rule; it takes what comes in from a few seconds later. version: the one the actor saw.

    Errors: NotAllowed, NotFound, Conflict, Invalid.
    """
    rule = _held(actor, rule_id, version)
    wanted = checked(actor, wanted)
    rule.name = wanted.name
    rule.conditions, rule.outcome = wanted.conditions.to_json(), wanted.outcome.to_json()
    return _stored(rule)


@transaction.atomic
def switch_rule(*, actor: User, rule_id: int, is_active: bool) -> RoutingRule:
    """Put a rule to work, or to rest. Errors: NotAllowed, NotFound."""
    rule = _held(actor, rule_id)
    if rule.is_active == is_active:
        return rule
    rule.is_active = is_active
    return _stored(rule)


@transaction.atomic
def order_rules(*, actor: User, ids: Sequence[int]) -> None:
    """Put the rules into this order; those that are not named stay behind. Errors: NotAllowed."""
    require_everywhere(actor, CONFIGURE)
    rules = {rule.pk: rule for rule in RoutingRule.objects.select_for_update().order_by("position", "id")}
    named = [pk for pk in dict.fromkeys(ids) if pk in rules]
    for position, pk in enumerate([*named, *(pk for pk in rules if pk not in named)], 1):
        if rules[pk].position != position:
            RoutingRule.objects.filter(pk=pk).update(position=position)
    _changed()


@transaction.atomic
def delete_rule(*, actor: User, rule_id: int) -> RoutingRule:
    """Put a rule into the trash; it takes nothing any more. Errors: NotAllowed, NotFound."""
    rule = _held(actor, rule_id)
    rule.deleted_at = timezone.now()
    return _stored(rule)


@transaction.atomic
def restore_rule(*, actor: User, rule_id: int) -> RoutingRule:
    """Take a rule out of the trash, as it was, in its place. Errors: NotAllowed, NotFound."""
    require_everywhere(actor, CONFIGURE)
    rule = RoutingRule.objects.select_for_update().filter(pk=rule_id, deleted_at__isnull=False).first()
    if rule is None:
        raise NotFound
    rule.deleted_at = None
    return _stored(rule)


@transaction.atomic
def go_back(*, actor: User, rule_id: int, version: int) -> RoutingRule:
    """Give a rule the name, conditions and outcome of an earlier version, as a new one. Errors: NotAllowed, NotFound.

    Whether it is on, and its place, stay: going back in words must not by itself put anything to work.
    """
    rule = _held(actor, rule_id)
    events = apps.get_model("cartable", "RoutingRuleEvent")._default_manager
    former = events.filter(pgh_obj_id=rule_id, version=version).order_by("-pgh_id").first()
    if former is None:
        raise NotFound
    rule.name, rule.conditions, rule.outcome = former.name, former.conditions, former.outcome
    return _stored(rule)


@transaction.atomic
def add_skill(*, actor: User, name: str) -> Skill:
    """Name something that only some people can do. Errors: NotAllowed, Invalid, SkillTwice."""
    require_everywhere(actor, CONFIGURE)
    name = display_norm(name)[:LONGEST_WORD]
    if not name:
        raise Invalid(fields={"name": _("Write a name.")})
    skill, is_new = Skill.objects.get_or_create(name=name)
    if not is_new:
        raise SkillTwice
    return skill


@transaction.atomic
def remove_skill(*, actor: User, skill_id: int) -> None:
    """Take a skill away from everybody; rules that ask for it are marked on their pages. Errors: NotAllowed, NotFound.

    Such a rule finds nobody with the skill, and what it takes stands in its department for all to see.
    """
    require_everywhere(actor, CONFIGURE)
    if not Skill.objects.filter(pk=skill_id).delete()[0]:
        raise NotFound
    for seat in Seat.objects.select_for_update().filter(skills__contains=[skill_id]):
        seat.skills = [each for each in seat.skills if each != skill_id]
        seat.save(update_fields=["skills"])


@transaction.atomic
def set_seat(*, actor: User, user_id: int, capacity: int | None, skills: Sequence[int]) -> Seat:
    """Say how many requests rules may give somebody at a time (None: any number), and what he can do.

    Errors: NotAllowed, NotFound, Invalid.
    """
    require_everywhere(actor, CONFIGURE)
    if not User.objects.filter(pk=user_id).exists():
        raise NotFound
    if capacity is not None and not 0 <= capacity <= LARGEST_CAPACITY:
        raise Invalid(fields={"capacity": _("Write a number from 0 to 10000.")})
    known = sorted(set(Skill.objects.filter(pk__in=skills).values_list("pk", flat=True)))
    if len(known) < len(set(skills)):
        raise Invalid(fields={"skills": _("There is no such skill.")})
    return Seat.objects.update_or_create(user_id=user_id, defaults={"capacity": capacity, "skills": known})[0]


def checked(actor: User, wanted: Wanted) -> Wanted:
    """A rule whose words are folded and whose names are all there. Raises Invalid that names what is wrong."""
    folded = replace(
        wanted.conditions,
        words=_folded(wanted.conditions.words),
        without=_folded(wanted.conditions.without),
        senders=tuple(dict.fromkeys(folded_pattern(one) for one in wanted.conditions.senders if one.strip())),
        recipients=tuple(dict.fromkeys(folded_pattern(one) for one in wanted.conditions.recipients if one.strip())),
    )
    name = display_norm(wanted.name)[:120]
    rule = RoutingRule(outcome=wanted.outcome.to_json())
    problems = _wrong(folded, wanted.outcome, things_of([rule])) | ({} if name else {"name": _("Write a name.")})
    if problems:
        raise Invalid(fields=problems)
    return Wanted(name=name, conditions=folded, outcome=wanted.outcome)


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for typed in words if (word := search_norm(typed).strip())))


def _wrong(conditions: Conditions, outcome: Outcome, things: Things) -> dict[str, str]:
    gone, target = _("There is no such record."), outcome.target
    lists = {
        "channels": things.channels,
        "categories": things.categories,
        "branches": things.branches,
        "kinds": things.kinds,
        "mediums": Message.Medium.values,
        "languages": LANGUAGES,
        "days": range(7),
    }
    found = {name: gone for name, known in lists.items() if any(one not in known for one in getattr(conditions, name))}
    single = {
        "hours": (conditions.hours, HOURS),
        "share": (outcome.share, SHARES),
        "priority": (outcome.priority, Request.Priority.values),
        "kind": (outcome.kind, things.kinds),
        "officer": (outcome.officer, things.people),
        "skill": (outcome.skill, things.skills),
    }
    found |= {name: gone for name, (value, known) in single.items() if value and value not in known}
    if target is not None and things.of_target(target) is None:
        found["to"] = gone
    return found | _too_much(conditions) | _odd_times(conditions)


def _too_much(conditions: Conditions) -> dict[str, str]:
    texts = ("words", "without", "senders", "recipients")
    too_many = {name for name in texts if len(getattr(conditions, name)) > MOST_VALUES}
    too_long = {name for name in texts if any(len(one) > LONGEST_WORD for one in getattr(conditions, name))}
    return {name: _("Write at most 100 values, each of at most 80 letters.") for name in too_many | too_long}


def _odd_times(conditions: Conditions) -> dict[str, str]:
    found = {}
    for name in ("start", "end"):
        try:
            time.fromisoformat(getattr(conditions, name) or "00:00")
        except ValueError:
            found[name] = _("Write a time as 08:30.")
    return found


def _held(actor: User, rule_id: int, version: int | None = None) -> RoutingRule:
    require_everywhere(actor, CONFIGURE)
    rule = RoutingRule.objects.select_for_update().filter(pk=rule_id, deleted_at=None).first()
    if rule is None:
        raise NotFound
    if version is not None and rule.version != version:
        raise Conflict
    return rule


def _stored(rule: RoutingRule) -> RoutingRule:
    rule.version = F("version") + 1
    rule.save()
    rule.refresh_from_db()
    _changed()
    return rule


def _changed() -> None:
    """This process reads the rules again now, and once more after the commit; the others within seconds."""
    forget_rules()
    transaction.on_commit(forget_rules)
