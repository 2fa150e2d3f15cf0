"""One customer as the rules of matching see it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from peyvand.parties.matching.names import Name

NO_VALUES: frozenset[str] = frozenset()


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
