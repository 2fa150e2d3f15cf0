"""Keys and verdicts of many records at once, in a process of its own: no database here, only bytes in and out."""

import json
from collections.abc import Collection
from typing import Any

from peyvand.parties.matching.keys import common_addresses, keys_of
from peyvand.parties.matching.record import Record, read_record
from peyvand.parties.matching.score import compare_possible

Found = list[tuple[int, int, int, str]]


class Desk:
    """Works for one look through all customers; lives in a `jail.Session`. It keeps nothing but the last question.

    Its methods take what `selectors.likeness` reads, as JSON.
    """

    def __init__(self, _options: Any = None) -> None:
        self._undecided: list[tuple[Record, Record]] = []
        self._common: dict[int, str] = {}

    def keys(self, rows: bytes) -> bytes:
        """Lines «key, tab, customer» for a COPY into the table of keys."""
        records = map(read_record, json.loads(rows))
        return "".join([f"{key}\t{record.id}\n" for record in records for key in keys_of(record)]).encode()

    def compare(self, question: bytes) -> dict[str, Any]:
        """The possible ones among pairs of these rows, and by what keys the addresses go that others share.

        How much such an address says depends on how many customers have it, which `settle` is told.
        """
        asked = json.loads(question)
        known = {row[0]: read_record(row) for row in asked["rows"]}
        self._undecided, self._common = [], {}
        found: Found = []
        for first, second in zip(asked["first"], asked["second"], strict=True):
            one, other = known.get(first), known.get(second)
            if one is None or other is None:  # went to the trash meanwhile
                continue
            if one.phones.isdisjoint(other.phones) and one.emails.isdisjoint(other.emails):
                found += _possible(one, other, ())
            else:
                self._common |= common_addresses(one, other)
                self._undecided.append((one, other))
        return {"found": found, "common": list(self._common)}

    def settle(self, keys: bytes) -> Found:
        """The possible ones among the pairs that share an address. keys: of the addresses that many have."""
        crowded = {self._common[key] for key in json.loads(keys)}
        return [line for one, other in self._undecided for line in _possible(one, other, crowded)]


def _possible(one: Record, other: Record, crowded: Collection[str]) -> Found:
    verdict = compare_possible(one, other, crowded)
    if verdict is None:
        return []
    return [(one.id, other.id, verdict.score, " ".join(verdict.reasons))]
