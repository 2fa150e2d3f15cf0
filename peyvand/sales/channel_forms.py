"""The shape of what is typed about channels, partners and their people, and what partners themselves type."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid
from peyvand.core.money import format_money, parse_money
from peyvand.core.text import to_latin_digits
from peyvand.parties.models import Party
from peyvand.sales.channel_types import Band, ChannelDetails, Claim, PartnerDetails, RuleDetails, Verdict
from peyvand.sales.forms import MoneyField, owner_choices
from peyvand.sales.models import DealPartner, Level, Partner, PartnerRule, Pipeline, SalesChannel
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


STEPS = 4  # rows of steps that the form offers at least


class RuleForm(forms.Form):
    """A rule of commission or margin. Steps are named by numbers: `from-1`, `value-1`; the first begins at nothing."""

    name = _text(_("Name of the rule"), 120, required=True)
    purpose = _select(_("What it gives"), choices=PartnerRule.Purpose.choices)
    way = _select(_("Counted as"), choices=PartnerRule.Way.choices)
    channel = _select(_("Sales channel"), required=False)
    partner = _select(_("Sales partner"), required=False)
    level = _select(pgettext_lazy("partner", "Level"), required=False)
    pipeline = _select(_("Pipeline"), required=False)
    since = DateField(label=_("Won from"), required=False, widget=DateInput({"class": "pv-in"}))
    until = DateField(label=_("Won until"), required=False, widget=DateInput({"class": "pv-in"}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rule: PartnerRule | None) -> None:
        plain = ("name", "purpose", "way", "level", "since", "until", "version")
        first: dict[str, Any] = {}
        if rule is not None:
            first = {name: getattr(rule, name) for name in plain}
            first |= {"channel": rule.channel_id, "partner": rule.partner_id, "pipeline": rule.pipeline_id}
        super().__init__(data, initial=first)
        any_of = pgettext_lazy("rule", "Any")
        channels = SalesChannel.objects.filter(deleted_at=None).order_by("name")
        partners = Partner.objects.filter(is_active=True).select_related("party").order_by("party__sort_key", "pk")
        ways = Pipeline.objects.filter(deleted_at=None).order_by("kind", "position")
        fill(self.fields["channel"], [(each.pk, each.name) for each in channels], empty=any_of)
        fill(self.fields["partner"], [(each.pk, each.party.name) for each in partners[:500]], empty=any_of)
        fill(self.fields["level"], Level.choices, empty=any_of)
        fill(self.fields["pipeline"], [(each.pk, each.name) for each in ways], empty=any_of)
        self.rows = _typed_steps(data) if data is not None else _stored_steps(rule)

    def clean(self) -> dict[str, Any]:
        """Read the steps. Raises ValidationError for one that cannot be read."""
        values = super().clean() or {}
        way = values.get("way")
        found = [
            _band(row, str(way), is_first=place == 0) for place, row in enumerate(self.rows) if row["value"].strip()
        ]
        if not found or None in found:
            raise forms.ValidationError(_("Write for each step from which amount on, and what it gives."))
        values["bands"] = [band for band in found if band is not None]
        return values

    def details(self) -> RuleDetails:
        """What the service takes."""
        values = self.cleaned_data
        named: dict[str, Any] = {
            f"{key}_id": int(values[key]) if values[key] else None for key in ("channel", "partner", "pipeline")
        }
        plain = {key: values[key] for key in ("name", "purpose", "way", "level", "since", "until", "bands")}
        return RuleDetails(**plain, **named)


def _band(row: dict[str, Any], way: str, *, is_first: bool) -> Band | None:
    """A step as it was typed: an amount in toman, and a percentage or an amount in toman; None for what is neither."""
    try:
        start = 0 if is_first else parse_money(row["start"])
        value = hundredths(row["value"]) if way == PartnerRule.Way.PERCENT else parse_money(row["value"])
    except Invalid:
        return None
    return None if value is None else Band(start=start, value=value)


def _stored_steps(rule: PartnerRule | None) -> list[dict[str, Any]]:
    rows = []
    for band in rule.bands if rule is not None else []:
        is_percent = rule is not None and rule.way == PartnerRule.Way.PERCENT
        value = (
            percent_text(band["value"])
            if is_percent
            else in_digits(format_money(band["value"], lang="en", named=False))
        )
        rows.append({"start": in_digits(format_money(band["from"], lang="en", named=False)), "value": value})
    return _steps(rows)


def _typed_steps(data: Any) -> list[dict[str, Any]]:
    rows = [
        {"start": data.get(f"from-{number}", ""), "value": data.get(f"value-{number}", "")}
        for number in range(1, 11)
        if f"value-{number}" in data
    ]
    return _steps(rows)


def _steps(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    empty = [{"start": "", "value": ""} for _row in range(max(STEPS - len(rows), 1 if len(rows) < 10 else 0))]
    return [row | {"number": number} for number, row in enumerate([*rows, *empty], 1)]


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
