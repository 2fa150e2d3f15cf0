"""Rows of text made into values: every cell read once, and each that cannot be what its column is says why."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core.errors import Invalid
from peyvand.core.imports.types import FieldRule, Plan, Row
from peyvand.parties.importing import cells
from peyvand.parties.importing.lookups import Lookups
from peyvand.parties.importing.specs import Spec, spec_of

NOTHING = frozenset({"—", "–", "null", "NULL", "Null", "N/A", "n/a", "#N/A", "\\N", "None", "undefined"})
MOST_KEPT = 50_000  # different cells that a column remembers
HIDDEN = "••"  # so a protected number leaves in an export: what it hides stays as it is
_LISTS = frozenset({"tags", "roles", "custom", "consents"})  # parts that may come in several columns, a list each
_ONCE = frozenset({"point", "name", "number", "note", "id"})  # parts whose cells are seldom the same twice
_NOTHING: Any = object()


@dataclass(slots=True)
class Value:
    """What a cell says. column: where it stands, -1 for a default; rule: what it may do to what is there."""

    spec: Spec
    rule: FieldRule
    column: int
    value: Any


@dataclass(slots=True)
class Given:
    """What one row says. problems: (column, field, sentence) of cells that cannot be read."""

    number: int
    kind: str = "person"
    is_kind_said: bool = False
    values: list[Value] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    def of(self, part: str, name: str = "") -> Any:
        """The first value of this part; None when there is none."""
        for each in self.values:
            if each.spec.part == part and (not name or each.spec.name == name):
                return each.value
        return None


@dataclass(slots=True)
class _Column:
    index: int
    spec: Spec
    rule: FieldRule
    default: str
    read: cells.Read
    is_kept: bool
    known: dict[str, Any]


def _joined(values: Sequence[Value]) -> list[Value]:
    """Lists of one field that came in several columns as one list, under the rule of the first."""
    found: dict[str, Value] = {}
    kept = []
    for each in values:
        if each.spec.part not in _LISTS or not isinstance(each.value, list):
            kept.append(each)
        elif each.spec.key in found:
            first = found[each.spec.key]
            first.value = list(dict.fromkeys([*first.value, *each.value]))
        else:  # a copy: cells that are met often are remembered
            found[each.spec.key] = replace(each)
            kept.append(found[each.spec.key])
    return kept


class Parser:
    """Reads rows by a plan. Errors: Invalid when the plan names a field that is not there or not for this actor."""

    def __init__(self, actor: User, plan: Plan) -> None:
        self.lookups = Lookups(actor)
        self.columns = [self._column(each.index, each.field, each.rule, each.default, each.reading)
                        for each in plan.columns if each.field]  # fmt: skip
        mapped = {column.spec.key for column in self.columns}
        self.columns += [
            self._column(-1, key, FieldRule.FILL, text, "")
            for key, text in plan.defaults.items()
            if text.strip() and key not in mapped
        ]
        self._has_names = "name" in self.parts
        for column in self.columns:  # a default of a mapped field stands for its empty cells
            column.default = column.default or plan.defaults.get(column.spec.key, "").strip()
            if column.default:
                column.known.clear()
        # a full name empties parts that do not make it: the parts go after it, wherever their columns stand
        self.columns.sort(key=lambda column: column.spec.key != "name")
        never = sys.maxsize  # where the cell of a default stands
        self._ways = [(each.index if each.index >= 0 else never, each.known.get, each) for each in self.columns]
        keys = [column.spec.key for column in self.columns if column.spec.part in _LISTS]
        self._in_many = len(keys) > len(set(keys))
        self._settles = bool(self.parts & {"kind", "employer"})

    def _column(self, index: int, key: str, rule: FieldRule, default: str, reading: str) -> _Column:
        spec = spec_of(key)
        if spec is None:
            raise Invalid(_("The field «%(field)s» of this import is not there any more.") % {"field": key})
        if spec.permission and not may(self.lookups.actor, spec.permission):
            raise Invalid(_("You may not write the field «%(field)s».") % {"field": spec.label})
        read, known = spec.reader(self.lookups, reading), {} if default.strip() else {"": _NOTHING}
        return _Column(index, spec, FieldRule(rule), default.strip(), read, spec.part not in _ONCE, known)

    @property
    def parts(self) -> set[str]:
        """The parts of a record that this plan touches."""
        return {column.spec.part for column in self.columns}

    @property
    def specs(self) -> list[Spec]:
        return [column.spec for column in self.columns]

    def read(self, rows: Sequence[Row]) -> list[Given]:
        """Read rows, in their order."""
        return [self._row(row) for row in rows]

    def _row(self, row: Row) -> Given:
        given = Given(row.number)
        texts, count = row.cells, len(row.cells)
        add = given.values.append
        for index, known, column in self._ways:
            text = texts[index] if index < count else ""
            value = known(text)
            if value is None:
                value = self._value(given, column, text.strip())
            if value is not _NOTHING:
                add(value)
        if self._in_many:
            given.values = _joined(given.values)
        if self._settles:
            self._settle_kind(given)
        return given

    def _value(self, given: Given, column: _Column, text: str) -> Any:
        """Read a cell that was not met before; those that are met often are remembered."""
        rule = column.rule
        if not text or text in NOTHING or (text == "-" and column.spec.part != "consent") or text.startswith(HIDDEN):
            text, rule = column.default, FieldRule.FILL
            if not text:
                return _NOTHING
        try:
            value = Value(column.spec, rule, column.index, column.read(text))
        except cells.BadCell as error:
            given.problems.append((column.index, column.spec.key, str(error)))
            return _NOTHING
        if column.is_kept and rule is column.rule and len(column.known) < MOST_KEPT:
            column.known[text] = value
        return value

    def _settle_kind(self, given: Given) -> None:
        """A row with an organisation and nobody's name is that organisation itself."""
        said = given.of("kind")
        if said is not None:
            given.kind, given.is_kind_said = said, True
        elif self._has_names and given.of("name") is None and given.of("employer", "name") is not None:
            given.kind = "organisation"
        if given.kind == "organisation" and given.of("employer") is not None:
            given.values = [self._as_own(each) for each in given.values]

    def _as_own(self, each: Value) -> Value:
        """What is said of the organisation of an organisation's own row is said of itself."""
        if each.spec.part != "employer":
            return each
        own = spec_of("name" if each.spec.name == "name" else each.spec.name)
        return Value(own, each.rule, each.column, each.value) if own is not None else each
