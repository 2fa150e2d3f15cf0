"""The bytes of an import's file from some place on, as they are stored or in whole lines."""

from django.db.models.functions import Length

from peyvand.core.fast_rows import fast_rows
from peyvand.core.models import Import

MOST_HELD = 4 * 1024 * 1024  # bytes that are read ahead for whole lines


class FileBytes:
    """Reads a chunk at a time. at: how many bytes of the file were given out or passed over."""

    def __init__(self, item: Import, at: int = 0) -> None:
        self.item, self.at = item, at
        self._number, self._held = 0, b""
        left = at
        for number, size in item.chunks.order_by("number").values_list("number", Length("data")) if at else ():
            if left < size:
                self._number = number
                self._held = self._next()[left:]
                break
            left -= size
            self._number = number + 1

    def piece(self) -> bytes:
        """What comes next, a chunk at most; empty at the end of the file."""
        return self._given(len(self._held)) if self._held else self._taken(self._next())

    def lines(self, count: int) -> bytes | None:
        """The next lines, so many or what is left; None when they are too long to be held."""
        found = end = 0
        while True:
            here = self._held.count(b"\n", end)
            if found + here >= count:
                return self._given(_after(self._held, count - found, end))
            found, end = found + here, len(self._held)
            more = self._next() if end <= MOST_HELD else b""
            if not more:
                return self._given(end) if end <= MOST_HELD else None
            self._held += more

    def _next(self) -> bytes:
        found = fast_rows(self.item.chunks.filter(number=self._number).values_list("data"))
        self._number += 1
        return bytes(found[0][0]) if found else b""

    def _given(self, size: int) -> bytes:
        given, self._held = self._held[:size], self._held[size:]
        return self._taken(given)

    def _taken(self, given: bytes) -> bytes:
        self.at += len(given)
        return given


def _after(data: bytes, count: int, begin: int) -> int:
    """The place after the n-th line feed from a place on."""
    at = begin
    for _ in range(count):
        at = data.index(b"\n", at) + 1
    return at
