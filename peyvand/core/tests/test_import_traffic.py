"""Blocks that are written side by side end as if they had been written one after the other."""

import random

import pytest

from peyvand.core.imports.lanes.traffic import Traffic, Turn

LANES = 3


def test_blocks_without_a_common_mark_are_written_beside_one_another() -> None:
    traffic = Traffic.of([0, 1])
    assert [traffic.begin(), traffic.begin(), traffic.begin()] == [0, 1, None]
    traffic.decided(1, ["a"])
    assert traffic.turns() == []  # nobody knows yet what the lower one will touch
    traffic.decided(0, ["b"])
    assert traffic.turns() == [(0, Turn.GO), (1, Turn.GO)] and traffic.turns() == []


def test_a_block_that_meets_a_lower_one_waits_for_it_and_decides_again() -> None:
    traffic = Traffic.of([0, 1])
    assert [traffic.begin(), traffic.begin()] == [0, 1]
    traffic.decided(0, ["a", "b"])
    traffic.decided(1, ["b"])
    assert traffic.turns() == [(0, Turn.GO)]
    traffic.written(0)
    assert traffic.turns() == [(1, Turn.AGAIN)]
    traffic.decided(1, ["b"])
    assert traffic.turns() == [(1, Turn.GO)]


def test_blocks_that_read_the_same_are_written_beside_one_another() -> None:
    traffic = Traffic.of([0, 1, 2])
    assert [traffic.begin(), traffic.begin(), traffic.begin()] == [0, 1, 2]
    traffic.decided(0, ["a"], ["shared"])
    traffic.decided(1, ["b"], ["shared"])
    traffic.decided(2, ["shared"])
    assert traffic.turns() == [(0, Turn.GO), (1, Turn.GO)]
    traffic.written(0)
    traffic.written(1)
    assert traffic.turns() == [(2, Turn.AGAIN)]  # it changes what they have read


def test_a_block_that_was_begun_before_a_lower_one_ended_is_measured_by_it() -> None:
    traffic = Traffic.of([0, 1])
    assert [traffic.begin(), traffic.begin()] == [0, 1]
    traffic.decided(0, ["a"])
    assert traffic.turns() == [(0, Turn.GO)]
    traffic.written(0)
    traffic.decided(1, ["a"])
    assert traffic.turns() == [(1, Turn.AGAIN)]


def test_a_block_leaves_when_a_lower_one_lost_its_lane() -> None:
    traffic = Traffic.of([0, 1])
    assert [traffic.begin(), traffic.begin()] == [0, 1]
    traffic.decided(1, ["a"])
    traffic.given_up(0)
    assert traffic.turns() == [(1, Turn.LEAVE)]
    traffic.given_up(1)
    assert traffic.begin() == 0 and list(traffic.pending) == [1]


class Store:
    """A stand-in for the database: a block reads some of its cells, and writes some of these by what it read."""

    def __init__(self, chance: random.Random, blocks: int) -> None:
        self.cells = {str(n): 0 for n in range(blocks * 3)}
        self.uses = [chance.sample(sorted(self.cells), chance.randint(1, 4)) for _ in range(blocks)]
        self.sees = [chance.sample(sorted(self.cells), chance.randint(0, 4)) for _ in range(blocks)]

    def read(self, number: int) -> list[int]:
        return [self.cells[cell] for cell in (*self.uses[number], *self.sees[number])]

    def write(self, number: int, read: list[int]) -> None:
        for place, cell in enumerate(self.uses[number]):
            self.cells[cell] = hash((number, place, tuple(read)))


class Run:
    """Lanes in an order of chance: a lane begins, decides, is told, writes, or is lost."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.blocks = self.chance.randint(3, 14)
        self.store = Store(self.chance, self.blocks)
        self.traffic = Traffic.of(range(self.blocks))
        self.read: dict[int, list[int]] = {}  # by block on its way
        self.may: dict[int, str] = {}  # begun, waits, or writes
        self.written: list[int] = []

    def to_the_end(self) -> dict[str, int]:
        for _step in range(2000):
            if not self.traffic.pending and not self.may:
                assert sorted(self.written) == list(range(self.blocks))
                return self.store.cells
            self._step()
        raise AssertionError("lanes wait for one another for ever")

    def _step(self) -> None:
        steps = [lambda: self._begin()] if len(self.may) < LANES and self.traffic.pending else []
        steps += [lambda n=n: self._decide(n) for n, state in self.may.items() if state == "begun"]
        steps += [lambda n=n: self._write(n) for n, state in self.may.items() if state == "writes"]
        assert steps, "nobody can do anything"
        self.chance.choice(steps)()
        if self.may and self.chance.random() < 0.05:
            self._give_up(self.chance.choice(list(self.may)))
        for number, turn in self.traffic.turns():
            self._tell(number, turn)

    def _begin(self) -> None:
        number = self.traffic.begin()
        assert number is not None
        self.may[number] = "begun"
        self.read[number] = self.store.read(number)

    def _decide(self, number: int) -> None:
        self.may[number] = "waits"
        self.traffic.decided(number, self.store.uses[number], self.store.sees[number])

    def _tell(self, number: int, turn: Turn) -> None:
        if turn is Turn.GO:
            self.may[number] = "writes"
        elif turn is Turn.AGAIN:
            self.may[number] = "begun"
            self.read[number] = self.store.read(number)
        else:
            self._give_up(number)

    def _write(self, number: int) -> None:
        self.store.write(number, self.read[number])
        self._end(number)
        self.written.append(number)
        self.traffic.written(number)

    def _give_up(self, number: int) -> None:
        self._end(number)
        self.traffic.given_up(number)

    def _end(self, number: int) -> None:
        del self.may[number], self.read[number]


@pytest.mark.parametrize("seed", range(300))
def test_whatever_the_order_of_the_lanes_the_end_is_that_of_one_after_the_other(seed: int) -> None:
    run = Run(seed)
    one_after_the_other = Run(seed).store
    for number in range(run.blocks):
        one_after_the_other.write(number, one_after_the_other.read(number))
    assert run.to_the_end() == one_after_the_other.cells
