"""The chooser of columns: those shown in their order, then the others by their names."""

from collections.abc import Sequence
from dataclasses import dataclass

from peyvand.core.list_state import may_use
from peyvand.web.lists.bound import shown_columns
from peyvand.web.lists.opened import Opened


@dataclass(frozen=True)
class Row:
    """One column that can be shown. is_fixed: the title, which cannot be hidden."""

    key: str
    label: str
    group: str
    is_on: bool
    is_fixed: bool


def chooser(opened: Opened, keys: Sequence[str] | None = None) -> list[Row]:
    """Return every field: the chosen ones first, in their order (`keys`, or what the list shows now)."""
    fields = opened.checked.fields
    if keys is None:
        keys = [each.key for each in shown_columns(opened.records, opened.checked, opened.user, opened.asked)]
    chosen = [key for key in keys if key in fields]
    rest = sorted((key for key in fields if key not in chosen), key=lambda key: str(fields[key].label))
    return [
        Row(key, str(fields[key].label), str(fields[key].group), key in chosen, key == opened.records.title_cell)
        for key in [*chosen, *rest]
        if may_use(fields[key], opened.asked)
    ]


def moved(opened: Opened, keys: Sequence[str], asked: str) -> list[Row]:
    """Return the chooser after one step of a chosen column: «city:up», «city:down»."""
    key, _colon, way = asked.rpartition(":")
    order = list(keys)
    if key in order:
        at = order.index(key)
        to = max(0, min(len(order) - 1, at + (-1 if way == "up" else 1)))
        order.insert(to, order.pop(at))
    return chooser(opened, order)
