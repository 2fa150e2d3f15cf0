"""The shape of minutes and of what was decided."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import User
from peyvand.activities.services.minuting import Decided
from peyvand.web.fields import DateField, DateInput


class MinutesForm(forms.Form):
    """What was said."""

    body = forms.CharField(
        label=pgettext_lazy("meeting", "Minutes"), required=False, max_length=20_000,
        widget=forms.Textarea({"class": "pv-in", "rows": 8, "dir": "auto"}),
    )  # fmt: skip


class DecisionForm(forms.Form):
    """What was decided, who does it until when."""

    text = forms.CharField(
        label=_("Decision"), max_length=200, widget=forms.TextInput({"class": "pv-in", "dir": "auto"})
    )
    owner = forms.TypedChoiceField(
        label=_("Who does it"), coerce=int, empty_value=None, required=False, widget=forms.Select({"class": "pv-in"})
    )
    due = DateField(label=_("Until"), required=False, widget=DateInput({"class": "pv-in"}))

    def __init__(self, *args: Any, doers: Iterable[User], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].choices = [("", "—"), *((one.pk, str(one)) for one in doers)]  # type: ignore[attr-defined]

    def decided(self) -> Decided:
        """The decision as the service takes it."""
        values = self.cleaned_data
        return Decided(text=values["text"], owner_id=values["owner"], due=values["due"])


DecisionRows = forms.formset_factory(DecisionForm, extra=3, max_num=20, absolute_max=50)
