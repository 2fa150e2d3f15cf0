"""The outbox: every reaction runs once, comes back when it fails, and stops in the open when it cannot."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import OperationalError, transaction

from peyvand.core import events, outbox
from peyvand.core.errors import Conflict
from peyvand.core.events import Event, PartialFailure, Reaction, publish, publish_many
from peyvand.core.models import DeadLetter, OutboxDelivery, Setting
from peyvand.core.queue import Queue

HERE = "peyvand.core.tests.test_events"


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    name: ClassVar[str] = "tests.happened"
    number: int
    note: str = ""


def write(event: Happened) -> None:
    Setting.objects.create(name=f"once-{event.number}", value=event.note)


def write_many(batch: list[Happened]) -> None:
    bad = {index: ValueError("odd") for index, event in enumerate(batch) if event.number % 2}
    Setting.objects.bulk_create(Setting(name=f"many-{e.number}", value=1) for e in batch if e.number % 2 == 0)
    if bad:
        raise PartialFailure(bad)


def break_down(event: Happened) -> None:
    Setting.objects.create(name=f"broken-{event.number}", value=1)
    raise ValueError("no luck")


def refuse(event: Happened) -> None:
    raise Conflict


@pytest.fixture
def react(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    def table(*reactions: Reaction) -> None:
        events.reaction_at.cache_clear()
        monkeypatch.setattr(events, "reactions", lambda: {Happened: list(reactions)})

    yield table
    events.reaction_at.cache_clear()


def test_an_event_is_delivered_once_to_each_reaction(db, react) -> None:
    react(Reaction(f"{HERE}.write"))
    with transaction.atomic():
        publish(Happened(number=1, note="سلام"))
    assert outbox.drain(Queue.INBOUND) == 1
    assert outbox.drain(Queue.INBOUND) == 0
    assert Setting.objects.get(name="once-1").value == "سلام"
    assert OutboxDelivery.objects.get().state == "done"


@pytest.mark.django_db
def test_a_bell_that_fails_after_the_commit_breaks_nothing(
    react, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks, caplog: pytest.LogCaptureFixture
) -> None:
    def silent(queue: Queue) -> None:
        raise OperationalError("the server is gone")

    monkeypatch.setattr(events, "ring", silent)
    react(Reaction(f"{HERE}.write"))
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        publish(Happened(number=3))
    assert "the server is gone" in caplog.text
    assert outbox.drain(Queue.INBOUND) == 1


def test_a_failed_reaction_leaves_no_trace_and_comes_back_later(db, react) -> None:
    react(Reaction(f"{HERE}.break_down"))
    publish(Happened(number=2))
    outbox.drain(Queue.INBOUND)
    delivery = OutboxDelivery.objects.get()
    assert not Setting.objects.filter(name="broken-2").exists()
    assert delivery.state == "pending"
    assert "no luck" in delivery.error
    assert not outbox.has_due(Queue.INBOUND)


def test_a_broken_rule_is_never_tried_again_but_put_before_a_person(db, react) -> None:
    react(Reaction(f"{HERE}.refuse"))
    publish(Happened(number=3))
    outbox.drain(Queue.INBOUND)
    letter = DeadLetter.objects.get()
    assert OutboxDelivery.objects.get().state == "dead"
    assert letter.name == f"{HERE}.refuse"
    assert letter.arguments == {"event": "tests.happened", "number": 3, "note": ""}


def test_the_last_attempt_ends_in_a_dead_letter(db, react) -> None:
    react(Reaction(f"{HERE}.break_down"))
    publish(Happened(number=4))
    OutboxDelivery.objects.update(attempt=outbox.MAX_ATTEMPTS - 1)
    outbox.drain(Queue.INBOUND)
    assert DeadLetter.objects.get().attempts == outbox.MAX_ATTEMPTS


def test_in_a_batch_only_the_failed_ones_come_back(db, react) -> None:
    react(Reaction(f"{HERE}.write_many", batch=50))
    publish_many(Happened(number=number) for number in range(6))
    outbox.drain(Queue.INBOUND)
    assert Setting.objects.filter(name__startswith="many-").count() == 3
    assert OutboxDelivery.objects.filter(state="done").count() == 3
    assert OutboxDelivery.objects.filter(state="pending", attempt=1).count() == 3


def test_who_lost_the_claim_writes_nothing(db, react, monkeypatch: pytest.MonkeyPatch) -> None:
    react(Reaction(f"{HERE}.write"))
    publish(Happened(number=5))
    claims = outbox._claim(Queue.INBOUND)
    OutboxDelivery.objects.update(attempt=2)
    outbox._run_slice(claims)
    assert not Setting.objects.exists()
    assert OutboxDelivery.objects.get().state == "pending"


def test_a_suspicious_delivery_is_claimed_alone(db, react) -> None:
    react(Reaction(f"{HERE}.write"))
    publish_many(Happened(number=number) for number in range(5))
    OutboxDelivery.objects.update(attempt=outbox.SUSPICIOUS)
    assert len(outbox._claim(Queue.INBOUND)) == 1


def test_an_event_outside_a_transaction_is_refused(transactional_db, react) -> None:
    with pytest.raises(RuntimeError):
        publish(Happened(number=6))


def test_unknown_values_of_an_event_are_left_out() -> None:
    assert Happened.from_payload({"number": 7, "colour": "blue"}) == Happened(number=7)
