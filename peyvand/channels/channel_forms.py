"""The shape of what administrators type about channels. Passwords go in and never come out."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch, Department, User
from peyvand.accounts.scoping import fields_q
from peyvand.channels.models import Channel
from peyvand.channels.public_form import form_settings
from peyvand.channels.services import ChannelDetails
from peyvand.web.fields import NumberField

SECURITY = (("tls", "TLS"), ("starttls", "STARTTLS"), ("none", _("None (only inside your network)")))
SERVER_KEYS = ("host", "port", "security", "user", "verify")


def _password() -> forms.CharField:
    return forms.CharField(
        label=_("Password"), max_length=300, required=False, strip=False,
        help_text=_("Stored encrypted and never shown; empty leaves it as it is."),
        widget=forms.PasswordInput({"autocomplete": "new-password", "dir": "ltr"}, render_value=False),
    )  # fmt: skip


class ChannelForm(forms.Form):
    """What all channels have: a name and a place."""

    kind = Channel.Kind.MANUAL
    name = forms.CharField(label=_("Name"), max_length=120)
    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Branch"))
    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"), required=False)
    kinds_decide = forms.BooleanField(label=_("The kind of a request decides its department"), required=False)

    def __init__(self, *args: Any, user: User, channel: Channel | None = None, **kwargs: Any) -> None:
        self.channel = channel
        if channel is not None:
            kwargs["initial"] = self.values(channel)
        super().__init__(*args, **kwargs)
        branches = Branch.objects.filter(fields_q(user, "channels.manage", Branch.scope_fields), is_active=True)
        self.fields["branch"] = forms.ModelChoiceField(branches, label=_("Branch"))
        departments = Department.objects.filter(branch__in=branches, is_active=True).order_by("branch_id", "name")
        self.fields["department"] = forms.ModelChoiceField(departments, label=_("Department"), required=False)

    def values(self, channel: Channel) -> dict[str, Any]:
        """Return what the form starts with for a channel that exists."""
        decides = bool(channel.settings.get("kinds_decide"))
        place = {"branch": channel.branch_id, "department": channel.department_id}
        return {"name": channel.name, "kinds_decide": decides, **place}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        department, branch = data.get("department"), data.get("branch")
        if department and branch and department.branch_id != branch.pk:
            self.add_error("department", _("This department is in another branch."))
        return data

    def settings(self) -> dict[str, Any]:
        """Return the channel's settings; what this form does not know stays."""
        stored = dict(self.channel.settings) if self.channel else {}
        return stored | {"kinds_decide": self.cleaned_data["kinds_decide"]}

    def passwords(self) -> dict[str, str]:
        return {}

    def details(self) -> ChannelDetails:
        """Return what was typed, for the service."""
        data = self.cleaned_data
        return ChannelDetails(
            kind=self.kind,
            name=data["name"],
            branch=data["branch"],
            department=data["department"],
            address=data.get("address", ""),
            settings=self.settings(),
            passwords=self.passwords(),
        )


class MailboxForm(ChannelForm):
    """A mailbox: its address, how mail comes in, and the server that sends."""

    kind = Channel.Kind.EMAIL
    address = forms.CharField(label=_("E-mail address"), max_length=254)
    display_name = forms.CharField(label=_("Name of the sender"), max_length=120, required=False)
    incoming = forms.ChoiceField(
        label=_("How mail comes in"),
        choices=(("imap", _("We read a mailbox (IMAP)")), ("smtp", _("Your mail server hands it to us (SMTP)"))),
    )
    imap_host = forms.CharField(label=_("IMAP server"), max_length=253, required=False)
    imap_port = NumberField(label=_("Port"), min_value=1, max_value=65535, required=False)
    imap_security = forms.ChoiceField(label=_("Encryption"), choices=SECURITY)
    imap_user = forms.CharField(label=_("User name"), max_length=254, required=False)
    imap_password = _password()
    imap_folder = forms.CharField(label=_("Folder"), max_length=150, required=False)
    smtp_host = forms.CharField(label=_("SMTP server"), max_length=253, required=False)
    smtp_port = NumberField(label=_("Port"), min_value=1, max_value=65535, required=False)
    smtp_security = forms.ChoiceField(label=_("Encryption"), choices=SECURITY)
    smtp_user = forms.CharField(label=_("User name"), max_length=254, required=False)
    smtp_password = _password()
    smtp_reports = forms.BooleanField(label=_("Ask for a report when mail has arrived"), required=False)

    def values(self, channel: Channel) -> dict[str, Any]:
        stored = channel.settings
        found = super().values(channel) | {"address": channel.address}
        found |= {"incoming": stored.get("incoming", "imap"), "display_name": stored.get("display_name", "")}
        for server in ("imap", "smtp"):
            found |= {f"{server}_{key}": value for key, value in (stored.get(server) or {}).items()}
        return found

    def settings(self) -> dict[str, Any]:
        data = self.cleaned_data
        found = super().settings() | {"incoming": data["incoming"], "display_name": data["display_name"]}
        found["imap"] = self._server("imap") if data["incoming"] == "imap" else {}
        found["smtp"] = self._server("smtp") if data["smtp_host"] else {}
        return found

    def _server(self, name: str) -> dict[str, Any]:
        data = self.cleaned_data
        stored = (self.channel.settings.get(name) or {}) if self.channel else {}
        keys = ("host", "port", "security", "user", "folder", "reports")
        typed = {key: data[f"{name}_{key}"] for key in keys if data.get(f"{name}_{key}")}
        return {**({"verify": stored["verify"]} if "verify" in stored else {}), **typed}

    def passwords(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("imap_password", "smtp_password")}


class WebFormChannelForm(ChannelForm):
    """A public form: its first words and the sites that may show it in a frame."""

    kind = Channel.Kind.WEB_FORM
    intro = forms.CharField(label=_("First words"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))
    sites = forms.CharField(
        label=_("Sites that may show the form"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 3, "dir": "ltr"}), help_text=_("One address a line, like https://shop.example"),
    )  # fmt: skip

    def values(self, channel: Channel) -> dict[str, Any]:
        stored = form_settings(channel)
        return super().values(channel) | {"intro": stored.intro, "sites": "\n".join(stored.sites)}

    def clean_sites(self) -> list[str]:
        return [_origin(line) for line in self.cleaned_data["sites"].split()]

    def settings(self) -> dict[str, Any]:
        data = self.cleaned_data
        return super().settings() | {"form": {"intro": data["intro"], "sites": data["sites"]}}


def _origin(text: str) -> str:
    """Return «https://shop.example» of an address; nothing else may reach a policy header."""
    scheme, host, port = _parts(text if "//" in text else f"https://{text}")
    if scheme not in {"http", "https"} or not re.fullmatch(r"[a-z0-9.-]{1,253}", host):
        raise forms.ValidationError(_("%(text)s is no address of a site.") % {"text": text})
    return f"{scheme}://{host}" + (f":{port}" if port else "")


def _parts(text: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(text)
        return parts.scheme, (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        return "", "", None


FORMS: dict[str, type[ChannelForm]] = {
    Channel.Kind.EMAIL: MailboxForm,
    Channel.Kind.WEB_FORM: WebFormChannelForm,
    Channel.Kind.MANUAL: ChannelForm,
}
