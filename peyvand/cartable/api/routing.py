"""Rules of routing in the API: the rules, their dry runs, what people can do and hold, and why a request went there."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self, cast

from pydantic import Field

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.api.kit import ApiRequest, BodyId, Id, In, Out, named, router, seen_version, visible
from peyvand.cartable import routing_words
from peyvand.cartable.api.requests import requests
from peyvand.cartable.models import ConfidentialView, Request, RoutingRule, Seat, Skill
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.routing_rules import Conditions, Outcome
from peyvand.cartable.selectors.named_things import Things, lost_of, things_of
from peyvand.cartable.selectors.routed import names_of, routed_of
from peyvand.cartable.selectors.routing import ready, rules_in_order
from peyvand.cartable.services import note_view
from peyvand.cartable.services import ruling as services
from peyvand.cartable.services.rehearsing import start_rehearsal
from peyvand.core.errors import NotFound

routing = router(tag="routing", permission="cartable.view")
Texts = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=100)]
Ids = Annotated[list[BodyId], Field(max_length=100)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Clock = Annotated[str, Field(pattern=r"^(|[0-2]?\d:[0-5]\d)$")]


Reason = Literal["rule", "asked", "kind", "channel", "branch", "party", "first"]


class ConditionsShape(In):
    """What a request must be; all that says something must hold, by any of its values. days: Monday is 0."""

    channels: Ids = []
    mediums: list[Literal["mail", "form", "phone", "letter", "fax", "visit", "sms"]] = []
    senders: Texts = []
    recipients: Texts = []
    words: Texts = []
    without: Texts = []
    categories: Ids = []
    branches: Ids = []
    kinds: Ids = []
    languages: list[Literal["fa", "ar", "en"]] = []
    hours: Literal["", "working", "outside", "holiday"] = ""
    days: list[Annotated[int, Field(ge=0, le=6)]] = []
    start: Clock = ""
    end: Clock = ""


class OutcomeShape(In):
    """Where it goes: `to` as «department:3», «branch:1», «post:2», «user:5»; empty: as without the rule."""

    to: Annotated[str, Field(pattern=r"^(|(department|branch|post|user):\d{1,18})$")] = ""
    kind: BodyId | None = None
    priority: Literal["", "low", "normal", "high", "urgent"] = ""
    officer: BodyId | None = None
    share: Literal["", "turns", "least_busy"] = ""
    skill: BodyId | None = None


class RoutingRuleIn(In):
    name: Name
    conditions: ConditionsShape = ConditionsShape()
    outcome: OutcomeShape = OutcomeShape()

    def wanted(self) -> services.Wanted:
        given: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in self.conditions}
        return services.Wanted(name=self.name, conditions=Conditions(**given), outcome=Outcome(**dict(self.outcome)))


class RoutingRuleOut(Out):
    """A rule; `lost`: what it names that is gone."""

    id: int
    name: str
    position: int
    is_active: bool
    conditions: dict[str, Any]
    outcome: dict[str, Any]
    version: int
    lost: list[str]

    @classmethod
    def of(cls, rule: RoutingRule, things: Things | None = None) -> Self:
        """things: what the rule may name, where it is read already."""
        made = ready(rule)
        return cls(
            id=rule.pk,
            name=rule.name,
            position=rule.position,
            is_active=rule.is_active,
            conditions=rule.conditions,
            outcome=rule.outcome,
            version=rule.version,
            lost=lost_of(made.conditions, made.outcome, things or things_of([rule])),
        )


class RuleSwitchIn(In):
    is_active: bool


class RuleOrderIn(In):
    ids: Ids


class SkillIn(In):
    name: Annotated[str, Field(min_length=1, max_length=80)]


class SkillOut(Out):
    id: int
    name: str


class SeatIn(In):
    """capacity: the most requests that rules give at a time; null: any number."""

    capacity: Annotated[int, Field(ge=0, le=services.LARGEST_CAPACITY)] | None = None
    skills: Ids = []


class SeatOut(Out):
    user_id: int
    capacity: int | None
    skills: list[int]


class DryRunOut(Out):
    """Long work; its result is in /jobs/{id}: looked, taken, elsewhere, passed, moves («3>5»: how many)."""

    job_id: int


class SkippedOut(Out):
    rule: int
    name: str
    why: Literal["department", "branch", "post", "user"]


class RoutedOut(Out):
    """Why a request went where it went, in words (`sentences`, in the caller's language) and as data."""

    reason: Reason
    rule_id: int | None
    rule_version: int | None
    department_id: int | None
    user_id: int | None
    skipped: list[SkippedOut]
    sentences: list[str]
    at: datetime


def _rule(pk: int) -> RoutingRule:
    return visible(RoutingRule.objects.filter(deleted_at=None), pk)


def _allowed(request: ApiRequest) -> User:
    require_everywhere(request.auth, CONFIGURE)
    return request.auth.user


@routing.get("/rules", response=list[RoutingRuleOut], permission=CONFIGURE)
def list_rules(request: ApiRequest) -> list[RoutingRuleOut]:
    """The rules in the order in which they are asked."""
    _allowed(request)
    found = rules_in_order()
    things = things_of(found)
    return [RoutingRuleOut.of(rule, things) for rule in found]


@routing.get("/rules/{int:id}", response=RoutingRuleOut, permission=CONFIGURE)
def show_rule(request: ApiRequest, id: Id) -> RoutingRuleOut:
    """One rule."""
    _allowed(request)
    return RoutingRuleOut.of(_rule(id))


@routing.post("/rules", response=RoutingRuleOut, permission=CONFIGURE)
def create_rule(request: ApiRequest, payload: RoutingRuleIn) -> RoutingRuleOut:
    """Add a rule at the end; it is off."""
    return RoutingRuleOut.of(services.create_rule(actor=_allowed(request), wanted=payload.wanted()))


@routing.put("/rules/{int:id}", response=RoutingRuleOut, permission=CONFIGURE, versioned="optional")
def change_rule(request: ApiRequest, id: Id, payload: RoutingRuleIn) -> RoutingRuleOut:
    """Change a rule; what is left out says nothing."""
    actor, version = _allowed(request), seen_version(request)
    return RoutingRuleOut.of(services.change_rule(actor=actor, rule_id=id, wanted=payload.wanted(), version=version))


@routing.post("/rules/{int:id}/switch", response=RoutingRuleOut, permission=CONFIGURE, status=200)
def switch_rule(request: ApiRequest, id: Id, payload: RuleSwitchIn) -> RoutingRuleOut:
    """Put a rule to work or to rest."""
    return RoutingRuleOut.of(services.switch_rule(actor=_allowed(request), rule_id=id, is_active=payload.is_active))


@routing.post("/order", response=None, permission=CONFIGURE, status=204)
def order_rules(request: ApiRequest, payload: RuleOrderIn) -> None:
    """Put the rules into this order."""
    services.order_rules(actor=_allowed(request), ids=payload.ids)


@routing.delete("/rules/{int:id}", permission=CONFIGURE)
def delete_rule(request: ApiRequest, id: Id) -> None:
    """Put a rule into the trash."""
    services.delete_rule(actor=_allowed(request), rule_id=id)


@routing.post("/rules/{int:id}/restore", response=RoutingRuleOut, permission=CONFIGURE, status=200)
def restore_rule(request: ApiRequest, id: Id) -> RoutingRuleOut:
    """Take a rule out of the trash."""
    return RoutingRuleOut.of(services.restore_rule(actor=_allowed(request), rule_id=id))


@routing.post("/rules/{int:id}/dry-run", response=DryRunOut, permission=CONFIGURE, status=202)
def dry_run(request: ApiRequest, id: Id) -> DryRunOut:
    """Ask a rule of what came in during the last 90 days; nothing is changed."""
    return DryRunOut(job_id=start_rehearsal(actor=_allowed(request), rule_id=id).pk)


@routing.get("/skills", response=list[SkillOut], permission=CONFIGURE)
def list_skills(request: ApiRequest) -> list[Skill]:
    """What only some people can do."""
    _allowed(request)
    return list(Skill.objects.order_by("name"))


@routing.post("/skills", response=SkillOut, permission=CONFIGURE)
def add_skill(request: ApiRequest, payload: SkillIn) -> Skill:
    """Name a skill."""
    return services.add_skill(actor=_allowed(request), name=payload.name)


@routing.delete("/skills/{int:id}", permission=CONFIGURE)
def remove_skill(request: ApiRequest, id: Id) -> None:
    """Take a skill away from everybody."""
    services.remove_skill(actor=_allowed(request), skill_id=id)


@routing.put("/people/{int:id}", response=SeatOut, permission=CONFIGURE)
def set_seat(request: ApiRequest, id: Id, payload: SeatIn) -> Seat:
    """Say how much one person is given, and what he can do."""
    actor = _allowed(request)
    named(User.objects.all(), id, field="id")
    return services.set_seat(actor=actor, user_id=id, capacity=payload.capacity, skills=payload.skills)


@requests.get("/{int:id}/routing", response=RoutedOut)
def why(request: ApiRequest, id: Id) -> RoutedOut:
    """Why a request went where it went; 404 for one that is older than this log."""
    found = visible(Request.objects.visible_to(request.auth), id)
    note_view(actor=request.auth, request=found, what=ConfidentialView.What.API)
    routed = routed_of(found)
    if routed is None:
        raise NotFound
    details = routed.details
    to = (details.get("share") or {}).get("to") or (details.get("to") or {}).get("user")
    return RoutedOut(
        reason=cast(Reason, routed.reason),
        rule_id=routed.rule_id,
        rule_version=details.get("version"),
        department_id=details.get("department"),
        user_id=to,
        skipped=details.get("skipped") or [],
        sentences=routing_words.why(routed, **names_of(routed)),
        at=routed.at,
    )
