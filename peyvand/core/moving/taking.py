"""Writing a whole installation into a zip, part after part, from one snapshot of the database.

Rows are the JSON that PostgreSQL makes of them, a line each, so that what is loaded is what was read, whatever its
type. A part holds some megabytes; the state between two parts is plain JSON, for long work that goes on elsewhere.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils import timezone
from psycopg.sql import SQL, Composable, Identifier

from peyvand.core.moving import zips
from peyvand.core.moving.registry import left_out, models
from peyvand.core.moving.sealing import Seal, closed_keys
from peyvand.core.moving.zips import Entry

FORMAT = "peyvand-installation"
FORMAT_VERSION = 1
HEADER, MANIFEST, SIGNATURE = "peyvand.json", "manifest.json", "manifest.sig"
PART = 4_000_000  # bytes of a part, about
ROWS = 5_000  # of a part, at most
SIZES = {"bytea": SQL("octet_length({})"), "text": SQL("octet_length({})"), "jsonb": SQL("4 * pg_column_size({})")}
LINES = SQL(
    "SELECT row_to_json(t)::text FROM ("
    "SELECT {named} FROM {table} WHERE {after} AND ({keys}) <= ({last}) ORDER BY {keys}) t"
)
LAST = SQL(
    "SELECT {texts} FROM (SELECT {keys},"
    " sum(size) OVER (ORDER BY {keys}) AS total, row_number() OVER (ORDER BY {keys}) AS n"
    " FROM (SELECT {keys}, {size} AS size FROM {table} WHERE {after} ORDER BY {keys} LIMIT %s) a) b"
    " WHERE total <= %s OR n = 1 ORDER BY n DESC LIMIT 1"
)


@dataclass
class State:
    """How far the writing is; `parts` are [name, table, rows, bytes, SHA-256] of what is written."""

    table: int = 0
    after: list[str] | None = None
    offset: int = 0
    entries: list[list[Any]] = field(default_factory=list)
    parts: list[list[Any]] = field(default_factory=list)
    tables: dict[str, Any] = field(default_factory=dict)
    done: int = 0
    is_over: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class Taking:
    """Writes the file; `connection` reads one snapshot and is nobody else's."""

    def __init__(self, connection: BaseDatabaseWrapper, seal: Seal, state: State | None = None) -> None:
        self.connection = connection
        self.seal = seal
        self.state = state or State()
        self.tables = list(models().items())

    def pieces(self) -> Iterator[bytes]:
        """Yield the whole file."""
        while not self.state.is_over:
            yield self.piece()

    def piece(self) -> bytes:
        """Return the next bytes of the file."""
        state = self.state
        if not state.entries:
            return self._entry(HEADER, self._header())
        if state.table < len(self.tables):
            return self._rows()
        manifest = self._manifest()
        data = self._entry(MANIFEST, manifest) + self._entry(SIGNATURE, self.seal.sign(manifest).encode())
        state.is_over = True
        return data + zips.directory([Entry(*each) for each in state.entries], state.offset)

    def expected(self) -> int:
        """About how many rows there are, as the planner knows."""
        tables = [table for table, _model in self.tables]
        rows = self._query("SELECT sum(greatest(reltuples, 0))::bigint FROM pg_class WHERE relname = ANY(%s)", tables)
        return int(rows[0][0] or 0)

    def _rows(self) -> bytes:
        """One part of the present table, or the step to the next table."""
        state, (table, model) = self.state, self.tables[self.state.table]
        columns = dict(self._columns(table))
        about = state.tables.setdefault(table, {"rows": 0, "columns": list(columns)})
        place = self._place(table, model, columns)
        last = self._last(place, columns)
        if last is None:
            state.table, state.after = state.table + 1, None
            return b""
        named = SQL(", ").join(map(Identifier, columns))
        lines = self._query(LINES.format(named=named, last=place["cast"], **place), *(state.after or ()), *last)
        data = "".join(f"{line}\n" for (line,) in lines).encode()
        name = f"tables/{table}/{len(state.parts):06}.jsonl"
        state.parts.append([name, table, len(lines), len(data), hashlib.sha256(data).hexdigest()])
        state.after, state.done = last, state.done + len(lines)
        about["rows"] += len(lines)
        return self._entry(name, data)

    def _place(self, table: str, model: type[Model], columns: dict[str, str]) -> dict[str, Composable]:
        """The pieces of the queries of a table: its key, and the rows after those that are written."""
        names = [str(field.column) for field in model._meta.pk_fields]
        keys = SQL(", ").join(map(Identifier, names))
        cast = SQL(", ").join(SQL("%s::text::{}").format(SQL(columns[name])) for name in names)
        after = SQL("({}) > ({})").format(keys, cast) if self.state.after else SQL("true")
        texts = SQL(", ").join(SQL("{}::text").format(Identifier(name)) for name in names)
        return {"table": Identifier(table), "keys": keys, "cast": cast, "after": after, "texts": texts}

    def _last(self, place: dict[str, Composable], columns: dict[str, str]) -> list[str] | None:
        """The key of the last row of the next part: at least one row, at most some megabytes."""
        sizes = [SIZES[kind].format(Identifier(name)) for name, kind in columns.items() if kind in SIZES]
        size = SQL(" + ").join([SQL("100"), *(SQL("coalesce({}, 0)").format(each) for each in sizes)])
        rows = self._query(LAST.format(size=size, **place), *(self.state.after or ()), ROWS, PART)
        return list(rows[0]) if rows else None

    def _columns(self, table: str) -> list[tuple[str, str]]:
        return [
            (str(name), str(kind))
            for name, kind in self._query(
                "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::text::regclass"
                " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
                f'"{table}"',
            )
        ]

    def _header(self) -> bytes:
        shown = {"format": FORMAT, "format_version": FORMAT_VERSION, "version": version("peyvand")}
        keys = {"salt": self.seal.salt, "keys": closed_keys(self.seal)}
        return json.dumps(shown | keys, indent=1).encode()

    def _manifest(self) -> bytes:
        applied = sorted(map(list, MigrationRecorder(self.connection).applied_migrations()))
        return json.dumps(
            {
                "format": FORMAT,
                "format_version": FORMAT_VERSION,
                "version": version("peyvand"),
                "made_at": timezone.now().isoformat(),
                "migrations": applied,
                "tables": self.state.tables,
                "left_out": dict(left_out()),
                "sequences": self._sequences(),
                "parts": self.state.parts,
            },
            indent=1,
            ensure_ascii=False,
        ).encode()

    def _sequences(self) -> dict[str, int | None]:
        """The last number of every sequence that goes along; None where none was given yet."""
        rows = self._query(
            """SELECT s.sequencename, s.last_value FROM pg_sequences s
               WHERE s.schemaname = current_schema() AND NOT EXISTS (
                   SELECT FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
                   WHERE d.objid = format('%%I', s.sequencename)::regclass AND d.deptype IN ('a', 'i')
                     AND t.relname = ANY(%s)
               ) ORDER BY 1""",
            list(left_out()),
        )
        return {str(name): last for name, last in rows}

    def _entry(self, name: str, data: bytes) -> bytes:
        written, entry = zips.written(name, data, self.state.offset)
        self.state.entries.append(list(entry))
        self.state.offset += len(written)
        return written

    def _query(self, sql: str | Composable, *values: Any) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, list(values))
            return list(cursor.fetchall())
