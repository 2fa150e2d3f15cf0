"""The fields of a customer that are typed into the form, by the keys that `set_fields` takes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch, User
from peyvand.accounts.policies import may
from peyvand.core import custom_fields
from peyvand.core.models import CustomField
from peyvand.parties import selectors
from peyvand.parties.fields import HOST
from peyvand.parties.fields.profile import LANGUAGES
from peyvand.parties.forms.rows import NO_CHOICE
from peyvand.parties.models import Category, Consent, Party, Profile, Tag
from peyvand.parties.selectors.shape import fields_of_category
from peyvand.parties.services.editing import Raw
from peyvand.parties.services.identifiers import REVEAL
from peyvand.web.custom_inputs import form_field
from peyvand.web.fields import DateField

MOST_OWNERS = 500


def _text(label: Any, help_text: Any = "", **attrs: str) -> forms.CharField:
    """One line; too long ones are refused with a sentence, so the browser does not cut them silently."""
    return forms.CharField(label=label, required=False, help_text=help_text, widget=forms.TextInput(attrs))


def _long(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": 2}))


def _choice(label: Any, choices: Iterable[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[NO_CHOICE, *choices])


class PartyForm(forms.Form):
    """All fields of a customer; `raws` gives those that were changed. The kind is chosen once, when it is added."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Party.Kind.choices, widget=forms.RadioSelect, initial="person")
    honorific = _text(_("Form of address"))
    first_name = _text(_("First name"))
    last_name = _text(_("Last name"))
    name = _text(_("Full name"))
    job_title = _text(_("Job title"))
    organisation = _text(
        _("Organisation"), _("Write the name of an organisation that is already a customer."), autocomplete="off"
    )
    category = _choice(_("Category"), ())
    tags = forms.MultipleChoiceField(label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple)
    owner = _choice(_("Owner"), ())
    branch = _choice(_("Branch"), ())
    life_cycle = forms.ChoiceField(label=_("Life cycle"), choices=Party.LifeCycle.choices, required=False)
    preferred_channel = _choice(_("Preferred channel"), Consent.Channel.choices)
    preferred_from = _text(_("From hour"), inputmode="numeric", placeholder="9:00")
    preferred_until = _text(_("Until hour"), inputmode="numeric", placeholder="17:00")
    birth_date = DateField(label=_("Birth date"), required=False)
    gender = _choice(_("Gender"), Profile.Gender.choices)
    marital_status = _choice(_("Marital status"), Profile.Marital.choices)
    children = _text(_("Children"), inputmode="numeric")
    education = _choice(_("Education"), Profile.Education.choices)
    occupation = _text(_("Occupation"))
    income_band = _choice(_("Income band"), Profile.Band.choices)
    language = _choice(_("Language"), LANGUAGES)
    industry = _text(_("Industry"))
    employees = _text(_("Employees"), inputmode="numeric")
    founded_on = DateField(label=_("Founded on"), required=False)
    website = _text(_("Website"), inputmode="url")
    interests = _text(_("Interests"), _("Apart by commas."))
    lifestyle = _text(_("Lifestyle"))
    values = _text(_("Values"))
    personality = _text(_("Personality"))
    motivations = _long(_("Motivations"))
    pains = _long(_("Pains"))

    def __init__(
        self, data: Any = None, *, user: User, party: Party | None, seen: Mapping[str, Any], category: str | None = None
    ) -> None:
        self.user, self.party = user, party
        super().__init__(data, initial=_initial(seen, party))
        self._offer(seen)
        chosen = category if category is not None else self["category"].value()
        self.custom = self._custom(seen.get("custom") or {}, chosen)
        if party is not None:
            self.fields["kind"].disabled = True

    def _offer(self, seen: Mapping[str, Any]) -> None:
        """Fill the choices that are rows; what the customer has now stays among them."""
        now = seen.get("raws") or {}
        self._choices("category", _rows(Category.objects.filter(is_active=True).order_by("order", "id"), "name"))
        self._choices("branch", _rows(Branch.objects.filter(is_active=True).order_by("path"), "name"))
        people = User.objects.filter(is_active=True).order_by("sort_key", "id")
        self._choices("owner", _rows(people[:MOST_OWNERS], "full_name"))
        for key, rows in (("category", Category.objects), ("branch", Branch.objects), ("owner", User.objects)):
            value, field = str(now.get(key) or ""), self.fields[key]
            if isinstance(field, forms.ChoiceField) and value.isdigit() and value not in dict(_flat(field)):
                label = rows.filter(pk=value).first()
                field.choices = [*_flat(field), (value, str(label or value))]
        tags = self.fields["tags"]
        if isinstance(tags, forms.MultipleChoiceField):
            tags.choices = _rows(Tag.objects.order_by("norm"), "name")

    def _choices(self, name: str, rows: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [NO_CHOICE, *rows]

    def _custom(self, stored: Mapping[str, Any], category: Any) -> dict[str, CustomField]:
        """Add the custom fields of the category; return them by the name of their input."""
        chosen = int(category) if str(category or "").isdigit() else None
        found: dict[str, CustomField] = {}
        for custom in fields_of_category(chosen, custom_fields.fields_for(HOST)):
            value = stored.get(str(custom.pk))
            if custom.kind == CustomField.Kind.NATIONAL_ID:
                if not may(self.user, REVEAL):
                    continue
                # never shown: the form says how the stored one ends, and keeps it while nothing is typed
                value = self.party.custom.get(str(custom.pk)) if self.party is not None else None
            name = f"custom_{custom.pk}"
            found[name] = custom
            self.fields[name] = form_field(custom, who=self.user, value=value)
        return found

    @property
    def custom_inputs(self) -> list[forms.BoundField]:
        """The custom fields in their order."""
        return [self[name] for name in self.custom]

    def clean_organisation(self) -> str:
        """Return the id of the organisation that was named; of one that is named as before, the present one."""
        name = str(self.cleaned_data["organisation"]).strip()
        if not name or self.cleaned_data.get("kind") != Party.Kind.PERSON:
            return ""
        if self.party is not None and "organisation" not in self.changed_data:
            return str(self.party.organisation_id or "")
        found = selectors.organisation_named(self.user, name)
        if found is None:
            raise forms.ValidationError(_("No organisation of this name is among your customers; add it first."))
        return str(found.pk)

    def raws(self) -> dict[str, Raw]:
        """Return what was changed, by the keys of the fields."""
        return {
            self.key_of(name): self._raw(name) for name in self.changed_data if name != "kind" and self._is_sent(name)
        }

    def _is_sent(self, name: str) -> bool:
        """Was this input in the form that came back? Boxes of which none is ticked are not told apart otherwise."""
        is_boxes = isinstance(self.fields[name].widget, forms.CheckboxSelectMultiple)
        return self.add_prefix(name) in self.data or (is_boxes and "seen" in self.data)

    def key_of(self, name: str) -> str:
        """Return the key of an input: «custom:12» for «custom_12»."""
        return custom_fields.key_of(self.custom[name]) if name in self.custom else name

    def _raw(self, name: str) -> Raw:
        if name in self.custom:
            return custom_fields.raw_of(self.custom[name], self.cleaned_data[name])
        value = self.cleaned_data[name]
        if isinstance(value, list):
            return [str(one) for one in value]
        return value.isoformat() if isinstance(value, dt.date) else str(value or "")


KEYS = tuple(name for name in PartyForm.base_fields if name != "kind")
DATES = ("birth_date", "founded_on")


def _rows(rows: Any, column: str) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in rows.values_list("pk", column)]


def _flat(field: forms.ChoiceField) -> list[tuple[str, str]]:
    return [(str(key), str(label)) for key, label in field.widget.choices]


def _initial(seen: Mapping[str, Any], party: Party | None) -> dict[str, Any]:
    """The values as they were seen, in the form of the inputs."""
    values = dict(seen.get("raws") or {})
    for key in DATES:
        text = values.get(key)
        values[key] = dt.date.fromisoformat(text) if text else None
    if isinstance(values.get("interests"), list):
        values["interests"] = "، ".join(values["interests"])
    values["organisation"] = seen.get("organisation") or ""
    values["kind"] = party.kind if party is not None else seen.get("kind") or Party.Kind.PERSON
    return values
