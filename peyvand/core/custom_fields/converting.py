"""What becomes of a value when the type of its field changes.

Every type can become text and text can become every type; besides, one choice and several choices, and the two kinds
of text, become one another. Each of these can be done twice to a value without harm, because values of the new type
are left as they are: work that was interrupted just goes on.
"""

from typing import Any

from peyvand.core.custom_fields.definitions import choices_of
from peyvand.core.custom_fields.values import Showing, fits, is_empty, parse, show
from peyvand.core.errors import Invalid
from peyvand.core.models import CustomField

K = CustomField.Kind
TEXTS = (K.TEXT, K.LONG_TEXT)
CHOOSE = (K.CHOICE, K.CHOICES)
MOST_NEW = 60
Stored = Any


def kinds_for(kind: str) -> list[CustomField.Kind]:
    """The types that a field of this type can become; a national ID stays one, because its value is protected."""
    old = K(kind)
    if old is K.NATIONAL_ID:
        return []
    found = [each for each in K if each is not old and (old in TEXTS or each in TEXTS)]
    return found + [each for each in CHOOSE if old in CHOOSE and each is not old]


def convert(old: CustomField, new: CustomField, value: Stored) -> Stored:
    """Return a value of `old` as `new` stores it; None when it is empty. Raises Invalid with the reason."""
    if is_empty(value):
        return None
    if not fits(old.kind, value) and fits(new.kind, value):
        return value
    if old.kind in CHOOSE and new.kind in CHOOSE:
        return _choices(new, value)
    return parse(new, as_text(old, value))


def _choices(new: CustomField, value: Stored) -> Stored:
    if new.kind == K.CHOICES:
        return [value]
    return parse(new, [str(one) for one in value])


def as_text(custom: CustomField, value: Stored) -> str:
    """A value as text that stays readable and can be read back: dates as 2026-11-22, amounts with their unit."""
    if not fits(custom.kind, value):
        return str(value)
    match custom.kind:
        case K.DATE | K.NUMBER | K.PHONE | K.EMAIL | K.URL | K.TEXT | K.LONG_TEXT:
            return str(value)
    return show(custom, value, how=Showing(lang="fa", digits="latin"))


def as_read(custom: CustomField, value: Stored, lang: str) -> str:
    """A value as an example shows it."""
    return show(custom, value, how=Showing(lang=lang, calendar="jalali" if lang == "fa" else "gregorian"))


def new_choices(old: CustomField, new: CustomField, values: list[Stored]) -> list[str]:
    """The texts that would become choices of their own, in order; none when they are too many to be choices."""
    if new.kind not in CHOOSE or old.kind in CHOOSE:
        return []
    found: dict[str, None] = {}
    for value in values:
        text = as_text(old, value).strip()
        try:
            if text and "\n" not in text and len(text) <= 80:
                parse(new, text)
        except Invalid:
            found.setdefault(text)
    return list(found) if len(found) + len(choices_of(new)) <= MOST_NEW else []
