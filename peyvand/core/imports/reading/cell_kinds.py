"""What cells look like: one pattern per kind of column, for cells whose digits are 0–9 (`latin`)."""

import re
from collections.abc import Callable, Sequence

from peyvand.core.imports.types import ColumnKind

_D = "[0-9]"
_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_MONTHS = (
    "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|ژانویه|فوریه|مارس|آوریل|مه|می|ژوئن|ژوئیه|اوت"
    "|سپتامبر|اکتبر|نوامبر|دسامبر|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)
_ZONE = rf"(?:Z|[ ]?[+-]{_D}{{2}}:?{_D}{{2}})?"
_TIME = rf"(?:[ T,،]+{_D}{{1,2}}:{_D}{{2}}(?::{_D}{{2}}(?:\.{_D}+)?)?{_ZONE}(?:[ ]?[AaPp][Mm])?)?"
_JALALI_YEAR = "(?:1[2-4][0-9]{2})"
_GREGORIAN_YEAR = "(?:(?:19|20)[0-9]{2})"
_SEP = r"[/\-.]"
_DATES: dict[str, str] = {
    "jalali:ymd": rf"{_JALALI_YEAR}(?:{_SEP}{_D}{{1,2}}{_SEP}{_D}{{1,2}}|{_D}{{4}}){_TIME}",
    "gregorian:ymd": rf"{_GREGORIAN_YEAR}(?:{_SEP}{_D}{{1,2}}{_SEP}{_D}{{1,2}}|{_D}{{4}}){_TIME}",
    "jalali:dmy": rf"{_D}{{1,2}}{_SEP}{_D}{{1,2}}{_SEP}{_JALALI_YEAR}{_TIME}",
    "gregorian:dmy": rf"{_D}{{1,2}}{_SEP}{_D}{{1,2}}{_SEP}(?:{_GREGORIAN_YEAR}|{_D}{{2}}){_TIME}",
}
_NAMED_MONTH = rf"(?:\w+[ ,،]+)?{_D}{{1,2}}[ \-]+(?:{_MONTHS})\w*[ \-,،]+{_D}{{2,4}}{_TIME}"
_AMOUNT = rf"[+-]?{_D}{{1,3}}(?:[,٬،]{_D}{{3}})+(?:[.٫]{_D}+)?"
_CURRENCY = "(?:ریال|تومان|ريال|تومن|IRR|IRT|Rials?|Tomans?)"
PATTERNS: dict[ColumnKind, str] = {
    ColumnKind.EMAIL: r"[^\s@<>,;]+@[^\s@]+\.[^\s@]+",
    ColumnKind.URL: r"(?:https?://|www\.)\S+",
    ColumnKind.YES_NO: "بله|خیر|بلی|آری|نه|دارد|ندارد|فعال|غیرفعال|غیر فعال|yes|no|true|false|y|n|✓|✔|✗",
    ColumnKind.SHEBA: rf"(?:IR[ ]?)(?:{_D}[ ]?){{24}}|(?:{_D}[ ]?){{24}}",
    ColumnKind.PHONE: (
        r"(?:(?:\+|00)[ ]?98|98|0)?[ \-().]*9(?:[ \-()]*[0-9]){9}"  # mobile
        r"|0[ \-(]*[1-8](?:[ \-()]*[0-9]){9}"  # with the code of a town
        r"|(?:\+|00)(?:[ \-().]*[0-9]){8,15}(?:[ ]*(?:ext|داخلی|x)[ .:]*[0-9]+)?"
    ),
    ColumnKind.DATE: "|".join(_DATES.values()) + "|" + _NAMED_MONTH,
    ColumnKind.LEGAL_ID: r"1[04][0-9]{9}",
    ColumnKind.NATIONAL_ID: rf"{_D}{{3}}-?{_D}{{5,6}}-?{_D}|{_D}{{8}}",
    ColumnKind.POSTAL_CODE: r"[13-9۱۳-۹]{4}[1346-9۱۳۴۶-۹]-?[013-9۰۱۳-۹]{5}",
    ColumnKind.MONEY: rf"{_AMOUNT}(?:[ ]*{_CURRENCY})?|[+-]?{_D}+[ ]*{_CURRENCY}",
    ColumnKind.NUMBER: rf"[+-]?{_D}+(?:[.٫/]{_D}+)?|{_AMOUNT}|[+-]?{_D}(?:\.{_D}+)?[eE][+-]?{_D}+|[+-]?{_D}+[ ]?[%٪]",
    ColumnKind.NAME: r"[^\W\d_]+(?:[ \u200c.'’\-]+[^\W\d_]+){1,4}\.?",
}
MATCH: dict[ColumnKind, Callable[[str], object]] = {
    kind: re.compile(rf"\s*(?:{pattern})\s*", re.IGNORECASE).fullmatch for kind, pattern in PATTERNS.items()
}
# all cells of a column at once, a line each: one look instead of one a cell
MATCH_ALL: dict[ColumnKind, Callable[[str], object]] = {
    kind: re.compile(rf"(?>[^\S\n]*(?:{pattern})[^\S\n]*(?:\n|\Z))*+", re.IGNORECASE).fullmatch
    for kind, pattern in PATTERNS.items()
}
DATE_MATCH = {name: re.compile(rf"\s*(?:{pattern})\s*").fullmatch for name, pattern in _DATES.items()}
SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+\d+").fullmatch
LOST_ZERO: dict[ColumnKind, Callable[[str], object]] = {
    ColumnKind.PHONE: re.compile(r"[1-9][0-9]{9}").fullmatch,
    ColumnKind.NATIONAL_ID: re.compile(r"[0-9]{8,9}").fullmatch,
}
_DIGITS = re.compile("[0-9]")


def latin(text: str) -> str:
    """With digits 0–9."""
    return text if text.isascii() else text.translate(_LATIN)


def digits_of(text: str) -> str:
    """The digits of a text, as 0–9."""
    return "".join(_DIGITS.findall(latin(text)))


def is_national_id(text: str) -> bool:
    """Does the check digit of a person's number fit, with the zeros that a spreadsheet took?"""
    digits = digits_of(text).zfill(10)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest)


def date_reading(cells: Sequence[str]) -> str:
    """How the dates of these cells are best read: calendar and order; empty when they say it themselves or nothing."""
    counts = {name: sum(1 for cell in cells if match(cell)) for name, match in DATE_MATCH.items()}
    name = max(counts, key=lambda each: counts[each])
    if not counts[name]:
        return ""
    if name == "gregorian:dmy":
        firsts = [
            latin(cell).replace("-", "/").replace(".", "/").split("/") for cell in cells if DATE_MATCH[name](cell)
        ]
        if any(int(parts[1]) > 12 for parts in firsts) and not any(int(parts[0]) > 12 for parts in firsts):
            return "gregorian:mdy"
    return name


def money_reading(cells: Sequence[str]) -> str:
    """Toman or Rial, when the cells say so."""
    whole = " ".join(cells).casefold()
    if "تومان" in whole or "تومن" in whole or "toman" in whole or "irt" in whole:
        return "toman"
    return "rial" if "ریال" in whole or "ريال" in whole or "rial" in whole or "irr" in whole else ""
