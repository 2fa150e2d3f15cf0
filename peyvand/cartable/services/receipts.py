"""The automatic receipt: who wrote to us is told his follow-up code, once, and nothing that he wrote himself."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from peyvand.cartable.errors import NoAddress
from peyvand.cartable.events import RequestOpened
from peyvand.cartable.models import Receipt, Request, RequestMessage, Step
from peyvand.cartable.outward import LeftOut
from peyvand.cartable.selectors.outward import outward
from peyvand.cartable.services import outgoing
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Message
from peyvand.core.text import normalise_email

WRITTEN = frozenset({Message.Medium.MAIL, Message.Medium.FORM})
LANGUAGE = "fa"


@transaction.atomic
def acknowledge(events: Sequence[RequestOpened]) -> None:
    """The reaction to new requests: each receipt is noted, then sent or left out with the reason. Idempotent.

    Nothing goes to machines, to mailing lists, to an address whose domain disowns the mail, and nothing that the
    sender wrote stands in it: whoever writes in the name of another cannot have us send him his words.
    """
    ids = [event.request_id for event in events]
    links = RequestMessage.objects.filter(request__in=ids, request__receipt=None, message__medium__in=WRITTEN)
    first = {link.request_id: link for link in links.select_related("request", "message").order_by("-id")}
    if not first:
        return
    limits, now = outgoing.Limits(), timezone.now()
    made = [_receipt(link, limits, now) for link in reversed(first.values())]
    kept = Receipt.objects.bulk_create(made, ignore_conflicts=True)
    for receipt in kept:
        if not receipt.reason:
            _send(first[receipt.request_id].request, first[receipt.request_id].message, receipt)


def _receipt(link: RequestMessage, limits: outgoing.Limits, now: datetime) -> Receipt:
    address = normalise_email(link.message.sender) or ""
    reason = _why_not(link.message, address) or limits.reached(address)
    if reason is None:
        limits.count(address)
    return Receipt(request=link.request, address=address, reason=reason or "", at=now)


def _why_not(message: Message, address: str) -> LeftOut | None:
    if not outward().receipt:
        return LeftOut.OFF
    if message.automatic:
        return LeftOut.MACHINE
    return LeftOut.FORGED if message.details.get("dmarc") == "fail" else outgoing.unfit(address)


def _send(request: Request, message: Message, receipt: Receipt) -> None:
    query = urlencode({"code": request.code})
    try:
        with override(LANGUAGE):
            receipt.message = outgoing.mail_to(
                request,
                address=receipt.address,
                subject=_("Your request was received"),
                text=outward().receipt_text,
                path=f"{reverse('cartable-public:track')}?{query}",
                in_reply_to=message.message_id if message.medium == Message.Medium.MAIL else "",
            )
    except NoAddress:
        receipt.reason = LeftOut.NO_CHANNEL
    receipt.save(update_fields=["message", "reason"])
    if receipt.message is not None:
        Step.objects.create(request=request, kind=StepKind.RECEIPT, at=receipt.at, message=receipt.message)
