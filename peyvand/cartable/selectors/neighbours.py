"""The next and the previous request of a list, without reading the list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from peyvand.cartable.models import Request


def neighbour(rows: QuerySet[Request], order: Sequence[str], current: Any, *, forward: bool) -> str | None:
    """The code of the request that follows `current` in a list of this order, or precedes it; None at its end.

    order: a column or annotation and the id, «-» for descending. current: a request with both; when it has left the
    list and with it its place (it was closed), the list begins anew.
    """
    name, descending = order[0].lstrip("-"), order[0].startswith("-")
    value, is_up = getattr(current, name, None), forward != descending
    others = rows.exclude(pk=current.pk)
    if value is None:
        return _first(others, name, is_up=is_up) if forward else None
    beyond, bound = ("gt", "gte") if is_up else ("lt", "lte")
    place = Q(**{f"{name}__{bound}": value})
    past = Q(**{f"{name}__{beyond}": value}) | Q(**{name: value, f"pk__{beyond}": current.pk})
    return _first(others.filter(place & past), name, is_up=is_up)


def _first(rows: QuerySet[Request], name: str, *, is_up: bool) -> str | None:
    order = (F(name).asc(), F("pk").asc()) if is_up else (F(name).desc(), F("pk").desc())
    return rows.order_by(*order).values_list("code", flat=True).first()
