"""Moving, changing and taking away rows so that it is remembered and can be undone: set by set, never row by row."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from peyvand.parties.models import Merge, MergeMove, MergeRow
from peyvand.parties.registry import Reference

Act = MergeMove.Act
_LOCK = 7_403_155_222
MERGED = "merge_"  # and its number: a key in the context of the history


@dataclass(kw_only=True)
class Moving:
    """A merge while it is written: the survivor and the customers that go into it, in their order.

    choices: of each field, from which customer its value comes. found: the rows of each foreign key as they lay
    before, by customer. folded: how many rows of each table stayed aside or were taken away, for the check at the end.
    """

    merge: Merge
    survivor: int
    losers: Sequence[int]
    choices: Mapping[str, int] = field(default_factory=dict)
    found: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    folded: dict[str, int] = field(default_factory=dict)
    aside: dict[str, set[int]] = field(default_factory=dict)
    gone: dict[str, set[int]] = field(default_factory=dict)

    @property
    def everybody(self) -> list[int]:
        """The survivor, then the others."""
        return [self.survivor, *self.losers]

    def first_for(self, key: str) -> list[int]:
        """Everybody, whom the choice for a field names before the others."""
        chosen = self.choices.get(key, self.survivor)
        return sorted(self.everybody, key=lambda pk: pk != chosen)

    def put_aside(self, reference: Reference, rows: Iterable[int]) -> None:
        """Leave rows of merged customers where they are, because the survivor has their like."""
        known = self.aside.setdefault(reference.key, set())
        self._fold(reference.model, len(set(rows) - known))
        known |= set(rows)

    def change(self, model: str, row: int, values: Mapping[str, Any]) -> None:
        """Write columns (by their names in the database, with plain values) of one row, and remember the former."""
        change_row(self.merge, model, row, values)

    def take_away(self, model: str, rows: Sequence[int]) -> None:
        """Delete rows and remember them whole."""
        take_rows(self.merge, model, rows)
        self.gone.setdefault(model, set()).update(rows)
        self._fold(model, len(rows))

    def note(self, reference: str, party: int, act: str, rows: Sequence[int]) -> None:
        """Remember which rows were moved from a customer, stayed with it, or were the survivor's own."""
        if rows:
            MergeMove.objects.create(merge=self.merge, reference=reference, party_id=party, act=act, ids=list(rows))

    def _fold(self, model: str, number: int) -> None:
        self.folded[model] = self.folded.get(model, 0) + number


def one_at_a_time() -> None:
    """Let no two merges or undos write at once, here and until the end of the transaction.

    Each also writes on neighbours (the other ends of relations, the people of organisations), in an order that the
    rows decide: two at once would wait for one another.
    """
    run("SELECT pg_advisory_xact_lock(%s)", _LOCK)


def noted(merge: Merge, *, given: Iterable[int] = ()) -> Any:
    """What is written meanwhile says in its history that this merge, or its undo, wrote it.

    given: to which of its customers an undo gives what people wrote since; of them it is more than a taking back.
    """
    return pghistory.context(**{f"{MERGED}{merge.pk}": sorted(given)})


def model_of(label: str) -> type[Model]:
    """The model of a name like «parties.ContactPoint»."""
    return apps.get_model(label)


@dataclass(frozen=True)
class Place:
    """The table and the columns of a foreign key, quoted."""

    table: str
    column: str
    key: str

    @classmethod
    def of(cls, model: str, name: str = "") -> "Place":
        """Where `model`.`name` lies; without a name the key stands for it."""
        meta, quote = model_of(model)._meta, connection.ops.quote_name
        own: Any = meta.pk
        column = meta.get_field(name) if name else own
        return cls(quote(meta.db_table), quote(str(getattr(column, "column", ""))), quote(own.column))


def run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run a statement made of our own names, with its values in their places."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def ids_by_party(reference: Reference, parties: Sequence[int]) -> dict[int, list[int]]:
    """The rows of a foreign key at each of these customers, by their numbers."""
    at = Place.of(reference.model, reference.field)
    found = run(
        f"SELECT {at.column}, array_agg({at.key} ORDER BY {at.key}) FROM {at.table}"  # noqa: S608  # our own names
        f" WHERE {at.column} = ANY(%s) GROUP BY 1",
        list(parties),
    )
    return {int(party): list(rows) for party, rows in found}


