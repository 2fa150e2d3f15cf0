"""What somebody typed into a search box: words, a number or an e-mail address, perhaps in the wrong keyboard layout.

No model here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from peyvand.core.text import search_norm, sort_key, to_latin_digits
from peyvand.parties.search.text import cut

LONGEST = 300  # characters that are read
MOST_WORDS = 6
FEWEST_DIGITS = 2  # a single digit is no number that anybody looks for

# The Persian standard keyboard (ISIRI 9147), and beside it keys of the older Windows layout.
LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,`CHGQ"
PERSIAN_KEYS = "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپوپژآۀء"
_TO_PERSIAN = str.maketrans(LATIN_KEYS + "\\", PERSIAN_KEYS + "پ")
_TO_LATIN = str.maketrans(
    {p: la for la, p in reversed(list(zip(LATIN_KEYS, PERSIAN_KEYS, strict=True)))} | {"ئ": "m", "آ": "h", "ژ": "c"}
)
_NUMBER = re.compile(r"[\d\s+()./\-]+")
_HAS_PERSIAN = re.compile("[\u0621-\u06cc]")
_HAS_LATIN = re.compile("[a-zA-Z]")
_NOT_DIGITS = re.compile(r"\D")


@dataclass(frozen=True)
class Question:
    """A question as it is asked of the database.

    words: folded; other: the words in the other keyboard layout, none when both alphabets are mixed; digits: all digits
    when it is nothing but a number; email: folded, when there is an «@» in it; key: the sort key of names that begin
    so; is_international: the number was written with «+» or 00; identifier: all letters and digits without a space.
    """

    words: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    digits: str = ""
    is_international: bool = False
    email: str = ""
    key: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.digits or self.email)

    identifier: str = ""


def read(text: str) -> Question:
    """Read what was typed; an empty question has nothing in it."""
    text = text[:LONGEST].strip()
    folded = search_norm(text)
    every = cut(text)
    if not every:
        return Question()
    words, identifier = tuple(every[:MOST_WORDS]), "".join(every).upper()
    plain = to_latin_digits(folded)
    digits = _NOT_DIGITS.sub("", plain) if _NUMBER.fullmatch(plain) else ""
    if len(digits) >= FEWEST_DIGITS:
        international = plain.startswith("+") or digits.startswith("00")
        return Question(
            words=words, digits=digits, is_international=international, key=sort_key(text), identifier=identifier
        )
    email = folded.replace(" ", "") if "@" in folded else ""
    other = _other_layout(text)
    return Question(words=words, other=other, email=email, key=sort_key(text), identifier=identifier)


def _other_layout(text: str) -> tuple[str, ...]:
    """What the same keys say in the other layout."""
    persian, latin = _HAS_PERSIAN.search(text), _HAS_LATIN.search(text)
    if bool(persian) == bool(latin):
        return ()
    if latin:
        capitals = "".join(letter if letter in "CHGQ" else letter.lower() for letter in text)
        return tuple(cut(capitals.translate(_TO_PERSIAN))[:MOST_WORDS])
    return tuple(cut(search_norm(text).translate(_TO_LATIN))[:MOST_WORDS])


def beginnings(question: Question) -> list[str]:
    """The beginnings of stored numbers (E.164) that a typed number may be: 0912, +98 912, 0098912 and 98912 are one."""
    digits = question.digits
    if question.is_international:
        return ["+" + digits.lstrip("0")] if digits.strip("0") else []
    if digits.startswith("0"):
        return ["+98" + digits.lstrip("0")] if digits.strip("0") else []
    return ["+98" + digits, "+" + digits]


def inside(question: Question) -> str:
    """The digits that stand in the middle or at the end of a number that is looked for."""
    digits = question.digits.lstrip("0") if question.digits.startswith("0") else question.digits
    if digits.startswith("98") and len(digits) == 12:
        digits = digits[2:]
    return digits or question.digits
