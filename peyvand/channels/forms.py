"""The shape of what strangers and administrators type about channels."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from peyvand.core.text import normalise_email, normalise_phone

MOST_FILES = 5
FILE_BYTES = 10 * 1024 * 1024


class FilesInput(forms.ClearableFileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, few and small enough to be stored before anybody looked at them."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(count)s files can be sent.") % {"count": MOST_FILES})
        cleaned = [super(FilesField, self).clean(each, initial) for each in files]
        if any((each.size or 0) > FILE_BYTES for each in cleaned):
            raise forms.ValidationError(_("A file may have at most %(size)s MB.") % {"size": FILE_BYTES // 1024**2})
        return cleaned


class PublicForm(forms.Form):
    """What a visitor writes to us: who, how to answer, about what. One way to answer is needed."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.CharField(
        label=_("E-mail"), max_length=254, required=False,
        widget=forms.TextInput({"type": "email", "autocomplete": "email", "dir": "ltr"}),
    )  # fmt: skip
    mobile = forms.CharField(
        label=_("Mobile"), max_length=30, required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )  # fmt: skip
    subject = forms.CharField(label=_("Subject"), max_length=200)
    message = forms.CharField(label=_("Message"), max_length=10_000, widget=forms.Textarea({"rows": 6}))
    attachments = FilesField(label=_("Attachments"), required=False)
    stamp = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Leave this empty"), max_length=200, required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )  # fmt: skip

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"].strip()
        if typed and normalise_email(typed) is None:
            raise forms.ValidationError(_("This is no e-mail address; write it like name@example.com."))
        return typed

    def clean_mobile(self) -> str:
        typed: str = self.cleaned_data["mobile"].strip()
        if typed and normalise_phone(typed) is None:
            raise forms.ValidationError(_("This is no phone number; write it like 09123456789."))
        return typed

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if not data.get("email") and not data.get("mobile") and not {"email", "mobile"} & set(self.errors):
            self.add_error("email", _("Write an e-mail address or a mobile number, so that we can answer."))
        return data

    @property
    def addresses(self) -> list[str]:
        """The comparable forms of the ways to answer."""
        typed = [normalise_email(self.cleaned_data["email"]), normalise_phone(self.cleaned_data["mobile"])]
        return [address for address in typed if address]
