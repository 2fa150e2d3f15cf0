"""Notes that pass between a partner and whoever of us cares for a deal."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.events import publish
from peyvand.core.text import display_text
from peyvand.sales.errors import SeatShut
from peyvand.sales.events import PartnerNoteAdded
from peyvand.sales.models import DealPartner, PartnerNote, PartnerSeat
from peyvand.sales.policies import may_enter
from peyvand.sales.selectors.portal import deals_of_partner
from peyvand.sales.services.holding import hold

LONGEST = 5000


@transaction.atomic
def note_to_us(*, seat: PartnerSeat, deal_id: int, body: str) -> PartnerNote:
    """A person of a partner writes to us about a deal of his. Errors: SeatShut, NotFound, Invalid."""
    if not may_enter(seat):
        raise SeatShut
    deal = deals_of_partner(seat.partner_id).filter(pk=deal_id).first()
    if deal is None:
        raise NotFound
    return _add(PartnerNote(deal=deal, partner_id=seat.partner_id, seat=seat), body)


@transaction.atomic
def note_to_partner(*, actor: User, deal_id: int, partner_id: int, body: str) -> PartnerNote:
    """One of us writes to a partner about a deal that goes through him. Errors: NotAllowed, NotFound, Invalid."""
    deal = hold(actor, deal_id)
    if not DealPartner.objects.filter(deal=deal, partner=partner_id).exists():
        raise NotFound
    return _add(PartnerNote(deal=deal, partner_id=partner_id, user=actor), body)


def _add(note: PartnerNote, body: str) -> PartnerNote:
    note.body, note.at = display_text(body)[:LONGEST].strip(), timezone.now()
    if not note.body:
        raise Invalid(fields={"body": _("Write something here.")})
    note.save()
    publish(PartnerNoteAdded(note_id=note.pk))
    return note
