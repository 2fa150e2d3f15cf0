"""Which records of a list are meant: chosen rows, or everything that the list finds but for some."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.list_state import ListState

MOST_IDS = 5_000
LONGEST_QUERY = 20_000


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Rows by their numbers, or with `state` the whole list that it describes without `but`."""

    ids: tuple[int, ...] = ()
    state: ListState | None = None
    but: tuple[int, ...] = ()

    @classmethod
    def read(cls, *, ids: list[str], but: list[str], query: str = "", is_all: bool = False) -> Self:
        """Read what a page sends; `query` is the address of the whole list. Raises Invalid for none or too many."""
        state = ListState.from_query(QueryDict(query[:LONGEST_QUERY])) if is_all else None
        return cls.from_json({"ids": _numbers(ids), "state": state, "but": _numbers(but)})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote, or what the API sends. Raises Invalid."""
        ids, but = tuple(dict.fromkeys(data.get("ids") or ())), tuple(dict.fromkeys(data.get("but") or ()))
        state = data.get("state")
        if state is None and not ids:
            raise Invalid(_("Choose some rows first."))
        if max(len(ids), len(but)) > MOST_IDS:
            raise Invalid(_("These are too many single rows; choose the whole list instead."))
        return cls(ids=ids if state is None else (), state=_state(state), but=but)

    def to_json(self) -> dict[str, Any]:
        return {
            "ids": list(self.ids),
            "state": None if self.state is None else self.state.to_json(),
            "but": list(self.but),
        }


def _state(state: Any) -> ListState | None:
    if state is None or isinstance(state, ListState):
        return state
    return ListState.from_json(state)


def _numbers(texts: list[str]) -> list[int]:
    """Read ids as a page sends them: apart, or many with commas."""
    parts = [part for text in texts for part in text.split(",") if part]
    if any(not (part.isascii() and part.isdigit() and len(part) < 19) for part in parts):
        raise Invalid(_("This is no selection of rows."))
    return [int(part) for part in parts]
