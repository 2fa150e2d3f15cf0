"""The log of changes as people read it: who changed what, when, from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.dateparse import parse_datetime

from peyvand.accounts.models import User

TRACKED = ("Branch", "Department", "Post", "User", "Role", "RolePermission", "RoleGrant", "ApiToken")
SIZE = 50
LARGEST_MOMENT = 300  # rows that one transaction may have written
HIDDEN = {"id", "sort_key", "search"}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One row that was added, changed or deleted; `fields` are (name, before, after)."""

    at: datetime
    who: str
    kind: str
    act: str
    thing: str
    fields: list[tuple[str, str, str]]


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
        return ChangePage(_readable(whole), last.isoformat())
    return ChangePage(_readable(rows), "")


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


def _readable(rows: list[Any]) -> list[Change]:
    former = _former(rows)
    people = _people(rows)
    return [
        Change(
            at=row.pgh_created_at,
            who=people.get(_actor(row), ""),
            kind=_kind(row),
            act=row.pgh_label.partition("_")[0],
            thing=_thing(row),
            fields=_differences(row, former.get((_kind(row), row.pgh_id))),
        )
        for row in rows
    ]


def _former(rows: list[Any]) -> dict[tuple[str, int], Any]:
    """The state before each change, by one query per kind of record."""
    found: dict[tuple[str, int], Any] = {}
    for model in {type(row) for row in rows}:
        mine = [row.pgh_id for row in rows if type(row) is model and row.pgh_label != "insert"]
        earlier = model._default_manager.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
        newest = Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
        changed = model._default_manager.filter(pgh_id__in=mine).annotate(former=newest)
        pairs = dict(changed.values_list("pgh_id", "former"))
        states = model._default_manager.in_bulk([pk for pk in pairs.values() if pk])
        found |= {(model.__name__.removesuffix("Event"), pk): states[was] for pk, was in pairs.items() if was in states}
    return found


def _people(rows: list[Any]) -> dict[int, str]:
    wanted = {actor for row in rows if (actor := _actor(row))}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "full_name"))


def _actor(row: Any) -> int:
    metadata = row.pgh_context.metadata if row.pgh_context else {}
    return metadata.get("user") or 0


def _kind(row: Model) -> str:
    return type(row).__name__.removesuffix("Event")


def _thing(row: Any) -> str:
    for name in ("full_name", "name", "title", "permission"):
        if getattr(row, name, ""):
            return str(getattr(row, name))
    return f"#{row.pgh_obj_id}"


def _differences(row: Any, former: Any) -> list[tuple[str, str, str]]:
    names = [field.attname for field in row._meta.concrete_fields if not field.name.startswith("pgh_")]
    pairs = [(name, _text(former, name), _text(row, name)) for name in names if name not in HIDDEN]
    if row.pgh_label == "delete":
        return [(name, after, "") for name, _before, after in pairs if after]
    return [(name, before, after) for name, before, after in pairs if before != after]


def _text(row: Any, name: str) -> str:
    value = getattr(row, name, None) if row is not None else None
    return "" if value in (None, "", [], {}) else str(value)[:200]
