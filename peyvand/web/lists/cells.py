"""Cells of lists, written in Python: a page of fifty rows is one string, not five hundred includes."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape  # a third of the price of Django's, which also takes promises
from typing import Any

from django.db.models import Choices
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from peyvand.core.jalali import format_date, today
from peyvand.core.money import format_money_short
from peyvand.core.record_fields import Asked, Kind, RecordField
from peyvand.core.record_links import HIDDEN, Names
from peyvand.core.text import format_phone, to_persian_digits
from peyvand.web import prefs
from peyvand.web.icons import icon

LONG = 32  # letters from which a text is cut in its cell
HUES = 6
NUMERIC = frozenset({Kind.NUMBER, Kind.MONEY})


@dataclass(frozen=True)
class Pen:
    """How one reader's cells are written: his digits, calendar and language, read once for the whole page.

    names: of the records that cells point to, as far as he may see them.
    """

    prefs: prefs.Prefs
    asked: Asked
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: dict[Choices, str] = field(default_factory=dict)
    names: Names = field(init=False)
    today: dt.date = field(default_factory=today)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", Names(self.asked.who))

    def word(self, choice: Choices) -> str:
        """The name of a choice, translated once for the page."""
        if choice not in self.words:
            self.words[choice] = str(choice.label)
        return self.words[choice]

    def digits(self, text: str) -> str:
        """Numbers in the reader's digits."""
        return to_persian_digits(text) if self.prefs.digits == "persian" else text

    def number(self, value: float) -> str:
        """A number with thousands marks."""
        text = f"{value:,}"
        if self.prefs.digits != "persian":
            return text
        return to_persian_digits(text.replace(",", "٬").replace(".", "٫"))

    def percent(self, value: float) -> str:
        return self.number(value) + ("٪" if self.prefs.digits == "persian" else "%")

    def date(self, value: dt.date, style: str) -> str:
        now = self.prefs
        return format_date(
            value, calendar=now.calendar, lang=now.language, style=style, digits=now.digits, now=self.today
        )


Writer = Callable[[Any, RecordField, Pen], str]


def cell(record: Any, field_: RecordField, pen: Pen) -> str:
    """Return the markup of one value; empty when there is none."""
    value = field_.read(record)
    if value is None or value == "" or value == []:
        return ""
    return WRITERS.get(field_.kind, _text)(value, field_, pen)


def avatar(name: str, key: int, size: int, *, is_square: bool = False) -> str:
    """As `{% avatar %}`, for cells."""
    letter = next((each.upper() for each in name.strip() if each.isalnum()), "؟")
    square = " is-square" if is_square else ""
    hue = key % HUES + 1
    return f'<span class="pv-ava{square}" data-h="{hue}" data-size="{size}" aria-hidden="true">{escape(letter)}</span>'


def titled(url: str, mark: str, name: str, under: str) -> SafeString:
    """Return the cell that leads to the record: a mark, its name, and a second line."""
    name, under = escape(name), escape(under)
    second = f'<span class="truncate pv-sub" dir="auto">{under}</span>' if under else ""
    return mark_safe(  # noqa: S308 - every part is escaped here or markup of ours
        f'<a href="{escape(url)}" class="pv-cell-t">{mark}<span class="pv-cell-2">'
        f'<b class="truncate" dir="auto" title="{name}">{name}</b>{second}</span></a>'
    )


def meter(value: int, pen: Pen) -> SafeString:
    """Return a share of a hundred as a bar with its number, green from 80, saffron from 56."""
    share = max(0, min(100, int(value)))
    tone = "ok" if share > 80 else "warn" if share > 55 else "bad"
    text = pen.percent(share)
    return mark_safe(  # noqa: S308 - a number and markup of ours
        f'<span class="pv-cell-m"><svg class="pv-meter" data-c="{tone}" viewBox="0 0 100 6" preserveAspectRatio="none"'
        f' aria-hidden="true"><rect width="{share}" height="6" rx="2"/></svg><span class="pv-sub">{text}</span></span>'
    )


def missing(label: str) -> tuple[str, str]:
    """Return the invitation to fill what a record should have: the markup before and after its address."""
    name = escape(_("Add: %(field)s") % {"field": label})
    return '<a class="pv-missing" href="', f'" data-add aria-label="{name}">{icon("plus", size=13)}{_("Add")}</a>'


def _text(value: Any, field_: RecordField, pen: Pen) -> str:
    text = escape(str(value))
    if len(text) <= LONG:
        return f"<bdi>{text}</bdi>"
    return f'<span class="pv-cell-l truncate" dir="auto" title="{text}">{text}</span>'


def _number(value: Any, field_: RecordField, pen: Pen) -> str:
    if field_.unit == "%":
        return pen.percent(value)
    return f"{pen.number(value)} {escape(str(field_.unit))}" if field_.unit else pen.number(value)


def _money(value: Any, field_: RecordField, pen: Pen) -> str:
    return escape(format_money_short(int(value), lang=pen.prefs.language, digits=pen.prefs.digits))


def _moment(value: Any, field_: RecordField, pen: Pen) -> str:
    full = pen.date(value, "full")
    return f'<time datetime="{value.isoformat(timespec="minutes")}" title="{full}">{pen.date(value, "relative")}</time>'


def _date(value: Any, field_: RecordField, pen: Pen) -> str:
    return f'<time datetime="{value.isoformat()}" title="{pen.date(value, "long")}">{pen.date(value, "short")}</time>'


def _yes_no(value: Any, field_: RecordField, pen: Pen) -> str:
    return escape(_("Yes") if value else _("No"))


def _choice(value: Any, field_: RecordField, pen: Pen) -> str:
    label = pen.labels.get(field_.key, {}).get(str(value), str(value))
    return f"<bdi>{escape(label)}</bdi>"


def _choices(value: Any, field_: RecordField, pen: Pen) -> str:
    names = pen.labels.get(field_.key, {})
    comma = "، " if pen.prefs.language == "fa" else ", "
    text = escape(comma.join(names.get(str(key), str(key)) for key in value))
    return f'<span class="pv-cell-l truncate" dir="auto" title="{text}">{text}</span>'


def _record(value: Any, field_: RecordField, pen: Pen) -> str:
    name = pen.names.of(value, field_.kind) if isinstance(value, int) else str(value)
    return hidden() if name == HIDDEN else _text(name, field_, pen)


def hidden() -> str:
    """A record whose name is not for this reader."""
    text = escape(_("A customer in the trash, or one whom you may not see"))
    mark = f'<span aria-hidden="true">{HIDDEN}</span><span class="sr-only">{text}</span>'
    return f'<span class="pv-sub" title="{text}">{mark}</span>'


def _user(value: Any, field_: RecordField, pen: Pen) -> str:
    name = getattr(value, "full_name", None) or str(value)
    shown = escape(name)
    return f'<span title="{shown}">{avatar(name, value.pk, 26)}<span class="sr-only">{shown}</span></span>'


def _phone(value: Any, field_: RecordField, pen: Pen) -> str:
    text = format_phone(str(value))
    return f'<bdi dir="ltr">{escape(text if text.startswith("+") else pen.digits(text))}</bdi>'


def _code(value: Any, field_: RecordField, pen: Pen) -> str:
    return f'<bdi dir="ltr">{escape(str(value))}</bdi>'


WRITERS: dict[Kind, Writer] = {
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.PARTY: _record,
    Kind.USER: _user,
    Kind.PHONE: _phone,
    Kind.EMAIL: _code,
    Kind.URL: _code,
    Kind.NATIONAL_ID: _code,
}
