"""Links to records of other kinds: an app registers how a linked record is found and named, for who asks.

A field that points to another record is read as its number. Its name is asked for apart, and for one reader: so no
list, export or answer can tell a name to who may not see that record.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.fast_rows import any_of
from peyvand.core.record_fields import Asked, Everyone, Kind, RecordField

M = TypeVar("M", bound=Model)
HIDDEN = "••••••"  # instead of a name that is not for this reader; an import leaves what it finds so as it is


@dataclass(frozen=True, kw_only=True)
class Links:
    """One kind of record that fields may point to.

    seen(who): those that he may see, None is the system itself. named(who, text): the one of this name, or None.
    label: the column that names a record. moved(ids): where records are merged, which one answers for each of these
    numbers that is an old one by now; rules, links and bodies that name the old one mean it.
    """

    seen: Callable[[Any], QuerySet[Any]]
    named: Callable[[Any, str], Any]
    label: str = "name"
    moved: Callable[[Collection[int]], Mapping[int, int]] = lambda ids: {}


@dataclass
class Names:
    """The names of linked records for one reader: each asked once, and many at once by `learn`.

    Who is in the trash or may not be seen by `who` is HIDDEN.
    """

    who: Any
    known: dict[int, str] = field(default_factory=dict)

    def learn(self, ids: Iterable[int | None], kind: Kind = Kind.PARTY) -> None:
        """Ask the names of these, in one query for those that are not known yet."""
        asked = {pk for pk in ids if pk is not None and pk not in self.known}
        if asked:
            found = names_of(kind, self.who, asked)
            self.known.update({pk: found.get(pk, HIDDEN) for pk in asked})

    def of(self, pk: int, kind: Kind = Kind.PARTY) -> str:
        """The name of one, HIDDEN when it is not for this reader."""
        self.learn([pk], kind)
        return self.known[pk]

    def seen(self, pk: int | None) -> str:
        """The name of one, empty when there is none or it is not for this reader."""
        name = "" if pk is None else self.of(pk)
        return "" if name == HIDDEN else name

    def learn_all(self, fields: Iterable[RecordField], records: Sequence[Any]) -> None:
        """Ask the names that these fields of these records speak of."""
        linked = [each for each in fields if each.kind is Kind.PARTY]
        found = [each.read(record) for each in linked for record in records]
        self.learn(pk for pk in found if isinstance(pk, int))


_links: dict[Kind, Links] = {}


def register(kind: Kind, links: Links) -> None:
    """Tell how records of this kind are found."""
    _links[kind] = links


def links_of(kind: Kind) -> Links:
    """How records of this kind are found."""
    return _links[kind]


def names_of(kind: Kind, who: Any, ids: Iterable[int]) -> dict[int, str]:
    """The names of the linked records that `who` may see, by id, in one query; in two more where some are not found.

    A number that a record had before it was merged answers with the one it was merged into.
    """
    links, asked = _links[kind], set(ids)
    found = _named_of(links, who, asked)
    moved = links.moved(asked - found.keys()) if asked - found.keys() else {}
    if moved:
        now = _named_of(links, who, set(moved.values()))
        found |= {old: now[pk] for old, pk in moved.items() if pk in now}
    return found


def _named_of(links: Links, who: Any, ids: Collection[int]) -> dict[int, str]:
    return dict(links.seen(who).filter(any_of("pk", sorted(ids))).values_list("pk", links.label))


def wanted_of(kind: Kind, pk: int, asked: Asked) -> int:
    """The record that a condition means by a number: itself, or what it was merged into.

    Raises Invalid for one that whoever asks may not see, as for one that is not there: else who knows a number could
    ask which of his customers belong to a record that is none of his. The system itself (who is None) may ask all.
    """
    now = now_of(kind, pk)
    if kind not in _links or isinstance(asked.who, Everyone | None):
        return now
    if not _links[kind].seen(asked.who).filter(pk=now).exists():
        raise Invalid(_("There is no such record, or you may not see it."))
    return now


def now_of(kind: Kind, pk: int) -> int:
    """The record that answers for a number by now: itself, or what it was merged into."""
    return _links[kind].moved([pk]).get(pk, pk) if kind in _links else pk


def answering(records: QuerySet[M], pk: Any) -> M | None:
    """The record of a list that answers for a number: itself, or the one that it was merged into; None without one."""
    found = records.filter(pk=pk).first()
    if found is not None:
        return found
    for links in _links.values():
        if links.seen(None).model is records.model:
            return records.filter(pk=links.moved([pk]).get(pk)).first()
    return None
