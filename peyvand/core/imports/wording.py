"""The sentences of imports: why a file is refused, what is wrong with a row, what the verdict of a column says."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from peyvand.core.imports.reading import csv_rows
from peyvand.core.imports.reading.verdicts import (
    ARABIC,
    LOCAL_DIGITS,
    LOST_ZERO_NOTE,
    SCIENTIFIC_NOTE,
    UNREADABLE,
)
from peyvand.core.imports.types import Column, ColumnKind
from peyvand.core.text import search_norm

Text = str | Promise
_MARKS = re.compile(r"[\s_\-./:*()\[\]«»\"'،؛,;]+")

_UNITS = {"rial": "rial", "rials": "rial", "ریال": "rial", "irr": "rial", "toman": "toman", "تومان": "toman"}

REFUSALS: dict[str, Text] = {
    "empty": _("The file is empty."),
    "no_rows": _("The file has a heading but no rows."),
    "picture": _("This is a picture, not a table; rename does not make a table of it."),
    "pdf": _("This is a PDF; save the table as Excel or CSV and upload that."),
    "archive": _("This is an archive; unpack it and upload the file inside."),
    "program": _("This is a program, not a table."),
    "database": _("This is a database file; export the table as CSV or Excel and upload that."),
    "binary": _("This is no file of text; save the table as Excel or CSV and upload that."),
    "columns": _("This table has more than 1,000 columns; keep those that you need."),
    "sheet": _("The workbook has no sheet of this name."),
    "no_sheet": _("The workbook has no sheet with rows."),
    "password": _("The workbook is locked by a password; save it without one."),
    "workbook": _("The workbook is damaged; open it in Excel, save it anew and upload that."),
    "rows": _("A cell of the workbook lies outside what Excel allows; save the sheet anew or as CSV."),
    "unpacked": _("Unpacked, the workbook is far larger than the file; save the sheet as CSV."),
    "json": _("This JSON is no list of records."),
    "time": _("Reading this file takes too long; save the table as CSV, or split it."),
    "memory": _("Reading this file needs too much memory; save the table as CSV, or split it."),
    "crashed": _("This file cannot be read; open it in Excel, save it anew or as CSV, and upload that."),
    "failed": _("This file cannot be read; open it in Excel, save it anew or as CSV, and upload that."),
}
FLAWS: dict[str, Text] = {
    csv_rows.BROKEN_QUOTE: _("A quotation mark of this row is not closed, so its cells cannot be told apart."),
    csv_rows.TOO_LONG: _("This row is longer than a row can be: 500 lines or 200,000 characters."),
    csv_rows.TOO_MANY_CELLS: _("This row has more cells than the heading."),
    "json": _("This line is no record of JSON."),
    "vcard": _("This card has no end."),
}
KINDS: dict[ColumnKind, Text] = {
    ColumnKind.EMPTY: _("Empty"),
    ColumnKind.TEXT: _("Text"),
    ColumnKind.LONG_TEXT: _("Long text"),
    ColumnKind.NAME: _("Name"),
    ColumnKind.PHONE: _("Phone"),
    ColumnKind.EMAIL: _("E-mail"),
    ColumnKind.DATE: _("Date"),
    ColumnKind.NUMBER: _("Number"),
    ColumnKind.MONEY: _("Amount of money"),
    ColumnKind.NATIONAL_ID: _("National ID"),
    ColumnKind.LEGAL_ID: _("National ID of a company"),
    ColumnKind.POSTAL_CODE: _("Postal code"),
    ColumnKind.SHEBA: _("Sheba"),
    ColumnKind.YES_NO: _("Yes or no"),
    ColumnKind.CHOICE: _("One choice"),
    ColumnKind.URL: _("Web address"),
}
READINGS: dict[str, Text] = {
    "jalali:ymd": _("Jalali, year first"),
    "jalali:dmy": _("Jalali, day first"),
    "gregorian:ymd": _("Gregorian, year first"),
    "gregorian:dmy": _("Gregorian, day first"),
    "gregorian:mdy": _("Gregorian, month first"),
    "toman": _("Toman"),
    "rial": _("Rial"),
}


def head(text: str) -> str:
    """A heading as it is compared: folded, without marks."""
    return _MARKS.sub(" ", search_norm(text)).strip()


def unit(folded: str) -> str:
    """The unit of money («rial» or «toman») that a folded heading ends with; empty when it names none."""
    return _UNITS.get(folded.rpartition(" ")[2], "")


def refusal(code: str) -> Text:
    """Why a file is refused."""
    return REFUSALS.get(code, REFUSALS["failed"])


def flaw(code: str) -> Text:
    """What is wrong with a row that could not be read as it is."""
    return FLAWS[code]


def verdict(column: Column) -> list[str]:
    """What the cells of a column are, in a sentence each; the first says what fits."""
    said = column.verdict
    if column.kind is ColumnKind.EMPTY:
        return [str(_("All cells are empty."))]
    lines = []
    if said.get("unfit"):
        lines.append(
            ngettext(
                "%(count)s cell does not look like the others.",
                "%(count)s cells do not look like the others.",
                said["unfit"],
            )
            % {"count": said["unfit"]}
        )
    if len(said.get("readings", {})) > 1:
        lines.append(str(_("Dates of several kinds are mixed.")))
    return lines + [_note(code, count) for code, count in said.get("notes", {}).items()]


def _note(code: str, count: int) -> str:
    told = {
        LOST_ZERO_NOTE: ngettext(
            "%(count)s number lost its first zero to a spreadsheet; it is given back.",
            "%(count)s numbers lost their first zero to a spreadsheet; it is given back.",
            count,
        ),
        SCIENTIFIC_NOTE: ngettext(
            "%(count)s number was cut by a spreadsheet («E+»), its last digits are lost; take it anew.",
            "%(count)s numbers were cut by a spreadsheet («E+»), their last digits are lost; take them anew.",
            count,
        ),
        ARABIC: _("Arabic letters are written as Persian ones."),
        LOCAL_DIGITS: _("Persian digits are read as numbers."),
        UNREADABLE: _("Some letters could not be read; perhaps the file has another encoding."),
    }
    return str(told[code]) % {"count": count}
