"""The shape of what people write about themselves."""

from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.accounts.permissions import all_permissions
from peyvand.accounts.policies import scope_of
from peyvand.web.prefs import CHOICES

LANGUAGES = [("fa", "فارسی"), ("en", "English")]
DAYS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("One year")), ("0", _("Without end"))]


class PreferencesForm(forms.Form):
    """How one reads the product."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)
    calendar = forms.ChoiceField(label=_("Calendar"), choices=User.Calendar.choices, widget=forms.RadioSelect)
    digits = forms.ChoiceField(label=_("Digits"), choices=User.Digits.choices, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Theme"), choices=User.Theme.choices, widget=forms.RadioSelect)
    shortcuts = forms.BooleanField(
        label=_("Single-key shortcuts"),
        required=False,
        help_text=_("Switch them off when they are in the way of your screen reader or your keyboard."),
    )

    @classmethod
    def of(cls, user: User) -> "PreferencesForm":
        """The form as `user` last saved it."""
        initial: dict[str, Any] = {name: getattr(user, name) for name in CHOICES}
        return cls(initial=initial | {"shortcuts": user.preferences.get("shortcuts", True)})


class PasswordForm(forms.Form):
    """One's own new password, with the current one."""

    current = forms.CharField(
        label=_("Current password"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters, not a common word. A short sentence is easy to remember."),
    )
    again = forms.CharField(
        label=_("New password again"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two passwords differ."))
        return again


class TokenForm(forms.Form):
    """A new token: what it is called, how long it lives, what it may do."""

    name = forms.CharField(label=_("Name"), max_length=80)
    days = forms.ChoiceField(label=_("Works for"), choices=DAYS, initial="90")

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        held = [each for each in all_permissions().values() if scope_of(user, each.name) is not None]
        choices = [(each.name, lazystr(each.label)) for each in held]
        self.fields["scopes"] = forms.MultipleChoiceField(
            label=_("What it may do"),
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Only what your roles allow you, and only as far."),
        )
