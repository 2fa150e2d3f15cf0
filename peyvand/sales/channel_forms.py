"""The shape of what is typed about channels, partners and their people, and what partners themselves type."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import User
from peyvand.core.text import to_latin_digits
from peyvand.parties.models import Party
from peyvand.sales.channel_types import ChannelDetails, Claim, PartnerDetails, Verdict
from peyvand.sales.forms import MoneyField, owner_choices
from peyvand.sales.models import DealPartner, Level, Partner, Pipeline, SalesChannel
from peyvand.web.fields import DateField, DateInput, NumberField, in_digits

_SIZE = Decimal(100)


def _text(label: Any, longest: int, *, required: bool = False, **more: Any) -> forms.CharField:
    widget = forms.TextInput({"class": "pv-in", "dir": more.pop("dir", "auto"), **more.pop("attrs", {})})
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, **more)


def _select(label: Any, *, required: bool = True, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, widget=forms.Select({"class": "pv-in"}), **more)


def _tick(label: Any, **more: Any) -> forms.BooleanField:
    widget = forms.CheckboxInput({"class": "checkbox checkbox-primary"})
    return forms.BooleanField(label=label, required=False, widget=widget, **more)


def fill(field: forms.Field, choices: Iterable[tuple[Any, Any]], *, empty: Any = None) -> None:
    """Give a field of choices what may be chosen, with a word for nothing."""
    first = [] if empty is None else [("", empty)]
    field.choices = [*first, *choices]  # type: ignore[attr-defined]  # it is a ChoiceField


class PercentField(forms.CharField):
    """A percentage with at most two places, in any digits; gives hundredths of a percent."""

    def __init__(self, *, label: Any, required: bool = False, **more: Any) -> None:
        widget = forms.TextInput({"class": "pv-in", "inputmode": "decimal", "dir": "ltr", "autocomplete": "off"})
        super().__init__(label=label, max_length=10, required=required, widget=widget, **more)

    def clean(self, value: Any) -> Any:
        """Read it. Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return 0
        found = hundredths(text)
        if found is None:
            raise forms.ValidationError(_("Write a percentage from 0 to 100."))
        return found

    def prepare_value(self, value: Any) -> Any:
        """Write a stored percentage so that it can be changed."""
        return percent_text(value) if isinstance(value, int) else value


def hundredths(text: str) -> int | None:
    """A typed percentage as hundredths; None when it is none between 0 and 100 or has more than two places."""
    try:
        found = Decimal(to_latin_digits(text).replace("٫", ".").replace("/", ".").strip(" %٪")) * _SIZE
    except InvalidOperation:
        return None
    return int(found) if found.is_finite() and 0 <= found <= 10_000 and found == int(found) else None


def percent_text(value: int) -> str:
    """Hundredths of a percent as people write them, in the reader's digits."""
    text = f"{Decimal(value) / _SIZE:f}"
    return in_digits(text.rstrip("0").rstrip(".") if "." in text else text)


