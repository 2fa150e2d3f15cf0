"""The clock of a request: which targets count, when they are due, when the clock stands. Pure.

Targets are working minutes of the organisation's calendar. The clock stands while a request is answered or closed:
what was left then is left when it starts again, counted in working time, so that a pause over a weekend costs and
gives nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from peyvand.core.working_time import WorkCalendar

WARN_MINUTES = 60
WARN_SHARE = 0.25

State = Literal["ok", "warn", "late", "done"]


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Targets in working minutes for a kind and a priority; None and "" mean any."""

    kind_id: int | None = None
    priority: str = ""
    first_answer_minutes: int
    resolution_minutes: int


DEFAULT = Policy(first_answer_minutes=8 * 60, resolution_minutes=5 * 8 * 60)


@dataclass(frozen=True)
class Due:
    """When the first answer and the resolution are due."""

    first_answer: datetime
    resolution: datetime


class Clocked(Protocol):
    """What the clock reads of a request."""

    @property
    def status(self) -> str: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def next_due(self) -> datetime | None: ...
    @property
    def closed_at(self) -> datetime | None: ...
    @property
    def resolution_due(self) -> datetime | None: ...


@dataclass(frozen=True)
class Reading:
    """What the clock shows: its state, what it counts to, working minutes left (negative when late)."""

    state: State
    due: datetime | None = None
    minutes: int = 0
    runs: bool = False  # whether it is working time now, so that a page may tick


def choose(policies: Iterable[Policy], kind_id: int | None, priority: str) -> Policy:
    """The most specific policy: kind and priority, then kind, then priority, then any, then ours."""
    fitting = [policy for policy in policies if policy.kind_id in (None, kind_id) and policy.priority in ("", priority)]
    return max(fitting, key=lambda policy: (policy.kind_id is not None, policy.priority != ""), default=DEFAULT)


def due_times(calendar: WorkCalendar, policy: Policy, opened_at: datetime) -> Due:
    """When a request that was opened at this instant is due."""
    return Due(
        first_answer=calendar.add(opened_at, policy.first_answer_minutes),
        resolution=calendar.add(opened_at, policy.resolution_minutes),
    )


def next_due(first_answered_at: datetime | None, first_answer_due: datetime, resolution_due: datetime) -> datetime:
    """What a running clock counts to: the first answer until it is given, then the resolution."""
    if first_answered_at is None:
        return min(first_answer_due, resolution_due)
    return resolution_due


def resumed(calendar: WorkCalendar, due: datetime, paused_at: datetime, now: datetime) -> datetime:
    """The deadline after a pause: as much working time is left as when the clock stopped; what was late stays late."""
    left = calendar.minutes_between(paused_at, due)
    return due if left <= 0 else calendar.add(now, left)


def reopened(calendar: WorkCalendar, due: datetime, paused_at: datetime, now: datetime, policy: Policy) -> datetime:
    """The deadline after a customer wrote again: what was left, but at least the time of a first answer."""
    return max(resumed(calendar, due, paused_at, now), calendar.add(now, policy.first_answer_minutes))


def read(calendar: WorkCalendar, request: Clocked, now: datetime) -> Reading:
    """Read the clock: `warn` when less than a quarter or less than an hour of working time is left."""
    due = request.next_due
    if due is None:
        return Reading("done", request.resolution_due)
    if due <= now:
        return Reading("late", due, calendar.minutes_between(now, due), calendar.is_open(now))
    left = calendar.minutes_between(now, due)
    whole = left + calendar.minutes_between(request.opened_at, now) if request.opened_at < now else left
    near = left < WARN_MINUTES or left < whole * WARN_SHARE
    return Reading("warn" if near else "ok", due, left, calendar.is_open(now))
