"""Forms of what goes out to customers by itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from peyvand.cartable.outward import LONGEST_TEXT, RECEIPT_FIELDS, SURVEY_FIELDS, Outward, fields_in
from peyvand.web.fields import NumberField

SCORES = (
    (5, gettext_lazy("Very content")),
    (4, gettext_lazy("Content")),
    (3, pgettext_lazy("satisfaction", "Neither")),
    (2, gettext_lazy("Not content")),
    (1, gettext_lazy("Not content at all")),
)


class TrackForm(forms.Form):
    """A follow-up code and an address that we know of its customer."""

    code = forms.CharField(label=gettext_lazy("Follow-up code"), max_length=40)
    contact = forms.CharField(label=gettext_lazy("Your mobile or e-mail"), max_length=320)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}
        self.fields["contact"].widget.attrs |= {"autocomplete": "tel"}

    def refuse(self) -> None:
        """Say that nothing fits, without saying which of the two was wrong."""
        self.add_error(None, _("No request fits this code and this address. Look at both and try again."))


class SurveyForm(forms.Form):
    """How content a customer is, from 1 to 5, and why."""

    score = forms.TypedChoiceField(
        label=gettext_lazy("How content are you?"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect({"class": "radio"}),
    )
    words = forms.CharField(
        label=gettext_lazy("What should we do better?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )


class OutwardForm(forms.Form):
    """Receipts and surveys as the business wants them."""

    receipt = forms.BooleanField(label=gettext_lazy("Send a receipt with the follow-up code"), required=False)
    receipt_text = forms.CharField(
        label=gettext_lazy("Text of the receipt"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 9, "dir": "auto"}),
    )
    survey = forms.BooleanField(label=gettext_lazy("Ask after closing how content the customer is"), required=False)
    survey_text = forms.CharField(
        label=gettext_lazy("Text of the question"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 7, "dir": "auto"}),
    )
    survey_after = NumberField(label=gettext_lazy("Hours after closing"), min_value=1, max_value=720)
    low = NumberField(
        label=gettext_lazy("A score up to this brings the request back"), min_value=0, max_value=4,
        help_text=gettext_lazy("0 brings none back."),
    )  # fmt: skip

    def clean_receipt_text(self) -> str:
        return self._checked("receipt_text", RECEIPT_FIELDS)

    def clean_survey_text(self) -> str:
        return self._checked("survey_text", SURVEY_FIELDS)

    def wanted(self) -> Outward:
        return Outward(**self.cleaned_data)

    def _checked(self, name: str, known: tuple[str, ...]) -> str:
        text = str(self.cleaned_data[name]).replace("\r\n", "\n")
        strange = sorted(fields_in(text) - set(known))
        if strange:
            raise forms.ValidationError(_("There is no field «%(name)s».") % {"name": strange[0]})
        if "link" not in fields_in(text):
            raise forms.ValidationError(_("The text needs the link: write {{link}} where it belongs."))
        return text
