"""Writing portions of a list: cells as this reader has words, dates and numbers, JSON as programs have them."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.core.exports.reading import Portion
from peyvand.core.jalali import format_date
from peyvand.core.record_fields import Asked, Kind, RecordField
from peyvand.core.record_links import Names
from peyvand.core.sheets import Cell

CLOCK = [[f" {hour:02}:{minute:02}" for minute in range(60)] for hour in range(24)]
TEXT = {str, type(None)}
Column = list[Any]
Words = dict[str, str]


class Table:
    """Writes portions as columns of cells, as the reader `who` (its language, its calendar) reads them."""

    def __init__(self, who: Any, asked: Asked, fields: Sequence[RecordField]) -> None:
        self.fields = fields
        self.language, self.calendar = who.language, who.calendar
        self.words = [_labels(each, asked) for each in fields]
        self.names = Names(asked.who)
        self.zone = timezone.get_current_timezone()

    def head(self) -> list[Cell]:
        """The names of the columns; of an amount of money with its unit."""
        return [head_of(each) for each in self.fields]

    def columns(self, portion: Portion) -> list[Column]:
        """The cells of each column."""
        return [
            WRITERS.get(field.kind, _texts)(self, values, words)
            for field, values, words in zip(self.fields, portion.values, self.words, strict=True)
        ]

    def rows(self, portion: Portion) -> Iterable[Sequence[Cell]]:
        """The cells of each record."""
        return zip(*self.columns(portion), strict=True)

    def day(self, value: dt.date) -> Cell:
        """A day of the Gregorian calendar is a date for the spreadsheet; a Jalali one it would not know."""
        if not isinstance(value, dt.datetime):
            return _jalali(value) if self.calendar == "jalali" else value
        there = value.astimezone(self.zone)
        if self.calendar != "jalali":
            return there
        return _jalali(there.date()) + CLOCK[there.hour][there.minute]

    def learn(self, portion: Portion) -> None:
        """Ask all that the cells of a portion need besides: after this they are written without a question."""
        for field, values in zip(self.fields, portion.values, strict=True):
            if field.kind is Kind.PARTY:
                self.names.learn(value for value in values if isinstance(value, int))

    def named(self, values: Column) -> Column:
        """The names of linked records, as this reader may know them."""
        self.names.learn(value for value in values if isinstance(value, int))
        known = self.names.known
        return [known[value] if isinstance(value, int) else value for value in values]


@lru_cache(maxsize=20_000)
def _jalali(day: dt.date) -> str:
    """A day as numbers, remembered: a list has few days and many rows."""
    return format_date(day, calendar="jalali", lang="fa", style="numeric", digits="latin")


def head_of(field: RecordField) -> str:
    """The name of a column."""
    return f"{field.label} ({_('Rial')})" if field.kind is Kind.MONEY else str(field.label)


def _texts(table: Table, values: Column, words: Words) -> Column:
    if set(map(type, values)) <= TEXT:
        return values
    return [None if value is None else str(value) for value in values]


def _numbers(table: Table, values: Column, words: Words) -> Column:
    return [
        None if value is None or value == "" else float(value) if isinstance(value, Decimal | float) else int(value)
        for value in values
    ]


def _yes_no(table: Table, values: Column, words: Words) -> Column:
    yes, no = _("Yes"), _("No")
    return [None if value is None or value == "" else yes if value else no for value in values]


def _days(table: Table, values: Column, words: Words) -> Column:
    day = table.day
    return [day(value) if value else None for value in values]


def _choice(table: Table, values: Column, words: Words) -> Column:
    return _named(values, words)


def _several(table: Table, values: Column, words: Words) -> Column:
    comma = "، " if table.language == "fa" else ", "
    return [comma.join([words.get(str(one), str(one)) for one in value]) if value else None for value in values]


WRITERS: dict[Kind, Callable[[Table, Column, Words], Column]] = {
    Kind.NUMBER: _numbers,
    Kind.MONEY: _numbers,
    Kind.DATE: _days,
    Kind.MOMENT: _days,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.USER: _choice,
    Kind.CHOICES: _several,
    Kind.PARTY: lambda table, values, words: table.named(values),
}


def _labels(field: RecordField, asked: Asked) -> Words:
    if field.choices is None:
        return {}
    return {str(key): str(label) for key, label in field.choices(asked)}


# JSON lines


def json_lines(table: Table, portion: Portion, *, is_first: bool) -> str:
    """Each record as an object of a line: `id`, then the fields by their keys.

    Empty ones are left out, but not of the first record of a file (is_first), so that a reader knows all columns.
    Numbers are numbers (money whole Rials), days and moments ISO 8601, yes and no true and false, choices their names.
    """
    keys = [each.key for each in table.fields]
    columns = [
        JSON.get(field.kind, _plain)(table.named(values) if field.kind is Kind.PARTY else values, words)
        for field, values, words in zip(table.fields, portion.values, table.words, strict=True)
    ]
    made = []
    for number, pk in enumerate(portion.ids):
        found = {key: column[number] for key, column in zip(keys, columns, strict=True)}
        if number or not is_first:
            found = {key: value for key, value in found.items() if value not in (None, "", [])}
        record = {"id": pk} | found
        made.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    return "".join(made)


def _plain(values: Column, words: Words) -> Column:
    return [value if value is None else str(value) for value in values]


def _figures(values: Column, words: Words) -> Column:
    return [float(value) if isinstance(value, Decimal) else value for value in values]


def _moments(values: Column, words: Words) -> Column:
    return [value.isoformat() if value else None for value in values]


def _named(values: Column, words: Words) -> Column:
    """Names of choices: a column has few different ones."""
    known = {value: words.get(str(value), str(value)) for value in set(values)} | {None: None, "": None}
    return list(map(known.__getitem__, values))


def _names(values: Column, words: Words) -> Column:
    return [[words.get(str(one), str(one)) for one in value or ()] for value in values]


JSON: dict[Kind, Callable[[Column, Words], Column]] = {
    Kind.NUMBER: _figures,
    Kind.MONEY: _figures,
    Kind.DATE: _moments,
    Kind.MOMENT: _moments,
    Kind.YES_NO: lambda values, words: values,
    Kind.CHOICE: _named,
    Kind.USER: _named,
    Kind.CHOICES: _names,
}
