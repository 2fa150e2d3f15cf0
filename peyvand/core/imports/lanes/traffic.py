"""Which block may write now, so that the outcome is that of writing them one after the other. Plain data, no database.

A block says what its decisions rest on and change: its marks. It may write as soon as no lower block that was on its
way beside it uses what it uses or reads, or reads what it uses. If one does, it waits until that one is written, and
decides again.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from peyvand.core.imports.types import Marks


class Turn(StrEnum):
    """What a lane is told whose block is decided."""

    GO = "go"
    AGAIN = "again"  # decide again: a lower block has changed what was looked at
    LEAVE = "leave"  # give the block up: a lower one has to be begun first


@dataclass
class Flight:
    """A block on its way. beside: lower blocks that were on their way when it looked; marks: None until decided."""

    number: int
    beside: set[int]
    marks: Marks | None = None
    may_write: bool = False


@dataclass
class Traffic:
    """The blocks of a slice: those that wait, those on their way, and the marks of those that ended meanwhile."""

    pending: deque[int]
    flights: dict[int, Flight] = field(default_factory=dict)
    ended: dict[int, Marks] = field(default_factory=dict)

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Traffic":
        return cls(deque(sorted(numbers)))

    def begin(self) -> int | None:
        """The lowest block that nobody has begun; None when there is none."""
        if not self.pending:
            return None
        number = self.pending.popleft()
        self.flights[number] = Flight(number, {each for each in self.flights if each < number})
        return number

    def decided(self, number: int, used: Iterable[str], read: Iterable[str] = ()) -> None:
        """A block was decided; also one that was decided again because a person changed a record meanwhile."""
        flight = self.flights[number]
        flight.marks, flight.may_write = Marks(frozenset(used), frozenset(read)), False

    def written(self, number: int) -> None:
        """A block was committed."""
        marks = self.flights.pop(number).marks
        if marks is not None:
            self.ended[number] = marks
        wanted = {each for flight in self.flights.values() for each in flight.beside}
        self.ended = {each: kept for each, kept in self.ended.items() if each in wanted}

    def given_up(self, number: int) -> None:
        """A block was not written: its lane is gone, or it was told to leave."""
        del self.flights[number]
        self.pending = deque(sorted([*self.pending, number]))

    def turns(self) -> list[tuple[int, Turn]]:
        """What decided blocks are told now, the lowest first."""
        found = []
        for number in sorted(self.flights):
            turn = self._turn(self.flights[number])
            if turn is not None:
                found.append((number, turn))
        return found

    def _turn(self, flight: Flight) -> Turn | None:
        if flight.marks is None or flight.may_write:
            return None
        if self.pending and self.pending[0] < flight.number:
            flight.marks = None
            return Turn.LEAVE
        met = {each for each in flight.beside if not self._is_apart(each, flight.marks)}
        if met & self.flights.keys():
            return None
        if not met:
            flight.may_write = True
            return Turn.GO
        flight.marks = None
        flight.beside &= self.flights.keys()
        return Turn.AGAIN

    def _is_apart(self, number: int, marks: Marks) -> bool:
        """Has a lower block nothing to do with these? It has when nobody knows."""
        other = self.flights.get(number)
        known = self.ended.get(number) if other is None else other.marks
        return known is not None and known.is_apart(marks)
