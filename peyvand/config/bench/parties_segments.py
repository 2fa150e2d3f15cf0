"""How fast the segments of a million customers are counted: random rules of five conditions, exact each time."""

import random
import time
from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from peyvand.accounts.models import Branch, User
from peyvand.accounts.policies import asked_by
from peyvand.config.bench.load import Times
from peyvand.core.models import CustomField
from peyvand.core.record_fields import Asked
from peyvand.parties.models import Category, Party, Tag
from peyvand.parties.segments import Compiler, Group, condition_of, count, read

RULES = 40
ROUNDS = 3
CHECKED = 6
BUDGET_MS = 300.0
SEED = 1405

Say = Callable[[str], None]


def measure(*, say: Say, rules: int = RULES, rounds: int = ROUNDS) -> bool:
    """Count random rules in turn, compare some with a plain count over the whole records; is p95 within 300 ms?"""
    asked = _asked()
    made = [read(rule) for rule in random_rules(rules)]
    sizes = [count(rule, asked) for rule in made]  # once, so that the first reading from the disk is not measured
    seconds = [_timed(rule, asked) for _round in range(rounds) for rule in made]
    times = Times.of(seconds)
    say(f"segment count, {rules} rules of five conditions: median {times.median:.0f} ms, p95 {times.p95:.0f} ms")
    say(f"sizes from {min(sizes):,} to {max(sizes):,}, slowest {max(seconds) * 1000:.0f} ms")
    wrong = [n for n in range(CHECKED) if plain_count(made[n], asked) != sizes[n]]
    say(f"{CHECKED} of them counted again from the whole records: {len(wrong)} differ")
    first = _first_pages(made, asked)
    say(f"first page of 50 members in Persian order: median {first.median:.0f} ms, p95 {first.p95:.0f} ms")
    return times.p95 <= BUDGET_MS and not wrong


def plain_count(rule: Group, asked: Asked) -> int:
    """The same number by the registry's own conditions over the whole records, without the narrow copy."""
    wanted: Q = Compiler(asked).checked(rule)
    return Party.objects.visible_to(asked.who).filter(wanted).count()


def random_rules(number: int) -> list[dict[str, Any]]:
    """Rules of five conditions of different fields, joined by «all», «any» or both, some with an «unless»."""
    dice = random.Random(SEED)  # noqa: S311 -- the same rules each time
    conditions = _conditions(dice)
    return [_joined([conditions[key]() for key in dice.sample(sorted(conditions), 5)], dice) for _n in range(number)]


def _joined(five: list[dict[str, Any]], dice: random.Random) -> dict[str, Any]:
    match dice.randrange(4):
        case 0:
            return {"match": "all", "rules": five}
        case 1:
            return {"match": "any", "rules": five}
        case 2:
            return {"rules": [*five[:2], {"match": "any", "rules": five[2:]}]}
    return {"rules": [{"match": "any", "rules": five[:3]}, five[3], {"except": True, "rules": five[4:]}]}


def _conditions(dice: random.Random) -> dict[str, Callable[[], dict[str, Any]]]:
    """A maker for each field that the budget speaks of."""
    cities = list(Party.objects.exclude(city="").values_list("city", flat=True).order_by("pk")[:400])
    categories, tags = _keys(Category), _keys(Tag)
    branches, owners = _keys(Branch), _keys(User)
    custom = {field.kind: f"custom:{field.pk}" for field in CustomField.objects.filter(removed_at=None)}
    roles, consents = ("lead", "customer", "supplier", "partner"), ("email:marketing", "sms:marketing", "email:service")

    def several(field: str, keys: Any, most: int = 4) -> Callable[[], dict[str, Any]]:
        def make() -> dict[str, Any]:
            op = dice.choice(("any_of", "any_of", "none_of"))
            return {"field": field, "op": op, "values": dice.sample(keys, min(len(keys), dice.randint(1, most)))}

        return make

    def days(field: str, longest: int) -> Callable[[], dict[str, Any]]:
        return lambda: {
            "field": field,
            "op": dice.choice(("last_days", "older_days")),
            "values": [str(dice.randint(7, longest))],
        }

    def age() -> dict[str, Any]:
        return {"field": "age", "op": dice.choice(("more", "less")), "values": [str(dice.randint(20, 70))]}

    def chosen() -> dict[str, Any]:
        if dice.random() < 0.5:
            return {"field": custom["choice"], "op": "any_of", "values": [str(dice.randint(1, 4))]}
        return {"field": custom["number"], "op": dice.choice(("more", "less")), "values": [str(dice.randint(50, 450))]}

    return {
        "life_cycle": several("life_cycle", ("potential", "current", "dissatisfied", "lost"), 2),
        "city": several("city", sorted(set(cities))),
        "category": several("category", categories),
        "tags": several("tags", tags),
        "roles": several("roles", roles, 2),
        "branch": several("branch", branches),
        "owner": several("owner", owners, 6),
        "created_at": days("created_at", 900),
        "last_contact_at": days("last_contact_at", 400),
        "age": age,
        "custom": chosen,
        "consents": several("consents", consents, 2),
    }


def _keys(model: Any) -> list[str]:
    return [str(pk) for pk in model.objects.order_by("pk").values_list("pk", flat=True)[:60]]


def _asked() -> Asked:
    """Who sees everybody asks."""
    return asked_by(User.objects.filter(is_superuser=True).order_by("pk")[0])


def _timed(rule: Group, asked: Asked) -> float:
    begun = time.perf_counter()
    count(rule, Asked(who=asked.who, now=timezone.now(), may=asked.may))
    return time.perf_counter() - begun


def _first_pages(rules: list[Group], asked: Asked) -> Times:
    seconds = []
    for rule in rules:
        begun = time.perf_counter()
        list(Party.objects.visible_to(asked.who).filter(condition_of(rule, asked)).order_by("sort_key", "id")[:51])
        seconds.append(time.perf_counter() - begun)
    return Times.of(seconds)
