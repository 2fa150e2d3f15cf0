"""A partner registers a deal: once, however often he sends it, and seen by a person when it meets somebody else."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.events import publish
from peyvand.core.iran import check
from peyvand.core.secrets import encrypt
from peyvand.core.text import display_norm, display_text, search_norm
from peyvand.parties.errors import AddressTaken, BadAddress
from peyvand.parties.matching import Record, keys_of
from peyvand.parties.models import Party
from peyvand.parties.services.records import Rows, add_record
from peyvand.parties.types import AddressDetails, ContactDetails, IdentifierDetails, normalise_address
from peyvand.sales.channel_types import Claim
from peyvand.sales.errors import SeatShut
from peyvand.sales.events import RegistrationReceived
from peyvand.sales.models import Deal, DealRegistration, PartnerSeat, Pipeline
from peyvand.sales.policies import may_enter
from peyvand.sales.selectors.rivals import claim_of, met_by, number_kind, record_of, same_claims, same_customer
from peyvand.sales.services.channels import put_partners
from peyvand.sales.services.holding import store
from peyvand.sales.services.opening import LARGEST, open_deal
from peyvand.sales.types import DealDetails

LOCK = 0x5A1E_C1A1  # of all registrations: they are few, and two of them may speak of one customer
State = DealRegistration.State


@dataclass(frozen=True)
class Registered:
    """A registration, and whether it is new or was there already."""

    registration: DealRegistration
    is_new: bool


@transaction.atomic
def register_deal(*, seat: PartnerSeat, claim: Claim) -> Registered:
    """Take a claim of a partner: the same customer and product twice is one registration, the first.

    It becomes a deal at once where its channel says so and it meets nobody; what meets another partner's claim or a
    deal of somebody else waits for a person, and tells the partner nothing of whom it meets.
    Errors: SeatShut, Invalid.
    """
    partner = seat.partner
    if not may_enter(seat):
        raise SeatShut
    claim = checked(claim)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    record = record_of(claim)
    keys = sorted(keys_of(record))
    known = _own(seat, claim, record, keys)
    if known is not None:
        return Registered(known, is_new=False)
    party = _customer(seat, record, keys)
    theirs = DealRegistration.objects.exclude(partner=partner).filter(partner__is_active=True)
    others = same_claims(theirs, record, keys)  # who sells no longer keeps no customer
    met = met_by(partner, party, others, timezone.localdate())
    one = DealRegistration.objects.create(
        partner=partner, seat=seat, kind=claim.kind, name=claim.name, mobile=claim.mobile, email=claim.email,
        number=encrypt(claim.number), city=claim.city, product=claim.product, amount=claim.amount, note=claim.note,
        keys=keys, fingerprint=fingerprint(claim), state=State.CONFLICT if met else State.SUBMITTED, party=party,
        rival=met.registration, rival_deal=met.deal, received_at=timezone.now(),
    )  # fmt: skip
    if not met and partner.channel.accepts_itself:
        protect(one)
        one.deal = open_registered(one)
        one.save()
    publish(RegistrationReceived(registration_id=one.pk))
    return Registered(one, is_new=True)


def _customer(seat: PartnerSeat, record: Record, keys: list[int]) -> Party | None:
    """Whom the claim speaks of, when he is known: from his record, or from another claim of this partner."""
    mine = same_claims(DealRegistration.objects.filter(partner=seat.partner_id, party__isnull=False), record, keys)
    return same_customer(record) or next((one.party for one in mine), None)


def _own(seat: PartnerSeat, claim: Claim, record: Record, keys: list[int]) -> DealRegistration | None:
    """The registration that this partner has of the same customer and product already."""
    rows = DealRegistration.objects.filter(partner=seat.partner_id)
    exact = rows.filter(fingerprint=fingerprint(claim), state__in=[State.SUBMITTED, State.CONFLICT, State.ACCEPTED])
    product = search_norm(claim.product)
    near = (one for one in same_claims(rows, record, keys) if search_norm(one.product) == product)
    return exact.first() or next(near, None)


def protect(one: DealRegistration) -> None:
    """Accept a held registration: the customer is this partner's for as many days as he is protected."""
    one.state = State.ACCEPTED
    one.exclusive_until = timezone.localdate() + timedelta(days=one.partner.protection)


