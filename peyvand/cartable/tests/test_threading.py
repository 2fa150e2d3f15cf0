"""Which request a message belongs to, as pure rules."""

from datetime import UTC, datetime, timedelta

import pytest

from peyvand.cartable.threading import Hints, Match, Sender, Thread, match

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
NEGAR = Sender(address="negar@arman.example", party_id=1)
STRANGER = Sender(address="stranger@elsewhere.example", party_id=2)


def thread(number: int, **values: object) -> Thread:
    fields = {"party_id": 1, "last_activity_at": NOW - timedelta(days=1), **values}
    return Thread(id=number, **fields)  # type: ignore[arg-type]


THREADS = {
    1: thread(1),
    2: thread(2, is_open=False),
    3: thread(3, party_id=None, addresses={"colleague@arman.example"}),
}
EVIDENCE = {"message_id": "signed", "reply_address": "address", "references": "known", "code": "code"}


@pytest.mark.parametrize(("by", "field"), EVIDENCE.items())
def test_each_kind_of_evidence_joins_one_who_takes_part(by: str, field: str) -> None:
    assert match(Hints(**{field: [1]}), NEGAR, THREADS, NOW) == Match(1, by)


@pytest.mark.parametrize("field", EVIDENCE.values())
def test_no_evidence_lets_a_stranger_in(field: str) -> None:
    assert match(Hints(**{field: [1]}), STRANGER, THREADS, NOW) == Match(perhaps_of=1)


def test_the_strongest_evidence_wins() -> None:
    assert match(Hints(signed=[2], code=[1], recent=[1]), NEGAR, THREADS, NOW) == Match(2, "message_id")


def test_an_address_of_the_thread_takes_part() -> None:
    colleague = Sender(address="colleague@arman.example", party_id=9)
    assert match(Hints(known=[3]), colleague, THREADS, NOW) == Match(3, "references")


def test_weaker_evidence_that_fits_beats_stronger_that_does_not() -> None:
    assert match(Hints(signed=[3], code=[1]), NEGAR, THREADS, NOW) == Match(1, "code")


def test_one_recent_open_request_is_the_one_and_of_several_a_person_decides() -> None:
    assert match(Hints(recent=[1]), NEGAR, THREADS, NOW) == Match(1, "recent")
    two = {1: thread(1), 4: thread(4)}
    assert match(Hints(recent=[4, 1]), NEGAR, two, NOW) == Match(perhaps_of=4)


def test_old_and_closed_requests_are_not_recent() -> None:
    old = {1: thread(1, last_activity_at=NOW - timedelta(days=15)), 2: thread(2, is_open=False)}
    assert match(Hints(recent=[1, 2]), NEGAR, old, NOW) == Match()


def test_a_forged_sender_needs_a_signature() -> None:
    forged = Sender(address=NEGAR.address, party_id=1, is_forged=True)
    assert match(Hints(code=[1]), forged, THREADS, NOW) == Match(perhaps_of=1)
    assert match(Hints(recent=[1]), forged, THREADS, NOW) == Match(perhaps_of=1)
    assert match(Hints(signed=[1]), forged, THREADS, NOW) == Match(1, "message_id")


def test_nobody_without_an_address_takes_part() -> None:
    assert match(Hints(code=[1]), Sender(address=""), THREADS, NOW) == Match(perhaps_of=1)
