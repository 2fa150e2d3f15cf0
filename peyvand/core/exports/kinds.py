"""Which lists can be taken out: an app registers each with its rows, its permission, its order and its log."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.exports.cards import Card
from peyvand.core.list_selection import Selection
from peyvand.core.models import LongJob
from peyvand.core.record_fields import Asked
from peyvand.core.sheets import Format


@dataclass(frozen=True, kw_only=True)
class Export:
    """What is taken out: the list, the chosen records, the columns by their keys, the order, the kind of file.

    place: what else narrows the list, as its app names it (a folder of the cartable).
    """

    list: str
    selection: Selection
    columns: tuple[str, ...]
    format: Format
    sort: str = ""
    place: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            list=data["list"],
            selection=Selection.from_json(data["selection"]),
            columns=tuple(data["columns"]),
            format=Format(data["format"]),
            sort=data["sort"],
            place=data["place"],
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "list": self.list,
            "selection": self.selection.to_json(),
            "columns": list(self.columns),
            "format": self.format.value,
            "sort": self.sort,
            "place": self.place,
        }


@dataclass(frozen=True, kw_only=True)
class ExportList:
    """A list that can be taken out.

    host: whose registered fields are its columns. rows(actor, export): the records that the actor both sees and may
    take out, unordered. require(actor): raises NotAllowed. asked(actor): for whom fields are read. title(count): what
    the work is called. note(actor, count, detail): writes the log. actor_of(job): who does the work, or NotAllowed.
    token_of(actor): the number of the API's token it was asked with. cards(actor, ids): the records as vCards, where
    they are people; card_fields: the columns that a card says in its own way, the others become lines of its note.
    """

    key: str
    host: str
    name: str
    order: tuple[str, ...]
    rows: Callable[[Any, Export], QuerySet[Any]]
    require: Callable[[Any], None]
    asked: Callable[[Any], Asked]
    title: Callable[[int], str]
    note: Callable[[Any, int, dict[str, Any]], None]
    actor_of: Callable[[LongJob], Any]
    token_of: Callable[[Any], int | None]
    cards: Callable[[Any, Sequence[int]], dict[int, Card]] | None = None
    card_fields: frozenset[str] = frozenset()

    @property
    def formats(self) -> tuple[Format, ...]:
        """The kinds of files that it can be written as."""
        people = (Format.VCARD3, Format.VCARD4) if self.cards else ()
        return (Format.XLSX, Format.CSV, Format.JSONL, *people)


_lists: dict[str, ExportList] = {}


def register(listed: ExportList) -> ExportList:
    """Have a list taken out by `exports`. Raises ValueError for a key that is taken."""
    if _lists.setdefault(listed.key, listed) is not listed:
        raise ValueError(f"two lists that can be taken out are called {listed.key}")
    return listed


def list_of(export: Export) -> ExportList:
    """The list of an export that can be written as it wants to. Raises Invalid."""
    found = _lists.get(export.list)
    if found is None or export.format not in found.formats:
        raise Invalid(_("There is no such kind of file."))
    return found
