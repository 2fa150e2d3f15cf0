"""Looking after channels: add, change, put out of service. Passwords are written, never shown again."""

import json
import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from peyvand.accounts.models import Branch, Department
from peyvand.accounts.policies import require
from peyvand.accounts.scoping import Who
from peyvand.channels.adapters.email import addresses
from peyvand.channels.models import Channel
from peyvand.channels.services.servers import secrets_of
from peyvand.core import secrets
from peyvand.core.errors import Invalid

SECURITIES = ("tls", "starttls", "none")


@dataclass(frozen=True, kw_only=True)
class ChannelDetails:
    """What an administrator enters. settings: `incoming` ("smtp" or "imap"), `imap` and `smtp` (host, port, security,
    user, folder, verify), `display_name`, `plus_addressing`, `language`. passwords: `imap_password`, `smtp_password`;
    one that is left out stays as it is.
    """

    kind: str
    name: str
    branch: Branch
    department: Department | None = None
    address: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)


def create_channel(*, who: Who, details: ChannelDetails) -> Channel:
    """Add a channel. Raises NotAllowed, Invalid."""
    channel = Channel(kind=details.kind, branch=details.branch, token=random.token_urlsafe(24))
    _fill(channel, details)
    require(who, "channels.manage", channel)
    _save(channel)
    return channel


def change_channel(*, who: Who, channel: Channel, details: ChannelDetails) -> Channel:
    """Change a channel; its kind stays. Raises NotAllowed, Invalid."""
    require(who, "channels.manage", channel)
    channel.branch = details.branch
    _fill(channel, details)
    require(who, "channels.manage", channel)
    _save(channel)
    return channel


def activate_channel(*, who: Who, channel: Channel) -> Channel:
    """Put a channel back into service. Raises NotAllowed."""
    return _set_active(who, channel, True)


def deactivate_channel(*, who: Who, channel: Channel) -> Channel:
    """Take a channel out of service; its messages stay. Raises NotAllowed."""
    return _set_active(who, channel, False)


def _set_active(who: Who, channel: Channel, active: bool) -> Channel:
    require(who, "channels.manage", channel)
    channel.is_active = active
    channel.save(update_fields=["is_active"])
    return channel


def _save(channel: Channel) -> None:
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as error:
        raise Invalid(fields={"address": _("Another channel has this address.")}) from error


def _fill(channel: Channel, details: ChannelDetails) -> None:
    channel.name = details.name.strip()[:120]
    channel.department = details.department
    channel.address = addresses.normalise(details.address).lower()
    before = channel.settings
    channel.settings = {key: value for key, value in details.settings.items() if key in SETTINGS}
    fields = {}
    if not channel.name:
        fields["name"] = _("Enter a name.")
    if channel.kind == Channel.Kind.EMAIL and not channel.address:
        fields["address"] = _("Enter an e-mail address.")
    for server in ("imap", "smtp"):
        fields |= _server_errors(server, channel.settings.get(server) or {})
    passwords = {key: value for key, value in details.passwords.items() if value}
    for key, value in secrets_of(channel).items():
        server = key.removesuffix("_password")
        if key in passwords or not _host(channel.settings, server):
            continue
        if _host(before, server) != _host(channel.settings, server):
            fields[key] = _("The server is another one now: enter its password.")
        passwords[key] = value
    if fields:
        raise Invalid(fields=fields)
    channel.secrets = secrets.encrypt(json.dumps(passwords)) if passwords else ""


OWN_SETTINGS = ("display_name", "plus_addressing", "language", "form", "kinds_decide", "officer")
SETTINGS = ("incoming", "imap", "smtp", *OWN_SETTINGS)


def _host(settings: Mapping[str, Any], server: str) -> str:
    """The machine that a password was given for; whoever may change the channel shall not send it to another."""
    return str((settings.get(server) or {}).get("host") or "").strip().lower()


def _server_errors(name: str, server: Mapping[str, Any]) -> dict[str, str]:
    if not server:
        return {}
    fields = {}
    if not str(server.get("host") or "").strip():
        fields[f"{name}_host"] = _("Enter the name of the server.")
    port = server.get("port") or 1
    if not isinstance(port, int) or not 1 <= port <= 65535:
        fields[f"{name}_port"] = _("Enter a number from 1 to 65535.")
    if server.get("security", "tls") not in SECURITIES:
        fields[f"{name}_security"] = _("Choose one of the ways.")
    return fields
