"""The follow-up code (کد پیگیری) «1405-000482-7»: Jalali year, number, check digit.

The check digit is Damm's (H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004): it catches every
single wrong digit and every swap of two neighbours. Pure, but for the numbers, which come from the database.
"""

import re

from peyvand.core.text import to_latin_digits

# The totally anti-symmetric quasigroup of order 10 from Damm's thesis.
DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\u0640"  # also what word processors and Persian keyboards make of it
MARKS = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
IN_TEXT = re.compile(rf"(?<!\d)(1[34]\d\d)\s?[{DASHES}]\s?(\d{{6,9}})\s?[{DASHES}]\s?(\d)(?!\d)")
TYPED = re.compile(rf"(1[34]\d\d)[{DASHES}\s]*(\d{{6,9}})[{DASHES}\s]*(\d)")


def check_digit(digits: str) -> int:
    """Damm's check digit of a string of Latin digits."""
    interim = 0
    for digit in digits:
        interim = DAMM[interim][int(digit)]
    return interim


def make(year: int, number: int) -> str:
    """The code of a Jalali year and a running number."""
    body = f"{year:04d}{number:06d}"
    return f"{body[:4]}-{body[4:]}-{check_digit(body)}"


def _checked(match: "re.Match[str] | None") -> str | None:
    if match is None:
        return None
    year, number, check = match.groups()
    return f"{year}-{number}-{check}" if check_digit(year + number) == int(check) else None


def _clean(text: str) -> str:
    return to_latin_digits(text.translate(MARKS))


def parse(typed: str) -> str | None:
    """The code that somebody typed: Persian, Arabic or Latin digits, with or without dashes and spaces.

    None when it is not a code or its check digit is wrong.
    """
    return _checked(TYPED.fullmatch(_clean(typed).strip()))


def find_all(text: str) -> list[str]:
    """The codes written with their dashes in a text such as the subject of a mail, in order, each once."""
    found = (_checked(match) for match in IN_TEXT.finditer(_clean(text)))
    return list(dict.fromkeys(code for code in found if code))
