"""Rows of a file as what they say of a deal: every cell read, customers, stages and people found by their names."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.custom_fields import field_of
from peyvand.core.imports.types import ColumnPlan, FieldRule, Plan, Row
from peyvand.core.text import display_norm, normalise_email, normalise_phone, search_norm, sort_key
from peyvand.parties.importing import cells, days
from peyvand.parties.importing.cells import BadCell
from peyvand.parties.importing.own import reader_of
from peyvand.parties.models import ContactPoint, Party
from peyvand.sales.deal_fields import HOST
from peyvand.sales.models import Deal, Stage
from peyvand.sales.selectors.assigning import may_sell
from peyvand.sales.services.opening import LARGEST

MOST_ID = 10**12 - 1
STATES = {
    Deal.State.OPEN: ("open", "باز", "جاری", "در جریان", "فعال"),
    Deal.State.WON: ("won", "برده", "برنده", "موفق", "فروخته‌شده", "closed won"),
    Deal.State.LOST: ("lost", "باخته", "بازنده", "ناموفق", "ازدست‌رفته", "closed lost"),
}
_STATES = {search_norm(word): str(state) for state, words in STATES.items() for word in words}
CUSTOMER = ("party", "mobile", "email", "customer")  # a row finds its customer by the first of these that it has
Read = Callable[[str], Any]


@dataclass(slots=True)
class Given:
    """What a row says. columns, rules: by field; problems: (column, field, sentence)."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    rules: dict[str, FieldRule] = field(default_factory=dict)
    problems: list[tuple[int, str, str]] = field(default_factory=list)
    party_id: int | None = None
    stage: Stage | None = None

    def trouble(self, key: str, sentence: str) -> None:
        """Note what is wrong with a field."""
        self.problems.append((self.columns.get(key, -1), key, sentence))


def read_rows(actor: User, plan: Plan, rows: Sequence[Row]) -> list[Given]:
    """Read the rows of a block; what they name is looked up for all of them together."""
    found = [_read(actor, plan, row) for row in rows]
    _find_customers(actor, found)
    _find_stages(found)
    _find_people(found)
    return found


def _reader(actor: User, key: str, reading: str) -> Read:
    custom = field_of(HOST, key)
    return _own(key, reading) if custom is None else reader_of(custom, actor, reading)


def _own(key: str, reading: str) -> Read:
    order = "mdy" if reading.endswith("mdy") else ""
    known: Mapping[str, Read] = {
        "id": cells.whole(MOST_ID), "party": cells.whole(MOST_ID), "probability": cells.whole(100),
        "name": cells.line(200), "source": cells.line(120), "note": cells.lines(20_000),
        "amount": _amount("rial" if reading == "rial" else "toman"),
        "close_on": days.day(future=True, order=order), "opened_on": days.day(order=order),
        "closed_on": days.day(order=order), "mobile": _phone, "email": _email,
        "state": cells.choice(_STATES, [str(Deal.State(state).label) for state in STATES]),
    }  # fmt: skip
    return known.get(key, display_norm)


def _amount(unit: str) -> Read:
    read = cells.money(unit)

    def bounded(text: str) -> int:
        found: int = read(text)
        if not 0 <= found <= LARGEST:
            raise BadCell(_("This amount cannot be read; write a whole number."))
        return found

    return bounded


def _phone(text: str) -> str:
    value = normalise_phone(text)
    if value is None:
        raise BadCell(_("This is no phone number; write it like 09123456789."))
    return value


def _email(text: str) -> str:
    value = normalise_email(text)
    if value is None:
        raise BadCell(_("This is no e-mail address; write it like name@example.com."))
    return value


def _read(actor: User, plan: Plan, row: Row) -> Given:
    given = Given(row.number)
    for column in plan.columns:
        if column.field:
            _take(actor, given, column, row.cell(column.index).strip() or column.default)
    for key, text in plan.defaults.items():
        if key not in given.values and text:
            _take(actor, given, ColumnPlan(index=-1, field=key), text)
    return given


def _take(actor: User, given: Given, column: ColumnPlan, text: str) -> None:
    given.columns[column.field] = column.index
    given.rules[column.field] = column.rule
    if not text:
        return
    try:
        given.values[column.field] = _reader(actor, column.field, column.reading)(text)
    except BadCell as error:
        given.trouble(column.field, str(error))


def _find_customers(actor: User, rows: Sequence[Given]) -> None:
    """The customer of each row, among those whom the actor sees."""
    seen = Party.objects.visible_to(actor)
    ids = {row.values["party"] for row in rows if "party" in row.values}
    known: dict[tuple[str, Any], set[int]] = defaultdict(set)
    for number, pk in seen.answers(ids).items():
        known["party", number].add(pk)
    ways = {row.values[key] for row in rows for key in ("mobile", "email") if key in row.values}
    points = ContactPoint.objects.filter(value__in=ways, identifies=True, party__in=seen)
    for kind, value, party_id in points.values_list("kind", "value", "party_id"):
        known["email" if kind == "email" else "mobile", value].add(party_id)
    names = {row.values["customer"]: sort_key(row.values["customer"]) for row in rows if "customer" in row.values}
    named: dict[str, set[int]] = defaultdict(set)
    for pk, key in seen.filter(sort_key__in=set(names.values())).values_list("pk", "sort_key"):
        named[key].add(pk)
    known |= {("customer", name): named[key] for name, key in names.items()}
    for row in rows:
        _choose_customer(row, known)


def _choose_customer(row: Given, known: Mapping[tuple[str, Any], set[int]]) -> None:
    said = [key for key in CUSTOMER if key in row.values]
    for key in said:
        found = known.get((key, row.values[key]), set())
        if len(found) > 1:
            row.trouble(key, _("Several customers are called so; name this one by mobile, e-mail or number."))
            return
        if found:
            [row.party_id] = found
            return
    if said:
        row.trouble(said[0], _("There is no such customer, or you may not see it."))


def _find_stages(rows: Sequence[Given]) -> None:
    """The stage of each row: by its name in the named pipeline, else the first one there."""
    stages = Stage.objects.filter(deleted_at=None, pipeline__deleted_at=None).select_related("pipeline")
    ordered = list(stages.order_by("pipeline__kind", "pipeline__position", "position"))
    for row in rows:
        way, name = search_norm(row.values.get("pipeline", "")), search_norm(row.values.get("stage", ""))
        there = [each for each in ordered if not way or search_norm(each.pipeline.name) == way]
        fits = [each for each in there if not name or search_norm(each.name) == name]
        row.stage = next(iter(fits), None)
        if not there:
            row.trouble("pipeline", _("There is no such pipeline."))
        elif row.stage is None:
            row.trouble("stage", _("There is no such stage."))


def _find_people(rows: Sequence[Given]) -> None:
    """Who is named as responsible, by login, e-mail or full name; his row stands in the place of his name."""
    named = {row.values["owner"] for row in rows if "owner" in row.values}
    if not named:
        return
    wanted = Q(username__in=named) | Q(email__in=named) | Q(full_name__in=named)
    people = list(User.objects.filter(may_sell(), wanted))
    for row in rows:
        if "owner" not in row.values:
            continue
        name = row.values.pop("owner")
        found = [each for each in people if name in (each.username, each.email, each.full_name)]
        if len(found) == 1:
            row.values["owner"] = found[0]
        else:
            row.trouble("owner", _("This person works here no longer, or may not see deals."))
