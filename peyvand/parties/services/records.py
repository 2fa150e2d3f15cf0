"""Adding and changing a whole customer record: fields by their keys, and the rows that belong to it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid
from peyvand.core.events import publish
from peyvand.parties.errors import ChangedMeanwhile, NameMissing
from peyvand.parties.events import PartyCreated
from peyvand.parties.models import Party
from peyvand.parties.services.addresses import sync_addresses
from peyvand.parties.services.consents import write_consents
from peyvand.parties.services.contacts import new_points, store_points, sync_contact_points
from peyvand.parties.services.derived import derive, lay_derived, touch
from peyvand.parties.services.editing import Raw
from peyvand.parties.services.editing.fields import collisions_of, lay, read_all, write_fields
from peyvand.parties.services.holding import hold, require_or_system
from peyvand.parties.services.identifiers import write_identifier
from peyvand.parties.services.roles import sync_roles
from peyvand.parties.services.vocabulary import learn
from peyvand.parties.types import AddressDetails, ConsentDetails, ContactDetails, IdentifierDetails, RoleDetails

_GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "contacts": ("contact_points", ("kind", "value", "typed", "use", "identifies", "is_primary", "is_verified")),
    "addresses": ("addresses", ("use", "country", "province", "city", "street", "postal_code", "is_primary")),
    "roles": ("role_periods", ("role", "since", "until")),
}
GROUPS = tuple(_GROUPS)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What belongs to a customer as rows. contacts, addresses, role_periods: all of them (None: as they are).

    numbers and consents are added; dropped_numbers are ids of identifiers that go.
    """

    contacts: Sequence[ContactDetails] | None = None
    addresses: Sequence[AddressDetails] | None = None
    role_periods: Sequence[RoleDetails] | None = None
    numbers: Sequence[IdentifierDetails] = ()
    dropped_numbers: Sequence[int] = ()
    consents: Sequence[ConsentDetails] = ()

    @property
    def is_more(self) -> bool:
        """Is there anything besides contacts?"""
        return bool(self.addresses or self.role_periods or self.numbers or self.dropped_numbers or self.consents)


@transaction.atomic
def add_record(*, actor: User | None, kind: str, raws: Mapping[str, Raw], rows: Rows | None = None) -> Party:
    """Add a customer; without a branch or an owner it belongs to the actor's branch and to the actor.

    One of columns and addresses alone, as most are, costs four statements and is returned as it stands (`is_bare`).
    raws: as `set_fields` takes them. Errors: NotAllowed, NameMissing, Invalid and Conflict with every bad field.
    """
    if kind not in Party.Kind.values:
        raise Invalid(fields={"kind": _("This is none of the choices.")})
    party = Party(kind=kind)
    values = read_all(actor, {key: raw for key, raw in raws.items() if raw})
    later = lay(actor=actor, party=party, values=values)
    if not party.name:
        raise NameMissing(fields={"name": str(NameMissing())})
    if actor is not None:
        party.branch_id = party.branch_id or actor.branch_id
        party.owner_id = party.owner_id or actor.pk
    require_or_system(actor, party)
    rows = rows or Rows()
    if later or rows.is_more or party.category_id:
        party.save()
        write_fields(actor=actor, party=party, values=later)
        _write_rows(actor, party, rows)
        derive([party.pk])
    else:
        _store_bare(party, rows.contacts or ())
    publish(PartyCreated(party_id=party.pk))
    return party


@transaction.atomic
def change_record(
    *,
    actor: User | None,
    party: Party,
    raws: Mapping[str, Raw],
    rows: Rows | None = None,
    version: int | None = None,
    seen: Mapping[str, Raw] | None = None,
) -> Party:
    """Change fields and rows of a customer, all or nothing, and return it as it is now.

    version, seen: as in `set_fields`; groups of rows are seen as `rows_of` gives them. Without `seen` any other
    version is a conflict. Errors: NotAllowed, NotFound, Invalid and Conflict with the fields, ChangedMeanwhile.
    """
    rows = rows or Rows()
    held = hold(actor, party, version if seen is None else None)
    values = read_all(actor, raws)
    if seen is not None and version != held.version:
        _check(held, raws, rows, seen)
    write_fields(actor=actor, party=held, values=values)
    _write_rows(actor, held, rows)
    touch([held.pk])
    return Party.objects.get(pk=held.pk)


def rows_of(party: Party, group: str) -> list[str]:
    """Return a group of rows as texts that are compared: contacts, addresses or roles."""
    found: Any = getattr(party, _GROUPS[group][0]).order_by("pk").values_list(*_GROUPS[group][1])
    return [json.dumps(row, ensure_ascii=False, default=str) for row in found]


def _store_bare(party: Party, contacts: Sequence[ContactDetails]) -> None:
    """Store a party that has columns and addresses alone, derived before it is written."""
    points = new_points(contacts)
    found = [point for _row, point in points]
    lay_derived(party, found)
    party.save(force_insert=True)
    store_points(party, points)
    learn([party.search])
    shown = sorted(found, key=lambda each: (not each.is_primary, each.kind, each.pk))
    party.points = shown  # type: ignore[attr-defined]  # as `with_contacts` sets it
    party.is_bare = True


def _check(party: Party, raws: Mapping[str, Raw], rows: Rows, seen: Mapping[str, Raw]) -> None:
    """Refuse what somebody else changed meanwhile, fields and groups of rows, with both values."""
    theirs = collisions_of(party, raws, seen)
    mine: dict[str, Raw] = {key: raws[key] for key in theirs}
    given = {"contacts": rows.contacts, "addresses": rows.addresses, "roles": rows.role_periods}
    for group, wanted in given.items():
        if wanted is None or group not in seen:
            continue
        now = rows_of(party, group)
        if now != seen[group]:
            theirs[group], mine[group] = now, []
    if theirs:
        raise ChangedMeanwhile(theirs=theirs, mine=mine, version=party.version)


def _write_rows(actor: User | None, party: Party, rows: Rows) -> None:
    if rows.contacts is not None:
        sync_contact_points(party=party, contacts=rows.contacts)
    if rows.addresses is not None:
        sync_addresses(party=party, addresses=rows.addresses)
    if rows.role_periods is not None:
        sync_roles(party=party, roles=rows.role_periods)
    if rows.dropped_numbers:
        party.identifiers.filter(pk__in=rows.dropped_numbers).delete()
    for row, number in enumerate(rows.numbers):
        write_identifier(party, number, key=f"numbers-{row}-typed")
    if rows.consents:
        write_consents(party, actor, rows.consents)
