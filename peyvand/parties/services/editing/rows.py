"""Editors of what a party has as rows of their own: contact points, the main address, numbers, roles."""

from django.db import IntegrityError, transaction

from peyvand.core import iran
from peyvand.core.secrets import decrypt
from peyvand.parties.errors import AddressTaken, BadAddress, FlawedNumber
from peyvand.parties.models import Address, ContactPoint, Identifier, Party, Role
from peyvand.parties.services import words
from peyvand.parties.services.addresses import set_place
from peyvand.parties.services.editing.base import SEALED, Asked, Editor, Raw, many, one
from peyvand.parties.services.identifiers import REVEAL, read, replace_identifier
from peyvand.parties.services.roles import set_present_roles
from peyvand.parties.types import IdentifierDetails, normalise_address

Typed = tuple[str, str, str]


def _point(kinds: tuple[str, ...]) -> Editor:
    """The primary contact point of these kinds: written over, added, or with nothing typed taken away."""

    def parse(raw: Raw, asked: Asked) -> Typed | None:
        typed = words.line(one(raw), 320, key=asked.key)
        if not typed:
            return None
        address = normalise_address(kinds[0], typed)
        if address is None:
            raise BadAddress(fields={asked.key: str(BadAddress())})
        return address.kind, address.value, typed

    def write(party: Party, value: Typed | None, asked: Asked) -> None:
        first = _first_point(party, kinds)
        if value is not None:
            _write_point(party, first, value, asked)
        elif first is not None:
            first.delete()

    def current(party: Party) -> Raw:
        first = _first_point(party, kinds)
        return first.typed if first else ""

    return Editor(parse=parse, write=write, current=current)


def _first_point(party: Party, kinds: tuple[str, ...]) -> ContactPoint | None:
    return party.contact_points.filter(kind__in=kinds).order_by("-is_primary", "kind", "pk").first()


def _write_point(party: Party, former: ContactPoint | None, value: Typed, asked: Asked) -> None:
    kind, comparable, typed = value
    same = party.contact_points.filter(kind=kind, value=comparable).first()
    point = same or former or ContactPoint(party=party)
    if (point.kind, point.value) != (kind, comparable):
        point.is_verified, point.verified_at = False, None
    party.contact_points.filter(kind=kind, is_primary=True).exclude(pk=point.pk).update(is_primary=False)
    point.kind, point.value, point.typed, point.is_primary = kind, comparable, typed, True
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError as error:
        raise AddressTaken(fields={asked.key: str(AddressTaken())}) from error


def _place(column: str) -> Editor:
    def write(party: Party, value: str, asked: Asked) -> None:
        set_place(party, **{column: value})

    return Editor(
        parse=lambda raw, asked: words.line(one(raw), 80, key=asked.key),
        write=write,
        current=lambda party: str(getattr(party, column)),
        columns=(column,),
    )


def _postal_code() -> Editor:
    """The postal code of the main address; an address is made for it when there is none."""

    def parse(raw: Raw, asked: Asked) -> str:
        typed = words.line(one(raw), 20, key=asked.key)
        if not typed:
            return ""
        checked = iran.postal_code(typed)
        if checked.flaw and not asked.insist:
            raise FlawedNumber.of(checked, asked.key)
        return checked.value[:20]

    def write(party: Party, value: str, asked: Asked) -> None:
        main = party.addresses.filter(is_primary=True)
        if not main.update(postal_code=value) and value:
            Address.objects.create(
                party=party, city=party.city, province=party.province, postal_code=value, is_primary=True
            )

    def current(party: Party) -> Raw:
        main = party.addresses.filter(is_primary=True).first()
        return main.postal_code if main else ""

    return Editor(parse=parse, write=write, current=current)


def _identifier(kind: str) -> Editor:
    """The one number of a kind. A sensitive one is given back encrypted, so that an undo keeps no plain number."""

    def parse(raw: Raw, asked: Asked) -> IdentifierDetails | None:
        typed = one(raw)
        kept = typed.startswith(SEALED)
        typed = decrypt(typed.removeprefix(SEALED)) if kept else words.line(typed, 60, key=asked.key)
        if not typed:
            return None
        details = IdentifierDetails(kind=kind, typed=typed, insist=asked.insist or kept)
        read(details, key=asked.key)
        return details

    def write(party: Party, value: IdentifierDetails | None, asked: Asked) -> None:
        typed, insist = (value.typed, value.insist) if value else ("", False)
        replace_identifier(party, kind, typed, insist=insist, key=asked.key)

    def current(party: Party) -> Raw:
        first = party.identifiers.filter(kind=kind).order_by("pk").first()
        if first is None:
            return ""
        return f"{SEALED}{first.cipher}" if first.cipher else first.value

    return Editor(parse=parse, write=write, current=current, permission=REVEAL if kind in Identifier.SENSITIVE else "")


def _roles(raw: Raw, asked: Asked) -> list[str]:
    return [words.one_of(each, Role.values, key=asked.key) for each in many(raw)]


EDITORS = {
    "phone": _point(("mobile", "phone")),
    "email": _point(("email",)),
    "city": _place("city"),
    "province": _place("province"),
    "postal_code": _postal_code(),
    "national_id": _identifier("national_id"),
    "legal_id": _identifier("legal_id"),
    "economic": _identifier("economic"),
    "roles": Editor(
        parse=_roles,
        write=lambda party, value, asked: set_present_roles(party, value),
        current=lambda party: list(party.roles),
    ),
}
