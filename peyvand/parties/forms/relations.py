"""The shape of what is typed about a relation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.parties.models import Party
from peyvand.parties.selectors.relations import choices_for
from peyvand.parties.services.relations import Terms
from peyvand.web.fields import DateField, DateInput


def _day(label: Any) -> DateField:
    return DateField(label=label, required=False, widget=DateInput({"class": "pv-in"}))


class TermsForm(forms.Form):
    """Since and until when, and a word on it."""

    since = _day(_("Since"))
    until = _day(_("Until"))
    note = forms.CharField(
        label=_("Remark"), max_length=200, required=False, widget=forms.TextInput({"class": "pv-in", "dir": "auto"})
    )

    def terms(self) -> Terms:
        """What the service takes."""
        values = self.cleaned_data
        return Terms(since=values["since"], until=values["until"], note=values["note"])


class RelationForm(TermsForm):
    """What the other is to this customer, and who it is."""

    kind = forms.ChoiceField(label=_("The other is"), widget=forms.Select({"class": "pv-in"}))
    other = forms.IntegerField(min_value=1, max_value=2**62, error_messages={"required": _("Choose a customer.")})

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices_for(party)  # type: ignore[attr-defined]  # it is a ChoiceField