def move_rows(reference: Reference, rows: Sequence[int], *, source: int, target: int) -> int:
    """Point rows that are at `source` to `target`; return how many were there. Others are left."""
    if not rows:
        return 0
    at = Place.of(reference.model, reference.field)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {at.table} SET {at.column} = %s WHERE {at.key} = ANY(%s) AND {at.column} = %s",  # noqa: S608
            [target, list(rows), source],
        )
        return int(cursor.rowcount)


def change_row(merge: Merge, model: str, row: int, values: Mapping[str, Any]) -> None:
    """Write columns of one row and remember what they held; nothing when they hold that already."""
    before = row_of(model, row, list(values))
    after = {name: _plain(value) for name, value in values.items()}
    fresh = {name: value for name, value in after.items() if before is not None and before[name] != value}
    if before is None or not fresh:
        return
    write_row(model, row, fresh)
    kept = row_of(model, row, list(fresh)) or {}
    MergeRow.objects.create(
        merge=merge, model=model, row=row, before={name: before[name] for name in fresh}, after=kept
    )


def take_rows(merge: Merge, model: str, rows: Sequence[int]) -> None:
    """Delete rows and remember them whole."""
    if not rows:
        return
    at = Place.of(model)
    MergeRow.objects.bulk_create(
        MergeRow(merge=merge, model=model, row=pk, before=_json(whole))
        for pk, whole in run(
            f"SELECT t.{at.key}, to_jsonb(t) FROM {at.table} t WHERE t.{at.key} = ANY(%s) ORDER BY 1",  # noqa: S608
            list(rows),
        )
    )
    model_of(model)._default_manager.filter(pk__in=rows).delete()


def row_of(model: str, row: int, names: Sequence[str] = ()) -> dict[str, Any] | None:
    """Columns of a row (all of them without names) as plain values; None when it is gone."""
    at = Place.of(model)
    found = run(f"SELECT to_jsonb(t) FROM {at.table} t WHERE t.{at.key} = %s", row)  # noqa: S608  # our own names
    if not found:
        return None
    whole = _json(found[0][0])
    return {name: whole[name] for name in names} if names else whole


def write_row(model: str, row: int, values: Mapping[str, Any]) -> None:
    """Write columns of a row from plain values, by the types of the table."""
    at, quote = Place.of(model), connection.ops.quote_name
    names = [quote(name) for name in values]
    listed = ", ".join(f"{name} = n.{name}" for name in names)
    run(
        f"UPDATE {at.table} t SET {listed} FROM jsonb_populate_record(NULL::{at.table}, %s::jsonb) n"  # noqa: S608
        f" WHERE t.{at.key} = %s",
        json.dumps(dict(values), ensure_ascii=False, default=str),
        row,
    )


def put_back(model: str, whole: Mapping[str, Any]) -> None:
    """Insert a row as it was remembered, with its number."""
    at = Place.of(model)
    run(
        f"INSERT INTO {at.table} SELECT * FROM jsonb_populate_record(NULL::{at.table}, %s::jsonb)",  # noqa: S608
        json.dumps(dict(whole), ensure_ascii=False),
    )


def without_gone(model: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same columns, where those that may be empty and point to a row that is gone by now are empty."""
    found = dict(values)
    for column in model_of(model)._meta.concrete_fields:
        value = found.get(column.attname)
        if value is not None and column.null and isinstance(column, ForeignKey):
            target: Any = column.related_model
            if not target._base_manager.filter(pk=value).exists():
                found[column.attname] = None
    return found


def check_at_once() -> None:
    """Have the database check foreign keys with each statement from here on, so that a failure can be answered."""
    run("SET CONSTRAINTS ALL IMMEDIATE")


def check_at_end() -> None:
    """Have it check them at the end of the transaction again, as everywhere."""
    run("SET CONSTRAINTS ALL DEFERRED")


def _json(value: Any) -> dict[str, Any]:
    return dict(json.loads(value)) if isinstance(value, str) else dict(value)


def _plain(value: Any) -> Any:
    """A value as `to_jsonb` writes it, as far as columns of ours need it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
