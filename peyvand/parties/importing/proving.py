"""Rows that say what is known already: found out from a glance at each customer, before anything is laid over it.

Most rows of a table that comes again and again change nothing, so that is the way that has to be short. Whatever cannot
be told at a glance is not proven and goes the whole way, which decides the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from peyvand.core.imports.types import FieldRule
from peyvand.parties.importing.parsing import Given, Value
from peyvand.parties.importing.specs import Spec
from peyvand.parties.importing.tables import BY_IDS, array

Seen = tuple[str, str, bool]  # kind, value, is it the primary one
_OF_COLUMNS = {"name": "", "column": "", "place": "", "link": "", "life_cycle": "life_cycle", "category": "category_id"}
_SAYS_NOTHING = frozenset({"id", "kind"})


@dataclass(slots=True)
class Glance:
    """What is seen of customers. rows: (owner, branch, columns in their order) of each that is not in the trash."""

    names: dict[str, int]
    rows: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    points: dict[int, list[Seen]] = field(default_factory=dict)

    def says(self, pk: int, given: Given) -> bool:
        """Is everything that a row says of this customer known of him?"""
        row, points = self.rows[pk], self.points.get(pk, ())
        counted: dict[str, int] = {}
        for each in given.values:
            part = each.spec.part
            if part == "point":
                if not _has_all(points, each, counted):
                    return False
            elif part not in _SAYS_NOTHING and not self._is_same(row, each):
                return False
        return True

    def _is_same(self, row: tuple[Any, ...], each: Value) -> bool:
        column = _OF_COLUMNS.get(each.spec.part)
        if column is None:
            return False
        now = row[self.names[column or each.spec.name]]
        return bool(now == each.value or (now and each.rule is not FieldRule.OVERWRITE))


def _has_all(points: Collection[Seen], each: Value, counted: dict[str, int]) -> bool:
    """Are these addresses there, the first of its kind before the others when it is to be?"""
    for kind, value, _typed in each.value:
        at = counted.get(kind, 0)
        counted[kind] = at + 1
        for known, text, is_primary in points:
            if text == value and known == kind:
                if at == 0 and not is_primary and each.rule is FieldRule.OVERWRITE and _has_primary(points, kind):
                    return False
                break
        else:
            return False
    return True


def _has_primary(points: Iterable[Seen], kind: str) -> bool:
    return any(known == kind and is_primary for known, _text, is_primary in points)


def columns_of(specs: Iterable[Spec]) -> list[str]:
    """The columns by which it is told whether rows say something new."""
    found = [_OF_COLUMNS[spec.part] or spec.name for spec in specs if spec.part in _OF_COLUMNS]
    return list(dict.fromkeys(found))


def glance(ids: Collection[int], columns: Iterable[str], *, with_points: bool) -> Glance:
    """Look at customers: two statements, and no more than is compared."""
    listed = ["owner_id", "branch_id", *(name for name in columns if name not in {"owner_id", "branch_id"})]
    seen = Glance({name: at for at, name in enumerate(listed)})
    if not ids:
        return seen
    wanted = array(sorted(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {', '.join(listed)} {BY_IDS} WHERE deleted_at IS NULL",  # names of our own
            [wanted],
        )
        seen.rows = {row[0]: row[1:] for row in cursor.fetchall()}
        if with_points:
            cursor.execute(
                "SELECT party_id, kind, value, is_primary FROM parties_contactpoint WHERE party_id = ANY(%s::bigint[])",
                [wanted],
            )
            seen.points = _by_party(cursor.fetchall())
    return seen


def _by_party(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Seen]]:
    found: dict[int, list[Seen]] = defaultdict(list)
    for party_id, kind, value, is_primary in rows:
        found[party_id].append((kind, value, is_primary))
    return found
