"""Laying what a row says over a record, part by part, by the rule of each column. Nothing is written here.

OVERWRITE replaces, FILL takes only what is empty, APPEND adds: a further address, tag or role, a new line of text. An
address that identifies another customer is added as a shared one, with a warning.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.core.imports.types import FieldRule
from peyvand.core.jalali import today
from peyvand.core.text import search_norm
from peyvand.parties.importing.lookups import Lookups, NewTag
from peyvand.parties.importing.parsing import Given, Value
from peyvand.parties.importing.records import Child, Record, holds
from peyvand.parties.models import Category, Identifier
from peyvand.parties.numbers import digest_of
from peyvand.parties.services.identifiers import DOTS

Pair = tuple[str, str]
SOURCE = "import"
A_DAY = dt.timedelta(days=1)
GROUPS = {
    "point": "points", "number": "numbers", "place": "address", "address": "address", "profile": "profile",
    "roles": "roles", "employer": "jobs", "consent": "consents", "consents": "consents", "note": "notes",
}  # fmt: skip
COLUMNS = {
    "name": ("first_name", "last_name"), "place": ("city", "province"), "address": ("city", "province"),
    "life_cycle": ("life_cycle", "life_cycle_since"), "tags": ("tag_ids",), "custom": ("custom",),
    "employer": ("organisation_id",),
}  # fmt: skip
_TEXTS = frozenset({"street", "motivations", "pains"})
PROFILE: dict[str, Any] = {
    "birth_date": None, "gender": "", "marital_status": "", "children": None, "education": "", "occupation": "",
    "income_band": "", "language": "", "industry": "", "employees": None, "founded_on": None, "website": "",
    "interests": [], "lifestyle": "", "values": "", "personality": "", "motivations": "", "pains": "",
}  # fmt: skip


class Refused(Exception):
    """A row that cannot be taken, with the sentence that says why; column: of the cell that is to blame, or -1."""

    def __init__(self, sentence: str, column: int = -1, key: str = "") -> None:
        super().__init__(sentence)
        self.column, self.key = column, key


@dataclass
class Desk:
    """What laying needs to know of the others: whom addresses identify, and what the rows before have taken."""

    lookups: Lookups
    actor_id: int
    owners: dict[Pair, int] = field(default_factory=dict)
    claimed: dict[Pair, int] = field(default_factory=dict)  # by rows of this block: number of the row
    employee: int | None = None  # the kind of relation
    now: str = field(default_factory=lambda: timezone.now().isoformat())


@dataclass
class Laid:
    """What was met on the way. claims: addresses that a new row takes; shared: those that others have already."""

    warnings: list[str] = field(default_factory=list)
    claims: list[Pair] = field(default_factory=list)
    shared: list[tuple[Pair, int | None]] = field(default_factory=list)


Lay = Callable[[Desk, Record, Value, Laid], None]


def lay(desk: Desk, record: Record, given: Given) -> Laid:
    """Lay all values of a row over a record. Errors: Refused."""
    laid = Laid()
    points: list[Value] = []
    for each in given.values:
        if each.spec.part == "point":
            points.append(each)
        else:
            _LAYERS[each.spec.part](desk, record, each, laid)
    if points:
        _lay_points(desk, record, points, laid)
    return laid


def _fits(rule: FieldRule, former: Any) -> bool:
    """May this rule write over what is there?"""
    return rule is FieldRule.OVERWRITE or not former


def _column(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    value = each.value.isoformat() if isinstance(each.value, dt.time) else each.value
    if _fits(each.rule, record.columns[each.spec.name]):
        record.set(each.spec.name, value)


def _name(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    """The full name; parts that no longer make it are emptied, and parts that are given make it."""
    column = each.spec.name
    if record.columns[column] == each.value or not _fits(each.rule, record.columns[column]):
        return
    record.set(column, each.value)
    joined = " ".join(part for part in (record.columns["first_name"], record.columns["last_name"]) if part)
    if column != "name" and joined:
        record.set("name", joined)
    elif column == "name" and joined and joined != each.value:
        record.set("first_name", "")
        record.set("last_name", "")


def _kind(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    if record.kind != each.value and not record.is_new:
        laid.warnings.append(_("The kind of a customer never changes; it stays as it is."))


def _life_cycle(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    if record.columns["life_cycle"] != each.value and (record.is_new or _fits(each.rule, record.columns["life_cycle"])):
        record.set("life_cycle", each.value)
        record.set("life_cycle_since", desk.now)


def _category(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    former = record.columns["category_id"]
    if former == each.value or not _fits(each.rule, former):
        return
    found = desk.lookups.category_rows[each.value]
    if found.applies_to not in {Category.For.ALL, record.kind}:
        raise Refused(_("This category is not for this kind of customers."), each.column, each.spec.key)
    record.set("category_id", each.value)


def _tags(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    """New tags stay names until the rows are written."""
    former = record.columns["tag_ids"]
    if each.rule is FieldRule.FILL and former:
        return
    wanted = [desk.lookups.tags.get(search_norm(tag), tag) if isinstance(tag, NewTag) else tag for tag in each.value]
    kept = former if each.rule is FieldRule.APPEND else []
    merged = list(dict.fromkeys([*kept, *wanted]))
    if set(merged) != set(former):
        new = [tag for tag in merged if isinstance(tag, NewTag)]
        laid.warnings += [_("The tag «%(name)s» is made.") % {"name": tag} for tag in new]
        known = sorted(tag for tag in merged if not isinstance(tag, NewTag))
        record.set("tag_ids", [*known, *new])


def _custom(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    former, place = record.columns["custom"], each.spec.name
    now = former.get(place)
    if now == each.value or _same_secret(now, each.value):
        return
    if each.rule is FieldRule.APPEND and isinstance(now, list):
        merged = list(dict.fromkeys([*now, *each.value]))
        record.set("custom", {**former, place: merged})
    elif each.rule is FieldRule.APPEND and isinstance(now, str) and each.spec.kind.value == "long_text":
        record.set("custom", {**former, place: _with_line(now, each.value)})
    elif _fits(each.rule, now not in (None, "", [])):
        record.set("custom", {**former, place: each.value})


def _same_secret(one: Any, other: Any) -> bool:
    return isinstance(one, dict) and isinstance(other, dict) and one.get("digest") == other.get("digest")


def _with_line(former: str, more: str) -> str:
    """Add a text that is not there yet on a new line."""
    return (
        former if not more or more in former.split("\n") or more == former else f"{former}\n{more}" if former else more
    )


def _place(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    """City and province: of the main address where there is one, and always of the customer itself."""
    name = each.spec.name
    if not _fits(each.rule, record.columns[name]):
        return
    record.set(name, each.value)
    if record.address is not None:
        record.address.set(name, each.value)


def _address(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    name = each.spec.name
    if record.address is None:
        row = {"use": "", "country": "IR", "province": record.columns["province"], "city": record.columns["city"],
               "street": "", "postal_code": "", "is_primary": True, "created_at": desk.now}  # fmt: skip
        record.address = Child("parties_address", row, "insert")
    former = record.address.row[name]
    if each.rule is FieldRule.APPEND and name in _TEXTS:
        record.address.set(name, _with_line(former, each.value)[:500])
    elif _fits(each.rule, former):
        record.address.set(name, each.value)


def _profile(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    name = each.spec.name
    value = each.value.isoformat() if isinstance(each.value, dt.date) else each.value
    if record.profile is None:
        row = {key: list(empty) if isinstance(empty, list) else empty for key, empty in PROFILE.items()}
        record.profile = Child("parties_profile", row, "insert")
    former = record.profile.row[name]
    if each.rule is FieldRule.APPEND and isinstance(former, list):
        record.profile.set(name, list(dict.fromkeys([*former, *value]))[:30])
    elif each.rule is FieldRule.APPEND and name in _TEXTS:
        record.profile.set(name, _with_line(former, value)[:2000])
    elif _fits(each.rule, former not in (None, "", [])):
        record.profile.set(name, value)


def _number(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    """A number of its kind is written over the first of that kind, or added. Protected ones are sealed when written."""
    kind, value = each.spec.name, each.value
    same = [child for child in record.numbers if child.row["kind"] == kind]
    digest = digest_of(kind, value)
    if any(child.row["digest"] == digest for child in same):
        return
    if same and each.rule is FieldRule.FILL:
        return
    hidden = kind in Identifier.SENSITIVE
    row = {"kind": kind, "value": "" if hidden else value, "cipher": value if hidden else "", "digest": digest,
           "shown": f"{DOTS} {value[-4:]}" if hidden else value, "flaw": "", "is_insisted": False}  # fmt: skip
    if same and each.rule is FieldRule.OVERWRITE:
        for name, cell in row.items():
            same[0].set(name, cell)
    else:
        record.numbers.append(Child("parties_identifier", row | {"created_at": desk.now}, "insert"))


def _roles(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    """Roles that are new begin today; OVERWRITE ends the others yesterday, or drops them when they began today."""
    present = [child for child in record.roles if holds(child)]
    if each.rule is FieldRule.FILL and present:
        return
    wanted, day = set(each.value), today()
    for child in present:
        if child.row["role"] in wanted:
            wanted.discard(child.row["role"])
        elif each.rule is FieldRule.OVERWRITE:
            _end(child, day)
    for role in sorted(wanted):
        for child in record.roles:
            if child.row["role"] == role and child.row["since"] > day.isoformat():
                child.drop()
        row = {"role": role, "since": day.isoformat(), "until": None}
        record.roles.append(Child("parties_partyrole", row, "insert"))


def _end(child: Child, day: dt.date) -> None:
    since = child.row.get("since")
    if since is not None and since >= day.isoformat():
        child.drop()
    else:
        child.set("until", (day - A_DAY).isoformat())


def _consent(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    """A word for the ledger, unless it is what was said last."""
    _say(desk, record, each.spec.name, each.value, each.rule)


def _consents(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    """What was agreed to. A list of these says nothing of what is not in it, so nothing is taken back."""
    for name in each.value:
        _say(desk, record, name, True, each.rule)


def _say(desk: Desk, record: Record, name: str, is_given: bool, rule: FieldRule) -> None:
    channel, _colon, purpose = name.partition(":")
    last = [child for child in record.consents if (child.row["channel"], child.row["purpose"]) == (channel, purpose)]
    if last and (last[-1].row["is_given"] == is_given or rule is FieldRule.FILL):
        return
    row = {"channel": channel, "purpose": purpose, "is_given": is_given, "source": SOURCE, "text_version": "",
           "at": desk.now, "by_id": desk.actor_id, "contact_point_id": None}  # fmt: skip
    record.consents.append(Child("parties_consent", row, "insert"))


def _note(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    """A note that is not there yet; notes of others are never written over."""
    if any(child.row["body"] == each.value for child in record.notes):
        return
    if record.notes and each.rule is FieldRule.FILL:
        return
    row = {"author_id": desk.actor_id, "body": each.value, "mentioned": [], "is_pinned": False, "version": 1,
           "created_at": desk.now, "edited_at": None, "deleted_at": None}  # fmt: skip
    record.notes.append(Child("parties_partynote", row, "insert"))


def _link(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    """Owner or branch; a new record has the actor's own until a row names others."""
    name = each.spec.name
    if record.is_new or _fits(each.rule, record.columns[name]):
        record.set(name, each.value)


