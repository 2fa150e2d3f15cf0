"""Which field a column goes to, proposed from its heading and from what its cells are."""

from collections.abc import Sequence
from dataclasses import replace

from peyvand.core.imports import wording
from peyvand.core.imports.kinds import ImportField
from peyvand.core.imports.types import Column, ColumnKind


def propose(columns: Sequence[Column], fields: Sequence[ImportField], layout: str = "") -> list[Column]:
    """The columns with proposed fields; a field that holds one value is proposed once."""
    names: dict[str, ImportField] = {}
    for field in fields:
        for alias in (field.key, str(field.label), *field.aliases):
            names.setdefault(wording.head(alias), field)
    taken: set[str] = set()
    found: list[Column] = []
    for column in columns:
        named = _named(column, names)
        if named is not None and (named.multiple or named.key not in taken):
            taken.add(named.key)
            column = replace(column, field=named.key)
        found.append(column)
    return [_by_kind(column, fields, taken) for column in found]


def _named(column: Column, names: dict[str, ImportField]) -> ImportField | None:
    """The field that the heading names, also with a number behind it («تلفن ۲»)."""
    head = wording.head(column.header)
    return names.get(head) or names.get(head.rstrip("0123456789 ")) if head else None


def _by_kind(column: Column, fields: Sequence[ImportField], taken: set[str]) -> Column:
    """A column without a heading, or with one that says nothing, may still show what it is."""
    if column.field or column.kind in (ColumnKind.EMPTY, ColumnKind.TEXT, ColumnKind.LONG_TEXT, ColumnKind.CHOICE):
        return column
    for field in fields:
        if column.kind.value in field.suits and (field.multiple or field.key not in taken):
            taken.add(field.key)
            return replace(column, field=field.key)
    return column
