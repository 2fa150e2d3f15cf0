"""Reading a list in portions of thousands: plain tuples and a few queries for what stands beside them, no records.

A field says itself how many of it are read at once (`record_fields.Bulk`); of one that does not, the records of the
portion are loaded and asked, so that every registered field can be a column.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from peyvand.core.list_state import flipped
from peyvand.core.paging import Values, keyset_values, values_ahead
from peyvand.core.record_fields import Bulk, RecordField

PORTION = 10_000  # records read at once: some ten megabytes
LOADED = 500  # records made at once for the fields that need them


@dataclass(frozen=True, kw_only=True)
class Portion:
    """Some records: their ids, the values of each field in the same order, and where the next portion begins."""

    ids: list[int]
    values: list[list[Any]]
    next: str | None


class Reader:
    """Reads the chosen fields of `rows` in `order`."""

    def __init__(self, rows: QuerySet[Any], fields: Sequence[RecordField], order: Sequence[str]) -> None:
        self.rows = rows
        self.fields = fields
        self.order = order
        paths = [each.bulk.path for each in fields if each.bulk and each.bulk.path]
        self.names = tuple(dict.fromkeys(["pk", *paths]))
        self._ahead: tuple[str, int, Callable[[], Values]] | None = None

    def expect(self, after: str, size: int) -> None:
        """Let the database look for this portion already; ask for it next, and in the same transaction."""
        page = values_ahead(self.rows, order=self.order, names=self.names, after=after, size=size)
        self._ahead = after, size, page

    def portion(self, after: str | None, size: int) -> Portion:
        """Return the next `size` records after the cursor of the last portion."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[:2] == (after, size):
            page = ahead[2]()
        else:
            page = keyset_values(self.rows, order=self.order, names=self.names, after=after, size=size)
        columns = dict(zip(self.names, zip(*page.items, strict=True), strict=False)) if page.items else {}
        ids = list(columns.get("pk", ()))
        beside = self._beside(ids)
        alone = self._by_records(ids)
        values = [
            _made(each.bulk, columns, beside, ids) if each.bulk else alone[number]
            for number, each in enumerate(self.fields)
        ]
        return Portion(ids=ids, values=values, next=page.next)

    def _beside(self, ids: list[int]) -> dict[Any, Any]:
        """What the queries of their own found, each asked once."""
        loads = {each.bulk.load for each in self.fields if each.bulk} - {None}
        return {load: load(ids) for load in loads if load is not None}

    def _by_records(self, ids: list[int]) -> dict[int, list[Any]]:
        """The values of the fields that only a loaded record can tell, by the number of the field."""
        asked = {number: each for number, each in enumerate(self.fields) if not each.bulk}
        found: dict[int, list[Any]] = {number: [] for number in asked}
        for start in range(0, len(ids), LOADED) if asked else ():
            rows = self.rows.model._default_manager.filter(pk__in=ids[start : start + LOADED])
            for each in asked.values():
                rows = each.load(rows) if each.load else rows
            known = {row.pk: row for row in rows}
            for number, each in asked.items():
                found[number] += [each.read(known[pk]) if pk in known else None for pk in ids[start : start + LOADED]]
        return found


def _made(bulk: Bulk, columns: dict[str, Any], beside: dict[Any, Any], ids: list[int]) -> list[Any]:
    raw = columns.get(bulk.path, ()) if bulk.path else map(bulk.among(beside[bulk.load]).get, ids)
    return list(map(bulk.made, raw)) if bulk.made else list(raw)


def order_of(sort: str, fields: dict[str, RecordField], default: Sequence[str]) -> list[str]:
    """The columns that a list is read by: those of its order («-created_at»), or its own."""
    if not sort:
        return list(default)
    names = fields[sort.removeprefix("-")].order
    return [flipped(name) for name in names] if sort.startswith("-") else list(names)
