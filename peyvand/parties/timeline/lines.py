"""Rows of tables as entries of the timeline: all sources asked for at once.

    CALLS = Lines(
        rows=lambda who: Call.objects.visible_to(who).filter(party=Given("party")),
        at="started_at",
        columns={"subject": "subject", "agent": "agent__full_name"},
        entry=_call,
    )

The rows of every kind, each from its index and no more than a page holds, are put into one order by PostgreSQL; only
those of the page come back, with the columns that their entries read. The text of that statement is put together once
per process (`core.prepared`). `rows` may use the values `party`, `today` and `zone` by `Given`.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from peyvand.accounts.prepared import form_of
from peyvand.accounts.scoping import Who
from peyvand.core.prepared import Given, Kept, Statement, statement_of
from peyvand.parties.models import Party
from peyvand.parties.timeline.entries import Before, Entry, Position, bound_of


@dataclass(frozen=True, kw_only=True)
class Found:
    """One row that becomes an entry: when it happened, the number of the entry, and its columns by name."""

    party: Party
    at: dt.datetime
    id: int
    number: int
    source: str
    columns: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.columns[name]


@dataclass(frozen=True, kw_only=True, eq=False)
class Lines:
    """One kind of rows of a source.

    rows(who): those of the party that a reader may see; at: the column or annotation that says when it happened;
    columns: what is read, by name, as paths or expressions; entry: makes the entry of a row; kind, kinds: when a
    source has several kinds, the entry's number is `id * kinds + kind`.
    """

    rows: Callable[[Who], QuerySet[Any, Any]]
    entry: Callable[[Found], Entry]
    columns: Mapping[str, Any]
    at: str = "created_at"
    kind: int = 0
    kinds: int = 1

    def statement(self, who: Who, *, place: int | None, limit: int) -> Statement:
        """The text for one page of these rows; place: their number in the whole statement, None at its beginning."""
        rows = self.rows(who).annotate(line_=JSONObject(**self.columns))
        if place is not None:
            rows = rows.filter(Before(Given("before"), Given(f"below_{place}")).q(self.at, "pk"))  # type: ignore[arg-type]
        return statement_of(rows.order_by(f"-{self.at}", "-pk").values_list(self.at, "pk", "line_")[:limit])


Part = tuple[str, Lines]
_kept: Kept[tuple[str, list[Any]]] = Kept()


def read(who: Who, party: Party, parts: Sequence[Part], *, place: Position | None, limit: int) -> list[Entry]:
    """The newest entries of these kinds behind a place, in order; parts: (key of the source, kind)."""
    form = form_of(who)
    text, parameters = _kept.get(
        (form.key, tuple(parts), place is None, limit), lambda: _whole(form.stand_in(), parts, place is not None, limit)
    )
    if not text:
        return []
    values = {"party": party.pk, "today": timezone.localdate(), "zone": str(timezone.get_current_timezone())}
    values |= _bounds(parts, place) if place else {}
    with connection.cursor() as cursor:
        cursor.execute(text, Statement(text, tuple(parameters), []).bound(values, form.stand_ins))
        rows = cursor.fetchall()
    return [_entry(party, parts[which], row) for which, *row in rows]


def _entry(party: Party, part: Part, row: Sequence[Any]) -> Entry:
    source, lines = part
    at, number, columns = row
    return lines.entry(
        Found(
            party=party, at=at, id=number, number=number * lines.kinds + lines.kind, source=source,
            columns=json.loads(columns),
        )
    )  # fmt: skip


def _bounds(parts: Sequence[Part], place: Position) -> dict[str, Any]:
    values: dict[str, Any] = {"before": place[0]}
    for which, (source, lines) in enumerate(parts):
        bound = bound_of(place, source)
        values[f"below_{which}"] = bound.of(lines.kind, lines.kinds).number if bound else 0
    return values


PART = """(SELECT {which} AS which, {rank} AS rank, part.at, part.number, part.line,
          part.number * {kinds} + {kind} AS place FROM ({text}) AS part (at, number, line))"""
WHOLE = "SELECT which, at, number, line FROM ({parts}) AS line ORDER BY at DESC, rank DESC, place DESC LIMIT {limit}"


def _whole(who: Who, parts: Sequence[Part], is_bounded: bool, limit: int) -> tuple[str, list[Any]]:
    """One statement over all kinds; the names of columns are ours, all values stay apart."""
    ranks = {source: rank for rank, source in enumerate(sorted({source for source, _lines in parts}))}
    texts: list[str] = []
    parameters: list[Any] = []
    for which, (source, lines) in enumerate(parts):
        one = lines.statement(who, place=which if is_bounded else None, limit=limit)
        if one.text:
            numbers = {"which": which, "rank": ranks[source], "kinds": lines.kinds, "kind": lines.kind}
            texts.append(PART.format(text=one.text, **numbers))
            parameters += one.parameters
    return WHOLE.format(parts=" UNION ALL ".join(texts), limit=limit) if texts else "", parameters