def open_registered(one: DealRegistration) -> Deal:
    """Make a deal of a registration, in the pipeline of its channel, owned by who cares for the partner."""
    partner = one.partner
    if one.party is None:
        one.party = same_customer(record_of(claim_of(one))) or _newcomer(one)
    first = Pipeline.objects.filter(deleted_at=None, kind=Pipeline.Kind.DEAL).order_by("position", "pk").first()
    pipeline_id = partner.channel.pipeline_id or (first.pk if first else None)
    details = DealDetails(
        name=f"{one.product}، {one.name}"[:200], amount=one.amount, note=one.note, source=partner.party.name[:120],
        channel=str(Deal.SalesChannel.PARTNER),
    )  # fmt: skip
    owner = partner.owner if partner.owner is not None and partner.owner.is_active else None
    deal = open_deal(
        actor=None, party_id=one.party.pk, pipeline_id=pipeline_id, details=details,
        owner_id=owner.pk if owner else None,
    )  # fmt: skip
    put_partners(deal, {partner.pk: 100})
    if owner is None:
        deal.department_id, deal.branch_id = partner.department_id, partner.branch_id
    return store(deal, None)


def _newcomer(one: DealRegistration) -> Party:
    """Write the customer down as the partner typed him; an address that is somebody else's stays in the claim."""
    claim = claim_of(one)
    contacts = [ContactDetails(kind=kind, typed=text) for kind, text in claim.addresses]
    number = [IdentifierDetails(kind=number_kind(one.kind), typed=claim.number)] if claim.number else []
    city = [AddressDetails(city=one.city, primary=True)] if one.city else None
    raws = {"name": one.name} | ({"branch": str(one.partner.branch_id)} if one.partner.branch_id else {})
    rows = Rows(contacts=contacts, numbers=number, addresses=city)
    try:
        with transaction.atomic():
            return add_record(actor=None, kind=one.kind, raws=raws, rows=rows)
    except (AddressTaken, BadAddress):
        return add_record(actor=None, kind=one.kind, raws=raws, rows=Rows(addresses=city))


def fingerprint(claim: Claim) -> str:
    """The same for the same customer, by the surest that is known of him, and the same product."""
    reached = [f"{each.kind}:{each.value}" for typed in claim.addresses if (each := normalise_address(*typed))]
    who = [check(number_kind(claim.kind), claim.number).value] if claim.number else reached
    words = who[:1] or [f"{search_norm(claim.name)}|{search_norm(claim.city)}"]
    return blake2b("|".join([*words, search_norm(claim.product)]).encode(), digest_size=16).hexdigest()


def checked(claim: Claim) -> Claim:
    """A claim with its words cleaned. Errors: Invalid, with the field."""
    made = Claim(
        name=display_norm(claim.name)[:200], product=display_norm(claim.product)[:200], kind=claim.kind,
        mobile=claim.mobile.strip()[:40], email=claim.email.strip()[:254], number=claim.number.strip()[:20],
        city=display_norm(claim.city)[:80], amount=claim.amount, note=display_text(claim.note)[:5000],
    )  # fmt: skip
    if wrong := {**_unreadable(made), **_missing(made)}:
        raise Invalid(fields=wrong)
    return made


def _missing(claim: Claim) -> dict[str, str]:
    wrong = {key: _("Write something here.") for key in ("name", "product") if not getattr(claim, key)}
    if claim.kind not in (Party.Kind.PERSON, Party.Kind.ORGANISATION):
        wrong["kind"] = _("There is no such record.")
    if not (claim.mobile or claim.email or claim.number):
        wrong["mobile"] = _("Write a mobile, an e-mail or a national id, so that we can tell whom you mean.")
    return wrong


def _unreadable(claim: Claim) -> dict[str, str]:
    wrong = {}
    for kind, text in claim.addresses:
        if normalise_address(kind, text) is None:
            wrong[kind] = _("This cannot be right; look at it once more.")
    if claim.number and check(number_kind(claim.kind), claim.number).flaw:
        wrong["number"] = _("This cannot be right; look at it once more.")
    if claim.amount is not None and not 0 <= claim.amount <= LARGEST:
        wrong["amount"] = _("This amount cannot be read; write a whole number.")
    return wrong
