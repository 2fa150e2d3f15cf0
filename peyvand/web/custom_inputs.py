"""The input of a custom field in a form: what is typed is read by its own rules, and cleaned to what is stored."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from peyvand.core import custom_fields
from peyvand.core.errors import Invalid
from peyvand.core.models import CustomField
from peyvand.core.money import format_money, rials_per
from peyvand.core.text import format_phone
from peyvand.web import prefs
from peyvand.web.fields import DateInput

K = CustomField.Kind
EMPTIES = frozenset("-–—−")  # what a person writes instead of a protected number to take it away
LTR_KINDS = frozenset({K.PHONE, K.EMAIL, K.URL, K.NATIONAL_ID, K.NUMBER})
_INPUT_MODES = {
    K.NUMBER: "decimal",
    K.MONEY: "numeric",
    K.PHONE: "tel",
    K.NATIONAL_ID: "numeric",
    K.EMAIL: "email",
    K.URL: "url",
}


class CustomFormField(forms.Field):
    """One custom field. `is_ltr`: its input runs left to right. A field whose permission the person lacks stays out."""

    def __init__(self, custom: CustomField, *, who: Any, value: Any = None, required: bool = False) -> None:
        self.custom, self.who, self.value = custom, who, value
        self.is_ltr = custom.kind in LTR_KINDS
        self.typed = typed_of(custom, value, who=who)
        super().__init__(
            required=required,
            label=custom_fields.label_of(custom),
            help_text=_help(custom, value),
            initial=self.typed,
            widget=_widget(custom, value),
        )

    def clean(self, value: Any) -> Any:
        """Return what is stored, None for nothing."""
        if isinstance(self.typed, str) and value == self.typed and not custom_fields.is_empty(self.value):
            return self.value
        is_emptied = self._is_protected and str(value or "").strip() in EMPTIES
        try:
            stored = None if is_emptied else custom_fields.parse(self.custom, value, self.who)
        except Invalid as error:
            raise ValidationError(error.message, code="invalid") from error
        if stored is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.value if self._is_kept(stored) and not is_emptied else stored

    @property
    def _is_protected(self) -> bool:
        """Is there a protected number already, which is not shown?"""
        return self.custom.kind == K.NATIONAL_ID and not custom_fields.is_empty(self.value)

    def _is_kept(self, stored: Any) -> bool:
        """Does a protected number stay: nothing but spaces was typed, or the one that is stored, enciphered anew?"""
        if not self._is_protected:
            return False
        return stored is None or bool(stored["digest"] == self.value["digest"])

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Does what was typed mean something else than what is stored?"""
        try:
            return bool(self.clean(data) != self.value)
        except ValidationError:
            return True


class WithCustomFields(forms.Form):
    """A form that asks for custom fields, too; each has the input `custom_12`."""

    custom: Mapping[str, CustomField] = {}

    def with_custom(self, fields: Iterable[CustomField], values: Mapping[str, Any], who: Any) -> Self:
        """Add inputs for these fields with the values of a record."""
        self.custom = {f"custom_{each.pk}": each for each in fields}
        for name, each in self.custom.items():
            self.fields[name] = form_field(each, who=who, value=values.get(str(each.pk)))
        return self

    @property
    def custom_inputs(self) -> list[forms.BoundField]:
        """The inputs of custom fields in their order."""
        return [self[name] for name in self.custom]

    def custom_values(self) -> dict[str, Any]:
        """What was typed in them, by the number of the field; None for one that is empty now."""
        return {str(each.pk): self.cleaned_data[name] for name, each in self.custom.items()}


def form_field(custom: CustomField, *, who: Any, value: Any = None, required: bool = False) -> CustomFormField:
    """Return the form field of a custom field. value: what is stored now; who: whose links may be chosen."""
    return CustomFormField(custom, who=who, value=value, required=required)


def typed_of(custom: CustomField, value: Any, *, who: Any = None) -> Any:
    """Return a stored value as its input shows it."""
    if custom_fields.is_empty(value):
        return [] if custom.kind == K.CHOICES else ""
    match custom.kind:
        case K.NATIONAL_ID:
            return ""  # a protected number is typed anew or left as it is
        case K.DATE:
            return dt.date.fromisoformat(value)
        case K.MONEY:
            unit = "rial" if value % rials_per("toman") else "toman"
            now = prefs.current()
            return format_money(value, unit=unit, lang=now.language, digits=now.digits, named=unit == "rial")
        case K.PHONE:
            return format_phone(value)
        case K.PARTY:
            return custom_fields.show(custom, value, how=custom_fields.Showing(who=who))
    return custom_fields.raw_of(custom, value)


def _help(custom: CustomField, value: Any) -> Any:
    if custom.kind == K.NATIONAL_ID and not custom_fields.is_empty(value):
        return f"{custom.help} {_('Leave it empty to keep it; write «-» to take it away.')}".strip()
    if custom.help or custom.kind != K.MONEY:
        return custom.help
    return _("In toman; write «rial» after it for rial.")


def _widget(custom: CustomField, value: Any) -> forms.Widget:
    match custom.kind:
        case K.LONG_TEXT:
            return forms.Textarea({"rows": 3})
        case K.DATE:
            return DateInput()
        case K.YES_NO:
            return forms.Select(choices=[("", "—"), ("1", _("Yes")), ("0", _("No"))])
        case K.CHOICE:
            return forms.Select(choices=[("", "—"), *_offered(custom, value)])
        case K.CHOICES:
            return forms.CheckboxSelectMultiple(choices=_offered(custom, value))
    mode = _INPUT_MODES.get(K(custom.kind))
    attributes = {"autocomplete": "off"} | ({"inputmode": mode} if mode else {})
    if custom.kind == K.NATIONAL_ID and not custom_fields.is_empty(value):
        attributes["placeholder"] = str(value["shown"])
    return forms.TextInput(attributes)


def _offered(custom: CustomField, value: Any) -> list[tuple[str, str]]:
    """The choices, with those of the present value even when they are switched off."""
    mine = {str(one) for one in (value if isinstance(value, list) else [value])}
    on = custom_fields.choices_of(custom)
    known = {key for key, _label in on}
    off = [each for each in custom_fields.choices_of(custom, with_off=True) if each[0] in mine - known]
    return [*on, *off]
