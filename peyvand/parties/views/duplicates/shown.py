"""A group of the queue as a page shows it: both records side by side, differences marked, the reasons in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.record_fields import fields_of
from peyvand.core.record_links import HIDDEN
from peyvand.parties.fields.host import HOST
from peyvand.parties.matching.wording import said
from peyvand.parties.models import DuplicatePair, Party, Profile
from peyvand.parties.policies import employer_of
from peyvand.parties.selectors.duplicates import Group

_ABOUT = ("moment", "percent")  # of the record, not of the customer: they always differ


@dataclass(frozen=True)
class Line:
    """One row of the comparison. kind: text, phone, email, date, moment or percent; cells: values of each customer."""

    label: str
    kind: str
    cells: Sequence[Sequence[Any]]

    @property
    def differs(self) -> bool:
        known = {tuple(cell) for cell in self.cells if cell}
        return len(known) > 1 and self.kind not in _ABOUT

    @property
    def is_known(self) -> bool:
        return any(self.cells)


@dataclass(frozen=True)
class ShownGroup:
    """What a card of the queue needs."""

    group: Group
    lines: Sequence[Line]
    reasons: Sequence[tuple[str, str, int]]
    decided: DuplicatePair | None

    @property
    def key(self) -> int:
        return self.group.lead.pk


def shown(group: Group, user: User) -> ShownGroup:
    """Return what a page needs of a group, for its reader."""
    lines = [Line(label, kind, [_values(read, party) for party in group.parties]) for label, kind, read in _lines(user)]
    lead = group.lead
    decided = lead if lead.state != DuplicatePair.State.OPEN else None
    return ShownGroup(group, [line for line in lines if line.is_known], said(lead.reasons), decided)


def _values(read: Callable[[Party], Any], party: Party) -> list[Any]:
    value = read(party)
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]


def _employer(user: User, party: Party) -> str:
    """Where somebody works; two employers whom the reader may not see look alike, and are not told apart."""
    return str(employer_of(user, party) or (HIDDEN if party.organisation_id else ""))


def _lines(user: User) -> list[tuple[str, str, Callable[[Party], Any]]]:
    fields = fields_of(HOST)

    def label(key: str) -> str:
        return str(fields[key].label)

    return [
        (label("name"), "text", lambda party: party.name),
        (label("kind"), "text", lambda party: str(Party.Kind(party.kind).label)),
        (label("organisation"), "text", lambda party: _employer(user, party)),
        (label("phone"), "phone", _points("mobile", "phone", "fax")),
        (label("email"), "email", _points("email")),
        (_("Numbers"), "code", lambda party: sorted(number.shown for number in party.identifiers.all())),
        (label("city"), "text", lambda party: party.city),
        (label("postal_code"), "code", _places),
        (label("birth_date"), "date", _profile("birth_date")),
        (label("gender"), "text", _gender),
        (label("category"), "text", lambda party: party.category.name if party.category else ""),
        (label("branch"), "text", lambda party: party.branch.name if party.branch else ""),
        (label("owner"), "text", lambda party: party.owner.full_name if party.owner else ""),
        (label("completeness"), "percent", lambda party: party.completeness),
        (label("created_at"), "moment", lambda party: party.created_at),
        (label("last_contact_at"), "moment", lambda party: party.last_contact_at),
    ]


def _points(*kinds: str) -> Callable[[Party], list[str]]:
    return lambda party: sorted(point.value for point in party.contact_points.all() if point.kind in kinds)


def _places(party: Party) -> list[str]:
    return sorted({row.postal_code for row in party.addresses.all() if row.postal_code})


def _profile(name: str) -> Callable[[Party], Any]:
    def read(party: Party) -> Any:
        try:
            return getattr(party.profile, name)
        except ObjectDoesNotExist:
            return None

    return read


def _gender(party: Party) -> str:
    found = _profile("gender")(party)
    return str(Profile.Gender(found).label) if found else ""
