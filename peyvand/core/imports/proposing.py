"""Which field a column goes to, proposed from its heading and from what its cells are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils import translation

from peyvand.core.imports import wording
from peyvand.core.imports.kinds import ImportField
from peyvand.core.imports.layouts import meaning_of
from peyvand.core.imports.types import Column, ColumnKind
from peyvand.core.record_fields import Kind

SAYS_NOTHING = frozenset(
    {ColumnKind.EMPTY, ColumnKind.TEXT, ColumnKind.LONG_TEXT, ColumnKind.CHOICE, ColumnKind.NUMBER, ColumnKind.MONEY}
)

# under a heading that nobody knows these may be anything: a day is «added» far more often than a birthday
ANY_OF_MANY = frozenset({ColumnKind.DATE, ColumnKind.URL})
_NUMBER = re.compile(" [0-9]+$")

Names = Mapping[str, ImportField]


def propose(columns: Sequence[Column], fields: Sequence[ImportField], layout: str = "") -> list[Column]:
    """The columns with proposed fields; a field that holds one value is proposed once, for the first that names it."""
    names = _names(fields)
    named = {column.index: field for column in columns if (field := _named(column, names, layout)) is not None}
    beside = {key for key in (field.key for field in named.values())}
    instead = {
        wording.head(alias): field
        for field in fields
        for other, aliases in field.aliases_with.items()
        if other in beside and field.key not in beside
        for alias in aliases
    }
    taken: set[str] = set()
    found = [
        _taking(column, instead.get(wording.head(column.header)) or named.get(column.index), taken)
        for column in columns
    ]
    return [_by_kind(column, fields, taken) for column in found]


def _names(fields: Sequence[ImportField]) -> Names:
    names: dict[str, ImportField] = {}
    for field in fields:
        for alias in (field.key, *labels(field), *field.aliases):
            names.setdefault(wording.head(alias), field)
    return names


def labels(field: ImportField) -> list[str]:
    """What we call a field in each language: a file of ours may have been written for somebody of another one."""
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.append(str(field.label))
    return found


def _named(column: Column, names: Names, layout: str) -> ImportField | None:
    """The field that the heading names, also with a number behind it («تلفن ۲»); an export says it in its own words."""
    head = wording.head(meaning_of(layout, column.header) or column.header)
    if not head:
        return None
    found = names.get(head) or names.get(_NUMBER.sub("", head)) or names.get(head.rstrip("0123456789 "))
    if found is None and wording.unit(head):  # «Credit (Rial)»
        found = names.get(head.rpartition(" ")[0])
        return found if found is not None and found.kind is Kind.MONEY else None
    return found


def _taking(column: Column, field: ImportField | None, taken: set[str]) -> Column:
    if field is None or (field.key in taken and not field.multiple):
        return column
    taken.add(field.key)
    if field.kind is Kind.MONEY and not column.verdict.get("reading"):
        # records of JSON call a field by its key, as our own export does; there amounts are whole Rials
        unit = "rial" if column.header == field.key else wording.unit(wording.head(column.header))
        return replace(column, field=field.key, verdict={**column.verdict, "reading": unit})
    return replace(column, field=field.key)


def _by_kind(column: Column, fields: Sequence[ImportField], taken: set[str]) -> Column:
    """A column without a heading, or with one that says nothing, may still show what it is."""
    if column.field or column.kind in SAYS_NOTHING or (column.header and column.kind in ANY_OF_MANY):
        return column
    suited = next((f for f in fields if column.kind.value in f.suits and _is_free(f, taken)), None)
    return _taking(column, suited, taken)


def _is_free(field: ImportField, taken: set[str]) -> bool:
    return (field.multiple or field.key not in taken) and taken.isdisjoint(field.unless)
