"""Facts that happened, committed with the rows they speak of, and the reactions of other parts to them.

`publish` writes the event and one delivery row per reaction in the caller's transaction. Workers drain
the deliveries in slices (`core/outbox.py`). Who reacts to what is one table: `config/reactions.py`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from peyvand.core.models import OutboxDelivery, OutboxEvent
from peyvand.core.queue import Queue, ring

EVENTS: dict[str, type[Event]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense: a frozen dataclass of ids and plain JSON values, with a `name` for ever."""

    name: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        known = EVENTS.setdefault(cls.name, cls)
        if known.__qualname__ != cls.__qualname__ or known.__module__ != cls.__module__:
            raise ValueError(f"two events are called {cls.name}")

    def payload(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Self:
        """Rebuild the event; values that this version does not know are left out."""
        known = {field.name for field in dataclasses.fields(cls)}
        return cls(**{key: value for key, value in payload.items() if key in known})


class PartialFailure(Exception):
    """Some events of a batch could not be handled; the others were. `failures` maps index to error."""

    def __init__(self, failures: Mapping[int, Exception]) -> None:
        super().__init__(f"{len(failures)} of a batch failed")
        self.failures = dict(failures)


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """What answers an event: `path` is a function of one event, or with `batch` > 1 of a list of them.

    It must be idempotent. Its database work commits together with the note that it ran.
    """

    path: str
    queue: Queue = Queue.INBOUND
    batch: int = 1

    def __init__(self, path: str, *, queue: Queue = Queue.INBOUND, batch: int = 1) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "queue", queue)
        object.__setattr__(self, "batch", batch)

    @property
    def function(self) -> Callable[[Any], object]:
        found: Callable[[Any], object] = import_string(self.path)
        return found


@cache
def reactions() -> dict[type[Event], list[Reaction]]:
    """The table of who reacts to what."""
    table: dict[type[Event], list[Reaction]] = import_string(settings.REACTIONS)
    return table


@cache
def reaction_at(path: str) -> Reaction:
    """The reaction with this path; LookupError when the table has none any more."""
    for answers in reactions().values():
        for reaction in answers:
            if reaction.path == path:
                return reaction
    raise LookupError(f"config/reactions.py has no {path}")


def is_answered(kind: type[Event]) -> bool:
    """Does anybody react to this kind of event? Who writes thousands of rows at once need not tell nobody."""
    return bool(reactions().get(kind))


def publish(event: Event) -> None:
    """Record a fact in the current transaction; its reactions run after the commit."""
    publish_many([event])


def publish_many(events: Iterable[Event]) -> None:
    """Record many facts with two statements."""
    if not connection.in_atomic_block:
        raise RuntimeError("publish needs a transaction: an event is committed together with its rows")
    facts = list(events)
    rows = OutboxEvent.objects.bulk_create(OutboxEvent(name=fact.name, payload=fact.payload()) for fact in facts)
    now = timezone.now()
    deliveries = [
        OutboxDelivery(event=row, reaction=reaction.path, queue=reaction.queue.value, due_at=now)
        for fact, row in zip(facts, rows, strict=True)
        for reaction in reactions().get(type(fact), [])
    ]
    OutboxDelivery.objects.bulk_create(deliveries)
    for queue in sorted({delivery.queue for delivery in deliveries}):
        _ring_at_commit(Queue(queue))


@cache
def _bell(queue: Queue) -> Callable[[], None]:
    """What rings this queue, always the same. Django asks a hook that failed for its name, and no partial has one."""

    def bell() -> None:
        ring(queue)

    return bell


def _ring_at_commit(queue: Queue) -> None:
    bell = _bell(queue)
    if not any(entry[1] is bell for entry in connection.run_on_commit):
        transaction.on_commit(bell, robust=True)
