"""A channel's mail servers: settings and decrypted secrets become something that can be connected to."""

import json
from typing import Any

from peyvand.channels.adapters.email.imap import ImapServer
from peyvand.channels.adapters.email.send import Server
from peyvand.channels.errors import ChannelCannotSend
from peyvand.channels.models import Channel
from peyvand.core import secrets
from peyvand.core.outgoing import resolve_public

SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}
IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}


def secrets_of(channel: Channel) -> dict[str, str]:
    """The decrypted passwords of a channel: `smtp_password`, `imap_password`."""
    text = secrets.decrypt(channel.secrets)
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def smtp_server(channel: Channel) -> Server:
    """The outgoing server. Raises ChannelCannotSend, HostRefused, HostUnknown, SecretUnreadable."""
    given: dict[str, Any] = channel.settings.get("smtp") or {}
    if not given.get("host"):
        raise ChannelCannotSend
    security = str(given.get("security", "starttls"))
    return Server(
        place=resolve_public(str(given["host"]), int(given.get("port") or SMTP_PORTS[security])),
        security=security,
        user=str(given.get("user", "")),
        password=secrets_of(channel).get("smtp_password", ""),
        verify=bool(given.get("verify", True)),
        reports=bool(given.get("reports")),
    )


def imap_server(channel: Channel) -> ImapServer:
    """The mailbox that a channel reads. Raises HostRefused, HostUnknown, SecretUnreadable, ChannelCannotSend."""
    given: dict[str, Any] = channel.settings.get("imap") or {}
    if not given.get("host"):
        raise ChannelCannotSend
    security = str(given.get("security", "tls"))
    return ImapServer(
        place=resolve_public(str(given["host"]), int(given.get("port") or IMAP_PORTS[security])),
        security=security,
        user=str(given.get("user") or channel.address),
        password=secrets_of(channel).get("imap_password", ""),
        folder=str(given.get("folder") or "INBOX"),
        verify=bool(given.get("verify", True)),
    )
