"""Rows of the change log as people read them: who changed what, when, from what to what."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, OuterRef, Subquery

from peyvand.accounts.models import User

HIDDEN = {"id", "sort_key", "search", "version", "changed_at"}
Written = Callable[[str, Any], str]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One row that was added, changed or deleted; `fields` are (name, before, after)."""

    at: datetime
    who: str
    kind: str
    act: str
    thing: str
    fields: list[tuple[str, str, str]]


def plain(name: str, value: Any) -> str:
    """Write a value as it is stored, at most 200 letters."""
    return "" if value in (None, "", [], {}) else str(value)[:200]


def readable(rows: Iterable[Any], *, written: Written = plain) -> list[Change]:
    """Make changes of event rows of any kinds; `written(field, value)` says how a value is shown."""
    rows = list(rows)
    former = _former(rows)
    people = _people(rows)
    return [
        Change(
            at=row.pgh_created_at,
            who=people.get(_actor(row), ""),
            kind=_kind(row),
            act=row.pgh_label.partition("_")[0],
            thing=_thing(row),
            fields=_differences(row, former.get((_kind(row), row.pgh_id)), written),
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


def _differences(row: Any, former: Any, written: Written) -> list[tuple[str, str, str]]:
    names = [field.attname for field in row._meta.concrete_fields if not field.name.startswith("pgh_")]
    triples = [(name, _text(former, name, written), _text(row, name, written)) for name in names if name not in HIDDEN]
    if row.pgh_label.partition("_")[0] == "delete":
        return [(name, after, "") for name, _before, after in triples if after]
    return [(name, before, after) for name, before, after in triples if before != after]


def _text(row: Any, name: str, written: Written) -> str:
    return "" if row is None else written(name, getattr(row, name, None))
