"""The shape of what is typed about categories, custom fields and tags."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from peyvand.core.custom_fields import label_of
from peyvand.core.models import CustomField
from peyvand.parties.models import Category, Tag
from peyvand.parties.services.categories import askable
from peyvand.parties.shapes import CategoryDetails, ChoiceDetails, FieldDetails

HUES = [(str(number), str(number)) for number in range(1, 7)]
EXTRA_CHOICES, MOST_CHOICES = 4, 300
Options = list[tuple[str, str]]
FOR_WHOM = (
    (Category.For.ALL.value, _("Everybody")),
    (Category.For.PERSON.value, _("Natural persons")),
    (Category.For.ORGANISATION.value, _("Organisations")),
    (Category.For.HOUSEHOLD.value, _("Households")),
)


def offer(form: forms.Form, name: str, options: Options) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = options


def _boxes() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple({"class": "checkbox checkbox-primary"})


def _dots() -> forms.RadioSelect:
    return forms.RadioSelect({"class": "radio radio-primary radio-xs"})


class HueField(forms.ChoiceField):
    """One of six colours; the page draws them as dots."""

    def __init__(self, **more: Any) -> None:
        super().__init__(label=_("Colour"), choices=HUES, initial="1", widget=_dots(), **more)


class CategoryForm(forms.Form):
    """A category, its minimum, and the custom fields that are not for everybody."""

    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(label=_("Description"), max_length=300, required=False)
    applies_to = forms.ChoiceField(label=_("For whom"), choices=FOR_WHOM, initial=Category.For.ALL)
    hue = HueField()
    required = forms.MultipleChoiceField(label=_("Required minimum"), required=False, widget=_boxes())
    fields_of = forms.MultipleChoiceField(label=_("Fields of this category"), required=False, widget=_boxes())
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(
        self,
        data: Any = None,
        *,
        category: Category | None = None,
        limited: Sequence[CustomField] = (),
        chosen: Sequence[int] = (),
    ) -> None:
        super().__init__(data, initial=_category(category, chosen) if category else {"required": _DEFAULT})
        offer(self, "required", list(askable().items()))
        offer(self, "fields_of", [(str(each.pk), label_of(each)) for each in limited])

    def details(self) -> CategoryDetails:
        data = self.cleaned_data
        return CategoryDetails(
            name=data["name"],
            description=data["description"],
            applies_to=data["applies_to"],
            hue=int(data["hue"]),
            required=data["required"],
            fields=[int(pk) for pk in data["fields_of"]],
        )


_DEFAULT = ["name", "email", "phone"]


def _category(category: Category, chosen: Sequence[int]) -> dict[str, Any]:
    names = ("name", "description", "applies_to", "required", "version")
    values = {name: getattr(category, name) for name in names}
    return {**values, "hue": str(category.hue), "fields_of": [str(pk) for pk in chosen]}


class RemoveCategoryForm(forms.Form):
    """Where the customers of a category go."""

    to = forms.ChoiceField(label=_("Their new category"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, category: Category, others: Sequence[Category]) -> None:
        super().__init__(data, initial={"version": category.version})
        self.others = {str(each.pk): each for each in others}
        offer(self, "to", [("", "—"), *((pk, each.name) for pk, each in self.others.items()), ("none", _no_category())])

    def chosen(self) -> Category | None:
        return self.others.get(self.cleaned_data["to"])


def _no_category() -> str:
    return str(_("No category"))


class CustomFieldForm(forms.Form):
    """The name of a custom field, its help, and the categories that it is for."""

    label = forms.CharField(label=_("Name"), max_length=80)
    label_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    help = forms.CharField(
        label=_("Help"), max_length=200, required=False, help_text=_("Shown under the input of the form.")
    )
    categories = forms.MultipleChoiceField(
        label=_("For which categories"),
        required=False,
        widget=_boxes(),
        help_text=_("None chosen: for all customers."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(
        self,
        data: Any = None,
        *,
        custom: CustomField | None = None,
        categories: Sequence[Category],
        chosen: Sequence[int] = (),
    ) -> None:
        super().__init__(data, initial=_field(custom, chosen) if custom else None)
        offer(self, "categories", [(str(each.pk), each.name) for each in categories])

    def details(self, choices: Sequence[ChoiceDetails]) -> FieldDetails:
        data = self.cleaned_data
        return FieldDetails(
            label=data["label"],
            label_en=data["label_en"],
            help=data["help"],
            categories=[int(pk) for pk in data["categories"]],
            choices=choices,
        )


def _field(custom: CustomField, chosen: Sequence[int]) -> dict[str, Any]:
    names = ("label", "label_en", "help", "version")
    return {**{name: getattr(custom, name) for name in names}, "categories": [str(pk) for pk in chosen]}


class ChoiceForm(forms.Form):
    """One choice; an empty row is no choice."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    fa = forms.CharField(label=_("Choice"), max_length=80, required=False)
    en = forms.CharField(label=_("In English"), max_length=80, required=False)
    off = forms.BooleanField(label=_("Switched off"), required=False)

    def details(self) -> ChoiceDetails:
        data = self.cleaned_data
        return ChoiceDetails(
            id=data.get("id"), fa=data.get("fa", ""), en=data.get("en", ""), off=data.get("off", False)
        )


ChoiceFormSet = formset_factory(
    ChoiceForm, extra=EXTRA_CHOICES, max_num=MOST_CHOICES, absolute_max=MOST_CHOICES + EXTRA_CHOICES, validate_max=True
)


def choice_rows(data: Any = None, *, custom: CustomField | None = None) -> "BaseFormSet[ChoiceForm]":
    """The rows of choices of a field, with empty ones for new choices."""
    initial = [dict(row) for row in custom.choices] if custom else []
    return ChoiceFormSet(data, prefix="choices", initial=None if data is not None else initial)


class TagForm(forms.Form):
    """A tag: its word and its colour."""

    name = forms.CharField(label=_("Name"), max_length=60)
    hue = HueField()


class MergeTagForm(forms.Form):
    """The tag that another becomes part of."""

    into = forms.ChoiceField(label=_("Into"))

    def __init__(self, data: Any = None, *, others: Sequence[Tag]) -> None:
        super().__init__(data)
        self.others = {str(each.pk): each for each in others}
        offer(self, "into", [("", "—"), *((pk, each.name) for pk, each in self.others.items())])

    def chosen(self) -> Tag:
        return self.others[self.cleaned_data["into"]]
