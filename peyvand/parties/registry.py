"""Who keeps rows about a customer: each app says it once, for erasing, for handing over and for merging.

    refers_to_party("sales.Deal", "party", label=_("Deals"), hand_over=deals_as_plain_rows, erase=forget_words)

Rows move with their customer by themselves when customers are merged, and come back when the merge is undone; of rows
that a unique constraint keeps from meeting, one stays with the survivor and its like stays with the merged customer.
A test holds that every foreign key to a party stands here. docs/how-to/merging.md shows each case.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyvand.core.models import File

Rows = Iterable[Mapping[str, Any]]
OWN = "parties."


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A foreign key to a party.

    hand_over(party_id): what these rows say about the person, as plain values without words about others. files: the
    files among them. erase(party_id): takes out what points to the person, keeps the rows that figures are made of,
    and returns how many rows of each table it changed; it must find the same again when it is called twice. The
    addresses of the person are still there then, so that rows which only name one of them are reached.

    For merging. label: what the rows are called on the page; empty for rows that nobody counts. is_ledger: rows that
    figures are summed from (points, balances, consents): all of them move, none is ever taken for the like of another,
    and the totals of the columns `sums` must be the same before and after, or nothing is merged. prepare(moving): runs
    before the rows move and puts aside or changes rows that say the same beyond unique constraints. move(moving):
    moves them in the app's own way instead (both work by `services.merging.Moving` alone, so that it can be undone).
    stays: these rows follow something else (a trigger, the fields of the record) and are left where they are.
    asks: rows that came after a merge are listed when it is undone. place(row_ids, owners): to which customer such a
    row seems to belong; `owners` gives of each address (kind, value) that came with a customer into the merge whose it
    was. words(row_ids): what they say, in a line each.
    """

    model: str
    field: str
    hand_over: Callable[[int], Rows] | None = None
    files: Callable[[int], Iterable[File]] | None = None
    erase: Callable[[int], Mapping[str, int]] | None = None
    label: Any = ""
    is_ledger: bool = False
    sums: Sequence[str] = ()
    prepare: Callable[[Any], None] | None = None
    move: Callable[[Any], None] | None = None
    stays: bool = False
    asks: bool = True
    place: Callable[[Sequence[int], Mapping[tuple[str, str], int]], Mapping[int, int]] | None = None
    words: Callable[[Sequence[int]], Mapping[int, str]] | None = None

    @property
    def key(self) -> str:
        """Its name: «sales.Deal.party»."""
        return f"{self.model}.{self.field}"


_references: dict[tuple[str, str], Reference] = {}


def refers_to_party(model: str, field: str, **more: Any) -> None:
    """Say that `model`.`field` points to a party; `more` as in Reference."""
    _references.setdefault((model, field), Reference(model=model, field=field, **more))


def references() -> list[Reference]:
    """Every foreign key to a party that another app has, in the order of their names."""
    return [each for each in all_references() if not each.model.startswith(OWN)]


def all_references() -> list[Reference]:
    """Every foreign key to a party, those of this app among them, in the order of their names."""
    return [_references[key] for key in sorted(_references)]
