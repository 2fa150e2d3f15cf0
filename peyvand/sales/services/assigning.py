"""Giving a lead that nobody has to somebody, by the rules of the business; changing these rules."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from peyvand.accounts.models import User
from peyvand.accounts.scoping import who_reach
from peyvand.accounts.services.notifications import notify
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.models import Setting
from peyvand.core.text import display_norm
from peyvand.sales.assignment import Choice, Skipped, fits, pick
from peyvand.sales.errors import NameTaken, RuleChanged
from peyvand.sales.events import DealOpened
from peyvand.sales.models import Assigned, AssignmentRule, Deal
from peyvand.sales.permissions import ASSIGN
from peyvand.sales.policies import require_configure
from peyvand.sales.selectors.assigning import (
    FALLBACK,
    facts_of,
    fallback_owner,
    may_sell,
    named_by,
    ready,
    rules_in_order,
    sellers_of,
)
from peyvand.sales.services.opening import assign_deal
from peyvand.sales.services.telling import KIND, deal_page
from peyvand.sales.types import AssignmentDetails

LOCK = 0x5A1E5  # of the turns: two leads at one instant do not both fall to whoever is next
NOBODY = gettext_noop("Nobody could be given «%(deal)s»; say who takes it")


def assign_opened(event: DealOpened) -> None:
    """The reaction to a lead or a deal that was written down: nobody's gets an owner by the rules. Idempotent."""
    assign_by_rules(deal_id=event.deal_id)


@transaction.atomic
def assign_by_rules(*, deal_id: int) -> Assigned | None:
    """Give an open lead or deal that nobody has to whom the first fitting rule takes, else to the fallback.

    Whoever is away with a substitute, or has as much as the rule allows, is passed over; a rule that then has nobody
    is passed over, too, and the log says so. When there is not even a fallback, those who may assign are told.
    Returns what was written down, None when it has an owner or is closed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    rows = Deal.objects.select_related("party").filter(pk=deal_id, owner=None, state=Deal.State.OPEN, deleted_at=None)
    deal = rows.first()
    if deal is None or Assigned.objects.filter(deal=deal).exists():
        return None
    choice = _choose(deal)
    owner_id, reason = choice.owner_id, Assigned.Reason.RULE
    if owner_id is None:
        fallback = fallback_owner()
        owner_id = fallback.pk if fallback is not None else None
        reason = Assigned.Reason.FALLBACK if fallback is not None else Assigned.Reason.NOBODY
    details: dict[str, object] = {"skipped": [asdict(each) for each in choice.skipped]}
    if choice.rule is not None:
        details |= {"rule": choice.rule.name, "by": choice.rule.share}
    noted = Assigned.objects.create(
        deal=deal, rule_id=choice.rule.id if choice.rule else None, owner_id=owner_id, reason=reason,
        details=details, at=timezone.now(),
    )  # fmt: skip
    if owner_id is not None:
        assign_deal(actor=None, deal_id=deal.pk, owner_id=owner_id)
    else:
        notify(users=who_reach(ASSIGN, deal), kind=KIND, text=NOBODY, data={"deal": deal.name}, url=deal_page(deal))
    return noted


def _choose(deal: Deal) -> Choice:
    """Ask the rules in their order."""
    facts, choice = facts_of(deal), Choice()
    for stored in rules_in_order():
        if not stored.is_active or not fits(ready(stored, ()), facts):
            continue
        rule = ready(stored, named_by(stored))
        owner_id, why = pick(rule, sellers_of(rule))
        if owner_id is not None:
            choice.rule, choice.owner_id = rule, owner_id
            return choice
        choice.skipped.append(Skipped(rule=rule.name, why=why))
    return choice


@transaction.atomic
def save_assignment_rule(
    *, actor: User | None, details: AssignmentDetails, rule_id: int | None = None, version: int | None = None
) -> AssignmentRule:
    """Write a rule, a new one last in the order. Errors: NotAllowed, NotFound, RuleChanged, NameTaken, Invalid."""
    require_configure(actor)
    rule = AssignmentRule() if rule_id is None else _rule(rule_id)
    if version is not None and rule_id is not None and rule.version != version:
        raise RuleChanged
    for key, value in _checked(details, rule_id).items():
        setattr(rule, key, value)
    if rule_id is None:
        last = AssignmentRule.objects.aggregate(last=Max("position"))["last"]
        rule.position = (last or 0) + 1
    else:
        rule.version += 1
    rule.save()
    return rule


@transaction.atomic
def delete_assignment_rule(*, actor: User, rule_id: int) -> None:
    """Delete a rule; what it gave to whom stays written down. Errors: NotAllowed, NotFound."""
    require_configure(actor)
    rule = _rule(rule_id)
    rule.deleted_at, rule.version = timezone.now(), rule.version + 1
    rule.save()


@transaction.atomic
def move_assignment_rule(*, actor: User, rule_id: int, is_up: bool) -> None:
    """Ask a rule one place earlier or later. Errors: NotAllowed, NotFound."""
    require_configure(actor)
    order = [
        each.pk
        for each in AssignmentRule.objects.select_for_update().filter(deleted_at=None).order_by("position", "id")
    ]
    if rule_id not in order:
        raise NotFound
    at = order.index(rule_id)
    to = max(0, at - 1) if is_up else min(len(order) - 1, at + 1)
    order.insert(to, order.pop(at))
    for position, pk in enumerate(order, 1):
        AssignmentRule.objects.filter(pk=pk).exclude(position=position).update(
            position=position, version=F("version") + 1
        )


@transaction.atomic
def set_fallback_owner(*, actor: User | None, user_id: int | None) -> None:
    """Say who gets what no rule gives to anybody. Errors: NotAllowed, Invalid."""
    require_configure(actor)
    if user_id is not None and not User.objects.filter(may_sell(), pk=user_id).exists():
        raise Invalid(fields={"user": _("This person works here no longer, or may not see deals.")})
    Setting.objects.update_or_create(name=FALLBACK, defaults={"value": {"user": user_id}})


def _rule(rule_id: int) -> AssignmentRule:
    rule = AssignmentRule.objects.select_for_update().filter(pk=rule_id, deleted_at=None).first()
    if rule is None:
        raise NotFound
    return rule


def _checked(details: AssignmentDetails, rule_id: int | None) -> dict[str, object]:
    """What a rule is written with. Errors: Invalid, NameTaken."""
    values: dict[str, object] = asdict(details)
    name = display_norm(details.name)[:120]
    wrong = {} if name else {"name": _("Write a name.")}
    if details.share not in AssignmentRule.Share.values:
        wrong["share"] = _("There is no such record.")
    if details.most is not None and not 1 <= details.most <= 1_000_000:
        wrong["most"] = _("Write a number from 1 on, or nothing.")
    if not details.people and not details.departments:
        wrong["people"] = _("Say who gets it.")
    if wrong:
        raise Invalid(fields=wrong)
    if AssignmentRule.objects.filter(name=name, deleted_at=None).exclude(pk=rule_id or 0).exists():
        raise NameTaken
    words = {key: _words(getattr(details, key)) for key in ("provinces", "cities", "sources")}
    numbers = {key: sorted(set(getattr(details, key))) for key in ("pipelines", "branches", "people", "departments")}
    return values | words | numbers | {"name": name}


def _words(typed: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(word for each in typed if (word := display_norm(each)[:120])))[:200]
