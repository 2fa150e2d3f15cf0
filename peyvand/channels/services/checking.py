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


def book_checks() -> list[tuple[str, str, str]]:
    """The same three words about the books of every active mailbox, and about answers whose fate nobody knows."""
    advice = _(
        "Read the log of `peyvand door`; what is missing is fetched within five minutes while the mailbox can be "
        "reached. The page of the channel shows the last error."
    )
    books = [
        (_("the books of %(name)s") % {"name": channel.address}, _unbalanced(channel), advice)
        for channel in selectors.mail_channels()
    ]
    count = selectors.uncertain_messages().count()
    problem = _("%(count)s wait for a decision") % {"count": count} if count else ""
    advice = _("Open Channels → Not sent and decide on each: it arrived, or it is sent again.")
    return [*books, (_("answers of unknown outcome"), problem, advice)]


def _unbalanced(channel: Channel) -> str:
    ledger = selectors.mailbox_ledger(channel)
    if ledger.balanced:
        return ""
    kept, skipped = ledger.stored + ledger.repeated, sum(ledger.skipped.values())
    numbers = {"seen": ledger.seen, "kept": kept, "skipped": skipped, "missing": ledger.missing}
    late = ledger.seen - kept - skipped
    return _(
        "%(seen)s seen, %(kept)s stored, %(skipped)s left out, %(late)s waiting too long, "
        "%(missing)s only on the server"
    ) % (numbers | {"late": late})


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
