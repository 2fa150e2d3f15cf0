"""Money is an integer of Rial; how it is written (Toman, Rial, or what comes) is a dated rule, never a constant."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from peyvand.core.errors import Invalid
from peyvand.core.text import search_norm, to_latin_digits, to_persian_digits

NAMES = {"fa": {"toman": "تومان", "rial": "ریال"}, "en": {"toman": "toman", "rial": "rial"}}
SCALES = {"fa": [(10**9, "میلیارد"), (10**6, "میلیون")], "en": [(10**9, "billion"), (10**6, "million")]}


@dataclass(frozen=True, kw_only=True)
class UnitRule:
    """From `since` on, `rials` of our Rial make one of `unit`; a redenomination adds a rule and changes no row."""

    unit: str
    rials: int
    since: dt.date


RULES = (
    UnitRule(unit="rial", rials=1, since=dt.date(1900, 1, 1)),
    UnitRule(unit="toman", rials=10, since=dt.date(1900, 1, 1)),
)


def rials_per(unit: str, day: dt.date | None = None) -> int:
    """Return how many stored Rials one `unit` is on this day (the latest rule when none is given)."""
    fitting = [rule for rule in RULES if rule.unit == unit and (day is None or rule.since <= day)]
    if not fitting:
        raise ValueError(f"no rule for {unit!r}")
    return max(fitting, key=lambda rule: rule.since).rials


def format_money(rial: int, *, unit: str = "toman", lang: str = "fa", named: bool = True, digits: str = "") -> str:
    """Write an amount in full with its unit: «۱٬۲۵۰٬۰۰۰ تومان»; a rest below one unit is written after «٫»."""
    per = rials_per(unit)
    whole, rest = divmod(abs(rial), per)
    text = f"{whole:,}"
    if rest:
        text += "." + f"{rest * 10 ** len(str(per - 1)) // per}".zfill(len(str(per - 1))).rstrip("0")
    text = _written(("-" if rial < 0 else "") + text, lang, digits)
    return f"{text} {NAMES[lang][unit]}" if named else text


def format_money_short(rial: int, *, unit: str = "toman", lang: str = "fa", digits: str = "") -> str:
    """Write an amount for a tight place: «۱٫۸۴ میلیارد تومان»."""
    units = rial / rials_per(unit)
    for size, name in SCALES[lang]:
        if abs(units) >= size:
            number = f"{units / size:.2f}".rstrip("0").rstrip(".")
            return f"{_written(number, lang, digits)} {name} {NAMES[lang][unit]}"
    return format_money(rial, unit=unit, lang=lang, digits=digits)


def parse_money(text: str, *, unit: str = "toman") -> int:
    """Read a typed amount; a unit in the text wins over `unit`. Raises Invalid when it is not a whole number."""
    folded = search_norm(to_latin_digits(text))
    for name in ("rial", "toman"):
        for lang in ("fa", "en"):
            word = search_norm(NAMES[lang][name])
            if word in folded:
                unit, folded = name, folded.replace(word, "")
    number = re.sub(r"[\s,']", "", folded)
    if not re.fullmatch(r"\d{1,18}", number):
        raise Invalid(_("This amount cannot be read; write a whole number."))
    return int(number) * rials_per(unit)


def _written(number: str, lang: str, digits: str) -> str:
    if (digits or ("persian" if lang == "fa" else "latin")) == "persian":
        return to_persian_digits(number.replace(",", "٬").replace(".", "٫"))
    return number
