"""What receipts and surveys share: the mailbox, the words, and the limits that keep others from using us."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from peyvand.accounts.selectors import organisation_name
from peyvand.cartable import outward
from peyvand.cartable.models import Receipt, Request
from peyvand.cartable.outward import LeftOut
from peyvand.cartable.selectors.own_addresses import own_addresses
from peyvand.cartable.services.sending import channel_of
from peyvand.channels.models import Message
from peyvand.channels.services import send
from peyvand.channels.types import Letter
from peyvand.core.text import normalise_email

PER_ADDRESS, PER_ADDRESS_TIME = 5, timedelta(days=1)
IN_ALL, IN_ALL_TIME = 300, timedelta(hours=1)


def unfit(address: str | None) -> LeftOut | None:
    """Why mail to an address would reach no person; None when it may."""
    if not address or normalise_email(address) is None:
        return LeftOut.NO_ADDRESS
    return LeftOut.MACHINE if outward.is_robot(address) or address in own_addresses() else None


class Limits:
    """How many receipts may still go out, to one address and in all; asks the database once for each."""

    def __init__(self) -> None:
        self._sent = Receipt.objects.filter(reason="")
        self._left = IN_ALL - self._sent.filter(at__gt=timezone.now() - IN_ALL_TIME)[:IN_ALL].count()
        self._to: dict[str, int] = {}

    def reached(self, address: str) -> LeftOut | None:
        """Why no further one may go to this address now; None when it may."""
        if self._left <= 0:
            return LeftOut.FLOOD
        if address not in self._to:
            lately = self._sent.filter(address=address, at__gt=timezone.now() - PER_ADDRESS_TIME)
            self._to[address] = lately[:PER_ADDRESS].count()
        return LeftOut.OFTEN if self._to[address] >= PER_ADDRESS else None

    def count(self, address: str) -> None:
        """Note that one goes to this address."""
        self._left -= 1
        self._to[address] += 1


def mail_to(request: Request, *, address: str, subject: str, text: str, path: str, in_reply_to: str = "") -> Message:
    """Send a mail that nobody wrote by hand. path: of ours, to which the text's link leads.

    Raises NoAddress when no mailbox can send.
    """
    values = {"code": request.code, "link": f"{settings.BASE_URL}{path}", "organisation": organisation_name()}
    letter = Letter(
        to=[address],
        subject=f"{subject} [{request.code}]",
        text=outward.filled(text, values),
        thread=request.code,
        in_reply_to=in_reply_to,
        acknowledgement=True,
    )
    return send(channel=channel_of(request), letter=letter)
