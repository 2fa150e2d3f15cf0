"""What the rules of assignment know: the rules in their order, who is there, how much each has, whose turn it is."""

from collections.abc import Collection, Sequence

from django.db.models import Count, Max, Q

from peyvand.accounts.leave import away_today
from peyvand.accounts.models import RolePermission, User
from peyvand.core.models import Setting
from peyvand.core.text import search_norm
from peyvand.sales.assignment import Facts, Rule, Seller
from peyvand.sales.models import LIVE, Assigned, AssignmentRule, Deal
from peyvand.sales.permissions import VIEW

FALLBACK = "sales.fallback_owner"


def rules_in_order() -> list[AssignmentRule]:
    """The rules that are not deleted, in the order in which they are asked."""
    return list(AssignmentRule.objects.filter(deleted_at=None).order_by("position", "id"))


def may_sell() -> Q:
    """Active people who may see deals at all."""
    held = RolePermission.objects.filter(permission=VIEW).values("role")
    return Q(is_active=True) & (
        Q(is_superuser=True) | Q(pk__in=User.objects.filter(grants__role__in=held).values("pk"))
    )


def fallback_owner() -> User | None:
    """Who gets what no rule gives to anybody, while he works here and may see deals."""
    stored = Setting.objects.filter(name=FALLBACK).values_list("value", flat=True).first() or {}
    return User.objects.filter(may_sell(), pk=stored.get("user") or 0).first()


def facts_of(deal: Deal) -> Facts:
    """What the rules ask of a lead."""
    party = deal.party
    return Facts(
        pipeline_id=deal.pipeline_id,
        branch_id=party.branch_id or deal.branch_id,
        province=party.province,
        city=party.city,
        source=deal.source,
    )


def ready(rule: AssignmentRule, people: Sequence[int]) -> Rule:
    """A stored rule with everybody whom it names."""
    return Rule(
        id=rule.pk,
        name=rule.name,
        pipelines=frozenset(rule.pipelines),
        branches=frozenset(rule.branches),
        provinces=frozenset(map(search_norm, rule.provinces)),
        cities=frozenset(map(search_norm, rule.cities)),
        sources=frozenset(map(search_norm, rule.sources)),
        people=people,
        share=rule.share,
        most=rule.most,
    )


def named_by(rule: AssignmentRule) -> list[int]:
    """The people of a rule who work here and may see deals, those of its departments with them."""
    wanted = Q(pk__in=rule.people) | Q(department__in=rule.departments)
    return list(User.objects.filter(may_sell(), wanted).order_by("pk").values_list("pk", flat=True))


def sellers_of(rule: Rule) -> list[Seller]:
    """The people of a rule with what each has open, and when the rule last gave him something."""
    away, loads = away_today(), open_deals(rule.people)
    turns = Assigned.objects.filter(rule=rule.id, owner__in=rule.people).order_by().values("owner")
    last = {row["owner"]: row["last"].timestamp() for row in turns.annotate(last=Max("at"))}
    return [Seller(id=pk, is_away=pk in away, load=loads.get(pk, 0), last=last.get(pk, 0.0)) for pk in rule.people]


def open_deals(user_ids: Collection[int]) -> dict[int, int]:
    """How many open leads and deals each of these people has."""
    rows = Deal.objects.filter(LIVE, owner__in=list(user_ids)).order_by().values("owner")
    return {row["owner"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def rules_shown() -> list[tuple[AssignmentRule, list[str]]]:
    """The rules in their order, each with the names of whom it can give something to now, in four questions."""
    rules = rules_in_order()
    wanted = Q(pk__in={pk for rule in rules for pk in rule.people})
    wanted |= Q(department__in={pk for rule in rules for pk in rule.departments})
    people = list(User.objects.filter(may_sell(), wanted).order_by("sort_key", "pk")) if rules else []
    return [
        (rule, [str(one) for one in people if one.pk in rule.people or one.department_id in rule.departments])
        for rule in rules
    ]
