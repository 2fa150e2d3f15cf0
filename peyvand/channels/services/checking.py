"""Trying a channel's servers: can we log in where it reads and where it sends?"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peyvand.accounts.policies import require
from peyvand.accounts.scoping import Who
from peyvand.channels.adapters.email import imap_login, send
from peyvand.channels.errors import LoginRefused
from peyvand.channels.models import Channel
from peyvand.channels.services.servers import imap_server, smtp_server
from peyvand.core.errors import PeyvandError


@dataclass(frozen=True)
class Checked:
    """One server and what is wrong with it; an empty problem means that it works."""

    name: str
    problem: str = ""


def check_channel(*, who: Who, channel: Channel) -> list[Checked]:
    """Log in to each server of a channel and leave again. Never shows a password. Raises NotAllowed."""
    require(who, "channels.manage", channel)
    return try_servers(channel)


def try_servers(channel: Channel) -> list[Checked]:
    """The same for the doctor, who is the system itself."""
    checked = []
    if channel.settings.get("imap"):
        checked.append(_try(_("Reading (IMAP)"), lambda: _imap(channel)))
    if channel.settings.get("smtp"):
        checked.append(_try(_("Sending (SMTP)"), lambda: send.check(smtp_server(channel))))
    return checked


def _imap(channel: Channel) -> None:
    server = imap_server(channel)
    imap_login.check(
        server.place, security=server.security, verify=server.verify, user=server.user, password=server.password,
        folder=server.folder,
    )  # fmt: skip


def _try(name: str, attempt: Callable[[], None]) -> Checked:
    try:
        attempt()
    except send.LoginFailed:
        return Checked(name, LoginRefused().message)
    except (send.NotAccepted, send.Refused) as error:
        return Checked(name, str(error)[:300])
    except PeyvandError as error:
        return Checked(name, error.message)
    return Checked(name)
