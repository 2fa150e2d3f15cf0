"""The shape of what is typed about leads and deals."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.core.custom_fields import fields_for
from peyvand.core.errors import Invalid
from peyvand.core.money import format_money, parse_money
from peyvand.sales.deal_fields import HOST
from peyvand.sales.models import Deal, LostReason, Pipeline
from peyvand.sales.types import DealDetails, Loss
from peyvand.web.custom_inputs import WithCustomFields
from peyvand.web.fields import DateField, DateInput, NumberField

Choices = Iterable[tuple[Any, Any]]


def _text(label: Any, longest: int, *, required: bool = False, **more: Any) -> forms.CharField:
    widget = forms.TextInput({"class": "pv-in", "dir": "auto"})
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, **more)


def _long(label: Any, longest: int) -> forms.CharField:
    widget = forms.Textarea({"class": "pv-in", "dir": "auto", "rows": 3})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)


def _choice(label: Any, choices: Choices, *, required: bool = True) -> forms.ChoiceField:
    widget = forms.Select({"class": "pv-in"})
    return forms.ChoiceField(label=label, choices=list(choices), required=required, widget=widget)


class MoneyField(forms.CharField):
    """An amount as people write it, in Toman unless they write a unit; gives Rial or None."""

    def __init__(self, *, label: Any, required: bool = False) -> None:
        widget = forms.TextInput({"class": "pv-in", "inputmode": "numeric", "dir": "ltr", "autocomplete": "off"})
        super().__init__(label=label, max_length=40, required=required, widget=widget)

    def clean(self, value: Any) -> Any:
        """Read the amount. Raises ValidationError with the sentence of `parse_money`."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_money(text)
        except Invalid as error:
            raise forms.ValidationError(error.message) from error

    def prepare_value(self, value: Any) -> Any:
        """Write a stored amount so that it can be changed."""
        return format_money(value, lang="en", named=False) if isinstance(value, int) else value


class DealForm(WithCustomFields, forms.Form):
    """A lead or a deal; customer, stage and owner are asked for only when it is new."""

    name = _text(_("What it is about"), 200, required=True)
    amount = MoneyField(label=_("Amount in toman"))
    close_on = DateField(label=_("Expected close"), required=False, widget=DateInput({"class": "pv-in"}))
    probability = NumberField(
        label=_("Probability in percent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Empty: as its stage."),
    )
    source = _text(_("Source"), 120, help_text=_("As «exhibition», «web site», «was recommended»."))
    channel = _choice(_("Sales channel"), Deal.SalesChannel.choices)
    is_hot = forms.BooleanField(
        label=_("Hot: to be decided soon"),
        required=False,
        widget=forms.CheckboxInput({"class": "checkbox checkbox-primary"}),
    )
    note = _long(_("Description"), 20_000)

    @classmethod
    def of(cls, deal: Deal, who: User, data: Any = None) -> "DealForm":
        """The form of a deal as it is."""
        form = cls(data, initial={name: getattr(deal, name) for name in cls.base_fields})
        return form.with_custom(fields_for(HOST), deal.custom, who)

    def details(self) -> DealDetails:
        """What the service takes."""
        given = {name: self.cleaned_data[name] for name in DealForm.base_fields}
        return DealDetails(**given, custom=self.custom_values())


class NewDealForm(DealForm):
    """A new lead or deal: also where it stands and who sells it."""

    stage = _choice(_("Stage"), ())
    owner = _choice(_("Responsible"), (), required=False)

    def __init__(
        self, *args: Any, pipelines: Iterable[Pipeline], people: Iterable[User], who: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.with_custom(fields_for(HOST), {}, who)
        groups = [(each.name, [(stage.pk, stage.name) for stage in each.stages.all()]) for each in pipelines]
        self.fields["stage"].choices = groups  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["owner"].choices = owner_choices(people)  # type: ignore[attr-defined]  # it is a ChoiceField


class CardForm(WithCustomFields, forms.Form):
    """What a card shows: amount, expected close, who sells it, and the first fields of the business."""

    amount = MoneyField(label=_("Amount in toman"))
    close_on = DateField(label=_("Expected close"), required=False, widget=DateInput({"class": "pv-in"}))
    owner = _choice(_("Responsible"), (), required=False)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owner_choices(people)  # type: ignore[attr-defined]  # it is a ChoiceField


class OwnerForm(forms.Form):
    """Who sells it from now on."""

    owner = _choice(_("Responsible"), (), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owner_choices(people)  # type: ignore[attr-defined]  # it is a ChoiceField


class LossForm(forms.Form):
    """Why it was lost."""

    reason = _choice(_("Reason"), ())
    competitor = _text(_("Who won it instead"), 120)
    note = _long(_("What we learn from it"), 2000)

    def __init__(self, *args: Any, reasons: Iterable[LostReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", "—"), *((each.pk, each.name) for each in reasons)]  # type: ignore[attr-defined]  # it is a ChoiceField

    def loss(self) -> Loss:
        """What the service takes."""
        values = self.cleaned_data
        return Loss(reason_id=int(values["reason"]), competitor=values["competitor"], note=values["note"])


class PartForm(forms.Form):
    """A part that is cut off a deal."""

    name = _text(_("What it is about"), 200, required=True)
    amount = MoneyField(label=_("Amount of the part in toman"), required=True)


class PersonForm(forms.Form):
    """What somebody on the customer's side does in the decision."""

    party = forms.IntegerField(min_value=1, max_value=2**62, error_messages={"required": _("Choose a customer.")})
    role = _text(_("Role in the decision"), 80, help_text=_("As «purchasing manager», «user», «signs»."))
    influence = forms.CharField(max_length=8)


class ShareForm(forms.Form):
    """Somebody of us who sells along."""

    user = _choice(_("Who"), ())
    percent = NumberField(label=_("Share in percent"), min_value=1, max_value=100)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = owner_choices(people)[1:]  # type: ignore[attr-defined]  # it is a ChoiceField


def owner_choices(people: Iterable[User]) -> list[tuple[Any, Any]]:
    """Nobody, then the people by name."""
    return [("", _("Nobody yet")), *((each.pk, each.full_name or each.username) for each in people)]
