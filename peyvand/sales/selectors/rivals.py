"""Whom a registration meets: the same customer with another partner, or worked on by ourselves.

Whether two are one customer is asked of the rules of duplicates of the customer records: the same address or number,
or as many points as make people look.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from peyvand.core.secrets import decrypt
from peyvand.parties.matching import PROBABLE, Record, common_addresses, compare, make_record
from peyvand.parties.models import ContactPoint, Identifier, Party
from peyvand.parties.numbers import digest_of
from peyvand.parties.selectors.likeness import crowded, partners_of, records_of
from peyvand.parties.types import normalise_address
from peyvand.sales.channel_types import Claim
from peyvand.sales.models import Deal, DealRegistration, Partner

LIVE_STATES = (
    DealRegistration.State.SUBMITTED,
    DealRegistration.State.CONFLICT,
    DealRegistration.State.ACCEPTED,
)
MOST = 20


@dataclass(frozen=True)
class Met:
    """Whom a registration meets: the claim of another partner, or a deal of ours or of another partner."""

    registration: DealRegistration | None = None
    deal: Deal | None = None

    def __bool__(self) -> bool:
        return self.registration is not None or self.deal is not None


def number_kind(kind: str) -> str:
    """Which number of a person or an organisation is asked for."""
    return "national_id" if kind == Party.Kind.PERSON else "legal_id"


def record_of(claim: Claim) -> Record:
    """What is compared of a claim."""
    found = [address for kind, text in claim.addresses if (address := normalise_address(kind, text))]
    kind = number_kind(claim.kind)
    return make_record(
        kind=claim.kind,
        name=claim.name[:200],
        city=claim.city[:80],
        phones=frozenset(each.value for each in found if each.kind != "email"),
        emails=frozenset(each.value for each in found if each.kind == "email"),
        numbers={kind: frozenset({digest_of(kind, claim.number)})} if claim.number else {},
    )


def claim_of(one: DealRegistration) -> Claim:
    """What was typed for a stored registration."""
    return Claim(
        name=one.name, product=one.product, kind=one.kind, mobile=one.mobile, email=one.email,
        number=decrypt(one.number), city=one.city, amount=one.amount, note=one.note,
    )  # fmt: skip


def is_same(one: Record, other: Record, crowded_values: Collection[str] = ()) -> bool:
    """Do two records speak of one customer?"""
    if ((one.phones & other.phones) | (one.emails & other.emails)) - set(crowded_values):
        return True
    if any(digests & other.numbers.get(kind, frozenset()) for kind, digests in one.numbers.items()):
        return True
    verdict = compare(one, other, crowded_values)
    return verdict.score >= PROBABLE and not verdict.contradicts


def same_customer(record: Record) -> Party | None:
    """The customer record that this most probably is, whoever may see it; None when there is none.

    Keys of records that were written a moment ago are not yet in the table of keys; their addresses and numbers are.
    """
    records = records_of(partners_of(record, most=MOST) | _reached_by(record))
    own = common_addresses(record, record)
    many = {own[key] for key in crowded(own)} if records else set()
    best = [pk for pk, other in records.items() if is_same(record, other, many)]
    best.sort(key=lambda pk: (-compare(record, records[pk], many).score, pk))
    return Party.objects.filter(pk__in=best[:1], deleted_at=None).first()


def _reached_by(record: Record) -> set[int]:
    """The customers who have one of these addresses or numbers."""
    alive = {"party__deleted_at": None}
    points = ContactPoint.objects.filter(value__in=record.phones | record.emails, **alive).values_list(
        "party", flat=True
    )
    found = set(points[:MOST])
    for kind, digests in record.numbers.items():
        numbers = Identifier.objects.filter(kind=kind, digest__in=digests, **alive)
        found |= set(numbers.values_list("party", flat=True)[:MOST])
    return found


def same_claims(rows: QuerySet[DealRegistration], record: Record, keys: Sequence[int]) -> list[DealRegistration]:
    """Those among some live registrations that speak of the same customer, the oldest first."""
    near = rows.filter(state__in=LIVE_STATES, keys__overlap=list(keys)).select_related("deal")
    return [one for one in near.order_by("received_at", "pk")[:200] if is_same(record, record_of(claim_of(one)))]


def met_by(partner: Partner, party: Party | None, claims: Sequence[DealRegistration], today: date) -> Met:
    """Whom a new registration of `partner` meets. claims: those of others on the same customer.

    A claim of another partner while it waits or protects; else a deal of the customer that is open, or was opened or
    closed within the days for which this partner himself would be protected, and is not this partner's.
    """
    for one in claims:
        if one.is_waiting or (one.exclusive_until is not None and one.exclusive_until >= today):
            return Met(registration=one, deal=one.deal)
    if party is None:
        return Met()
    since = today - timedelta(days=partner.protection)
    recent = Q(state=Deal.State.OPEN) | Q(closed_at__date__gte=since) | Q(opened_at__date__gte=since)
    rows = Deal.objects.filter(recent, party=party, deleted_at=None).exclude(state=Deal.State.JOINED)
    rows = rows.exclude(partners__partner=partner).select_related("owner")
    return Met(deal=rows.order_by("-state", "-opened_at", "-pk").first())
