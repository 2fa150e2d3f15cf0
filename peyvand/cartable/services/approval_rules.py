"""What the business says of approvals: which answers need which people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from peyvand.accounts.models import Department, Post, User
from peyvand.accounts.policies import may, require_everywhere
from peyvand.cartable.errors import NobodyThere
from peyvand.cartable.models import ApprovalRule, Kind, RuleApprover
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.selectors.approvals import forget_rules
from peyvand.cartable.types import Target, TargetKind
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.parties.models import Category

MOST_APPROVERS = 10
APPROVE = "cartable.approve"


@dataclass(frozen=True, kw_only=True)
class RuleDetails:
    """A rule as it is typed. approvers: people and posts, in their order; needed: how many of them, out of order."""

    name: str
    approvers: Sequence[Target]
    kind_id: int | None = None
    department_id: int | None = None
    category_id: int | None = None
    min_words: int | None = None
    confidential: bool = False
    in_order: bool = True
    needed: int = 1
    position: int = 100
    is_active: bool = True


@transaction.atomic
def save_approval_rule(
    *, actor: User, rule: ApprovalRule | None, details: RuleDetails, expected_version: int | None = None
) -> ApprovalRule:
    """Store which answers need whose approval; answers that wait already keep the approvals they were begun with.

    expected_version: of the rule as the actor saw it. Raises Conflict, NotFound for a rule that is gone, NotAllowed,
    Invalid (name, approvers, needed, min_words), NobodyThere for somebody who may not approve.
    """
    require_everywhere(actor, CONFIGURE)
    _check(details)
    found = _held(rule.pk, expected_version) if rule is not None else ApprovalRule(version=0)
    found.version += 1
    found.name, found.position, found.is_active = details.name.strip()[:120], details.position, details.is_active
    found.kind_id, found.department_id, found.category_id = details.kind_id, details.department_id, details.category_id
    found.min_words, found.confidential = details.min_words, details.confidential
    found.in_order, found.needed = details.in_order, details.needed
    found.save()
    found.approvers.all().delete()
    RuleApprover.objects.bulk_create(
        RuleApprover(
            rule=found,
            user_id=one.id if one.kind is TargetKind.USER else None,
            post_id=one.id if one.kind is TargetKind.POST else None,
            position=position,
        )
        for position, one in enumerate(dict.fromkeys(details.approvers))
    )
    _forget()
    return found


def _held(rule_id: int, expected_version: int | None) -> ApprovalRule:
    found = ApprovalRule.objects.select_for_update().filter(pk=rule_id).first()
    if found is None:
        raise NotFound
    if expected_version is not None and found.version != expected_version:
        raise Conflict(_("This rule was changed meanwhile: it stands above as it is now. Look at it and save again."))
    return found


@transaction.atomic
def delete_approval_rule(*, actor: User, rule: ApprovalRule) -> None:
    """Take a rule away; answers that wait keep their approvers, in any order."""
    require_everywhere(actor, CONFIGURE)
    rule.delete()
    _forget()


def _forget() -> None:
    transaction.on_commit(forget_rules)
    forget_rules()


def _check(details: RuleDetails) -> None:
    approvers = set(details.approvers)
    if not details.name.strip():
        raise Invalid(fields={"name": "empty"})
    if not 0 < len(approvers) <= MOST_APPROVERS:
        raise Invalid(fields={"approvers": str(len(approvers))})
    if not 0 < details.needed <= len(approvers):
        raise Invalid(fields={"needed": str(details.needed)})
    if details.min_words is not None and not 0 < details.min_words <= 100_000:
        raise Invalid(fields={"min_words": str(details.min_words)})
    for name, model in (("kind_id", Kind), ("department_id", Department), ("category_id", Category)):
        number = getattr(details, name)
        if number is not None and not model._default_manager.filter(pk=number).exists():
            raise Invalid(fields={name: str(number)})
    for one in approvers:
        _check_approver(one)


def _check_approver(target: Target) -> None:
    person: User | None = None
    if target.kind is TargetKind.USER:
        person = User.objects.filter(pk=target.id).first()
    elif target.kind is TargetKind.POST:
        post = Post.objects.filter(pk=target.id).select_related("holder").first()
        person = post.holder if post else None
    if person is None or not person.is_active or not may(person, APPROVE):
        raise NobodyThere(fields={"approvers": str(target)})
