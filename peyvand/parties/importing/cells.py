"""Reading one cell of a table that somebody else wrote: a reader takes a text and gives a value, or says why not.

Each has a fast way for what nearly all cells look like, which gives exactly what the slow way would (a test holds it).
No database here.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from peyvand.core import iran
from peyvand.core.custom_fields.values import NO_WORDS, YES_WORDS
from peyvand.core.errors import Invalid, PeyvandError
from peyvand.core.money import parse_money
from peyvand.core.text import (
    display_norm,
    display_text,
    is_mobile,
    normalise_email,
    normalise_phone,
    search_norm,
    to_latin_digits,
)

Read = Callable[[str], Any]
Pair = tuple[str, str]

# Letters that `display_norm` leaves as they are, with single spaces between words.
_LETTERS = r"[A-Za-z0-9آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئأؤء۰-۹.,()'&/،:+@_-]+"
_CLEAN = re.compile(f"{_LETTERS}(?: {_LETTERS})*")
_DIALLED = re.compile(r"[\s\-().\u200c\u200e\u200f\u202a-\u202c\u2066-\u2069\ufeff\u00a0]+")
_IRANIAN = re.compile(r"(?:\+98|0098|98|0)?([1-9][0-9]{9})")
_FLOATED = re.compile(r"([0-9]+)\.0+")
_SCIENCE = re.compile(r"([0-9])\.([0-9]{1,14})[eE]\+?([0-9]{1,2})")
_TINY = re.compile(r"[+-]?[0-9](?:\.[0-9]{1,15})?[eE]-[0-9]{1,2}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,30}")
MOST_PIECES = 60
_PARTS = re.compile(r"[،,;؛|\n]+")
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
    if _TINY.fullmatch(text):
        return f"{Decimal(text):f}"
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
        found = display_text(text).strip()
        if len(found) > most:
            raise BadCell(_("At most %(most)s characters; this has %(count)s.") % {"most": most, "count": len(found)})
        return found

    return read


def pieces(text: str) -> list[str]:
    """The pieces of a cell apart by comma, semicolon, bar or line."""
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def known_pieces(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """As `pieces`, but a name that holds a comma itself («ب، پ») stays whole where it is known."""
    marks = [(0, 0), *(found.span() for found in _PARTS.finditer(text)), (len(text), len(text))]
    if len(marks) == 2 or len(marks) > MOST_PIECES:
        return pieces(text)
    found, at = [], 0
    while at < len(marks) - 1:
        ends = range(len(marks) - 1, at, -1)
        end = next((e for e in ends if e == at + 1 or is_known(text[marks[at][1] : marks[e][0]].strip())), at + 1)
        found.append(text[marks[at][1] : marks[end][0]].strip())
        at = end
    return [part for part in found if part]


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
        found = known_pieces(text, lambda part: search_norm(part) in names)
        return list(dict.fromkeys(read_one(part) for part in found))

    return read


def guarded(read: Callable[[str], Any]) -> Read:
    """A reader of the core whose broken rules become sentences of the cell."""

    def reading(text: str) -> Any:
        try:
            return read(text)
        except PeyvandError as error:
            raise BadCell(" ".join(error.fields.values()) or error.message) from error

    return reading
