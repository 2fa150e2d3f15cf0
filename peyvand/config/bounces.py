"""What mail that came back, or went out, says about the addresses of customers: channels know none, parties no mail."""

from datetime import timedelta

from peyvand.cartable.models import RequestMessage
from peyvand.channels.events import MessageBounced, MessageSent
from peyvand.channels.models import Message
from peyvand.core.queue import enqueue_in
from peyvand.core.text import normalise_email
from peyvand.parties.models import ContactPoint
from peyvand.parties.services.quality import note_bounced
from peyvand.parties.tasks import clear_bounces

SILENCE = timedelta(days=3)  # a report that mail came back arrives sooner than that


def mark_bounced(event: MessageBounced) -> None:
    """The reaction to a report: an address that bounces for good is marked where customers have it.

    What the report calls itself often names the subject of ours: of a confidential request it is not told.
    """
    address = normalise_email(event.address)
    if not event.permanent or not address:
        return
    secret = RequestMessage.objects.filter(message=event.message_id, request__confidential=True).exists()
    report = Message.objects.filter(pk=event.bounce_id).values_list("subject", flat=True).first()
    note_bounced(address=address, reason="" if secret else report or "")


def hope_for_delivery(event: MessageSent) -> None:
    """The reaction to mail that went out: marked addresses are looked at again when no report has come for days."""
    sent = Message.objects.filter(pk=event.message_id).values_list("recipients", "done_at").first()
    if sent is None or sent[1] is None:
        return
    addresses = [found for box in (sent[0] or {}).get("to", []) if (found := normalise_email(str(box)))]
    marked = ContactPoint.objects.filter(kind="email", value__in=addresses, bounced_at__lt=sent[1])
    known = sorted(set(marked.values_list("value", flat=True)))
    if known:
        enqueue_in(clear_bounces, SILENCE, addresses=known, sent_at=sent[1].isoformat())
