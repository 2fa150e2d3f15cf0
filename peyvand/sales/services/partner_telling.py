"""Telling both sides: managers of what waits, partners of what was decided, and each of a note of the other."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from peyvand.accounts.selectors import organisation_name
from peyvand.accounts.services.notifications import forget, notify
from peyvand.sales.events import DecisionTakenBack, PartnerNoteAdded, RegistrationDecided, RegistrationReceived
from peyvand.sales.models import DealRegistration, PartnerNote, PartnerSeat
from peyvand.sales.policies import managers_of, may_enter
from peyvand.sales.services.partner_mail import send_to
from peyvand.sales.services.telling import KIND, deal_page

State = DealRegistration.State
WAITS = gettext_noop("%(partner)s registered %(what)s; it waits for a decision")
MEETS = gettext_noop("%(partner)s registered %(what)s, which meets somebody else; decide it")
MADE = gettext_noop("%(partner)s registered %(what)s")
WROTE = gettext_noop("%(who)s of a partner wrote about %(deal)s")
ANSWERS = {
    State.ACCEPTED: gettext_noop("Your registration «%(what)s» was accepted."),
    State.REFUSED: gettext_noop("Your registration «%(what)s» was refused."),
    State.CONFLICT: gettext_noop(
        "Your registration «%(what)s» was received; a person looks at it before it is decided."
    ),
    State.SUBMITTED: gettext_noop("Your registration «%(what)s» was received; a person decides it."),
}
AGAIN = gettext_noop("The decision about your registration «%(what)s» was taken back; a person looks at it again.")
STANDS = gettext_noop("The refusal of your registration «%(what)s» was taken back; it stands again.")
CONTESTED = gettext_noop("Somebody else registered the customer of «%(what)s», too; a person decides, we will write.")


def tell_received(event: RegistrationReceived) -> None:
    """Tell managers that a registration waits, its owner that a deal was made, and the partners what became of it."""
    one = _registration(event.registration_id)
    if one is None:
        return
    data = {"partner": one.partner.party.name, "what": one.product}
    if one.is_waiting:
        text = MEETS if one.state == State.CONFLICT else WAITS
        notify(users=managers_of(one.partner), kind=KIND, text=text, data=data, url=worklist())
    elif one.deal is not None and one.deal.owner_id is not None:
        notify(users=[one.deal.owner_id], kind=KIND, text=MADE, data=data, url=deal_page(one.deal))
    _write(one, ANSWERS.get(State(one.state), ""))
    if one.state == State.CONFLICT and one.rival is not None:
        _write(one.rival, CONTESTED)


def tell_decided(event: RegistrationDecided) -> None:
    """Tell the partner how it was decided, and why."""
    one = _registration(event.registration_id)
    if one is None or one.state not in (State.ACCEPTED, State.REFUSED):
        return
    if not DealRegistration.objects.filter(state__in=[State.SUBMITTED, State.CONFLICT]).exists():
        forget(pages=[worklist()])
    _write(one, ANSWERS[State(one.state)], one.remark)


def tell_taken_back(event: DecisionTakenBack) -> None:
    """Tell the partner that it is not decided any more, or that his claim stands again."""
    one = _registration(event.registration_id)
    if one is not None and one.is_waiting:
        _write(one, AGAIN)
    elif one is not None and one.state == State.ACCEPTED:
        _write(one, STANDS)


def tell_noted(event: PartnerNoteAdded) -> None:
    """Tell the owner of a deal that the partner wrote, or the partner that one of us did."""
    rows = PartnerNote.objects.select_related("deal__owner", "seat", "partner")
    note = rows.filter(pk=event.note_id).first()
    if note is None:
        return
    if note.user_id is not None:
        for seat in _seats(note.partner_id):
            with translation.override(seat.language):
                subject = _("A note about one of your deals")
                url = settings.BASE_URL.rstrip("/") + reverse("portal:deal", args=[note.deal_id])
                send_to(seat, subject, _("Read it in the portal:") + f"\n{url}", kind="note")
        return
    owners = [one for one in (note.deal.owner_id, note.partner.owner_id) if one is not None][:1]
    data = {"who": str(note.seat or ""), "deal": note.deal.name}
    notify(users=owners, kind=KIND, text=WROTE, data=data, url=deal_page(note.deal))


def worklist() -> str:
    """The page on which registrations are decided."""
    return reverse("sales:registrations")


def _registration(registration_id: int) -> DealRegistration | None:
    rows = DealRegistration.objects.select_related("partner__party", "deal", "rival__partner__party")
    return rows.filter(pk=registration_id).first()


def _seats(partner_id: int) -> list[PartnerSeat]:
    rows = PartnerSeat.objects.filter(partner=partner_id, is_active=True).select_related("partner").order_by("pk")
    return [seat for seat in rows if may_enter(seat)]


def _write(one: DealRegistration, sentence: str, remark: str = "") -> None:
    """Mail a sentence to everybody of its partner who may enter; the portal says the same."""
    if not sentence:
        return
    for seat in _seats(one.partner_id):
        with translation.override(seat.language):
            subject = _("Your registration with %(who)s") % {"who": organisation_name()}
            url = settings.BASE_URL.rstrip("/") + reverse("portal:home")
            lines = [_(sentence) % {"what": one.product}, remark, url]
            send_to(seat, subject, "\n".join(line for line in lines if line), kind="registration")
