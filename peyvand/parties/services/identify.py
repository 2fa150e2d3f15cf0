"""Finding or creating the person behind an address, under concurrency."""

import hashlib
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from peyvand.accounts.models import Branch
from peyvand.core.events import publish_many
from peyvand.core.text import display_norm, sort_key
from peyvand.parties.completeness import compute
from peyvand.parties.errors import BadAddress
from peyvand.parties.events import PartyCreated
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.models.categories import MINIMUM
from peyvand.parties.search import search_text
from peyvand.parties.services.vocabulary import learn
from peyvand.parties.types import Address, Claim, Identified, normalise_address

Found = dict[Address, Identified]


def identify(kind: str, value: str, *, name: str = "", branch: Branch | int | None = None) -> Identified:
    """Return whose address this is; somebody new is created, provisional, when nobody is known by it.

    kind: of `ContactPoint.Kind`; value: as it was written. Two callers at the same instant get the same person.
    Raises BadAddress when the value cannot be an address of this kind.
    """
    branch_id = branch.pk if isinstance(branch, Branch) else branch
    found = identify_many([Claim(kind=kind, value=value, name=name, branch_id=branch_id)])[0]
    if found is None:
        raise BadAddress
    return found


@transaction.atomic
def identify_many(claims: Sequence[Claim]) -> list[Identified | None]:
    """Answer many questions in a fixed number of statements; None where the value is no address of its kind.

    Locks are taken per unknown address, in one order, and are held until the surrounding transaction ends.
    """
    addresses = [normalise_address(claim.kind, claim.value) for claim in claims]
    wanted = {address: claim for address, claim in zip(addresses, claims, strict=True) if address}
    found = _known(wanted)
    missing = {address: claim for address, claim in wanted.items() if address not in found}
    if missing:
        _lock(missing)
        found |= _known(missing)
        found |= _create({address: claim for address, claim in missing.items() if address not in found})
    return [found[address] if address else None for address in addresses]


def _known(wanted: dict[Address, Claim]) -> Found:
    rows = ContactPoint.objects.filter(identifies=True, value__in={address.value for address in wanted})
    return {
        Address(kind=kind, value=value): Identified(party_id=party, contact_point_id=pk, created=False)
        for kind, value, party, pk in rows.values_list("kind", "value", "party_id", "pk")
        if Address(kind=kind, value=value) in wanted
    }


def _lock(addresses: dict[Address, Claim]) -> None:
    """Serialise creators of the same address; the unique constraint stays the last word."""
    keys = sorted(
        int.from_bytes(hashlib.sha256(f"parties:{a.kind}:{a.value}".encode()).digest()[:8], "big", signed=True)
        for a in addresses
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) WITH ORDINALITY AS k(key, n)", [keys]
        )


def _create(wanted: dict[Address, Claim]) -> Found:
    people = Party.objects.bulk_create(_newcomer(address, claim) for address, claim in wanted.items())
    points = ContactPoint.objects.bulk_create(
        ContactPoint(
            party=party, kind=address.kind, typed=claim.value.strip()[:320], value=address.value, is_primary=True
        )
        for party, (address, claim) in zip(people, wanted.items(), strict=True)
    )
    learn(party.search for party in people)
    publish_many(PartyCreated(party_id=party.pk, provisional=True) for party in people)
    return {
        address: Identified(party_id=point.party_id, contact_point_id=point.pk, created=True)
        for address, point in zip(wanted, points, strict=True)
    }


def _newcomer(address: Address, claim: Claim) -> Party:
    name = display_norm(claim.name)[:200] or claim.value.strip()[:200]
    reached = {"phone"} if address.kind == "mobile" else {address.kind}
    percent, missing = compute(MINIMUM, {"name", *reached})
    return Party(
        completeness=percent,
        missing=missing,
        last_contact_at=timezone.now(),
        name=name,
        sort_key=sort_key(name),
        search=search_text(name, [address.value]),
        branch_id=claim.branch_id,
        is_provisional=True,
    )
