"""One customer as the rules of matching see it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from peyvand.core.text import search_norm
from peyvand.parties.matching.names import PERSON, Name, gender_of, read_name

NO_VALUES: frozenset[str] = frozenset()
LEAST_STREET = 12  # letters; shorter ones are no place


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is compared of a customer. phones, emails: in their comparable forms; a fax is a phone here.

    numbers: digests of identifiers by kind. city, place: folded; place is a postal code or a street.
    """

    id: int = 0
    kind: str = "person"
    name: Name
    phones: frozenset[str] = NO_VALUES
    emails: frozenset[str] = NO_VALUES
    numbers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    city: str = ""
    place: str = ""
    organisation: int | None = None
    born: dt.date | None = None
    gender: str = ""


def make_record(
    *, kind: str, name: str, city: str = "", place: str = "", gender: str = "", honorific: str = "", **more: Any
) -> Record:
    """Make a record from what is stored or typed; name, city and place are folded here.

    Where the gender is not known a title or a form of address tells it.
    """
    if kind == PERSON:
        gender = gender or gender_of(honorific, name)
    found = read_name(name, kind)
    return Record(kind=kind, name=found, city=_folded(city), place=_place(place), gender=gender, **more)


def read_record(row: Sequence[Any]) -> Record:
    """Make a record from a row of `selectors.likeness`: plain values, as they come out of JSON.

    In their order: id, kind, name, city, employer, day of birth (ISO), gender, form of address, ways to reach and
    numbers as «kind:value», postal code or street.
    """
    pk, kind, name, city, organisation, born, gender, honorific, points, numbers, place = row
    emails = [point[6:] for point in points or () if point.startswith("email:")]
    phones = [point.partition(":")[2] for point in points or () if not point.startswith("email:")]
    return make_record(
        id=pk, kind=kind, name=name, city=city, organisation=organisation,
        born=dt.date.fromisoformat(born) if born else None, gender=gender or "", honorific=honorific,
        phones=frozenset(phones), emails=frozenset(emails), numbers=_by_kind(numbers or ()), place=place or "",
    )  # fmt: skip


def _by_kind(numbers: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number in numbers:
        kind, _colon, digest = number.partition(":")
        found.setdefault(kind, set()).add(digest)
    return {kind: frozenset(digests) for kind, digests in found.items()}


@lru_cache(maxsize=5_000)
def _folded(city: str) -> str:
    return search_norm(city)


def _place(text: str) -> str:
    if not text:
        return ""
    folded = search_norm(text).replace(" ", "")
    return folded if folded.isdecimal() or len(folded) >= LEAST_STREET else ""
