"""The shape of what is typed about a relation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.parties.models import Party, RelationType
from peyvand.parties.selectors.relations import choices_for
from peyvand.parties.services.relation_kinds import KindDetails
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


def _words(label: Any, *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput({"class": "pv-in", "dir": "auto"})
    return forms.CharField(label=label, max_length=60, required=required, widget=widget)


def _fits(label: Any) -> forms.ChoiceField:
    choices = [("", _("Any customer")), *Party.Kind.choices]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.Select({"class": "pv-in"}))


class KindForm(forms.Form):
    """A kind of relations: what one is to the other, and back."""

    name_fa = _words(_("What the first is to the second (Persian)"), required=True)
    name_en = _words(_("The same in English"))
    inverse_fa = _words(_("What the second is to the first (Persian)"))
    inverse_en = _words(_("The same back in English"))
    from_kinds = _fits(_("The first is"))
    to_kinds = _fits(_("The second is"))
    is_symmetric = forms.BooleanField(label=_("Both are the same to each other"), required=False)
    is_tree = forms.BooleanField(label=_("A circle makes no sense"), required=False)

    def __init__(self, data: Any = None, *, kind: RelationType | None = None) -> None:
        names = ("name_fa", "name_en", "inverse_fa", "inverse_en", "from_kinds", "to_kinds")
        super().__init__(data, initial={name: getattr(kind, name) for name in names} if kind else None)
        if kind is not None:
            del self.fields["is_symmetric"], self.fields["is_tree"]

    def details(self) -> KindDetails:
        """What the service takes."""
        return KindDetails(**self.cleaned_data)
