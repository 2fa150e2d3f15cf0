"""Numbers that Iran gives to people, companies, accounts and places: how each is written and whether it can be true.

Each check returns the number in its one comparable form and, when it cannot be true, the code of what is wrong;
`reason` is the sentence for it. A hard flaw says that it is no such number at all; a soft one may be a slip of the
office that gave it, so a person may insist on it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyvand.core.text import display_norm, to_latin_digits

_REASONS: dict[str, str | Promise] = {
    "letters": _("This number has digits only."),
    "ten_digits": _("A national ID has 10 digits."),
    "eleven_digits": _("The national ID of a legal person has 11 digits."),
    "economic_digits": _("An economic code has 11, 12 or 14 digits."),
    "sheba_form": _("A Sheba is IR and 24 digits."),
    "card_digits": _("A bank card has 16 digits."),
    "postal_digits": _("A postal code has 10 digits."),
    "passport_form": _("A passport number has 5 to 20 letters and digits."),
    "too_long": _("This number is longer than 40 characters."),
    "empty": _("Write the number."),
    "checksum": _("The check digit does not fit; a digit is probably mistyped."),
    "repeated": _("All its digits are the same."),
    "postal_rule": _("No place in Iran has such a postal code."),
}
_SOFT = frozenset({"checksum", "repeated", "postal_rule", "postal_digits", "economic_digits"})
_ALWAYS_HARD = frozenset({"sheba", "card"})
_DIGITS = re.compile("[0-9]+")
_SEPARATORS = re.compile(r"[\s\-_/.\u200c]+")
# Tehran's post: no 0 or 2 among the first four digits, no 0, 2, 5 in the fifth, no 2 after it.
_POSTAL = re.compile(r"(?!(\d)\1{3})[13-9]{4}[1346-9][013-9]{5}")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A number in its comparable form; `flaw` is the code of what is wrong, `is_hard` when nobody may insist."""

    value: str
    flaw: str = ""
    is_hard: bool = False

    @property
    def reason(self) -> str | Promise:
        """The sentence that says what is wrong; empty when nothing is."""
        return reason(self.flaw)


def reason(flaw: str) -> str | Promise:
    """Return the sentence of a flaw's code, as `Identifier.flaw` keeps it."""
    return _REASONS.get(flaw, "")


def compact(text: str) -> str:
    """Return a number without spaces and marks between its digits, Latin digits, capital letters."""
    return _SEPARATORS.sub("", to_latin_digits(display_norm(text))).upper()


def check(kind: str, text: str) -> Checked:
    """Check a number of this kind (of `parties.Identifier.Kind`, or postal_code); unknown kinds take any text."""
    value = compact(text)
    if not value:
        return Checked(value="", flaw="empty", is_hard=True)
    value, flaw = _CHECKS.get(kind, _any)(value)
    return Checked(value=value, flaw=flaw, is_hard=bool(flaw) and (kind in _ALWAYS_HARD or flaw not in _SOFT))


def national_id(text: str) -> Checked:
    """Check a کد ملی: 10 digits, the last one a checksum modulo 11; zeros that a spreadsheet took are given back."""
    return check("national_id", text)


def postal_code(text: str) -> Checked:
    """Check a postal code of Iran: 10 digits under the rules of its post; every flaw is a soft one."""
    return check("postal_code", text)


def _national_id(value: str) -> tuple[str, str]:
    if not _DIGITS.fullmatch(value):
        return value, "letters"
    value = value.zfill(10) if len(value) in {8, 9} and _national_sum(value.zfill(10)) else value
    if len(value) != 10:
        return value, "ten_digits"
    if len(set(value)) == 1:
        return value, "repeated"
    return value, "" if _national_sum(value) else "checksum"


def _national_sum(value: str) -> bool:
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(value[:9])) % 11
    return int(value[9]) == (rest if rest < 2 else 11 - rest)


def _legal_id(value: str) -> tuple[str, str]:
    if not _DIGITS.fullmatch(value):
        return value, "letters"
    if len(value) != 11:
        return value, "eleven_digits"
    if len(set(value)) == 1:
        return value, "repeated"
    return value, "" if _legal_sum(value) else "checksum"


def _legal_sum(value: str) -> bool:
    shift = int(value[9]) + 2
    weights = (29, 27, 23, 19, 17) * 2
    rest = sum((int(digit) + shift) * weight for digit, weight in zip(value[:10], weights, strict=True)) % 11
    return int(value[10]) == rest % 10


def _economic(value: str) -> tuple[str, str]:
    """Eleven digits are a company's national ID, fourteen a person's with four more, twelve the old ones."""
    if not _DIGITS.fullmatch(value):
        return value, "letters"
    if len(value) not in {11, 12, 14}:
        return value, "economic_digits"
    if len(set(value)) == 1:
        return value, "repeated"
    fits = (len(value) == 12) or (_legal_sum(value) if len(value) == 11 else _national_sum(value[:10]))
    return value, "" if fits else "checksum"


def _registration(value: str) -> tuple[str, str]:
    return value[:40], "" if _DIGITS.fullmatch(value) else "letters"


def _passport(value: str) -> tuple[str, str]:
    return value, "" if re.fullmatch(r"[A-Z0-9]{5,20}", value) else "passport_form"


def _sheba(value: str) -> tuple[str, str]:
    value = f"IR{value}" if re.fullmatch(r"[0-9]{24}", value) else value
    if not re.fullmatch(r"IR[0-9]{24}", value):
        return value, "sheba_form"
    return value, "" if int(f"{value[4:]}1827{value[2:4]}") % 97 == 1 else "checksum"


def _card(value: str) -> tuple[str, str]:
    if not _DIGITS.fullmatch(value):
        return value, "letters"
    if len(value) != 16:
        return value, "card_digits"
    if len(set(value)) == 1:
        return value, "repeated"
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(value)]
    return value, "" if sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0 else "checksum"


def _postal(value: str) -> tuple[str, str]:
    if not re.fullmatch(r"[0-9]{10}", value):
        return value, "postal_digits"
    return value, "" if _POSTAL.fullmatch(value) else "postal_rule"


def _any(value: str) -> tuple[str, str]:
    return value, "too_long" if len(value) > 40 else ""


_CHECKS: dict[str, Callable[[str], tuple[str, str]]] = {
    "national_id": _national_id,
    "legal_id": _legal_id,
    "economic": _economic,
    "registration": _registration,
    "passport": _passport,
    "sheba": _sheba,
    "card": _card,
    "postal_code": _postal,
}
