"""Forms of the rows that belong to a customer: ways to reach, places, numbers, roles, consents."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peyvand.core.errors import PeyvandError
from peyvand.core.jalali import today
from peyvand.parties.errors import FlawedNumber
from peyvand.parties.models import Address, Consent, ContactPoint, Identifier, Party, Role
from peyvand.parties.types import AddressDetails, ConsentDetails, ContactDetails, IdentifierDetails, RoleDetails
from peyvand.web.fields import DateField

NO_CHOICE = ("", "—")


class RowForm(forms.Form):
    """A row that a broken rule of a service is shown in. `offers_insist`: the person may keep a flawed number."""

    offers_insist = False

    def show(self, error: PeyvandError) -> None:
        """Put a broken rule beside the input that is meant, or above all."""
        self.offers_insist = self.offers_insist or (isinstance(error, FlawedNumber) and error.may_insist)
        for field, sentence in error.fields.items() or [("", error.message)]:
            name = field.rpartition("-")[2]
            self.add_error(name if name in self.fields else None, sentence)

    @property
    def has_flaw(self) -> bool:
        """Is «keep it all the same» shown? Also where it was chosen before."""
        return self.offers_insist or bool(self.data.get(self.add_prefix("insist")))


class ContactForm(RowForm):
    """One way to reach a customer; an empty row is no row."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ContactPoint.Kind.choices, initial=ContactPoint.Kind.MOBILE)
    typed = forms.CharField(label=_("Address or number"), required=False)
    use = forms.ChoiceField(label=_("Use"), choices=[NO_CHOICE, *ContactPoint.Use.choices], required=False)
    primary = forms.BooleanField(label=_("Main one"), required=False)
    shared = forms.BooleanField(label=_("Shared by several people"), required=False)
    verified = forms.BooleanField(label=_("Verified"), required=False)

    def details(self) -> ContactDetails:
        data = self.cleaned_data
        return ContactDetails(
            kind=data.get("kind", "mobile"),
            typed=data.get("typed", ""),
            shared=data.get("shared", False),
            primary=data.get("primary", False),
            use=data.get("use", ""),
            verified=data.get("verified", False),
        )

    @staticmethod
    def values_of(point: ContactPoint) -> dict[str, Any]:
        return {
            "kind": point.kind,
            "typed": point.typed,
            "use": point.use,
            "primary": point.is_primary,
            "shared": not point.identifies,
            "verified": point.is_verified,
        }


class AddressForm(RowForm):
    """One place; an empty row is no row."""

    use = forms.ChoiceField(label=_("Use"), choices=[NO_CHOICE, *Address.Use.choices], required=False)
    province = forms.CharField(
        label=_("Province"), required=False, widget=forms.TextInput({"list": "provinces", "autocomplete": "off"})
    )
    city = forms.CharField(label=_("City"), required=False)
    street = forms.CharField(label=_("Street and number"), required=False, widget=forms.Textarea({"rows": 2}))
    postal_code = forms.CharField(
        label=_("Postal code"), required=False, widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    )
    country = forms.CharField(label=_("Country"), required=False, initial="IR")
    primary = forms.BooleanField(label=_("Main address"), required=False)
    insist = forms.BooleanField(label=_("Keep it all the same"), required=False)

    def details(self) -> AddressDetails:
        data = {name: value for name, value in self.cleaned_data.items() if name in _ADDRESS}
        return AddressDetails(**data)

    @staticmethod
    def values_of(address: Address) -> dict[str, Any]:
        kept = {name: getattr(address, name) for name in _ADDRESS if name not in {"primary", "insist"}}
        return {**kept, "primary": address.is_primary}


_ADDRESS = ("use", "province", "city", "street", "postal_code", "country", "primary", "insist")


class IdentifierForm(RowForm):
    """One number to add; an empty row is no row."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Identifier.Kind.choices)
    typed = forms.CharField(label=_("Number"), required=False, widget=forms.TextInput({"autocomplete": "off"}))
    insist = forms.BooleanField(label=_("Keep it all the same"), required=False)

    def details(self) -> IdentifierDetails:
        data = self.cleaned_data
        return IdentifierDetails(kind=data["kind"], typed=data["typed"], insist=data.get("insist", False))


class RoleForm(RowForm):
    """What a customer is to us, from day to day; a row without a role is no row."""

    role = forms.ChoiceField(label=_("Role"), choices=[NO_CHOICE, *Role.choices], required=False)
    since = DateField(label=_("Since"), required=False)
    until = DateField(label=_("Until"), required=False)

    def details(self) -> RoleDetails:
        data = self.cleaned_data
        return RoleDetails(role=data["role"], since=data.get("since") or today(), until=data.get("until"))


class LifeCycleForm(RowForm):
    """Where a customer stands in its life with us, and since when."""

    life_cycle = forms.ChoiceField(label=_("Life cycle"), choices=Party.LifeCycle.choices)
    life_cycle_since = DateField(label=_("Since"), required=False)

    def since(self) -> dt.datetime | None:
        """The moment at which the day that was typed begins."""
        day = self.cleaned_data.get("life_cycle_since")
        return timezone.make_aware(dt.datetime.combine(day, dt.time())) if day else None


class ConsentForm(RowForm):
    """One word of a customer about being contacted."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Consent.Channel.choices)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Consent.Purpose.choices, initial="marketing")
    given = forms.ChoiceField(
        label=_("What was said"),
        choices=[("1", _("Agrees")), ("0", _("Does not agree"))],
        initial="1",
        widget=forms.RadioSelect,
    )
    source = forms.CharField(label=_("Where it was said"), help_text=_("As «by phone» or «form on the website»."))
    text_version = forms.CharField(label=_("Version of the text"), required=False)
    at = DateField(label=_("Day"), required=False)

    def details(self) -> ConsentDetails:
        data = self.cleaned_data
        day = data.get("at")
        moment = timezone.make_aware(dt.datetime.combine(day, dt.time(12))) if day and day != today() else None
        return ConsentDetails(
            channel=data["channel"],
            purpose=data["purpose"],
            is_given=data["given"] == "1",
            source=data["source"],
            text_version=data.get("text_version", ""),
            at=moment,
        )
