"""Mail about one's own account, as for a forgotten password, through a mailbox of ours; its link is stored nowhere."""

import re

from django.utils import translation

from peyvand.channels.errors import AddressUnusable
from peyvand.channels.selectors import outgoing_channel
from peyvand.channels.services.sending import send
from peyvand.channels.types import Letter

LINK = re.compile(r"https?://\S+")


def can_send() -> bool:
    """Is there a mailbox that sends?"""
    return outgoing_channel(None) is not None


def send_about_account(to: str, subject: str, text: str) -> None:
    """Queue a mail about an account; what it links to is put in when it is sent. An unusable address gets none."""
    channel = outgoing_channel(None)
    if channel is None:
        return
    letter = Letter(
        to=[to], subject=subject, text=text.strip(), thread="account", acknowledgement=True,
        language=translation.get_language() or "fa", details={"about": "account"}, hidden=LINK.findall(text),
    )  # fmt: skip
    try:
        send(channel=channel, letter=letter)
    except AddressUnusable:
        return
