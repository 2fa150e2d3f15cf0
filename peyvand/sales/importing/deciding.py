"""What becomes of the rows: a new deal, a changed one, one that is there already, or why not."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.custom_fields import id_of
from peyvand.core.imports.types import Action, FieldRule, Mode, Plan, Row
from peyvand.core.text import search_norm
from peyvand.sales.importing.reading import Given, read_rows
from peyvand.sales.models import Deal
from peyvand.sales.policies import may_change
from peyvand.sales.types import DealDetails

WRITTEN = ("name", "amount", "probability", "close_on", "source", "note")
BY_ID, BY_NAME = "id", "same"


@dataclass(slots=True)
class Decision:
    """What becomes of a row. deal: the one that it fits; details: what is written; reason: why it is left out."""

    given: Given
    action: Action = Action.ADD
    deal: Deal | None = None
    details: DealDetails | None = None
    reason: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def owner(self) -> User | None:
        found: User | None = self.given.values.get("owner")
        return found


def decide(actor: User, plan: Plan, rows: Sequence[Row]) -> list[Decision]:
    """Decide on the rows of a block, in their order, in a fixed number of questions."""
    decisions = [Decision(given) for given in read_rows(actor, plan, rows)]
    _find_deals(actor, plan, decisions)
    fresh: set[tuple[int | None, str]] = set()
    for each in decisions:
        _decide(actor, plan, each, fresh)
    return decisions


def same(party_id: int | None, name: str) -> tuple[int | None, str]:
    """What two rows about one thing have in common."""
    return party_id, search_norm(name)


def _find_deals(actor: User, plan: Plan, decisions: Sequence[Decision]) -> None:
    rows = Deal.objects.visible_to(actor).select_related("stage", "pipeline", "owner")
    if plan.key == BY_ID:
        wanted = [each.given.values["id"] for each in decisions if "id" in each.given.values]
        by_id = {deal.pk: deal for deal in rows.filter(pk__in=wanted)}
        for each in decisions:
            each.deal = by_id.get(each.given.values.get("id", 0))
        return
    parties = {each.given.party_id for each in decisions if each.given.party_id is not None}
    known = {same(deal.party_id, deal.name): deal for deal in rows.filter(party__in=parties).order_by("-pk")}
    for each in decisions:
        each.deal = known.get(same(each.given.party_id, each.given.values.get("name", "")))


def _decide(actor: User, plan: Plan, one: Decision, fresh: set[tuple[int | None, str]]) -> None:
    given = one.given
    mark = same(given.party_id, given.values.get("name", ""))
    if one.deal is None:
        _require_whole(plan, given)
    elif not may_change(actor, one.deal):
        given.trouble("name", _("You may not change this deal."))
    if given.problems:
        one.action, one.problems = Action.REFUSE, [sentence for _column, _key, sentence in given.problems]
    elif one.deal is not None:
        _decide_known(plan, one)
    elif plan.mode is Mode.UPDATE:
        one.action, one.reason = Action.SKIP, _("There is no such deal yet.")
    elif mark in fresh:
        one.action, one.reason = Action.SKIP, _("An earlier row of the file says the same.")
    else:
        one.details = DealDetails(
            **{key: given.values[key] for key in WRITTEN if key in given.values}, custom=_custom(given, {})
        )
        fresh.add(mark)


def _require_whole(plan: Plan, given: Given) -> None:
    """A new deal needs a name and a customer, and what ended must have ended after it began."""
    if plan.mode is Mode.UPDATE:
        return
    if not given.values.get("name") and not any(key == "name" for _column, key, _said in given.problems):
        given.trouble("name", _("Write a name."))
    if given.party_id is None and not given.problems:
        given.trouble("party", _("It is not said whose deal this is."))
    opened, closed = given.values.get("opened_on"), given.values.get("closed_on")
    if opened and closed and closed < opened:
        given.trouble("closed_on", _("It ends before it begins."))


def _decide_known(plan: Plan, one: Decision) -> None:
    assert one.deal is not None
    if plan.mode is Mode.ADD:
        one.action, one.reason = Action.SKIP, _("This customer has this deal already.")
        return
    before = details_of(one.deal)
    changes = {key: _laid(one.given, key, getattr(before, key)) for key in WRITTEN if key in one.given.values}
    one.details = replace(before, **changes, custom={**before.custom, **_custom(one.given, before.custom)})
    is_given = one.owner is not None and one.owner.pk != one.deal.owner_id
    one.action = Action.UPDATE if one.details != before or is_given else Action.UNCHANGED


def _custom(given: Given, before: Mapping[str, Any]) -> dict[str, Any]:
    """What the row says of fields of the business, by their numbers."""
    found = {str(number): key for key in given.values if (number := id_of(key)) is not None}
    return {number: _laid(given, key, before.get(number)) for number, key in found.items()}


def _laid(given: Given, key: str, before: Any) -> Any:
    """A value of the file over the one that is there, by the rule of its column."""
    value, rule = given.values[key], given.rules.get(key)
    if rule is FieldRule.FILL and before not in (None, ""):
        return before
    if rule is FieldRule.APPEND and key == "note" and before:
        return before if value in before else f"{before}\n{value}"
    return value


def details_of(deal: Deal) -> DealDetails:
    """What is written about a deal."""
    return DealDetails(**{key: getattr(deal, key) for key in asdict(DealDetails(name=""))})
