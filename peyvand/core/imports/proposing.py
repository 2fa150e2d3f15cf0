"""Which field a column goes to, proposed from its heading and from what its cells are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from peyvand.core.imports import wording
from peyvand.core.imports.kinds import ImportField
from peyvand.core.imports.layouts import meaning_of
from peyvand.core.imports.types import Column, ColumnKind

SAYS_NOTHING = frozenset(
    {ColumnKind.EMPTY, ColumnKind.TEXT, ColumnKind.LONG_TEXT, ColumnKind.CHOICE, ColumnKind.NUMBER, ColumnKind.MONEY}
)

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
        for alias in (field.key, str(field.label), *field.aliases):
            names.setdefault(wording.head(alias), field)
    return names


def _named(column: Column, names: Names, layout: str) -> ImportField | None:
    """The field that the heading names, also with a number behind it («تلفن ۲»); an export says it in its own words."""
    head = wording.head(meaning_of(layout, column.header) or column.header)
    return (names.get(head) or names.get(head.rstrip("0123456789 "))) if head else None


def _taking(column: Column, field: ImportField | None, taken: set[str]) -> Column:
    if field is None or (field.key in taken and not field.multiple):
        return column
    taken.add(field.key)
    return replace(column, field=field.key)


def _by_kind(column: Column, fields: Sequence[ImportField], taken: set[str]) -> Column:
    """A column without a heading, or with one that says nothing, may still show what it is."""
    if column.field or column.kind in SAYS_NOTHING:
        return column
    suited = next((f for f in fields if column.kind.value in f.suits and (f.multiple or f.key not in taken)), None)
    return _taking(column, suited, taken)