class ChannelForm(forms.Form):
    """A channel."""

    name = _text(_("Name of the channel"), 120, required=True)
    kind = _select(_("Who sells in it"), choices=SalesChannel.Kind.choices)
    pipeline = _select(_("Registered deals come to"), required=False)
    margin = PercentField(
        label=_("Usual margin in percent"),
        help_text=_("What partners keep of the amount where no rule says otherwise."),
    )
    accepts_itself = _tick(_("A registration that meets nobody becomes a deal at once"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, channel: SalesChannel | None) -> None:
        names = ("name", "kind", "margin", "accepts_itself", "version")
        first: dict[str, Any] = {"accepts_itself": True}
        if channel is not None:
            first = {name: getattr(channel, name) for name in names} | {"pipeline": channel.pipeline_id}
        super().__init__(data, initial=first)
        rows = Pipeline.objects.filter(deleted_at=None).order_by("kind", "position")
        fill(self.fields["pipeline"], [(each.pk, each.name) for each in rows], empty=_("The first pipeline of deals"))

    def details(self) -> ChannelDetails:
        """What the service takes."""
        values = self.cleaned_data
        return ChannelDetails(
            name=values["name"], kind=values["kind"], margin=values["margin"],
            pipeline_id=int(values["pipeline"]) if values["pipeline"] else None,
            accepts_itself=values["accepts_itself"],
        )  # fmt: skip


class PartnerForm(forms.Form):
    """A partner."""

    channel = _select(_("Sales channel"))
    level = _select(pgettext_lazy("partner", "Level"), choices=Level.choices)
    owner = _select(_("Who of us cares for it"), required=False)
    territory = _text(pgettext_lazy("partner", "Territory"), 200, help_text=_("As «Isfahan and Yazd»."))
    protection = NumberField(
        label=_("Days of protection"),
        min_value=0,
        max_value=1000,
        help_text=_("So long an accepted registration keeps a customer its own."),
    )
    contract_from = DateField(label=_("Contract from"), required=False, widget=DateInput({"class": "pv-in"}))
    contract_to = DateField(label=_("Contract until"), required=False, widget=DateInput({"class": "pv-in"}))
    is_active = _tick(pgettext_lazy("partner", "Sells for us"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, partner: Partner | None, people: Iterable[User]) -> None:
        plain = ("level", "territory", "protection", "contract_from", "contract_to", "is_active", "version")
        first: dict[str, Any] = {"is_active": True, "protection": 90, "level": Level.STANDARD}
        if partner is not None:
            first = {name: getattr(partner, name) for name in plain}
            first |= {"channel": partner.channel_id, "owner": partner.owner_id}
        super().__init__(data, initial=first)
        rows = SalesChannel.objects.filter(deleted_at=None).order_by("name")
        fill(self.fields["channel"], [(each.pk, each.name) for each in rows])
        fill(self.fields["owner"], owner_choices(people))
        self.fields["protection"].widget.attrs |= {"class": "pv-in", "dir": "ltr"}

    def details(self) -> PartnerDetails:
        """What the service takes."""
        values = {key: value for key, value in self.cleaned_data.items() if key not in ("version", "channel", "owner")}
        owner = self.cleaned_data["owner"]
        return PartnerDetails(
            channel_id=int(self.cleaned_data["channel"]), owner_id=int(owner) if owner else None, **values
        )


class SeatForm(forms.Form):
    """A person of a partner."""

    name = _text(_("Name"), 120, required=True)
    email = _text(_("E-mail"), 254, required=True, dir="ltr", attrs={"inputmode": "email", "autocomplete": "off"})
    language = _select(_("Language"), choices=[("fa", "فارسی"), ("en", "English")])


class EnterForm(forms.Form):
    """Who asks for a link into the portal."""

    email = _text(_("E-mail"), 254, required=True, dir="ltr", attrs={"inputmode": "email", "autocomplete": "email"})


class ClaimForm(forms.Form):
    """A deal that a partner registers."""

    kind = _select(
        _("The customer is"),
        choices=[(Party.Kind.ORGANISATION.value, _("Organisation")), (Party.Kind.PERSON.value, _("Person"))],
    )
    name = _text(_("Name of the customer"), 200, required=True)
    mobile = _text(_("Mobile or phone"), 40, dir="ltr", attrs={"inputmode": "tel"})
    email = _text(_("E-mail"), 254, dir="ltr", attrs={"inputmode": "email"})
    number = _text(_("National id"), 20, dir="ltr", attrs={"inputmode": "numeric"})
    city = _text(_("City"), 80)
    product = _text(_("What he wants to buy"), 200, required=True)
    amount = MoneyField(label=_("Amount in toman"))
    note = forms.CharField(
        label=_("Note"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"class": "pv-in", "rows": 3, "dir": "auto"}),
    )

    def claim(self) -> Claim:
        """What the service takes."""
        return Claim(**self.cleaned_data)


class VerdictForm(forms.Form):
    """How a registration is decided."""

    answer = forms.CharField(max_length=10)
    remark = forms.CharField(max_length=500, required=False)
    percent = NumberField(required=False)
    version = forms.IntegerField(required=False)

    def verdict(self) -> Verdict:
        """What the service takes."""
        values = self.cleaned_data
        return Verdict(answer=values["answer"], remark=values["remark"], percent=values["percent"] or 0)


class DealPartnerForm(forms.Form):
    """A partner of a deal with his share."""

    partner = _select(_("Sales partner"))
    percent = NumberField(label=_("Share of the commission in percent"), min_value=1, max_value=100)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, partners: Iterable[Partner], known: Iterable[DealPartner]) -> None:
        left = 100 - sum(one.percent for one in known)
        super().__init__(data, initial={"percent": max(left, 0) or 100})
        fill(self.fields["partner"], [(one.pk, f"{one} ({one.channel.name})") for one in partners])
        self.fields["percent"].widget.attrs |= {"class": "pv-in", "dir": "ltr"}


class NoteForm(forms.Form):
    """A note about a deal."""

    body = forms.CharField(
        label=_("Note"), max_length=5000, widget=forms.Textarea({"class": "pv-in", "rows": 3, "dir": "auto"})
    )
