"""The shape of what one types at one's own desk: until when a request is put aside."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peyvand.cartable import snooze_times
from peyvand.core.working_time import WorkCalendar
from peyvand.web.fields import ClockField, ClockInput, DateField, DateInput


class SnoozeForm(forms.Form):
    """Until when: one of the offered moments (`when`), or a day with a time."""

    when = forms.CharField(required=False, max_length=20)
    day = DateField(label=_("Day"), required=False, widget=DateInput(attrs={"class": "pv-in"}))
    time = ClockField(label=_("Time"), required=False, widget=ClockInput("08:00"))

    def until(self, calendar: WorkCalendar) -> datetime | None:
        """The chosen moment; a day without a time means eight in the morning. None when nothing was chosen."""
        found = snooze_times.chosen(calendar, timezone.now(), self.cleaned_data["when"])
        if found is not None or self.cleaned_data["day"] is None:
            return found
        clock = self.cleaned_data["time"] or snooze_times.MORNING
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], clock))
