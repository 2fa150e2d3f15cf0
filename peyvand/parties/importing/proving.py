"""Rows that say what is known already: found out from a glance at each customer, before anything is laid over it.

Most rows of a table that comes again and again change nothing, so that is the way that has to be short. Whatever cannot
be told at a glance is not proven and goes the whole way, which decides the same.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from peyvand.core.imports.types import FieldRule
from peyvand.parties.importing.parsing import Given, Value
from peyvand.parties.importing.specs import Spec
from peyvand.parties.importing.tables import BY_IDS, array

Pair = tuple[str, str]  # kind, value
_OF_COLUMNS = {"name": "", "column": "", "place": "", "link": "", "life_cycle": "life_cycle", "category": "category_id"}
_SAYS_NOTHING = frozenset({"id", "kind"})


_POINT, _SILENT, _UNTOLD = -1, -2, -3  # places of what stands in no column


@dataclass(slots=True)
class Glance:
    """What is seen of customers. rows: (owner, branch, columns in their order) of each that is not in the trash.

    points: of each customer the addresses that rows name, and no others.
    """

    names: dict[str, int]
    rows: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    points: dict[int, dict[Pair, bool]] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)  # by key of the field

    def says(self, pk: int, given: Given) -> bool:
        """Is everything that a row says of this customer known of him?"""
        row, places = self.rows[pk], self._places
        points = []
        for each in given.values:
            key = each.spec.key
            place = places[key] if key in places else self._placed(each.spec)
            if place >= 0:
                now = row[place]
                if now != each.value and (not now or each.rule is FieldRule.OVERWRITE):
                    return False
            elif place == _POINT:
                points.append(each)
            elif place == _UNTOLD:
                return False
        return not points or _has_all(self.points.get(pk, {}), points)

    def _placed(self, spec: Spec) -> int:
        column = _OF_COLUMNS.get(spec.part)
        if column is not None:
            place = self.names[column or spec.name]
        else:
            place = _POINT if spec.part == "point" else _SILENT if spec.part in _SAYS_NOTHING else _UNTOLD
        self._places[spec.key] = place
        return place


def _has_all(points: Mapping[Pair, bool], said: Iterable[Value]) -> bool:
    """Are these addresses there, and no other one primary where the first of its kind is to be?"""
    counted: set[str] = set()
    for each in said:
        for kind, value, _typed in each.value:
            is_first = points.get((kind, value))
            if is_first is None:
                return False
            if kind not in counted:
                counted.add(kind)
                if not is_first and each.rule is FieldRule.OVERWRITE:
                    return False
    return True


def columns_of(specs: Iterable[Spec]) -> list[str]:
    """The columns by which it is told whether rows say something new."""
    found = [_OF_COLUMNS[spec.part] or spec.name for spec in specs if spec.part in _OF_COLUMNS]
    return list(dict.fromkeys(found))


def glance(ids: Collection[int], columns: Iterable[str], points: Mapping[int, dict[Pair, bool]]) -> Glance:
    """Look at customers in one statement, at no more than is compared; points: those of theirs that rows name."""
    listed = ["owner_id", "branch_id", *(name for name in columns if name not in {"owner_id", "branch_id"})]
    seen = Glance({name: at for at, name in enumerate(listed)})
    if not ids:
        return seen
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {', '.join(listed)} {BY_IDS} WHERE deleted_at IS NULL",  # names of our own
            [array(sorted(ids))],
        )
        seen.rows = {row[0]: row[1:] for row in cursor.fetchall()}
    seen.points = dict(points)
    return seen
