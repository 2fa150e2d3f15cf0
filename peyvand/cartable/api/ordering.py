"""What the business itself says of referrals: kinds of action, and when a referral comes back."""

from typing import Annotated, Literal

from pydantic import Field

from peyvand.accounts.models import Department
from peyvand.api.kit import ApiRequest, BodyId, Flag, Id, In, Out, Ref, named_or_none, router, visible
from peyvand.cartable.models import Kind, ReferralAction, ReturnRule
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.services import ordering as services

actions = router(tag="referral_actions", permission=CONFIGURE)
rules = router(tag="return_rules", permission=CONFIGURE)
Name = Annotated[str, Field(min_length=1, max_length=80)]
When = Literal["unread", "untouched"]
To = Literal["referrer", "head"]


class KindOfActionOut(Out):
    """What a referral can ask for; out of use it is offered no more."""

    id: int
    code: str
    name_fa: str
    name_en: str
    is_active: bool


class KindOfActionIn(In):
    name_fa: Name
    name_en: Name


class KindOfActionChange(In):
    name_fa: Name | None = None
    name_en: Name | None = None
    is_active: Flag | None = None


class ReturnRuleOut(Out):
    """A referral to this department and of this kind (null: any) comes back after so many working minutes."""

    id: int
    department: Ref | None
    kind_id: int | None
    minutes: int
    when: When
    to: To


class ReturnRuleIn(In):
    department_id: BodyId | None = None
    kind_id: BodyId | None = None
    minutes: Annotated[int, Field(strict=True, ge=1, le=527_040)]
    when: When = "unread"
    to: To = "referrer"


@actions.get("", response=list[KindOfActionOut])
def list_kinds(request: ApiRequest) -> list[ReferralAction]:
    """Every kind of action, those out of use with them."""
    return list(ReferralAction.objects.order_by("position", "id"))


@actions.post("", response=KindOfActionOut)
def create_kind(request: ApiRequest, payload: KindOfActionIn) -> ReferralAction:
    """Add a kind of action."""
    return services.save_action(actor=request.auth.user, action=None, **payload.model_dump())


@actions.patch("/{int:id}", response=KindOfActionOut)
def change_kind(request: ApiRequest, id: Id, payload: KindOfActionChange) -> ReferralAction:
    """Rename a kind of action, or take it out of use; old referrals keep it."""
    found = visible(ReferralAction.objects.all(), id)
    known = {name: getattr(found, name) for name in KindOfActionChange.model_fields}
    values = known | payload.model_dump(exclude_none=True)
    return services.save_action(actor=request.auth.user, action=found, **values)


@rules.get("", response=list[ReturnRuleOut])
def list_rules(request: ApiRequest) -> list[ReturnRule]:
    """When referrals come back; the most specific rule counts."""
    return list(ReturnRule.objects.select_related("department").order_by("id"))


@rules.post("", response=ReturnRuleOut)
def create_rule(request: ApiRequest, payload: ReturnRuleIn) -> ReturnRule:
    """Add a rule for a department and a kind, either or none of them."""
    named_or_none(Department.objects.all(), payload.department_id, field="department_id")
    named_or_none(Kind.objects.all(), payload.kind_id, field="kind_id")
    return services.save_return_rule(actor=request.auth.user, rule=ReturnRule(**payload.model_dump()))


@rules.put("/{int:id}", response=ReturnRuleOut)
def change_rule(request: ApiRequest, id: Id, payload: ReturnRuleIn) -> ReturnRule:
    """Store a rule anew; referrals on their way keep their timers."""
    named_or_none(Department.objects.all(), payload.department_id, field="department_id")
    named_or_none(Kind.objects.all(), payload.kind_id, field="kind_id")
    found = visible(ReturnRule.objects.all(), id)
    return services.save_return_rule(actor=request.auth.user, rule=ReturnRule(pk=found.pk, **payload.model_dump()))


@rules.delete("/{int:id}")
def delete_rule(request: ApiRequest, id: Id) -> None:
    """Take a rule away."""
    services.delete_return_rule(actor=request.auth.user, rule=visible(ReturnRule.objects.all(), id))
