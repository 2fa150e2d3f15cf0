"""The forms of login, in any keyboard: names are folded, codes take Persian digits."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.logins import normalise_login
from peyvand.core.text import to_latin_digits

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "class": "pv-otp", "autofocus": True}


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth has no types
    """User name or e-mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, login.max_length = _("User name or e-mail"), 254
        login.widget.attrs = {"autocomplete": "username webauthn", "dir": "ltr", "autofocus": True, "maxlength": 254}
        password.label, password.help_text = _("Password"), ""
        password.widget.attrs = {"autocomplete": "current-password", "dir": "ltr"}
        self.fields["remember"] = forms.BooleanField(
            label=_("Remember me on this device"), required=False, initial=True
        )

    def clean_login(self) -> str:
        return normalise_login(self.cleaned_data["login"].replace("\x00", ""))

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        response = super().login(request, redirect_url=redirect_url)
        if not self.cleaned_data.get("remember"):
            request.session.set_expiry(0)
        return response


class ResetPasswordForm(AllauthResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Asks for the address to which a link is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs = {"autocomplete": "email", "dir": "ltr", "autofocus": True}


class _CodeMixin:
    """A code in any digits, with or without the space that apps show in its middle."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("One-time code")
        self.fields["code"].widget.attrs = dict(CODE)

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(to_latin_digits(self.cleaned_data["code"]).split())
        code: str = super().clean_code()  # type: ignore[misc]  # the form this is mixed into has it
        return code


class AuthenticateForm(_CodeMixin, AllauthAuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second step of login."""


class ReauthenticateForm(_CodeMixin, AllauthReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second factor once more, before something delicate."""


class ActivateTOTPForm(_CodeMixin, AllauthActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of a new authenticator app."""
