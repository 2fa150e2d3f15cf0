"""Who else keeps rows about a customer: each app says it once, for erasing, for handing over and for merging.

    refers_to_party("sales.Deal", "party", hand_over=deals_as_plain_rows, erase=forget_words)

A test holds that every foreign key to a party outside this app stands here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peyvand.core.models import File

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A foreign key to a party.

    hand_over(party_id): what these rows say about the person, as plain values without words about others. files: the
    files among them. erase(party_id): takes out what points to the person, keeps the rows that figures are made of,
    and returns how many rows of each table it changed; it must find the same again when it is called twice.
    """

    model: str
    field: str
    hand_over: Callable[[int], Rows] | None = None
    files: Callable[[int], Iterable[File]] | None = None
    erase: Callable[[int], Mapping[str, int]] | None = None


_references: dict[tuple[str, str], Reference] = {}


def refers_to_party(model: str, field: str, **more: Any) -> None:
    """Say that `model`.`field` points to a party; `more` as in Reference."""
    _references.setdefault((model, field), Reference(model=model, field=field, **more))


def references() -> list[Reference]:
    """Every foreign key to a party that another app has, in the order of their names."""
    return [_references[key] for key in sorted(_references)]
