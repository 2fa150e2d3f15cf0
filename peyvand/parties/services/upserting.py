"""Adding and changing many customers in one call, each row for itself, as other systems send them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction

from peyvand.accounts.models import User
from peyvand.core.errors import Conflict, Invalid, NotFound, PeyvandError
from peyvand.core.text import display_norm
from peyvand.parties.errors import MatchAmbiguous, MatchMissing
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.selectors.aliases import survivor_of
from peyvand.parties.services.contacts import add_contact_point
from peyvand.parties.services.editing import Raw, current_raw
from peyvand.parties.services.editing.fields import same
from peyvand.parties.services.records import Rows, add_record, change_record
from peyvand.parties.types import ContactDetails, normalise_address


class Match(StrEnum):
    """What a row is recognised by."""

    ID = "id"
    EMAIL = "email"
    PHONE = "phone"


class Mode(StrEnum):
    """What may happen to a row: be added, change what is there, or either."""

    ADD = "add"
    UPDATE = "update"
    BOTH = "both"


class Done(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class UpsertRow:
    """One customer as another system knows him: fields by their keys, addresses that are added to those known.

    id and version count when rows are recognised by their number; a version refuses what changed meanwhile.
    """

    id: int | None = None
    version: int | None = None
    kind: str = "person"
    raws: Mapping[str, Raw] = field(default_factory=dict)
    contacts: Sequence[ContactDetails] = ()


@dataclass(frozen=True, kw_only=True)
class UpsertDone:
    """What became of one row; `error` says why it was refused."""

    done: Done
    party_id: int | None = None
    error: PeyvandError | None = None


def upsert_parties(*, actor: User, rows: Sequence[UpsertRow], match: Match, mode: Mode) -> list[UpsertDone]:
    """Add or change each row in a transaction of its own and say what became of it, in the order of the rows.

    The same rows again change nothing («unchanged»), so a caller may repeat what he is not sure of.
    """
    return [_one(actor, row, match, mode) for row in rows]


def _one(actor: User, row: UpsertRow, match: Match, mode: Mode) -> UpsertDone:
    try:
        with transaction.atomic():
            known = _find(actor, row, match)
            if known is None:
                return _add(actor, row, mode)
            if mode is Mode.ADD:
                raise Conflict
            return _change(actor, known, row)
    except PeyvandError as error:
        return UpsertDone(done=Done.REFUSED, error=error)


def _find(actor: User, row: UpsertRow, match: Match) -> Party | None:
    """The customer that is meant, of those whom the actor sees. Errors: MatchMissing, MatchAmbiguous, NotFound."""
    seen = Party.objects.visible_to(actor)
    if match is Match.ID:
        if row.id is None:
            return None
        found = seen.filter(pk=row.id).first() or seen.filter(pk=survivor_of(row.id) or row.id).first()
        if found is None:
            raise NotFound
        return found
    kinds = {"email"} if match is Match.EMAIL else {"mobile", "phone"}
    typed = [(point.kind, point.typed) for point in row.contacts if point.kind in kinds]
    typed += [(match.value, str(row.raws[match]))] if row.raws.get(match) else []
    values = {address.value for kind, text in typed if (address := normalise_address(kind, text))}
    if not values:
        raise MatchMissing(fields={match.value: str(MatchMissing())})
    points = ContactPoint.objects.filter(kind__in=kinds, value__in=values, party__in=seen)
    parties = set(points.order_by("-identifies").values_list("party_id", flat=True)[:10])
    owners = set(points.filter(identifies=True).values_list("party_id", flat=True)[:10]) or parties
    if len(owners) > 1:
        raise MatchAmbiguous
    return seen.get(pk=owners.pop()) if owners else None


def _add(actor: User, row: UpsertRow, mode: Mode) -> UpsertDone:
    if mode is Mode.UPDATE:
        raise NotFound
    made = add_record(actor=actor, kind=row.kind, raws=row.raws, rows=Rows(contacts=row.contacts or None))
    return UpsertDone(done=Done.CREATED, party_id=made.pk)


def _change(actor: User, party: Party, row: UpsertRow) -> UpsertDone:
    raws = {key: raw for key, raw in row.raws.items() if not same(current_raw(party, key), _clean(raw))}
    contacts = [contact for contact in row.contacts if not _has(party, contact)]
    if not raws and not contacts:
        return UpsertDone(done=Done.UNCHANGED, party_id=party.pk)
    if row.version is not None and row.version != party.version:
        raise Conflict
    if raws:
        change_record(actor=actor, party=party, raws=raws)
    for contact in contacts:
        add_contact_point(actor=actor, party=party, contact=contact)
    return UpsertDone(done=Done.UPDATED, party_id=party.pk)


def _clean(raw: Raw) -> Raw:
    return display_norm(raw) if isinstance(raw, str) else raw


def _has(party: Party, contact: ContactDetails) -> bool:
    address = normalise_address(contact.kind, contact.typed)
    if address is None:
        raise Invalid(fields={"contacts": contact.typed[:80]})
    return party.contact_points.filter(kind=address.kind, value=address.value).exists()
