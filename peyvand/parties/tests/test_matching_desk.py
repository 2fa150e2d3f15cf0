"""The desk that makes keys and compares for a look through all customers, and the child that it lives in."""

import json
import os
import signal
from typing import Any

import pytest

from peyvand.core.kept_session import ChildFailed, KeptSession
from peyvand.parties.matching import compare, keys_of, read_record
from peyvand.parties.matching.desk import Desk

PHONE, SWITCHBOARD = "mobile:+989121234567", "phone:+982188776655"


def row(pk: int, name: str, *points: str, city: str | None = "تهران") -> list[Any]:
    return [pk, "person", name, city, None, None, None, "", list(points) or None, None, None]


ROWS = [
    row(1, "علی رضایی", PHONE),
    row(2, "Ali Rezaei", PHONE),
    row(3, "مینا کاوه", SWITCHBOARD),
    row(4, "مینا کاوه", SWITCHBOARD),
    row(5, "نگار صابری", city="تبریز"),
]


def question(*pairs: tuple[int, int]) -> bytes:
    asked = {"first": [one for one, _ in pairs], "second": [other for _, other in pairs], "rows": ROWS}
    return json.dumps(asked).encode()


def test_the_desk_writes_a_line_for_each_key_of_each_customer() -> None:
    lines = Desk().keys(json.dumps(ROWS).encode()).decode().splitlines()
    expected = [f"{key}\t{one[0]}" for one in ROWS for key in keys_of(read_record(one))]
    assert sorted(lines) == sorted(expected) and len(lines) > len(ROWS)


def test_pairs_that_share_an_address_wait_until_it_is_known_how_many_have_it() -> None:
    desk = Desk()
    made = desk.compare(question((1, 2), (3, 4), (1, 5), (4, 99)))
    assert made["found"] == [] and len(made["common"]) == 2
    own = {tuple(line[:2]): line for line in desk.settle(b"[]")}
    for one, other in ((1, 2), (3, 4)):
        verdict = compare(read_record(ROWS[one - 1]), read_record(ROWS[other - 1]))
        assert own[one, other] == (one, other, verdict.score, " ".join(verdict.reasons))
    shared = {tuple(line[:2]): line for line in desk.settle(json.dumps(made["common"]).encode())}
    assert shared[3, 4][2] < own[3, 4][2] and "phone_shared" in shared[3, 4][3]


def test_a_desk_in_a_child_is_kept_for_the_next_slice_and_replaced_when_it_died() -> None:
    kept = KeptSession("peyvand.parties.matching.desk.Desk", cpu_seconds=20, memory_mb=1024, wall_seconds=60)
    rows = json.dumps(ROWS).encode()
    numbers = []
    for _slice in range(2):
        with kept.line() as desk:
            assert desk.ask("keys", rows).result() == Desk().keys(rows)
            numbers.append(_child(desk))
    assert numbers[0] == numbers[1]
    os.kill(numbers[0], signal.SIGKILL)
    with pytest.raises(ChildFailed), kept.line() as desk:
        desk.ask("keys", rows).result()
    with kept.line() as desk:
        assert desk.ask("keys", rows).result() == Desk().keys(rows)
        assert _child(desk) != numbers[0]
    kept.end()
    kept.end()


def _child(desk: Any) -> int:
    return int(desk._session._child.process.pid)
