"""The shape of what people type into the cartable's pages."""

from datetime import date, datetime, time
from secrets import token_hex
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import Department
from peyvand.cartable.models import Kind, ReferralAction, Request, ReturnRule
from peyvand.cartable.recipients import listed
from peyvand.cartable.types import Changes, Contact, Copy, Draft, ManualEntry, Order, Target, Timer
from peyvand.channels.models import Message
from peyvand.core.errors import Invalid
from peyvand.web.fields import ClockField, ClockInput, DateField, DateInput

ANY = ("", _("Any"))
END_OF_DAY = time(16, 0)
BY_HAND = (
    ("phone", _("Phone call")),
    ("letter", _("Letter")),
    ("fax", _("Fax")),
    ("visit", pgettext_lazy("medium", "Visit")),
)


def text_area(rows: int) -> forms.Textarea:
    """A text area in the product's look."""
    return forms.Textarea(attrs={"class": "pv-in", "rows": rows, "dir": "auto"})


def text_input(**attrs: str) -> forms.TextInput:
    """A text input in the product's look."""
    return forms.TextInput(attrs={"class": "pv-in", **attrs})


def select() -> forms.Select:
    """A select in the product's look."""
    return forms.Select(attrs={"class": "pv-in"})


class TargetField(forms.CharField):
    """Whom a referral goes to: «user:5»."""

    def to_python(self, value: Any) -> Target | None:  # type: ignore[override]  # a target, not text
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Target.parse(text)
        except Invalid as problem:
            raise forms.ValidationError(_("Choose somebody.")) from problem


class ReferForm(forms.Form):
    """A referral: to whom, with which instruction, until when; and who gets a copy (`copy`, `role-…`, `action-…`)."""

    to = TargetField(label=_("To"), required=False)
    action = forms.ModelChoiceField(
        ReferralAction.objects.none(), label=_("Asked for"), required=False, empty_label=_("Not said"), widget=select()
    )
    instruction = forms.CharField(label=_("Instruction"), required=False, max_length=4000, widget=text_area(2))
    due_day = DateField(label=_("Deadline"), required=False, widget=DateInput(attrs={"class": "pv-in"}))
    due_time = ClockField(label=_("Time"), required=False, widget=ClockInput("16:00"))

    timer = forms.IntegerField(
        label=_("Returns after working hours"), required=False, min_value=0, max_value=2000,
        widget=text_input(dir="ltr", inputmode="numeric"),
    )  # fmt: skip
    timer_to = forms.ChoiceField(label=_("Then"), required=False, choices=ReturnRule.To.choices, widget=select())
    timer_when = forms.ChoiceField(
        label=_("When it is"), required=False, choices=ReturnRule.When.choices, widget=select()
    )
    keep = forms.BooleanField(label=_("Keep it in my work, too"), required=False)
    tell_when_done = forms.BooleanField(label=_("Tell me when it is done"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = active_actions()  # type: ignore[attr-defined]  # the stubs lose the field's type

    def clean(self) -> dict[str, Any]:
        """Somebody is chosen for the original, or for a copy."""
        data = super().clean() or self.cleaned_data
        if not data.get("to") and not self.copies() and "to" not in self.errors:
            self.add_error("to", _("Choose somebody."))
        return data

    def order(self) -> Order:
        """What is asked, as the service takes it."""
        data = self.cleaned_data
        return Order(
            instruction=data["instruction"],
            due_at=self.due_at(),
            action_id=data["action"].pk if data["action"] else None,
            keep=data["keep"],
            tell_when_done=data["tell_when_done"],
            timer=self._timer(),
        )

    def _timer(self) -> Timer | None:
        """What was typed; nothing leaves it to the rule of the department and the kind."""
        hours: int | None = self.cleaned_data["timer"]
        if hours is None:
            return None
        when, to = self.cleaned_data["timer_when"], self.cleaned_data["timer_to"]
        return Timer(minutes=hours * 60, when=when or ReturnRule.When.UNREAD, to=to or ReturnRule.To.REFERRER)

    def copies(self) -> list[Copy]:
        """Those who get a copy, as they were chosen; what cannot be read is left out."""
        named = self.data.getlist("copy") if hasattr(self.data, "getlist") else []
        return [copy for text in dict.fromkeys(named) if (copy := self._copy(text)) is not None]

    def _copy(self, text: str) -> Copy | None:
        try:
            target = Target.parse(text)
        except Invalid:
            return None
        action = self.data.get(f"action-{target}", "")
        action_id = int(action) if action.isdecimal() and len(action) < 10 else None
        return Copy(to=target, blind=self.data.get(f"role-{target}") == "blind", action_id=action_id)

    def due_at(self) -> datetime | None:
        """The deadline as a moment; a day without a time means its last working hour."""
        day: date | None = self.cleaned_data["due_day"]
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day, self.cleaned_data["due_time"] or END_OF_DAY))