def lay_employer(desk: Desk, record: Record, organisation: Record, rule: FieldRule) -> None:
    """Make this the employer since today; work elsewhere ends yesterday."""
    former = record.columns["organisation_id"]
    if former and (former == organisation.id or rule is not FieldRule.OVERWRITE):
        return
    day = today()
    for child in record.jobs:
        if child.row["target_id"] == organisation.id and holds(child):
            continue
        if holds(child) or (child.row["since"] or "") > day.isoformat():
            _end(child, day)
    record.employer = organisation
    holds_there = any(child.row["target_id"] == organisation.id and holds(child) for child in record.jobs)
    if desk.employee is not None and (not organisation.id or not holds_there):
        row = {"type_id": desk.employee, "since": day.isoformat(), "until": None, "note": "",
               "created_by_id": desk.actor_id, "created_at": desk.now, "target_id": organisation.id}  # fmt: skip
        record.jobs.append(Child("parties_relation", row, "insert"))


def _nothing(desk: Desk, record: Record, each: Value, laid: Laid) -> None:
    """It only finds the record, or is laid elsewhere."""


def _lay_points(desk: Desk, record: Record, values: Iterable[Value], laid: Laid) -> None:
    had = {child.row["kind"] for child in record.points}
    placed: dict[str, int] = {}
    wanted = [(kind, value) for each in values for kind, value, _typed in each.value]
    for each in values:
        use = each.spec.name.partition(":")[2]
        for kind, value, typed in each.value:
            at = placed.get(kind, 0)
            placed[kind] = at + 1
            known = next((c for c in record.points if c.row["value"] == value and c.row["kind"] == kind), None)
            if known is not None:
                if at == 0 and each.rule is FieldRule.OVERWRITE and not known.row["is_primary"]:
                    _make_primary(record, known)  # before another of its kind, if there is one
                continue
            if each.rule is FieldRule.FILL and kind in had:
                continue
            _add_point(desk, record, (kind, value, typed, use), each.rule, wanted, laid)


