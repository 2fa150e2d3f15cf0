"""Customers as an import holds them: what is known of each, and what a row lays over it.

A record remembers what it was, so that what was laid over it is known field by field: nothing is written for a record
that stayed the same, and what was written can be taken back.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from peyvand.core.jalali import today
from peyvand.parties.importing.tables import BY_IDS, array
from peyvand.parties.types import EMPLOYEE

Row = dict[str, Any]
ALWAYS = ("id", "kind", "name", "branch_id", "owner_id", "category_id", "organisation_id", "version", "is_provisional")
# Columns as JSON has them, so that they are compared, kept and written in one form.
_AS_TEXT = frozenset({"preferred_from", "preferred_until", "life_cycle_since"})
NEW: Row = {
    "name": "", "first_name": "", "last_name": "", "honorific": "", "job_title": "", "organisation_id": None,
    "city": "", "province": "", "life_cycle": "potential", "life_cycle_since": None, "category_id": None,
    "tag_ids": [], "custom": {}, "preferred_channel": "", "preferred_from": None, "preferred_until": None,
    "branch_id": None, "owner_id": None, "is_provisional": False,
}  # fmt: skip
POINT = ("id", "party_id", "kind", "use", "typed", "value", "identifies", "is_primary", "is_verified", "verified_at")


class Child:
    """A row that belongs to a record: as it is now, what it was, and what has to be done with it."""

    __slots__ = ("act", "row", "table", "was")

    def __init__(self, table: str, row: Row, act: str = "") -> None:
        self.table, self.row, self.act = table, row, act
        self.was: Row = {}

    def set(self, name: str, value: Any) -> None:
        """Lay a value over it."""
        if self.row.get(name) != value:
            if not self.act:
                self.act = "update"
            if self.act == "update":
                self.was.setdefault(name, self.row.get(name))
            self.row[name] = value

    def drop(self) -> None:
        """Take it away."""
        self.act = "delete" if self.act != "insert" else ""


class Record:
    """One customer. columns: of the party itself, those that the import knows; was: those that changed, as before."""

    __slots__ = ("address", "columns", "consents", "employer", "id", "is_new", "jobs", "kind", "notes", "numbers",
                 "points", "profile", "roles", "version", "was")  # fmt: skip

    def __init__(self, kind: str, columns: Row, *, pk: int = 0, version: int = 0) -> None:
        self.id, self.is_new, self.kind, self.version = pk, not pk, kind, version
        self.columns = columns
        self.was: Row = {}
        self.points: list[Child] = []
        self.numbers: list[Child] = []
        self.roles: list[Child] = []
        self.jobs: list[Child] = []
        self.consents: list[Child] = []
        self.notes: list[Child] = []
        self.address: Child | None = None
        self.profile: Child | None = None
        self.employer: Record | None = None  # the organisation that a row gives it

    @property
    def name(self) -> str:
        return str(self.columns["name"])

    def set(self, name: str, value: Any) -> None:
        """Lay a value over a column."""
        former = self.columns[name]
        if former != value:
            if not self.is_new:
                self.was.setdefault(name, former)
            self.columns[name] = value

    def children(self) -> list[Child]:
        """All rows that belong to it and have to be written."""
        every = [*self.points, *self.numbers, *self.roles, *self.jobs, *self.consents, *self.notes]
        every += [each for each in (self.address, self.profile) if each is not None]
        return [each for each in every if each.act]

    @property
    def is_changed(self) -> bool:
        """Was anything laid over it that says something else?"""
        if self.was and any(self.columns[name] != former for name, former in self.was.items()):
            return True
        if self.employer is not None:
            return True
        return any(child.act for child in self.points) or bool(self.children())


def new_record(kind: str) -> Record:
    """A customer that is not stored yet."""
    return Record(kind, {name: _fresh(value) for name, value in NEW.items()})


def _fresh(value: Any) -> Any:
    return value.copy() if isinstance(value, (list, dict)) else value


def load(ids: Sequence[int], columns: Iterable[str], groups: Iterable[str]) -> dict[int, Record]:
    """Read what an import needs to know of these customers, a statement for each kind of rows; not those in the trash.

    groups: points, numbers, address, profile, roles, jobs, consents, notes.
    """
    if not ids:
        return {}
    names = list(dict.fromkeys((*ALWAYS, *columns)))
    listed = ", ".join(f"{name}::text" if name in _AS_TEXT else name for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {listed} {BY_IDS} WHERE deleted_at IS NULL",  # our names
            [array(sorted(ids))],
        )
        rows = cursor.fetchall()
    found: dict[int, Record] = {}
    for values in rows:
        row = dict(zip(names, values, strict=True))
        if "custom" in row:
            row["custom"] = _json(row["custom"])
        found[row["id"]] = Record(row["kind"], row, pk=row["id"], version=row["version"])
    for group in groups:
        _LOADERS[group](found)
    return found


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _load_points(records: Mapping[int, Record]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT id, party_id, kind, "use", typed, value, identifies, is_primary, is_verified,'
            " verified_at::text"
            " FROM parties_contactpoint WHERE party_id = ANY(%s::bigint[]) ORDER BY id",
            [array(records)],
        )
        for values in cursor.fetchall():
            records[values[1]].points.append(Child("parties_contactpoint", dict(zip(POINT, values, strict=True))))


def _load_rows(table: str, attribute: str, where: str = "") -> Any:
    statement = f"SELECT party_id, to_jsonb(t) FROM {table} t WHERE party_id = ANY(%s::bigint[]) {where} ORDER BY 1"  # noqa: S608

    def load_rows(records: Mapping[int, Record]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [array(records)])
            for party_id, row in cursor.fetchall():
                child, record = Child(table, _json(row)), records[party_id]
                if attribute in {"address", "profile"}:
                    setattr(record, attribute, child)
                else:
                    getattr(record, attribute).append(child)

    return load_rows


def _load_jobs(records: Mapping[int, Record]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.source_id, to_jsonb(r) FROM parties_relation r JOIN parties_relationtype t ON t.id = r.type_id"
            " WHERE r.source_id = ANY(%s::bigint[]) AND t.code = %s ORDER BY r.id",
            [array(records), EMPLOYEE],
        )
        for party_id, row in cursor.fetchall():
            records[party_id].jobs.append(Child("parties_relation", _json(row)))


def _load_consents(records: Mapping[int, Record]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (party_id, channel, purpose) party_id, to_jsonb(c) FROM parties_consent c"
            " WHERE party_id = ANY(%s::bigint[]) ORDER BY party_id, channel, purpose, at DESC, id DESC",
            [array(records)],
        )
        for party_id, row in cursor.fetchall():
            records[party_id].consents.append(Child("parties_consent", _json(row)))


_LOADERS = {
    "points": _load_points,
    "numbers": _load_rows("parties_identifier", "numbers"),
    "address": _load_rows("parties_address", "address", "AND is_primary"),
    "profile": _load_rows("parties_profile", "profile"),
    "roles": _load_rows("parties_partyrole", "roles"),
    "jobs": _load_jobs,
    "consents": _load_consents,
    "notes": _load_rows("parties_partynote", "notes", "AND deleted_at IS NULL"),
}


def holds(child: Child) -> bool:
    """Does a role or a job hold today?"""
    now = today().isoformat()
    since, until = child.row.get("since"), child.row.get("until")
    return child.act != "delete" and (since is None or since <= now) and (until is None or until >= now)