class ConfideForm(forms.Form):
    """Whether a request is confidential, and who is named on it (`person`, one for each)."""

    confidential = forms.BooleanField(label=_("Confidential"), required=False)

    def people(self) -> list[int]:
        """The ids of those named."""
        return self.numbers(self.data.getlist("person") if hasattr(self.data, "getlist") else [])

    @staticmethod
    def numbers(texts: list[str]) -> list[int]:
        """Those of these texts that are ids."""
        return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 18]


class RemarkForm(forms.Form):
    """A reason that must be given."""

    remark = forms.CharField(
        label=_("Reason"), max_length=4000, widget=text_area(3), error_messages={"required": _("Write the reason.")}
    )


class NoteForm(forms.Form):
    """A word among colleagues."""

    body = forms.CharField(max_length=20_000)


class DraftForm(forms.Form):
    """An answer as it is being written. `to` is «medium:address»."""

    body = forms.CharField(required=False, max_length=100_000, strip=False)
    to = forms.CharField(required=False, max_length=340)
    recipient = forms.CharField(required=False, max_length=4000)  # a typed address, instead of one that was chosen
    cc = forms.CharField(required=False, max_length=10_000)
    bcc = forms.CharField(required=False, max_length=10_000)
    subject = forms.CharField(required=False, max_length=300)
    reviewer = forms.IntegerField(required=False, min_value=1)
    version = forms.IntegerField(required=False, min_value=0)

    def clean(self) -> dict[str, Any]:
        """The version in a dialog that showed the stored text is newer than the page's."""
        data = super().clean() or self.cleaned_data
        newer = str(self.data.get("version_now") or "")
        if newer.isdecimal() and len(newer) < 10:
            data["version"] = int(newer)
        return data

    def draft(self, file_ids: list[str]) -> Draft:
        """The draft as the service takes it; a field that the page did not show leaves what is stored."""
        medium, _colon, address = self.cleaned_data["to"].partition(":")
        known = medium if medium in Message.Medium.values else Message.Medium.MAIL
        data = self.cleaned_data
        return Draft(
            body=data["body"],
            medium=str(known),
            recipient=data.get("recipient") or address,
            file_ids=file_ids,
            cc=listed(data["cc"]) if "cc" in self.data else None,
            bcc=listed(data["bcc"]) if "bcc" in self.data else None,
            subject=data["subject"] if "subject" in self.data else None,
        )


class ApproveForm(forms.Form):
    """The reviewer's last word on a draft."""

    body = forms.CharField(max_length=100_000, strip=False)
    version = forms.IntegerField(min_value=0)

    def clean(self) -> dict[str, Any]:
        """As in a draft."""
        data = super().clean() or self.cleaned_data
        newer = str(self.data.get("version_now") or "")
        if newer.isdecimal() and len(newer) < 10:
            data["version"] = int(newer)
        return data