def _add_point(
    desk: Desk, record: Record, said: tuple[str, str, str, str], rule: FieldRule, wanted: list[Pair], laid: Laid
) -> None:
    kind, value, typed, use = said
    pair = (kind, value)
    owner = desk.owners.get(pair)
    is_taken = (owner is not None and owner != record.id) or pair in desk.claimed
    if is_taken:
        laid.shared.append((pair, owner))
    elif pair not in laid.claims:
        laid.claims.append(pair)
    same = [child for child in record.points if child.row["kind"] == kind]
    replaced = [child for child in same if (kind, child.row["value"]) not in wanted and child.act != "insert"]
    if rule is FieldRule.OVERWRITE and replaced:
        first = min(replaced, key=lambda child: (not child.row["is_primary"], child.row["id"]))
        cells = {"value": value, "typed": typed, "identifies": not is_taken, "is_verified": False, "verified_at": None}
        for name, cell in cells.items():
            first.set(name, cell)
        return
    row = {"kind": kind, "use": use, "typed": typed, "value": value, "identifies": not is_taken, "identified": False,
           "is_primary": not same, "is_verified": False, "verified_at": None, "created_at": desk.now}  # fmt: skip
    record.points.append(Child("parties_contactpoint", row, "insert"))


def _make_primary(record: Record, child: Child) -> None:
    if not any(other.row["is_primary"] for other in record.points if other.row["kind"] == child.row["kind"]):
        return
    for other in record.points:
        if other.row["kind"] == child.row["kind"]:
            other.set("is_primary", other is child)


_LAYERS: dict[str, Lay] = {
    "id": _nothing, "employer": _nothing, "kind": _kind, "name": _name, "column": _column, "life_cycle": _life_cycle,
    "category": _category, "tags": _tags, "custom": _custom, "place": _place, "address": _address,
    "profile": _profile, "number": _number, "roles": _roles, "consent": _consent,
    "consents": _consents, "note": _note, "link": _link,
}  # fmt: skip
