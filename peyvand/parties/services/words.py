"""Reading what was typed about a party: cleaned, never cut, refused with a sentence."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.jalali import parse_date, today
from peyvand.core.text import display_norm, display_text, to_latin_digits

_WEB = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)


def line(typed: str, most: int, *, key: str) -> str:
    """Clean one line. Raises Invalid with the field when it is longer than `most` characters."""
    return _short(display_norm(typed), most, key)


def lines(typed: str, most: int, *, key: str) -> str:
    """Clean text of several lines. Raises Invalid with the field when it is longer than `most` characters."""
    return _short(display_text(typed).strip(), most, key)


def _short(text: str, most: int, key: str) -> str:
    if len(text) > most:
        sentence = _("At most %(most)s characters; this has %(count)s.")
        raise Invalid(fields={key: sentence % {"most": most, "count": len(text)}})
    return text


def has_letters(text: str) -> bool:
    """Tell whether there is a letter or a digit in it, of any script: signs and pictures alone are no name."""
    return any(unicodedata.category(each)[0] in "LN" for each in text)


def one_of(typed: str, known: Iterable[str], *, key: str, blank: bool = True) -> str:
    """Read one of the known words. Raises Invalid with the field."""
    value = typed.strip()
    if (value or not blank) and value not in set(known):
        raise Invalid(fields={key: _("This is none of the choices.")})
    return value


def number(typed: str, most: int, *, key: str) -> int | None:
    """Read a whole number from 0 to `most` in any digits. Raises Invalid with the field."""
    text = re.sub(r"[\s,٬]", "", to_latin_digits(display_norm(typed)))
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", text) or int(text) > most:
        raise Invalid(fields={key: _("Write a whole number from 0 to %(most)s.") % {"most": most}})
    return int(text)


def day(typed: str, *, key: str, future: bool = False) -> dt.date | None:
    """Read a date of either calendar. Raises Invalid with the field; also for one in the future unless `future`."""
    text = display_norm(typed)
    if not text:
        return None
    try:
        found = parse_date(text)
    except Invalid as error:
        raise Invalid(fields={key: error.message}) from error
    if found > today() and not future:
        raise Invalid(fields={key: _("This day is still to come.")})
    if found.year < 1800:
        raise Invalid(fields={key: _("This day is too long ago.")})
    return found


def time_of_day(typed: str, *, key: str) -> dt.time | None:
    """Read an hour and minute, «9:30» in any digits. Raises Invalid with the field."""
    text = to_latin_digits(display_norm(typed))
    if not text:
        return None
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])(?::([0-5][0-9]))?(?::[0-5][0-9])?", text)
    if found is None:
        raise Invalid(fields={key: _("Write a time as 9:30.")})
    return dt.time(int(found[1]), int(found[2] or 0))


def web_address(typed: str, *, key: str) -> str:
    """Read an address on the web; «shop.ir» becomes «https://shop.ir». Raises Invalid with the field."""
    text = line(typed, 200, key=key)
    if not text:
        return ""
    text = text if "://" in text else f"https://{text}"
    if not _WEB.fullmatch(text) or "." not in text:
        raise Invalid(fields={key: _("This is no address of a website.")})
    return text


def at_most(values: list[str], most: int, *, key: str) -> list[str]:
    """Return a list that is not too long. Raises Invalid with the field."""
    if len(values) > most:
        raise Invalid(fields={key: _("At most %(most)s of them.") % {"most": most}})
    return values
