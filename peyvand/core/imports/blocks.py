"""How rows, and what became of them, lie in a block: zlib of JSON."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peyvand.core.imports.types import (
    SKIP,
    Action,
    Outcome,
    Row,
    RowOutcome,
    RowUndone,
    Undone,
)

Cells = list[list[str]]


def written(value: Any) -> str:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def deflated(text: str) -> bytes:
    """For speed rather than size."""
    return zlib.compress(text.encode("utf-8", "replace"), 1)


def pack(value: Any) -> bytes:
    return deflated(written(value))


def unpack(data: bytes | memoryview) -> Any:
    return json.loads(zlib.decompress(data))


def cells_of(data: bytes | memoryview) -> Cells:
    """The rows of a block as they were read."""
    found: Cells = unpack(data)
    return found


def with_fixes(cells: Cells, first: int, fixes: Mapping[str, Any]) -> dict[int, Sequence[str]]:
    """The rows by their numbers as the person corrected them, without those that he left out."""
    rows: dict[int, Sequence[str]] = dict(enumerate(cells, start=first))
    for text, fix in fixes.items():
        number = int(text)
        if number not in rows:
            continue
        if fix == SKIP:
            del rows[number]
        else:
            rows[number] = _fixed(rows[number], fix)
    return rows


def _fixed(cells: Sequence[str], fix: Mapping[str, str]) -> list[str]:
    changed = list(cells)
    for text, value in fix.items():
        index = int(text)
        changed.extend([""] * (index + 1 - len(changed)))
        changed[index] = value
    return changed


def rows_of(numbered: Mapping[int, Sequence[str]], flawed: Iterable[int] = ()) -> list[Row]:
    """Rows that an importer may look at: no blank ones, no broken ones."""
    without = set(flawed)
    return [Row(number, cells) for number, cells in numbered.items() if number not in without and any(cells)]


def pack_outcome(outcome: Outcome) -> bytes:
    rows = [[r.number, r.action.value, r.ref, r.label, r.undo, r.reason, list(r.refs)] for r in outcome.rows]
    return pack({"rows": rows, "shared": outcome.shared})


def outcome_of(data: bytes | memoryview) -> Outcome:
    value = unpack(data)
    rows = [RowOutcome(number, Action(action), *rest) for number, action, *rest in value["rows"]]
    return Outcome(rows, value["shared"])


def pack_undone(undone: Undone) -> bytes:
    return pack([[r.number, r.ref, r.is_undone, list(r.left), r.label] for r in undone.rows])


def undone_of(data: bytes | memoryview) -> Undone:
    return Undone([RowUndone(*row) for row in unpack(data)])
