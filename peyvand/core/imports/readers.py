"""The limited children that read one file: one, or two that read pieces of a large table of text side by side.

What a reader does follows from its state, so the second child begins a piece in the state that the first one will have
before it, if nothing out of the common is met: whole lines, no open quote, as many rows as lines. The first one's
answer tells whether that is so. If not, the piece is read again by the child that is really there; so what comes out is
what one child would have said.
"""

import json
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from peyvand.core.imports import sessions
from peyvand.core.imports.file_bytes import FileBytes
from peyvand.core.imports.sessions import ChildFailed
from peyvand.core.imports.types import BLOCK
from peyvand.core.jail import Session

PAIR_FROM = 4 * 1024 * 1024  # bytes of a file that is worth a second child
PIECE = 1024 * 1024  # bytes that a child of a pair gets at a time, about
MOST_BLOCKS = 16  # in a piece
MOST_MISSED = 5  # pieces that the second child began in a wrong state, until it is given up

State = dict[str, Any]
Answer = tuple[dict[str, Any], list[bytes]]


class _Hand:
    """A child, and the thread that waits for it."""

    def __init__(self, options: State) -> None:
        self.session = sessions.open_reader(options)
        self.pool = ThreadPoolExecutor(1)

    def end(self) -> None:
        self.session.end()
        self.pool.shutdown()


@dataclass
class _Flight:
    """A piece that a child works on. begun: the state it was begun in; None when it is the one that is really there."""

    hand: _Hand
    piece: bytes
    begun: State | None
    answer: "Future[Answer]"


class Readers:
    """Gives the answers of `Reader` about a file, piece after piece.

    at: the bytes that are read. options: as of `Reader`; size: bytes of the whole file.
    """

    def __init__(self, options: State, *, size: int) -> None:
        self.hands = [_Hand(options)]
        self.real = self.hands[0]  # whose state is the one that is really there
        self.flights: deque[_Flight] = deque()
        self.state: State = options["state"] or {}
        self.at: int = self.state.get("at", 0)
        self.next: int = self.state.get("row", 0)  # the number of the next row
        self.is_exact = False  # is every row before it in a block?
        self.missed = 0
        self.drop: int = options["shape"].get("drop", 0) if not self.state else 0
        self.in_lines = settings.IMPORT_LANES > 1 and size >= PAIR_FROM and _has_lines(options)
        if self.in_lines:
            self.hands.append(_Hand(options))

    def end(self) -> None:
        """End the children."""
        for hand in self.hands:
            hand.end()

    def go_on(self, data: FileBytes) -> None:
        """Give every child that is free the next piece of the file, or tell that it is over."""
        if not self.flights:
            self._begin(self.real, self._cut(data, self.next % BLOCK - self.drop), None)
        while 0 < len(self.flights) < len(self.hands) and (begun := self._after(self.flights[-1])):
            piece = self._cut(data, 0)
            if not piece:
                return
            free = next(hand for hand in self.hands if all(hand is not flight.hand for flight in self.flights))
            self._begin(free, piece, begun)

    def answer(self) -> Answer:
        """The answer about the first piece that was given. Errors: ChildFailed."""
        flight = self.flights.popleft()
        found = flight.answer.result()
        head = found[0]
        self.real, self.state, self.next, self.drop = flight.hand, head["state"], head["next"], 0
        self.at += len(flight.piece)
        self.is_exact = head["from"] == self.next
        if self.flights and not (self.is_exact and self.flights[0].begun == self.state):
            self._again(self.flights.popleft())
        return found

    def _begin(self, hand: _Hand, piece: bytes, begun: State | None) -> None:
        self.flights.append(_Flight(hand, piece, begun, hand.pool.submit(_asked, hand.session, piece, begun)))

    def _again(self, flight: _Flight) -> None:
        """Read a piece once more: it was begun in a state that is not the one before it."""
        self._begin(self.real, flight.piece, None)
        self.missed += 1
        is_lost = True
        with suppress(ChildFailed):
            flight.answer.result()
            is_lost = False
        if is_lost or self.missed >= MOST_MISSED:
            self._be_alone()

    def _be_alone(self) -> None:
        """Go on with the one child that is where we are."""
        for hand in self.hands:
            if hand is not self.real:
                hand.end()
        self.hands = [self.real]

    def _after(self, flight: _Flight) -> State | None:
        """The state after a piece, if each of its lines is a row; None when nobody can tell."""
        before = flight.begun or (self.state if self.is_exact else None)
        if before is None:
            return None
        return before | {"at": before["at"] + len(flight.piece), "row": before["row"] + flight.piece.count(b"\n")}

    def _cut(self, data: FileBytes, over: int) -> bytes:
        """The next piece, with so many lines that it ends a block; over: rows that are in none yet."""
        if self.in_lines:
            row = self.at / self.next if self.next else PIECE / BLOCK
            blocks = max(1, min(MOST_BLOCKS, int(PIECE / row / BLOCK)))
            piece = data.lines(blocks * BLOCK - over)
            if piece is not None:
                return piece
            self.in_lines = False
            if not self.flights:
                self._be_alone()
        return data.piece()


def _has_lines(options: State) -> bool:
    """Is it a table whose rows may be told apart by their bytes?"""
    name = options["shape"].get("encoding", {}).get("name", "")
    return options["format"] == "csv" and bool(name) and "\n".encode(name) == b"\n"


def _asked(session: Session, piece: bytes, begun: State | None) -> Answer:
    if begun is not None:
        sessions.called(session, "begin", json.dumps({"state": begun, "from": begun["row"]}).encode())
    return sessions.read(session, "feed", piece) if piece else sessions.read(session, "end")
