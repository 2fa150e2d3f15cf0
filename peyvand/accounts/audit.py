"""The log of changes as people read it: who changed what, when, from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from peyvand.accounts.history import Change, readable

TRACKED = ("Branch", "Department", "Post", "User", "Role", "RolePermission", "RoleGrant", "ApiToken", "Substitution")
SIZE = 50
LARGEST_MOMENT = 300  # rows that one transaction may have written


@dataclass(frozen=True)
class ChangePage:
    """Some changes, newest first; `next` is the `before` of the following page."""

    items: list[Change]
    next: str


def changes(*, kind: str = "", who: int | None = None, before: str = "") -> ChangePage:
    """The newest changes, of one kind of record and by one person when these are given."""
    until = parse_datetime(before) if before else None
    names = [kind] if kind in TRACKED else list(TRACKED)
    rows = sorted(_latest(names, who, until), key=_moment, reverse=True)
    if len(rows) > SIZE:
        last = rows[SIZE - 1].pgh_created_at
        whole = [row for row in rows if row.pgh_created_at > last] + _at(names, who, last)
        return ChangePage(readable(whole), last.isoformat())
    return ChangePage(readable(rows), "")


def _events(name: str, who: int | None) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model("accounts", f"{name}Event")._default_manager.select_related("pgh_context")
    return rows if who is None else rows.filter(pgh_context__metadata__user=who)


def _latest(names: Iterable[str], who: int | None, until: datetime | None) -> list[Any]:
    found: list[Any] = []
    for name in names:
        rows = _events(name, who)
        if until is not None:
            rows = rows.filter(pgh_created_at__lt=until)
        found += rows.order_by("-pgh_created_at", "-pgh_id")[: SIZE + 1]
    return found


def _at(names: Iterable[str], who: int | None, moment: datetime) -> list[Any]:
    found: list[Any] = []
    for name in names:
        found += _events(name, who).filter(pgh_created_at=moment).order_by("-pgh_id")[:LARGEST_MOMENT]
    return found


def _moment(row: Any) -> tuple[datetime, int]:
    return row.pgh_created_at, row.pgh_id
