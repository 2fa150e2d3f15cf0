"""The rules of approval in the API."""

from typing import Annotated, Literal

from pydantic import Field

from peyvand.accounts.policies import require_everywhere
from peyvand.api.kit import ApiRequest, BodyId, Flag, Id, In, Out, router, seen_version, visible
from peyvand.cartable.models import ApprovalRule
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.selectors.approvals import rules_with_approvers
from peyvand.cartable.services.approval_rules import RuleDetails, delete_approval_rule, save_approval_rule
from peyvand.cartable.types import Target, TargetKind

approval_rules = router(tag="approval_rules", permission=CONFIGURE)


class ApproverShape(In):
    """A person, or whoever holds a post."""

    kind: Literal["user", "post"]
    id: BodyId


class ApproverOut(Out):
    kind: Literal["user", "post"]
    id: int


class ApprovalRuleIn(In):
    """Which answers need which approvals; null is no condition. `needed` of the approvers, when not in order."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    approvers: Annotated[list[ApproverShape], Field(min_length=1, max_length=10)]
    kind_id: BodyId | None = None
    department_id: BodyId | None = None
    category_id: BodyId | None = None
    min_words: Annotated[int, Field(ge=1, le=100_000)] | None = None
    confidential: Flag = False
    in_order: Flag = True
    needed: Annotated[int, Field(ge=1, le=10)] = 1
    position: Annotated[int, Field(ge=0, le=9999)] = 100
    is_active: Flag = True

    def details(self) -> RuleDetails:
        """The rule as the service takes it."""
        values = self.model_dump(exclude={"approvers"})
        return RuleDetails(approvers=[Target(TargetKind(one.kind), one.id) for one in self.approvers], **values)


class ApprovalRuleOut(Out):
    id: int
    name: str
    kind_id: int | None
    department_id: int | None
    category_id: int | None
    min_words: int | None
    confidential: bool
    in_order: bool
    needed: int
    position: int
    is_active: bool
    version: int
    approvers: list[ApproverOut]

    @staticmethod
    def resolve_approvers(rule: ApprovalRule) -> list[dict[str, object]]:
        found = sorted(rule.approvers.all(), key=lambda one: (one.position, one.pk))
        return [{"kind": "user" if one.user_id else "post", "id": one.user_id or one.post_id} for one in found]


@approval_rules.get("", response=list[ApprovalRuleOut])
def list_all(request: ApiRequest) -> list[ApprovalRule]:
    """All rules, in the order in which they are tried."""
    require_everywhere(request.auth, CONFIGURE)
    return rules_with_approvers()


@approval_rules.post("", response=ApprovalRuleOut)
def create(request: ApiRequest, payload: ApprovalRuleIn) -> ApprovalRule:
    """Add a rule."""
    return save_approval_rule(actor=request.auth.user, rule=None, details=payload.details())


@approval_rules.put("/{int:id}", response=ApprovalRuleOut, versioned="optional")
def change(request: ApiRequest, id: Id, payload: ApprovalRuleIn) -> ApprovalRule:
    """Replace a rule; answers that wait keep the approvals they were begun with."""
    require_everywhere(request.auth, CONFIGURE)
    found = visible(ApprovalRule.objects.all(), id)
    return save_approval_rule(
        actor=request.auth.user, rule=found, details=payload.details(), expected_version=seen_version(request)
    )


@approval_rules.delete("/{int:id}")
def delete(request: ApiRequest, id: Id) -> None:
    """Take a rule away."""
    require_everywhere(request.auth, CONFIGURE)
    delete_approval_rule(actor=request.auth.user, rule=visible(ApprovalRule.objects.all(), id))
