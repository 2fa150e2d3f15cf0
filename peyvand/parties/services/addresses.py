"""Where a customer is: many places, one of them the main one."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core import iran
from peyvand.core.errors import Invalid, NotFound
from peyvand.parties.errors import FlawedNumber
from peyvand.parties.models import Address, Party
from peyvand.parties.services.derived import touch
from peyvand.parties.services.holding import hold
from peyvand.parties.services.words import line, lines, one_of
from peyvand.parties.types import AddressDetails

Place = tuple[str, str, str, str, str, str]


@transaction.atomic
def save_address(
    *,
    actor: User | None,
    party: Party,
    details: AddressDetails,
    address_id: int | None = None,
    version: int | None = None,
) -> Address:
    """Add a place or change one; the first is the main one. Errors: NotAllowed, NotFound, Invalid, FlawedNumber."""
    held = hold(actor, party, version)
    address = held.addresses.filter(pk=address_id).first() if address_id else Address(party=held)
    if address is None:
        raise NotFound
    _fill(address, details, "")
    address.is_primary = details.primary or not held.addresses.filter(is_primary=True).exclude(pk=address.pk).exists()
    if address.is_primary:
        held.addresses.exclude(pk=address.pk).filter(is_primary=True).update(is_primary=False)
    address.save()
    touch([held.pk])
    return address


@transaction.atomic
def remove_address(*, actor: User | None, party: Party, address_id: int, version: int | None = None) -> None:
    """Forget a place; when it was the main one, the oldest other becomes it. Errors: NotAllowed, NotFound."""
    held = hold(actor, party, version)
    if not held.addresses.filter(pk=address_id).delete()[0]:
        raise NotFound
    _choose_main(held)
    touch([held.pk])


def sync_addresses(*, party: Party, addresses: Iterable[AddressDetails]) -> None:
    """Make the places of a party exactly these; called inside create and change, which ask and derive.

    Errors: Invalid and FlawedNumber with the field `addresses-<row>-<name>` that is meant.
    """
    former = list(party.addresses.all())
    kept = {address.postal_code for address in former}
    wanted = [
        _read(details, f"addresses-{row}-", details.insist or iran.compact(details.postal_code) in kept)
        for row, details in enumerate(addresses)
        if _is_filled(details)
    ]
    for address in former:
        match = next((each for each in wanted if _place(each) == _place(address)), None)
        if match is None:
            address.delete()
            continue
        match.pk, match.created_at = address.pk, address.created_at
    main = next((each for each in wanted if each.is_primary), wanted[0] if wanted else None)
    party.addresses.update(is_primary=False)
    for address in wanted:
        address.party, address.is_primary = party, address is main
        address.save()
    _choose_main(party)


def set_place(party: Party, *, city: str | None = None, province: str | None = None) -> None:
    """Write the city or the province of the main address, or of the party when it has no address; no deriving."""
    given = {name: value for name, value in (("city", city), ("province", province)) if value is not None}
    if party.pk:
        party.addresses.filter(is_primary=True).update(**given)
    for name, value in given.items():
        setattr(party, name, value)


def _choose_main(party: Party) -> None:
    """See that a party with places has a main one; one without has no city."""
    if party.addresses.filter(is_primary=True).exists():
        return
    oldest = party.addresses.order_by("pk").first()
    if oldest is None:
        Party.objects.filter(pk=party.pk).update(city="", province="")
        return
    party.addresses.filter(pk=oldest.pk).update(is_primary=True)


def _is_filled(details: AddressDetails) -> bool:
    return any(text.strip() for text in (details.province, details.city, details.street, details.postal_code))


def _read(details: AddressDetails, prefix: str, insist: bool) -> Address:
    address = Address()
    _fill(address, replace(details, insist=insist), prefix)
    address.is_primary = details.primary
    return address


def _fill(address: Address, details: AddressDetails, prefix: str) -> None:
    address.use = one_of(details.use, Address.Use.values, key=f"{prefix}use")
    address.country = details.country.strip().upper() or "IR"
    if len(address.country) != 2 or not address.country.isascii() or not address.country.isalpha():
        raise Invalid(fields={f"{prefix}country": _("Write the two letters of a country, as IR.")})
    address.province = line(details.province, 80, key=f"{prefix}province")
    address.city = line(details.city, 80, key=f"{prefix}city")
    address.street = lines(details.street, 500, key=f"{prefix}street")
    address.postal_code = _postal_code(address, details, f"{prefix}postal_code")
    if not _is_filled(details):
        raise Invalid(fields={f"{prefix}street": _("Write at least one part of the address.")})


def _postal_code(address: Address, details: AddressDetails, key: str) -> str:
    typed = line(details.postal_code, 20, key=key)
    if not typed or address.country != "IR":
        return typed
    checked = iran.postal_code(typed)
    known = bool(address.pk) and address.postal_code == checked.value
    if checked.flaw and not details.insist and not known:
        raise FlawedNumber.of(checked, key)
    return checked.value[:20]


def _place(address: Address) -> Place:
    return (address.use, address.country, address.province, address.city, address.street, address.postal_code)
