"""The shape of what people type when they regroup, link and part requests."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peyvand.cartable.forms import END_OF_DAY, TargetField, select, text_area, text_input
from peyvand.cartable.models import Tie
from peyvand.cartable.types import PartOrder
from peyvand.web.fields import ClockField, ClockInput, DateField, DateInput


class MessagesForm(forms.Form):
    """Messages of a request, by their numbers."""

    messages = forms.TypedMultipleChoiceField(
        label=_("Messages"), coerce=int, choices=(), error_messages={"required": _("Choose at least one message.")}
    )

    def __init__(self, *args: Any, messages: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["messages"].choices = [(pk, str(pk)) for pk in messages]  # type: ignore[attr-defined]  # the stubs lose the field's type


class SplitForm(MessagesForm):
    """Messages that become a request of their own."""

    subject = forms.CharField(
        label=_("Subject of the new request"), required=False, max_length=300, widget=text_input(dir="auto")
    )
    tell_customer = forms.BooleanField(label=_("Tell the customer the new follow-up code"), required=False)


class MoveForm(MessagesForm):
    """Messages that belong to another request."""

    other = forms.CharField(label=_("To which request"), error_messages={"required": _("Choose a request.")})
    agreed = forms.BooleanField(required=False)


class TieForm(forms.Form):
    """How this request stands to another."""

    kind = forms.ChoiceField(label=_("This request is"), choices=Tie.Kind.choices, widget=select())
    other = forms.CharField(label=_("To which request"), error_messages={"required": _("Choose a request.")})


class PartForm(forms.Form):
    """A child request: its title, what is to be done, who gets it, until when."""

    title = forms.CharField(label=_("Title"), max_length=300, widget=text_input(dir="auto", autofocus="autofocus"))
    text = forms.CharField(label=_("What is to be done"), required=False, max_length=4000, widget=text_area(3))
    to = TargetField(label=_("To"), required=False)
    due_day = DateField(label=_("Deadline"), required=False, widget=DateInput(attrs={"class": "pv-in"}))
    due_time = ClockField(label=_("Time"), required=False, widget=ClockInput("16:00"))

    def order(self) -> PartOrder:
        """What is asked, as the service takes it."""
        data = self.cleaned_data
        return PartOrder(title=data["title"], text=data["text"], to=data["to"], due_at=self._due_at())

    def _due_at(self) -> datetime | None:
        day, time = self.cleaned_data["due_day"], self.cleaned_data["due_time"]
        return timezone.make_aware(datetime.combine(day, time or END_OF_DAY)) if day else None


class CloseAnywayForm(forms.Form):
    """Why a request is closed although parts of it are open."""

    remark = forms.CharField(label=_("Reason"), max_length=2000, widget=text_area(3))


class AnswerAllForm(forms.Form):
    """One answer to everybody of an incident."""

    body = forms.CharField(label=_("Answer"), max_length=100_000, widget=text_area(6))
    close = forms.BooleanField(label=_("Close each request with it"), required=False)
