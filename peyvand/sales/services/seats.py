"""Who of a partner may enter the portal, and how he does: a link by mail, once, then a cookie that nobody can guess."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.selectors import organisation_name
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.events import publish
from peyvand.core.text import display_norm, normalise_email
from peyvand.sales.errors import KeyUsed, NameTaken, SeatShut
from peyvand.sales.events import PortalLinkAsked
from peyvand.sales.models import PartnerSeat, SeatKey, SeatSession
from peyvand.sales.policies import may_enter
from peyvand.sales.services.channels import end_stays, held_partner
from peyvand.sales.services.partner_mail import send_to

LOCK = 0x5A1E_5EA7  # of adding people of partners
KEY_LIVES = timedelta(minutes=30)
STAY, IDLE = timedelta(days=7), timedelta(hours=24)
SEEN_AGAIN = timedelta(minutes=5)  # a stay is written down as seen at most so often


def digest(secret: str) -> str:
    """What is kept of a link or a cookie."""
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def add_seat(*, actor: User | None, partner_id: int, name: str, email: str, language: str = "fa") -> PartnerSeat:
    """Let a person of a partner in. An address opens one portal only.

    Errors: NotAllowed, NotFound, NameTaken, Invalid.
    """
    partner = held_partner(actor, partner_id)
    with connection.cursor() as cursor:  # two who add one address at once come one after another
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    name, address = display_norm(name)[:120], normalise_email(email) or ""
    wrong = {} if name else {"name": _("Write a name.")}
    try:
        validate_email(address)
    except ValidationError:
        wrong["email"] = _("This cannot be right; look at it once more.")
    if wrong:
        raise Invalid(fields=wrong)
    if PartnerSeat.objects.filter(email=address, is_active=True).exists():
        raise NameTaken(_("This address opens the portal of a partner already."))
    return PartnerSeat.objects.create(
        partner=partner, name=name, email=address, language="en" if language == "en" else "fa"
    )


@transaction.atomic
def shut_seat(*, actor: User, seat_id: int) -> PartnerSeat:
    """Take a person's access away: his links and his stays end at once. Errors: NotAllowed, NotFound."""
    seat = _seat(actor, seat_id)
    seat.is_active = False
    seat.save(update_fields=["is_active"])
    end_stays([seat.pk])
    return seat


def _seat(actor: User, seat_id: int) -> PartnerSeat:
    seat = PartnerSeat.objects.select_related("partner").filter(pk=seat_id).first()
    if seat is None:
        raise NotFound
    held_partner(actor, seat.partner_id)
    return seat


@transaction.atomic
def invite_seat(*, actor: User, seat_id: int) -> str:
    """Make a link for a person, mail it to him, and return it for who would hand it over himself.

    Errors: NotAllowed, NotFound, SeatShut.
    """
    seat = _seat(actor, seat_id)
    if not may_enter(seat):
        raise SeatShut
    return _mail_key(seat)


@transaction.atomic
def ask_for_key(*, email: str) -> None:
    """Mail a link to who may enter with this address; for any other address nothing happens, and nobody can tell.

    The mail is written afterwards, so that the answer takes as long for an address of nobody.
    """
    address = normalise_email(email) or ""
    known = PartnerSeat.objects.filter(email=address, is_active=True).values_list("pk", flat=True).first()
    publish(PortalLinkAsked(seat_id=known or 0))


def mail_asked_key(event: PortalLinkAsked) -> None:
    """The reaction to a link that was asked for: it is mailed to who may enter."""
    seat = PartnerSeat.objects.select_related("partner").filter(pk=event.seat_id).first()
    if seat is not None and may_enter(seat):
        _mail_key(seat)


def _mail_key(seat: PartnerSeat) -> str:
    """Earlier links live on for their half hour: else anybody who knows the address could keep him out.

    The mail as it is stored does not have the link; whoever reads our mailboxes cannot come in by it.
    """
    secret, now = secrets.token_urlsafe(32), timezone.now()
    SeatKey.objects.create(seat=seat, digest=digest(secret), expires_at=now + KEY_LIVES)
    address = settings.BASE_URL.rstrip("/") + reverse("portal:enter_by", args=[secret])
    with translation.override(seat.language):
        organisation = organisation_name()
        subject = _("Your way into the partner portal of %(who)s") % {"who": organisation}
        text = _("Open this address within 30 minutes; it works once. If you did not ask for it, ignore it.")
        send_to(seat, subject, f"{text}\n\n{address}", kind="key", link=address, until=now + KEY_LIVES)
    return address


def key_of(secret: str) -> SeatKey:
    """A link that still lets in. Errors: KeyUsed."""
    rows = SeatKey.objects.select_related("seat__partner__party", "seat__partner__channel")
    key = rows.filter(digest=digest(secret), used_at=None, expires_at__gt=timezone.now()).first()
    if key is None or not may_enter(key.seat):
        raise KeyUsed
    return key


@transaction.atomic
def enter(*, secret: str, place: str) -> str:
    """Let in by a link, once; return the secret of the cookie. place: where he comes from. Errors: KeyUsed."""
    key, now = key_of(secret), timezone.now()
    if not SeatKey.objects.filter(pk=key.pk, used_at=None).update(used_at=now):
        raise KeyUsed
    cookie = secrets.token_urlsafe(32)
    SeatSession.objects.create(
        seat=key.seat, digest=digest(cookie), place=place[:64], began_at=now, seen_at=now, expires_at=now + STAY
    )
    return cookie


def seat_in(cookie: str) -> PartnerSeat | None:
    """Who stays in the portal with this cookie; None for nobody: over, idle too long, shut, contract ended."""
    if not cookie:
        return None
    now = timezone.now()
    rows = SeatSession.objects.select_related("seat__partner__party", "seat__partner__channel", "seat__partner__owner")
    stay = rows.filter(digest=digest(cookie), ended_at=None, expires_at__gt=now, seen_at__gt=now - IDLE).first()
    if stay is None or not may_enter(stay.seat):
        return None
    if stay.seen_at < now - SEEN_AGAIN:
        SeatSession.objects.filter(pk=stay.pk).update(seen_at=now)
    return stay.seat


@transaction.atomic
def leave(*, cookie: str, everywhere: bool = False) -> None:
    """End a stay; everywhere: all stays of this person, on whatever device, and use his links up."""
    seat = seat_in(cookie) if everywhere else None
    SeatSession.objects.filter(digest=digest(cookie), ended_at=None).update(ended_at=timezone.now())
    if seat is not None:
        end_stays([seat.pk])
