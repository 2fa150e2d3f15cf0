"""The input of one field: in a cell of the list, and as the value that many customers get."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as having

from django.http import QueryDict
from django.utils.dateparse import parse_date

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.core.record_fields import Kind, RecordField
from peyvand.core.record_links import Names
from peyvand.parties.services.editing import Raw
from peyvand.web.templatetags.pv import written

SHAPES = {
    Kind.LONG_TEXT: "long",
    Kind.DATE: "date",
    Kind.CHOICES: "boxes",
    Kind.PARTY: "party",
    Kind.YES_NO: "yes_no",
}
LEFT_TO_RIGHT = frozenset({Kind.PHONE, Kind.EMAIL, Kind.URL, Kind.NATIONAL_ID})
MODES = {Kind.NUMBER: "numeric", Kind.MONEY: "numeric", Kind.PHONE: "tel", Kind.EMAIL: "email", Kind.URL: "url"}
FOUND = 12


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    key: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class Input:
    """An input named `raw`. shape: text, long, date, choice, boxes, party, yes_no or free (a list without choices)."""

    field: RecordField
    shape: str
    values: Sequence[str]
    options: Sequence[Option] = having(default_factory=list)
    error: str = ""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def joined(self) -> str:
        return "، ".join(self.values)

    @property
    def is_ltr(self) -> bool:
        return self.field.kind in LEFT_TO_RIGHT

    @property
    def mode(self) -> str:
        return MODES.get(self.field.kind, "text")


def input_of(field_: RecordField, raw: Raw, user: User, *, error: str = "") -> Input:
    """The input that holds this raw value, as the user reads and chooses."""
    values = raw if isinstance(raw, list) else [raw] if raw else []
    shape = SHAPES.get(field_.kind, "text")
    if field_.choices is not None:
        shape = "boxes" if field_.kind is Kind.CHOICES else "choice"
        options = [Option(key, str(label), key in values) for key, label in field_.choices(asked_by(user))]
        return Input(field_, shape, values, options, error)
    if shape == "boxes":
        return Input(field_, "free", values, error=error)
    if shape == "party":
        return Input(field_, shape, values, _parties(values, user), error)
    if shape == "date":
        day = parse_date(values[0]) if values and len(values[0]) == 10 else None
        values = [written(day, "numeric")] if isinstance(day, dt.date) else values
    return Input(field_, shape, values, error=error)


def raw_of(field_: RecordField, data: QueryDict) -> Raw:
    """What was typed or chosen, in the form that `set_field` takes."""
    if field_.kind is not Kind.CHOICES:
        return data.get("raw", "")
    if field_.choices is not None:
        return data.getlist("raw")
    return [part.strip() for part in data.get("raw", "").replace("،", ",").split(",") if part.strip()]


def _parties(values: Sequence[str], user: User) -> list[Option]:
    names = Names(user)
    return [Option(value, names.of(int(value)), True) for value in values if value.isdigit()]
