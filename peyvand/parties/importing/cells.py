"""Reading one cell of a table that somebody else wrote: a reader takes a text and gives a value, or says why not.

Each has a fast way for what nearly all cells look like, which gives exactly what the slow way would (a test holds it).
No database here.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from peyvand.core import iran
from peyvand.core.custom_fields.values import NO_WORDS, YES_WORDS
from peyvand.core.errors import Invalid, PeyvandError
from peyvand.core.jalali import FIRST_YEAR, LAST_YEAR, from_jalali, is_leap, month_length, parse_date, to_jalali, today
from peyvand.core.money import parse_money
from peyvand.core.text import display_norm, is_mobile, normalise_email, normalise_phone, search_norm, to_latin_digits

Read = Callable[[str], Any]
Pair = tuple[str, str]

# Letters that `display_norm` leaves as they are, with single spaces between words.
_LETTERS = r"[A-Za-z0-9آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئأؤء۰-۹.,()'&/،:+@_-]+"
_CLEAN = re.compile(f"{_LETTERS}(?: {_LETTERS})*")
_DIALLED = re.compile(r"[\s\-().\u200c\u200e\u200f\u202a-\u202c\u2066-\u2069\ufeff\u00a0]+")
_IRANIAN = re.compile(r"(?:\+98|0098|98|0)?([1-9][0-9]{9})")
_FLOATED = re.compile(r"([0-9]+)\.0+")
_SCIENCE = re.compile(r"([0-9])\.([0-9]{1,14})[eE]\+?([0-9]{1,2})")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,30}")
_PARTS = re.compile(r"[،,;؛|\n]+")
_NUMBERS = re.compile(r"([0-9]{1,4})[\s\-/.,_\\]+([0-9]{1,2})[\s\-/.,_\\]+([0-9]{1,4})(?:[\sT]+[0-9]{1,2}:[0-9]{2}.*)?")
_GLUED = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_WEB = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)
YES = YES_WORDS | frozenset(map(search_norm, ("+", "✔", "☑", "موافق", "فعال", "درست", "true", "t", "opt-in", "x")))
NO = NO_WORDS | frozenset(map(search_norm, ("-", "✗", "✘", "☐", "مخالف", "غیرفعال", "نادرست", "f", "opt-out")))


class BadCell(Exception):
    """A cell that cannot be what its column is; the sentence says why."""


def clean(text: str) -> str:
    """One line as people should read it; what is clean already costs one look."""
    return text if _CLEAN.fullmatch(text) else display_norm(text)


def line(most: int) -> Read:
    """A line of at most `most` characters."""

    def read(text: str) -> str:
        found = clean(text)
        if len(found) > most:
            raise BadCell(_("At most %(most)s characters; this has %(count)s.") % {"most": most, "count": len(found)})
        return found

    return read


def named(most: int) -> Read:
    """A name: a line with at least one letter or digit."""
    read_line = line(most)

    def read(text: str) -> str:
        found: str = read_line(text)
        if not found[:1].isalnum() and not any(each.isalnum() for each in found):
            raise BadCell(_("A name has at least one letter or digit."))
        return found

    return read


def phone_value(text: str) -> str | None:
    """Return a number in E.164, also one that a spreadsheet took its zero or its digits from; None when it is none."""
    digits = _DIALLED.sub("", to_latin_digits(text))
    fast = _IRANIAN.fullmatch(digits)
    if fast and digits.isascii():
        return f"+98{fast[1]}"
    plain = unspread(to_latin_digits(text).strip())
    return normalise_phone(plain)


def unspread(text: str) -> str:
    """Give back the digits of a number: «9121234567.0» and «9.121234567E+09» are what spreadsheets make of numbers."""
    floated = _FLOATED.fullmatch(text)
    if floated:
        return floated[1]
    science = _SCIENCE.fullmatch(text)
    if science and len(science[2]) <= int(science[3]) <= 14 and len(science[2]) >= 9:
        return (science[1] + science[2]).ljust(int(science[3]) + 1, "0")
    return text


def _phone(text: str) -> Pair:
    value = phone_value(text)
    if value is None:
        raise BadCell(_why_no_phone(text))
    if value.startswith("+98"):
        return ("mobile" if len(value) == 13 and value[3] == "9" else "phone"), value
    return ("mobile" if is_mobile(value) else "phone"), value


def _mobile(text: str) -> Pair:
    """As `_phone`; what would be a number of three to five digits elsewhere is a mobile that lost its digits."""
    kind, value = _phone(text)
    if len(value) <= len("+98") + 5:
        raise BadCell(_why_no_phone(text))
    return kind, value


def _why_no_phone(text: str) -> str:
    folded = to_latin_digits(text)
    if re.search(r"[^\W\d_]", folded):
        return _("«%(text)s» has letters; a phone number has digits.") % {"text": text[:40]}
    count = len(re.sub(r"\D", "", folded))
    if count < 10:
        return _("«%(text)s» is too short for a phone number; write it with its area code.") % {"text": text[:40]}
    return _("«%(text)s» is no phone number.") % {"text": text[:40]}


def _fax(text: str) -> Pair:
    return "fax", _phone(text)[1]


def _email(text: str) -> Pair:
    if _EMAIL.fullmatch(text) and len(text) <= 254:
        return "email", text.lower()
    value = normalise_email(text)
    if value is None:
        raise BadCell(_("«%(text)s» is no e-mail address.") % {"text": text[:60]})
    return "email", value


def _messenger(text: str) -> Pair:
    value = display_norm(text).lower()
    if not value or len(value) > 320:
        raise BadCell(_("This is no address of a messenger."))
    return "messenger", value


_POINTS: dict[str, Callable[[str], Pair]] = {
    "phone": _phone,
    "mobile": _mobile,
    "fax": _fax,
    "email": _email,
    "messenger": _messenger,
}


def points(kind: str) -> Read:
    """Ways to reach somebody, several in one cell apart by comma, semicolon or bar: (kind, value, as written)."""
    read_one, is_number = _POINTS[kind], kind in {"phone", "mobile", "fax"}

    def read(text: str) -> list[tuple[str, str, str]]:
        if is_number:
            fast = _IRANIAN.fullmatch(text)
            if fast:
                national = fast[1]
                written = f"0{national}" if len(text) == len(national) else text
                return [
                    (kind if kind == "fax" else "mobile" if national[0] == "9" else "phone", f"+98{national}", written)
                ]
        elif kind == "email" and _EMAIL.fullmatch(text) and len(text) <= 254:
            return [("email", text.lower(), text)]
        try:
            return [_as_written(read_one(text), text)]
        except BadCell:
            parts = pieces(text)
            if is_number and len(parts) == 1:
                parts = [part.strip() for part in text.split("/") if part.strip()]
            if len(parts) < 2:
                raise
            return [_as_written(read_one(part), part) for part in parts]

    return read


def _as_written(pair: Pair, text: str) -> tuple[str, str, str]:
    """A number that a spreadsheet took its zero or its digits from is written with its zero again."""
    kind, value = pair
    if value.startswith("+98") and len(value) == 13 and text[:1] != "0" and text[:1].isascii() and text[:1].isdigit():
        plain = unspread(text)
        if plain != text or plain == value[3:]:
            return kind, value, f"0{value[3:]}"
    return kind, value, clean(text)[:320]


def identifier(kind: str) -> Read:
    """A number of a state, a bank or another office in its comparable form, checked; zeros that were lost come back."""

    def read(text: str) -> str:
        checked = iran.check(kind, unspread(to_latin_digits(text).strip()))
        if checked.flaw:
            raise BadCell(str(checked.reason))
        return checked.value

    return read


def postal_code(text: str) -> str:
    """A postal code of Iran, checked by the rules of its post."""
    checked = iran.postal_code(unspread(to_latin_digits(text).strip()))
    if checked.flaw:
        raise BadCell(str(checked.reason))
    return checked.value


def whole(most: int) -> Read:
    """A whole number from 0 to `most`, in any digits."""

    def read(text: str) -> int:
        plain = re.sub(r"[\s,٬]", "", unspread(to_latin_digits(display_norm(text))))
        if not re.fullmatch(r"[0-9]{1,12}", plain) or int(plain) > most:
            raise BadCell(_("Write a whole number from 0 to %(most)s.") % {"most": most})
        return int(plain)

    return read


def money(unit: str) -> Read:
    """Whole Rials; a unit in the cell wins over that of the column («rial» or «toman»)."""

    def read(text: str) -> int:
        try:
            return parse_money(re.sub(r"[.٫]0+(?=\D*$)", "", to_latin_digits(text)), unit=unit)
        except Invalid as error:
            raise BadCell(error.message) from error

    return read


def yes_no(text: str) -> bool:
    """Yes or no, in the words and signs that people write in tables."""
    word = search_norm(text) or text.strip()
    if word in YES or text.strip() in {"✓", "✔", "☑"}:
        return True
    if word in NO or text.strip() in {"✗", "✘", "☐"}:
        return False
    raise BadCell(_("«%(text)s» is neither yes nor no.") % {"text": text[:40]})


def day(*, future: bool = False, order: str = "") -> Read:
    """A day of either calendar in any order of its parts; two digits of a year are Jalali, this century's first.

    order: "mdy" reads 3/4/2024 as the fourth of March; a day above 12 tells it by itself.
    """

    def read(text: str) -> dt.date:
        found = _date(to_latin_digits(display_norm(text)), order)
        if found > today() and not future:
            raise BadCell(_("This day is still to come."))
        if found.year < 1800:
            raise BadCell(_("This day is too long ago."))
        return found

    return read


def _date(text: str, order: str) -> dt.date:
    match = _NUMBERS.fullmatch(text) or _GLUED.fullmatch(text)
    if match is None:
        try:
            return parse_date(text)
        except Invalid as error:
            raise BadCell(error.message) from error
    first, middle, last = (int(part) for part in match.groups()[:3])
    if len(match[1]) == 4 or (len(match[3]) < 4 and not last > 31):
        year, month, date, digits = first, middle, last, len(match[1])
    else:
        year, month, date, digits = last, middle, first, len(match[3])
        if (order == "mdy" or month > 12) and date <= 12:
            month, date = date, month
    if digits == 4 and month > 12 and date <= 12:
        month, date = date, month
    return _day_of(_century(year) if digits <= 2 else year, month, date)


def _century(year: int) -> int:
    """Two digits of a Jalali year: the last hundred years up to ten years ahead."""
    this = to_jalali(today()).year
    full = this // 100 * 100 + year
    return full if full <= this + 10 else full - 100


def _day_of(year: int, month: int, date: int) -> dt.date:
    if FIRST_YEAR <= year <= LAST_YEAR:
        _check_jalali(year, month, date)
        return from_jalali(year, month, date)
    if not 1800 <= year <= 2200:
        raise BadCell(_("The year %(year)s is in neither calendar.") % {"year": year})
    try:
        return dt.date(year, month, date)
    except ValueError as error:
        shown = f"{year}/{month:02}/{date:02}"
        raise BadCell(_("%(day)s does not exist in the calendar.") % {"day": shown}) from error


def _check_jalali(year: int, month: int, date: int) -> None:
    shown = f"{year}/{month:02}/{date:02}"
    if not 1 <= month <= 12 or date < 1:
        raise BadCell(_("%(day)s does not exist in the calendar.") % {"day": shown})
    length = month_length(year, month)
    if date > length and month == 12 and date == 30 and not is_leap(year):
        raise BadCell(_("%(day)s does not exist: %(year)s was no leap year.") % {"day": shown, "year": year})
    if date > length:
        raise BadCell(_("%(day)s does not exist: that month has %(count)s days.") % {"day": shown, "count": length})


def clock(text: str) -> dt.time:
    """An hour and minute, «9:30» in any digits."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?(?::[0-5][0-9])?", to_latin_digits(clean(text)))
    if found is None:
        raise BadCell(_("Write a time as 9:30."))
    return dt.time(int(found[1]), int(found[2] or 0))


