"""A kind of record that is imported only in tests: names with a phone, kept in a table of their own."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from peyvand.core.errors import NotAllowed
from peyvand.core.imports.kinds import Importer, ImportField, Key
from peyvand.core.imports.types import (
    Action,
    CellVerdict,
    Mode,
    Outcome,
    Plan,
    Row,
    RowOutcome,
    RowUndone,
    RowVerdict,
    Undone,
)
from peyvand.core.models import LongJob
from peyvand.core.record_fields import Kind

HOST = "tests.Friend"
FIELDS = [
    ImportField(key="name", label="Name", kind=Kind.TEXT, aliases=("نام", "full name"), is_required=True),
    ImportField(
        key="phone", label="Phone", kind=Kind.PHONE, aliases=("موبایل", "mobile"), multiple=True, suits=("phone",)
    ),
]


def make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE friends (id bigserial PRIMARY KEY, name text UNIQUE, phone text NOT NULL, row_number bigint)"
        )


def drop_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE friends")


def friends() -> list[tuple[str, str]]:
    return [(name, phone) for _id, name, phone in _all()]


def _all() -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, phone FROM friends ORDER BY name")
        return cursor.fetchall()


def guard(actor: Any) -> None:
    if not actor.is_active or actor.username == "charlie":
        raise NotAllowed


def _values(plan: Plan, row: Row) -> dict[str, str]:
    mapped = {column.field: row.cell(column.index) or column.default for column in plan.columns if column.field}
    return {"name": "", "phone": ""} | mapped


def check(_actor: Any, plan: Plan, rows: Sequence[Row]) -> list[RowVerdict]:
    known = {name: (pk, phone) for pk, name, phone in _all()}
    found = []
    for row in rows:
        values = _values(plan, row)
        pk, before = known.get(values["name"], (None, ""))
        if not values["name"]:
            found.append(RowVerdict(number=row.number, action=Action.REFUSE, problems=["no name"]))
            continue
        same = pk is not None and before == values["phone"]
        action = Action.UNCHANGED if same else Action.UPDATE if pk else Action.ADD
        cells = [CellVerdict(1, "phone", before, values["phone"])]
        found.append(RowVerdict(number=row.number, action=action, ref=pk, label=values["name"], cells=cells))
    return found


def apply(actor: Any, plan: Plan, rows: Sequence[Row], _job: LongJob) -> Outcome:
    made = []
    with connection.cursor() as cursor:
        for verdict, row in zip(check(actor, plan, rows), rows, strict=True):
            values = _values(plan, row)
            if verdict.action is Action.REFUSE:
                made.append(RowOutcome(row.number, Action.REFUSE, reason="no name"))
                continue
            if verdict.action is Action.ADD and plan.mode is Mode.UPDATE:
                made.append(RowOutcome(row.number, Action.SKIP, reason="not there"))
                continue
            cursor.execute(
                "INSERT INTO friends (name, phone, row_number) VALUES (%s, %s, %s)"
                " ON CONFLICT (name) DO UPDATE SET phone = excluded.phone RETURNING id",
                [values["name"], values["phone"], row.number],
            )
            undo = {"before": verdict.cells[0].before, "after": values["phone"]}
            made.append(RowOutcome(row.number, verdict.action, cursor.fetchone()[0], values["name"], undo))
    return Outcome(made, {"rows": len(made)})


def undo(_actor: Any, outcome: Outcome, _job: LongJob) -> Undone:
    done = []
    with connection.cursor() as cursor:
        for row in outcome.rows:
            if row.action is Action.ADD:
                cursor.execute("DELETE FROM friends WHERE id = %s AND phone = %s", [row.ref, row.undo["after"]])
            elif row.action is Action.UPDATE:
                cursor.execute(
                    "UPDATE friends SET phone = %s WHERE id = %s AND phone = %s",
                    [row.undo["before"], row.ref, row.undo["after"]],
                )
            else:
                continue
            left = [] if cursor.rowcount else ["changed since"]
            done.append(RowUndone(row.number, row.ref, not left, left, row.label))
    return Undone(done)


FRIENDS = Importer(
    host=HOST,
    label="Friends",
    guard=guard,
    fields=lambda _actor: FIELDS,
    keys=lambda _actor: [Key(key="name", label="Name", fields=("name",))],
    check=check,
    apply=apply,
    undo=undo,
)
