"""Can each channel log in where it sends and fetches? For `peyvand doctor` and the button "test" of a channel."""

import imaplib
from collections.abc import Callable

from django.utils.translation import gettext as _
from imap_tools.errors import ImapToolsError, MailboxLoginError

from peyvand.accounts.policies import require
from peyvand.accounts.scoping import Who
from peyvand.channels import selectors
from peyvand.channels.adapters.email import send as smtp
from peyvand.channels.adapters.email.imap import connect
from peyvand.channels.models import Channel
from peyvand.channels.services.servers import imap_server, smtp_server
from peyvand.core.errors import PeyvandError

TROUBLE = (OSError, imaplib.IMAP4.error, ImapToolsError, smtp.NotAccepted, PeyvandError, ValueError)


def check_channel(*, who: Who, channel: Channel) -> dict[str, str]:
    """Try both servers of a channel: {"imap": "", "smtp": "what is wrong"}. Raises NotAllowed."""
    require(who, "channels.manage", channel)
    return _problems(channel)


def credential_checks() -> list[tuple[str, str, str]]:
    """(name, what is wrong or "", what to do) of every server of every active mailbox."""
    advice = _("Check the server, the user name and the password in the channel's settings.")
    return [
        (f"{channel.address} {name}", problem, advice)
        for channel in selectors.mail_channels()
        for name, problem in _problems(channel).items()
    ]


def _problems(channel: Channel) -> dict[str, str]:
    tries: dict[str, Callable[[], None]] = {}
    if channel.settings.get("incoming") == "imap":
        tries["imap"] = lambda: _open_mailbox(channel)
    if channel.settings.get("smtp"):
        tries["smtp"] = lambda: smtp.check(smtp_server(channel))
    return {name: _try(attempt) for name, attempt in tries.items()}


def _open_mailbox(channel: Channel) -> None:
    server = imap_server(channel)
    with connect(server) as box:
        box.folder.set(server.folder)


def _try(attempt: Callable[[], None]) -> str:
    try:
        attempt()
    except (MailboxLoginError, smtp.LoginFailed):
        return _("The server does not accept the user name or the password.")
    except TROUBLE as error:
        return str(error)[:300] or type(error).__name__
    return ""