def web_address(text: str) -> str:
    """An address on the web; «shop.ir» becomes «https://shop.ir»."""
    found = clean(text)
    found = found if "://" in found else f"https://{found}"
    if not _WEB.fullmatch(found) or "." not in found or len(found) > 200:
        raise BadCell(_("This is no address of a website."))
    return found


def lines(most: int) -> Read:
    """Text of several lines."""

    def read(text: str) -> str:
        found = "\n".join(display_norm(each) for each in text.replace("\r\n", "\n").split("\n")).strip()
        if len(found) > most:
            raise BadCell(_("At most %(most)s characters; this has %(count)s.") % {"most": most, "count": len(found)})
        return found

    return read


def pieces(text: str) -> list[str]:
    """The pieces of a cell apart by comma, semicolon, bar or line."""
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def words(most: int, longest: int) -> Read:
    """Words apart by comma, semicolon or bar, each once."""

    def read(text: str) -> list[str]:
        found = list(dict.fromkeys(filter(None, (clean(part.strip()) for part in _PARTS.split(text)))))
        if len(found) > most:
            raise BadCell(_("At most %(most)s of them.") % {"most": most})
        if any(len(each) > longest for each in found):
            raise BadCell(_("At most %(most)s characters each.") % {"most": longest})
        return found

    return read


def choice(names: Mapping[str, Any], shown: Iterable[str]) -> Read:
    """One of the choices by any of its names, folded as `search_norm` does; `shown` are offered when it is none."""
    offered = "، ".join(list(shown)[:8])

    def read(text: str) -> Any:
        found = names.get(search_norm(text))
        if found is None:
            raise BadCell(
                _("«%(text)s» is none of the choices: %(choices)s.") % {"text": text[:60], "choices": offered}
            )
        return found

    return read


def choices(names: Mapping[str, Any], shown: Iterable[str]) -> Read:
    """Some of the choices, apart by comma, semicolon or bar."""
    read_one = choice(names, shown)

    def read(text: str) -> list[Any]:
        return list(dict.fromkeys(read_one(part) for part in _PARTS.split(text) if part.strip()))

    return read


def guarded(read: Callable[[str], Any]) -> Read:
    """A reader of the core whose broken rules become sentences of the cell."""

    def reading(text: str) -> Any:
        try:
            return read(text)
        except PeyvandError as error:
            raise BadCell(" ".join(error.fields.values()) or error.message) from error

    return reading