class ChangeForm(forms.Form):
    """Subject, kind, priority and department of a request."""

    subject = forms.CharField(label=_("Subject"), max_length=300, widget=text_input(dir="auto"))
    kind = forms.ModelChoiceField(
        Kind.objects.none(), label=_("Kind"), required=False, empty_label=_("No kind"), widget=select()
    )
    priority = forms.ChoiceField(label=_("Priority"), choices=Request.Priority.choices, widget=select())
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Department"), empty_label=None, widget=select()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = active_kinds()  # type: ignore[attr-defined]  # the stubs lose the field's type
        self.fields["department"].queryset = active_departments()  # type: ignore[attr-defined]  # as above

    def changes(self) -> Changes:
        """The changes as the service takes them."""
        kind = self.cleaned_data["kind"]
        return Changes(
            subject=self.cleaned_data["subject"],
            kind_id=kind.pk if kind else 0,
            priority=self.cleaned_data["priority"],
            department_id=self.cleaned_data["department"].pk,
        )


def new_key() -> str:
    """What tells one opened form from another, so that a form that was sent twice registers once."""
    return token_hex(16)


class EntryForm(forms.Form):
    """A call, letter, fax or visit that somebody writes down."""

    key = forms.CharField(required=False, max_length=40, initial=new_key, widget=forms.HiddenInput)
    medium = forms.ChoiceField(label=_("How it came"), choices=BY_HAND, initial="phone", widget=forms.RadioSelect)
    party = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), required=False, max_length=200, widget=text_input(dir="auto"))
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=text_input(dir="ltr", inputmode="tel")
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=320,
        widget=forms.EmailInput(attrs={"class": "pv-in", "dir": "ltr"}),
    )
    subject = forms.CharField(label=_("Subject"), max_length=300, widget=text_input(dir="auto"))
    text = forms.CharField(label=_("What was said or written"), max_length=100_000, widget=text_area(6))
    kind = forms.ModelChoiceField(
        Kind.objects.none(), label=_("Kind"), required=False, empty_label=_("Find by its words"), widget=select()
    )
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Department"), required=False, empty_label=_("By its kind"), widget=select()
    )
    priority = forms.ChoiceField(
        label=_("Priority"), choices=Request.Priority.choices, initial=Request.Priority.NORMAL, widget=select()
    )
    day = DateField(label=_("Day"), required=False, widget=DateInput(attrs={"class": "pv-in"}))
    clock = ClockField(label=_("Time"), required=False, widget=ClockInput("16:00"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = active_kinds()  # type: ignore[attr-defined]  # the stubs lose the field's type
        self.fields["department"].queryset = active_departments()  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """A customer is chosen, or at least one of name, phone and e-mail is written."""
        data = super().clean() or self.cleaned_data
        if not any(data.get(each) for each in ("party", "name", "phone", "email")):
            self.add_error("name", _("Choose a customer, or write a name, phone or e-mail."))
        return data

    def entry(self, file_ids: list[str]) -> ManualEntry:
        """The entry as the service takes it."""
        data = self.cleaned_data
        return ManualEntry(
            medium=data["medium"],
            subject=data["subject"],
            text=data["text"],
            contact=Contact(name=data["name"], email=data["email"], phone=data["phone"]),
            party_id=data["party"],
            kind_id=data["kind"].pk if data["kind"] else None,
            department_id=data["department"].pk if data["department"] else None,
            priority=data["priority"],
            occurred_at=self._occurred_at(),
            file_ids=file_ids,
        )

    def _occurred_at(self) -> datetime | None:
        day: date | None = self.cleaned_data["day"]
        clock: time | None = self.cleaned_data["clock"]
        if day is None and clock is None:
            return None
        now = timezone.localtime()
        return timezone.make_aware(datetime.combine(day or now.date(), clock or now.time().replace(tzinfo=None)))


def active_kinds() -> QuerySet[Kind]:
    """Kinds that may be chosen."""
    return Kind.objects.filter(is_active=True).order_by("position", "pk")


def active_actions() -> QuerySet[ReferralAction]:
    """What a referral may ask for."""
    return ReferralAction.objects.filter(is_active=True).order_by("position", "pk")


def active_departments() -> QuerySet[Department]:
    """Departments that may be chosen."""
    return Department.objects.filter(is_active=True).order_by("branch_id", "name")
