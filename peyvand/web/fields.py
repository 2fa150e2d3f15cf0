"""Form fields that read what people type: digits of any script, dates of both calendars, phones."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from peyvand.core.errors import Invalid
from peyvand.core.jalali import format_date, parse_date
from peyvand.core.text import to_latin_digits, to_persian_digits
from peyvand.web import prefs


class DateInput(forms.TextInput):
    """A text input that shows the date in the reader's calendar; the script adds a month to choose from."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "x-data": "datepicker", "inputmode": "numeric", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.date):
            now = prefs.current()
            return format_date(value, calendar=now.calendar, lang=now.language, style="numeric", digits=now.digits)
        return None if value is None else str(value)


class DateField(forms.DateField):
    """A day, typed in either calendar: «۱۴۰۵/۰۹/۰۱» or «2026-11-22»."""

    widget = DateInput

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        try:
            return parse_date(str(value))
        except Invalid as error:
            raise ValidationError(error.message, code="invalid") from error


def in_digits(text: str) -> str:
    """A text in the digits that its reader chose."""
    return to_persian_digits(text) if prefs.current().digits == "persian" else text


class NumberInput(forms.TextInput):
    """A text input that shows a number in the reader's digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        shown = super().format_value(value)
        return in_digits(shown) if shown else shown


class NumberField(forms.IntegerField):
    """A whole number in any digits, with or without thousands marks."""

    widget = NumberInput

    def to_python(self, value: Any) -> int | None:
        text = to_latin_digits(str(value or "")).replace("٬", "").replace(",", "").strip()
        return super().to_python(text)


class ClockInput(forms.TextInput):
    """A text input for a time of day, with an example in the reader's digits."""

    def __init__(self, example: str) -> None:
        super().__init__({"class": "pv-in", "dir": "ltr", "inputmode": "numeric"})
        self.example = example

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, {"placeholder": in_digits(self.example), **(attrs or {})})


class ClockField(forms.TimeField):
    """A time of day in any digits."""

    def to_python(self, value: Any) -> dt.time | None:
        return super().to_python(to_latin_digits(value) if isinstance(value, str) else value)
