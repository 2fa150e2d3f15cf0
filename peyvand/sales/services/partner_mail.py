"""Mail to people of partners, through a mailbox of ours: stored and queued as every mail that we send."""

from datetime import datetime

from django.db import transaction

from peyvand.channels.selectors import outgoing_channel
from peyvand.channels.services import send
from peyvand.channels.types import Letter
from peyvand.core.errors import PeyvandError
from peyvand.sales.models import PartnerSeat


def send_to(
    seat: PartnerSeat, subject: str, text: str, *, kind: str, link: str = "", until: datetime | None = None
) -> bool:
    """Queue a mail; False without a mailbox that sends, or for an address that no mail can go to: the portal says it.

    kind: what it is about, kept with the message. link: a part of the text that lets in, until then; it is not stored.
    """
    channel = outgoing_channel(seat.partner.branch_id)
    if channel is None:
        return False
    letter = Letter(
        to=[seat.email], subject=subject, text=text, thread=f"partner-{seat.partner_id}", acknowledgement=True,
        language=seat.language, details={"partner": seat.partner_id, "about": kind},
        hidden=[link] if link else [], hidden_until=until,
    )  # fmt: skip
    try:
        with transaction.atomic():
            send(channel=channel, letter=letter)
    except PeyvandError:
        return False
    return True
