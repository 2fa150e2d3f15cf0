"""Taking lists of customers out: which rows, as which cards, noted in the access log; `core.exports` writes them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import ngettext

from peyvand.accounts.exporting import register_list
from peyvand.accounts.models import User
from peyvand.accounts.scoping import fields_q
from peyvand.core.exports import Export
from peyvand.core.exports.cards import Card, Place, Way
from peyvand.core.fast_rows import any_of, fast_rows
from peyvand.core.list_selection import Selection
from peyvand.core.record_links import Names
from peyvand.core.sheets import Format
from peyvand.parties.fields import HOST
from peyvand.parties.models import Address, ContactPoint, Party, PartyQuerySet, Tag
from peyvand.parties.services.access_log import note_export
from peyvand.parties.services.bulk.selecting import rows_of

EXPORT = "parties.export"
LIST = "customers"
COLUMNS = ("name", "kind", "organisation", "category", "phone", "email", "city", "life_cycle", "owner", "created_at")
ON_A_CARD = frozenset(
    "id name first_name last_name honorific kind organisation job_title phone phones email emails faxes messengers city"
    " province street postal_code birth_date birthday website tags".split()
)
OF_CARD = (
    "kind", "name", "first_name", "last_name", "honorific", "job_title", "organisation_id", "tag_ids",
    "profile__birth_date", "profile__website", "city", "province",
)  # fmt: skip


def wanted(selection: Selection, *, columns: Sequence[str], format: Format = Format.CSV, sort: str = "") -> Export:
    """An export of customers."""
    return Export(list=LIST, selection=selection, columns=tuple(columns), format=format, sort=sort)


def _rows(actor: User, export: Export) -> PartyQuerySet:
    """The customers that the actor both sees and may take out."""
    seen = rows_of(actor=actor, selection=export.selection)
    return seen.filter(fields_q(actor, EXPORT, Party.scope_fields))


def _title(count: int) -> str:
    return ngettext("Export of %(n)s customer", "Export of %(n)s customers", count) % {"n": count}


def _note(actor: User, count: int, detail: dict[str, Any]) -> None:
    note_export(user=actor, count=count, detail=detail)


def _cards(actor: User, ids: Sequence[int]) -> dict[int, Card]:
    """Many customers as vCards, by a handful of queries."""
    tags, ways, places = _tags(), _ways(ids), _places(ids)
    rows = fast_rows(Party.objects.filter(any_of("id", ids)).values_list("pk", *OF_CARD))
    names = Names(actor)
    names.learn(row[1 + OF_CARD.index("organisation_id")] for row in rows)
    return {
        pk: Card(
            id=pk,
            kind=kind,
            name=name,
            first_name=first,
            last_name=last,
            honorific=honorific,
            job_title=job,
            organisation=names.seen(organisation),
            tags=tuple(tags[tag] for tag in tag_ids if tag in tags),
            birth_date=born,
            website=website or "",
            ways=tuple(ways.get(pk, ())),
            places=tuple(places.get(pk, _towns(city, province))),
        )
        for pk, kind, name, first, last, honorific, job, organisation, tag_ids, born, website, city, province in rows
    }


def _towns(city: str, province: str) -> tuple[Place, ...]:
    """Of who has no address, the city and province that are known all the same."""
    return (Place(city=city, province=province, is_first=True),) if city or province else ()


def _tags() -> dict[int, str]:
    return dict(Tag.objects.values_list("pk", "name"))


def _ways(ids: Sequence[int]) -> dict[int, list[Way]]:
    found: dict[int, list[Way]] = {}
    rows = ContactPoint.objects.filter(any_of("party_id", ids)).order_by("party_id", "-is_primary", "kind", "id")
    names = ("party_id", "kind", "value", "use", "is_primary")
    for party_id, kind, value, use, is_first in fast_rows(rows.values_list(*names)):
        found.setdefault(party_id, []).append(Way(kind=kind, value=value, use=use, is_first=is_first))
    return found


def _places(ids: Sequence[int]) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = {}
    names = ("use", "street", "city", "province", "postal_code", "country")
    rows = Address.objects.filter(any_of("party_id", ids)).order_by("party_id", "-is_primary", "id")
    for party_id, is_first, *parts in fast_rows(rows.values_list("party_id", "is_primary", *names)):
        place = Place(**dict(zip(names, parts, strict=True)), is_first=is_first)
        found.setdefault(party_id, []).append(place)
    return found


CUSTOMERS = register_list(
    LIST,
    EXPORT,
    rows=_rows,
    host=HOST,
    name="customers",
    order=("sort_key", "id"),
    title=_title,
    note=_note,
    cards=_cards,
    card_fields=ON_A_CARD,
)
