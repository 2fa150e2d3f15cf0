"""The shape of what is typed about customers."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.core.errors import PeyvandError
from peyvand.parties import selectors
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.types import ContactDetails, PartyDetails

MOST_CONTACTS = 20
EXTRA_ROWS = 2


class PartyForm(forms.Form):
    """Name, role and place of a customer; the kind is chosen once, when it is added."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Party.Kind.choices, initial=Party.Kind.PERSON)
    name = forms.CharField(label=_("Name"), max_length=200)
    honorific = forms.CharField(label=_("Form of address"), max_length=40, required=False)
    job_title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("Write the name of an organisation that is already a customer."),
    )
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, user: User, party: Party | None = None, **kwargs: Any) -> None:
        self.user, self.party = user, party
        if party is not None:
            kwargs.setdefault("initial", _initial(party))
        super().__init__(*args, **kwargs)
        if party is not None:
            self.fields["kind"].disabled = True

    def clean_organisation(self) -> Party | None:
        name = self.cleaned_data["organisation"].strip()
        if not name or self.cleaned_data.get("kind") == Party.Kind.ORGANISATION:
            return None
        found = selectors.organisation_named(self.user, name)
        if found is None:
            raise forms.ValidationError(_("No organisation of this name is among your customers; add it first."))
        return found

    def details(self) -> PartyDetails:
        """Return what was typed, for the service."""
        data = self.cleaned_data
        organisation: Party | None = data["organisation"]
        return PartyDetails(
            name=data["name"],
            kind=data["kind"],
            honorific=data["honorific"],
            job_title=data["job_title"],
            city=data["city"],
            organisation_id=organisation.pk if organisation else None,
        )


def _initial(party: Party) -> dict[str, Any]:
    names = ("kind", "name", "honorific", "job_title", "city", "version")
    values = {name: getattr(party, name) for name in names}
    return {**values, "organisation": party.organisation.name if party.organisation else ""}


class ContactForm(forms.Form):
    """One way to reach a customer; an empty row is no row."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ContactPoint.Kind.choices, initial=ContactPoint.Kind.MOBILE)
    typed = forms.CharField(label=_("Address or number"), max_length=320, required=False)
    shared = forms.BooleanField(label=_("Shared by several people"), required=False)

    def details(self, *, primary: bool) -> ContactDetails:
        data = self.cleaned_data
        return ContactDetails(
            kind=data.get("kind", "mobile"),
            typed=data.get("typed", ""),
            shared=data.get("shared", False),
            primary=primary,
        )


ContactFormSet = formset_factory(
    ContactForm, extra=EXTRA_ROWS, max_num=MOST_CONTACTS, absolute_max=MOST_CONTACTS + EXTRA_ROWS, validate_max=True
)


def contact_rows(data: Any = None, *, party: Party | None = None) -> "BaseFormSet[ContactForm]":
    """Return the rows of addresses, filled from what was typed or from the customer."""
    points = party.contact_points.order_by("-is_primary", "pk") if party else []
    initial = [{"kind": p.kind, "typed": p.typed, "shared": not p.identifies} for p in points]
    return ContactFormSet(data, prefix="contacts", initial=None if data is not None else initial)


def details_of(rows: "BaseFormSet[ContactForm]") -> list[ContactDetails]:
    """Return the rows for the service; the first filled one is the primary address."""
    filled = [form.cleaned_data.get("typed", "").strip() for form in rows]
    first = next((n for n, typed in enumerate(filled) if typed), -1)
    return [form.details(primary=n == first) for n, form in enumerate(rows)]


def show_error(error: PeyvandError, form: forms.Form, rows: "BaseFormSet[ContactForm]") -> None:
    """Put a broken rule beside the field that is meant, or above the form."""
    for field, text in error.fields.items():
        if field in form.fields:
            form.add_error(field, text)
        for row in rows:
            if field == f"{row.prefix}-typed":
                row.add_error("typed", text)
    if not error.fields:
        form.add_error(None, error.message)
