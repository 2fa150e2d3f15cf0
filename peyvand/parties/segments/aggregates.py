"""Figures over what happened with a party, for segments; higher apps add theirs from their `segment_fields.py`.

An aggregate names child rows, the column that points to the party and, where time matters, the column of the moment;
it is never computed party by party: conditions turn it into one grouped subquery.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyvand.core.record_fields import Asked, Kind, Op
from peyvand.parties.models import Party, PartyFile, PartyNote

Text = str | Promise
COUNTED = (Op.MORE, Op.LESS, Op.BETWEEN, Op.IS)
LATEST = (Op.LAST_DAYS, Op.OLDER_DAYS, Op.BEFORE, Op.AFTER, Op.EMPTY, Op.FILLED)


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """How often something happened (NUMBER), or when it last did (MOMENT).

    rows(asked): the child rows; to: their column that holds the party's id; at: their column of the moment, needed for
    MOMENT and for counts within a window of days. permission: what one needs besides seeing the party. unit: shown
    after a count.
    """

    key: str
    label: Text
    rows: Callable[[Asked], QuerySet[Any]]
    to: str = "party_id"
    at: str = ""
    kind: Kind = Kind.NUMBER
    permission: str = ""
    group: Text = ""
    icon: str = ""
    unit: Text = ""

    @property
    def asked_by(self) -> tuple[Op, ...]:
        """The operators that it can be compared with."""
        return LATEST if self.kind is Kind.MOMENT else COUNTED

    @property
    def has_window(self) -> bool:
        """Can it be counted within the last days?"""
        return self.kind is Kind.NUMBER and bool(self.at)


_aggregates: dict[str, Aggregate] = {}
WHAT_HAPPENED = _("What happened")


def register(*aggregates: Aggregate) -> None:
    """Add aggregates. Raises ValueError for a key that is taken."""
    for each in aggregates:
        if _aggregates.setdefault(each.key, each) is not each:
            raise ValueError(f"two aggregates are called {each.key}")


def known() -> dict[str, Aggregate]:
    """Every aggregate by its key, in the order of registration."""
    return dict(_aggregates)


register(
    Aggregate(
        key="notes",
        label=_("Number of notes"),
        rows=lambda asked: PartyNote.objects.filter(deleted_at=None),
        at="created_at",
        group=WHAT_HAPPENED,
        icon="note",
    ),
    Aggregate(
        key="last_note",
        label=_("Last note"),
        rows=lambda asked: PartyNote.objects.filter(deleted_at=None),
        at="created_at",
        kind=Kind.MOMENT,
        group=WHAT_HAPPENED,
        icon="note",
    ),
    Aggregate(
        key="files",
        label=_("Number of files"),
        rows=lambda asked: PartyFile.objects.filter(deleted_at=None),
        at="created_at",
        group=WHAT_HAPPENED,
        icon="paperclip",
    ),
    Aggregate(
        key="people",
        label=_("Number of people in the organisation"),
        rows=lambda asked: Party.objects.filter(deleted_at=None, organisation__isnull=False),
        to="organisation_id",
        group=WHAT_HAPPENED,
        icon="users",
    ),
)
