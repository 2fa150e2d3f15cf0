"""What tests of regrouping need: everything that the database holds, and short ways to the services."""

import json
from typing import Any

from django.db import connection

from peyvand.accounts.models import User
from peyvand.cartable.models import Regrouping, Request
from peyvand.cartable.services.regrouping import merge, move_messages, split_off, undo_regrouping
from peyvand.cartable.tests.desk import as_actor

# What only ever grows: histories, marks of reading, the outbox and its doorbell, the journal itself, notifications.
GROWS = {
    "cartable_step", "cartable_readmark", "cartable_regrouping", "cartable_regrouping_sources",
    "cartable_regroupmove", "cartable_regrouprow", "accounts_notification", "accounts_user",
}  # fmt: skip
FORGOTTEN = {"version", "last_activity_at", "news_at"}  # they only go up


def everything(leave: tuple[int, ...] = ()) -> dict[str, list[str]]:
    """Every row of every table as text, but for what only grows; without the requests `leave`."""
    tables = [name for name in connection.introspection.table_names() if _compared(name)]
    found: dict[str, list[str]] = {}
    for name in tables:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT to_jsonb(t) FROM "{name}" t')  # our own tables
            rows = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]
        found[name] = sorted(_text(row) for row in rows if not _left(name, row, leave))
    return found


def _compared(name: str) -> bool:
    return name not in GROWS and not name.startswith(("procrastinate", "django_", "pghistory", "core_outbox"))


def _left(name: str, row: dict[str, Any], leave: tuple[int, ...]) -> bool:
    return (name == "cartable_request" and row["id"] in leave) or row.get("request_id") in leave


def _text(row: dict[str, Any]) -> str:
    return json.dumps({key: value for key, value in row.items() if key not in FORGOTTEN}, sort_keys=True, default=str)


def merged(user: User, survivor: Request, *others: Request, agreed: bool = True) -> Regrouping:
    ids = [one.pk for one in others]
    return merge(actor=as_actor(user), survivor_id=survivor.pk, request_ids=ids, agreed=agreed)


def split(user: User, request: Request, *messages: int, **values: Any) -> Regrouping:
    return split_off(actor=as_actor(user), request_id=request.pk, message_ids=messages, **values)


def moved(user: User, request: Request, to: Request, *messages: int, agreed: bool = True) -> Regrouping:
    return move_messages(actor=as_actor(user), request_id=request.pk, message_ids=messages, to_id=to.pk, agreed=agreed)


def taken_back(user: User, made: Regrouping, places: dict[int, int] | None = None) -> Regrouping:
    return undo_regrouping(actor=as_actor(user), regrouping_id=made.pk, places=places)
