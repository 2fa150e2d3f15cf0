"""What long work is: the kinds of it that apps name, and what one slice tells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from peyvand.core.models import LongJob, LongJobItem
from peyvand.core.queue import Queue

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Slice:
    """What one slice did: where the next begins, how many records went well and badly, and what to show of it.

    result is laid over the job's result; total replaces the number of records when it is only known now; expires_at:
    when the file that it made (`LongJobPart`) is deleted. is_counted: its parts were committed one by one, each with
    its rows counted at the job already; `done` then only tells the pace, and `result` nothing.
    """

    cursor: dict[str, Any]
    done: int = 0
    failed: int = 0
    finished: bool = False
    total: int | None = None
    result: dict[str, Any] = field(default_factory=dict)
    expires_at: datetime | None = None
    is_counted: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number of `result` that the page of a job shows; tone: ok info warn bad."""

    key: str
    label: Text
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What was done to one record, in words: (field, before, after), or why it was refused."""

    label: str
    url: str = ""
    changes: Sequence[tuple[str, str, str]] = ()
    error: str = ""
    undone: bool = False


@dataclass(frozen=True, kw_only=True)
class JobKind:
    """What jobs of one kind are: the function of a slice, its queue, and how their page shows them.

    steps: (key, label) in their order; `cursor["step"]` names the present one. undo: the kind that takes it back.
    lines(items, user): the records of a result, cut to what the user may see. guard(job, user): raises NotAllowed when
    the user may not, or no longer, take the file that the job made; most_downloads: how often it may be taken.
    tells_after: its owner is notified of the end of work that took as many seconds; None: never.
    """

    name: str
    run: Callable[[LongJob], Slice]
    queue: Queue
    label: Text
    steps: Sequence[tuple[str, Text]] = ()
    figures: Sequence[Figure] = ()
    undo: str = ""
    lines: Callable[[Sequence[LongJobItem], Any], list[Line]] | None = None
    guard: Callable[[LongJob, Any], None] | None = None
    tells_after: int | None = 0
    most_downloads: int = 5


KINDS: dict[str, JobKind] = {}


def long_job(
    name: str, *, label: Text, queue: Queue = Queue.BULK, **more: Any
) -> Callable[[Callable[[LongJob], Slice]], Callable[[LongJob], Slice]]:
    """Make a function the slice of a kind of long work; `more` as in JobKind. Raises ValueError for a taken name."""

    def register(function: Callable[[LongJob], Slice]) -> Callable[[LongJob], Slice]:
        if name in KINDS and KINDS[name].run is not function:
            raise ValueError(f"two kinds of long work are called {name}")
        KINDS[name] = JobKind(name=name, run=function, queue=queue, label=label, **more)
        return function

    return register
