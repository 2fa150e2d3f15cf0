"""How a series says itself, and the shape in which a form asks for it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from peyvand.activities.recurrence import Calendar, Every, Rule
from peyvand.core.jalali import WEEKDAYS, to_jalali
from peyvand.web.fields import DateField, DateInput, NumberField
from peyvand.web.templatetags.pv import localised, written

CHOICES = (
    ("", gettext_lazy("Does not repeat")),
    ("day", gettext_lazy("Every day")),
    ("week", gettext_lazy("Every week on this day")),
    ("month", gettext_lazy("Every month on this day of the month")),
    ("nth", gettext_lazy("Every month on this weekday, as the second Monday")),
    ("last", gettext_lazy("Every month on the last such weekday")),
    ("year", gettext_lazy("Every year on this day")),
)
WHICH = (
    ("this", gettext_lazy("Only this one")),
    ("later", gettext_lazy("This one and the later ones")),
    ("all", gettext_lazy("All that are still planned")),
)


class RepeatForm(forms.Form):
    """How often something comes again, until when."""

    repeat = forms.ChoiceField(
        label=gettext_lazy("Repeats"), choices=CHOICES, required=False, widget=forms.Select({"class": "pv-in"})
    )
    interval = NumberField(
        label=gettext_lazy("Each how many"), min_value=1, max_value=99, required=False,
        widget=forms.TextInput({"class": "pv-in", "dir": "ltr"}),
    )  # fmt: skip
    repeat_until = DateField(
        label=pgettext_lazy("repeat", "Until"), required=False, widget=DateInput({"class": "pv-in"})
    )

    def rule(self, day: date, calendar: str) -> Rule | None:
        """The rule of something that begins on a day; None when it does not repeat."""
        values = self.cleaned_data
        word = values.get("repeat") or ""
        if not word:
            return None
        more: dict[str, Any] = {}
        if word in ("nth", "last"):
            there = to_jalali(day).day if calendar == "jalali" else day.day
            more = {"nth": -1 if word == "last" else min(5, (there - 1) // 7 + 1), "weekday": day.weekday()}
        return Rule(
            every=Every.MONTH if more else Every(word), interval=values.get("interval") or 1,
            calendar=Calendar(calendar), until=values.get("repeat_until"), **more,
        )  # fmt: skip


def words_of(rule: Rule, start: date) -> str:
    """A rule as people say it: «every month on the 5th», «every 2 weeks until …»."""
    several = {
        Every.DAY: ngettext("Every day", "Every %(n)s days", rule.interval),
        Every.WEEK: ngettext("Every week", "Every %(n)s weeks", rule.interval),
        Every.MONTH: ngettext("Every month", "Every %(n)s months", rule.interval),
        Every.YEAR: ngettext("Every year", "Every %(n)s years", rule.interval),
    }
    text = several[rule.every] % {"n": rule.interval} if rule.interval > 1 else several[rule.every]
    weekday = WEEKDAYS["fa" if get_language() == "fa" else "en"][rule.weekday]
    if rule.nth == -1:
        text = _("%(often)s on its last %(weekday)s") % {"often": text, "weekday": weekday}
    elif rule.nth:
        text = _("%(often)s on its %(weekday)s number %(n)s") % {"often": text, "weekday": weekday, "n": rule.nth}
    if rule.until:
        text = _("%(often)s, until %(day)s") % {"often": text, "day": written(rule.until, "short")}
    return localised(text)
