"""Values of custom fields: read from what was typed, shown, and given back as they would be typed.

What is stored is plain JSON: text, a number, whole Rials, «2026-11-22», true or false, the id of a choice or of a
record, a list of ids. A national ID is stored as a cipher, the blind index it is found by, and the part that is shown.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from peyvand.core import iran
from peyvand.core.custom_fields.definitions import choices_of
from peyvand.core.errors import Invalid
from peyvand.core.jalali import format_date, parse_date
from peyvand.core.models import CustomField
from peyvand.core.money import format_money, parse_money
from peyvand.core.record_fields import Kind
from peyvand.core.record_links import HIDDEN, links_of, names_of
from peyvand.core.secrets import blind_index, decrypt, encrypt
from peyvand.core.text import (
    display_norm,
    display_text,
    format_phone,
    normalise_email,
    normalise_phone,
    search_norm,
    to_latin_digits,
    to_persian_digits,
)

Raw = str | list[str] | None
Stored = Any  # what JSON knows; None is «no value»

LONGEST_LINE = 500
LONGEST_TEXT = 20_000
LARGEST = 10**15
YES_WORDS = frozenset(map(search_norm, ("1", "true", "yes", "on", "y", "بله", "بلی", "آری", "دارد", "✓")))
NO_WORDS = frozenset(map(search_norm, ("0", "false", "no", "off", "n", "خیر", "نه", "ندارد")))
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d{0,6})?|\.\d{1,6})")
_NUMBER_MARKS = str.maketrans({"٬": None, ",": None, " ": None, "\u200c": None, "٫": ".", "−": "-"})


@dataclass(frozen=True, kw_only=True)
class Reading:
    """For whom a value is read: links are looked up as he sees them (None: the system). insist: keep soft flaws."""

    who: Any = None
    insist: bool = False


def parse(custom: CustomField, raw: Raw, who: Any = None, *, insist: bool = False) -> Stored:
    """Return what is stored for a typed value, None for nothing. Raises Invalid with a sentence."""
    texts = [raw] if isinstance(raw, str) else list(raw or ())
    texts = [text for text in texts if display_norm(text)]
    if not texts:
        return None
    kind = CustomField.Kind(custom.kind)
    if kind is CustomField.Kind.CHOICES:
        return _choices(custom, texts)
    if len(texts) > 1:
        raise Invalid(_("This field holds one value."))
    return _READERS[kind](custom, texts[0], Reading(who=who, insist=insist))


def is_empty(value: Stored) -> bool:
    """Does this say nothing?"""
    return value is None or value == "" or value == []


_SHAPES: dict[str, tuple[type, ...]] = {
    CustomField.Kind.NUMBER: (int, float),
    CustomField.Kind.MONEY: (int,),
    CustomField.Kind.YES_NO: (bool,),
    CustomField.Kind.CHOICE: (int,),
    CustomField.Kind.CHOICES: (list,),
    CustomField.Kind.PARTY: (int,),
    CustomField.Kind.NATIONAL_ID: (dict,),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def fits(kind: str, value: Stored) -> bool:
    """Has a stored value the shape of this kind? While the type of a field changes, some have that of the other."""
    if isinstance(value, bool) and kind != CustomField.Kind.YES_NO:
        return False
    if not isinstance(value, _SHAPES.get(kind, (str,))):
        return False
    return kind != CustomField.Kind.DATE or bool(_DAY.fullmatch(str(value)))


def raw_of(custom: CustomField, value: Stored) -> Raw:
    """Return what `parse` reads back to the same value; None for nothing."""
    if is_empty(value):
        return None
    if not fits(custom.kind, value):
        return str(value)
    match custom.kind:
        case CustomField.Kind.CHOICES:
            return [str(one) for one in value]
        case CustomField.Kind.MONEY:
            return f"{value} rial"
        case CustomField.Kind.YES_NO:
            return "1" if value else "0"
        case CustomField.Kind.NATIONAL_ID:
            return decrypt(str(value["cipher"]))
    return str(value)


@dataclass(frozen=True, kw_only=True)
class Showing:
    """How a reader likes values written."""

    lang: str = "fa"
    calendar: str = "jalali"
    digits: str = ""
    who: Any = None


def show(custom: CustomField, value: Stored, lang: str = "fa", *, how: Showing | None = None) -> str:
    """Return a value as a person reads it, on one line (long text keeps its lines); empty for none.

    A linked record is named only when `how.who` may see it; whoever shows many reads the names in one query instead.
    """
    if is_empty(value):
        return ""
    if not fits(custom.kind, value):
        return "" if isinstance(value, dict | list) else str(value)
    how = how or Showing(lang=lang, calendar="jalali" if lang == "fa" else "gregorian")
    return _SHOWN.get(CustomField.Kind(custom.kind), _plain)(custom, value, how)


# ------------------------------------------------------------------------------------------------------- reading


def _line(custom: CustomField, text: str, reading: Reading) -> str:
    line = display_norm(text)
    if len(line) > LONGEST_LINE:
        raise Invalid(_("This is too long."))
    return line


def _text(custom: CustomField, text: str, reading: Reading) -> str:
    found = display_text(text).strip()
    if len(found) > LONGEST_TEXT:
        raise Invalid(_("This is too long."))
    return found


def _number(custom: CustomField, text: str, reading: Reading) -> int | float:
    folded = to_latin_digits(display_norm(text)).translate(_NUMBER_MARKS)
    if not _NUMBER.fullmatch(folded) or abs(float(folded)) > LARGEST:
        raise Invalid(_("This number cannot be read."))
    number = float(folded)
    return int(folded) if folded.lstrip("+-").isdigit() else int(number) if number.is_integer() else number


def _money(custom: CustomField, text: str, reading: Reading) -> int:
    amount = parse_money(text)
    if amount > LARGEST:
        raise Invalid(_("This number is too large."))
    return amount


def _date(custom: CustomField, text: str, reading: Reading) -> str:
    return parse_date(text).isoformat()


def _yes_no(custom: CustomField, text: str, reading: Reading) -> bool:
    word = search_norm(text)
    if word not in YES_WORDS | NO_WORDS:
        raise Invalid(_("Answer yes or no."))
    return word in YES_WORDS


def _choice(custom: CustomField, text: str, reading: Reading) -> int:
    """Read the id of a choice, or its name in either language; one that is switched off only by its id."""
    ids = {str(row["id"]) for row in custom.choices}
    typed = to_latin_digits(display_norm(text))
    if typed in ids:
        return int(typed)
    word = search_norm(text)
    for row in custom.choices:
        names = {search_norm(str(row.get(lang) or "")) for lang in ("fa", "en")} - {""}
        if word in names and not row.get("off"):
            return int(row["id"])
    raise Invalid(_("There is no such choice."))


def _choices(custom: CustomField, texts: list[str]) -> list[int]:
    found = {_choice(custom, text, Reading()) for text in texts}
    return [row["id"] for row in custom.choices if row["id"] in found]


def _party(custom: CustomField, text: str, reading: Reading) -> int:
    links = links_of(Kind.PARTY)
    typed = to_latin_digits(display_norm(text))
    if re.fullmatch(r"[1-9]\d{0,17}", typed):
        found = links.seen(reading.who).filter(pk=int(typed)).first()
    else:
        found = links.named(reading.who, text)
    if found is None:
        raise Invalid(_("There is no such record, or you may not see it."))
    return int(found.pk)


def _phone(custom: CustomField, text: str, reading: Reading) -> str:
    found = normalise_phone(text)
    if found is None:
        raise Invalid(_("This is no phone number."))
    return found


def _email(custom: CustomField, text: str, reading: Reading) -> str:
    found = normalise_email(text)
    if found is None:
        raise Invalid(_("This is no e-mail address."))
    return found


def _url(custom: CustomField, text: str, reading: Reading) -> str:
    address = display_norm(text).replace(" ", "")
    address = address if re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE) else f"https://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or "." not in host or parts.scheme.lower() not in {"http", "https"} or len(address) > LONGEST_LINE:
        raise Invalid(_("This is no web address."))
    return address


def _national_id(custom: CustomField, text: str, reading: Reading) -> dict[str, str]:
    checked = iran.national_id(text)
    if checked.flaw and (checked.is_hard or not reading.insist):
        raise Invalid(str(checked.reason))
    return {
        "cipher": encrypt(checked.value),
        "digest": digest_of(custom, checked.value),
        "shown": f"•••••• {checked.value[-4:]}",
    }


def digest_of(custom: CustomField, text: str) -> str:
    """What a national ID of this field is found by."""
    return blind_index(iran.compact(text), f"custom:{custom.pk}")


_READERS: dict[CustomField.Kind, Callable[[CustomField, str, Reading], Stored]] = {
    CustomField.Kind.TEXT: _line,
    CustomField.Kind.LONG_TEXT: _text,
    CustomField.Kind.NUMBER: _number,
    CustomField.Kind.MONEY: _money,
    CustomField.Kind.DATE: _date,
    CustomField.Kind.YES_NO: _yes_no,
    CustomField.Kind.CHOICE: _choice,
    CustomField.Kind.PARTY: _party,
    CustomField.Kind.PHONE: _phone,
    CustomField.Kind.EMAIL: _email,
    CustomField.Kind.URL: _url,
    CustomField.Kind.NATIONAL_ID: _national_id,
}


# ------------------------------------------------------------------------------------------------------- showing


def _digits(text: str, how: Showing) -> str:
    wants = how.digits or ("persian" if how.lang == "fa" else "latin")
    return to_persian_digits(text.replace(",", "٬").replace(".", "٫")) if wants == "persian" else text


def _plain(custom: CustomField, value: Stored, how: Showing) -> str:
    return str(value)


def _shown_number(custom: CustomField, value: Stored, how: Showing) -> str:
    return _digits(f"{value:,}", how)


def _shown_money(custom: CustomField, value: Stored, how: Showing) -> str:
    return format_money(int(value), lang=how.lang, digits=how.digits)


def _shown_date(custom: CustomField, value: Stored, how: Showing) -> str:
    day = dt.date.fromisoformat(str(value))
    return format_date(day, calendar=how.calendar, lang=how.lang, style="numeric", digits=how.digits)


def _shown_yes_no(custom: CustomField, value: Stored, how: Showing) -> str:
    return _("Yes") if value else _("No")


def _shown_choices(custom: CustomField, value: Stored, how: Showing) -> str:
    names = dict(choices_of(custom, with_off=True))
    wanted = value if isinstance(value, list) else [value]
    return ("، " if how.lang == "fa" else ", ").join(names.get(str(one), f"#{one}") for one in wanted)


def _shown_party(custom: CustomField, value: Stored, how: Showing) -> str:
    return names_of(Kind.PARTY, how.who, [int(value)]).get(int(value), HIDDEN)


def _shown_phone(custom: CustomField, value: Stored, how: Showing) -> str:
    return format_phone(str(value))


def _shown_number_of_state(custom: CustomField, value: Stored, how: Showing) -> str:
    return str(value["shown"])


_SHOWN: dict[CustomField.Kind, Callable[[CustomField, Stored, Showing], str]] = {
    CustomField.Kind.NUMBER: _shown_number,
    CustomField.Kind.MONEY: _shown_money,
    CustomField.Kind.DATE: _shown_date,
    CustomField.Kind.YES_NO: _shown_yes_no,
    CustomField.Kind.CHOICE: _shown_choices,
    CustomField.Kind.CHOICES: _shown_choices,
    CustomField.Kind.PARTY: _shown_party,
    CustomField.Kind.PHONE: _shown_phone,
    CustomField.Kind.NATIONAL_ID: _shown_number_of_state,
}
