"""Long work as its page shows it: percent, pace, time left, steps, figures, and what may be done."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyvand.core import long_jobs
from peyvand.core.long_jobs import KINDS, JobKind
from peyvand.core.models import LongJob
from peyvand.web.templatetags.pv import grouped, localised

State = LongJob.State
TONES = {
    State.WAITING: "n", State.RUNNING: "info", State.PAUSED: "warn", State.DONE: "ok", State.FAILED: "late",
    State.CANCELLED: "n", State.UNDONE: "rev",
}  # fmt: skip
ROUGH = ((3600, "hour"), (60, "minute"), (1, "second"))


@dataclass(frozen=True)
class ShownStep:
    """A step of the work; state: done, now or next."""

    label: Any
    state: str


@dataclass(frozen=True)
class ShownJob:
    """A job and what can be said of it at this moment."""

    job: LongJob

    @property
    def kind(self) -> JobKind | None:
        return KINDS.get(self.job.kind)

    @property
    def title(self) -> str:
        """What the work is, with the digits that the reader reads."""
        return localised(self.job.title)

    @property
    def is_open(self) -> bool:
        return self.job.state in (State.WAITING, State.RUNNING)

    @property
    def is_paused(self) -> bool:
        return self.job.state == State.PAUSED

    @property
    def has_ended(self) -> bool:
        return not self.is_open and not self.is_paused

    @property
    def share(self) -> int | None:
        return long_jobs.share(self.job)

    @property
    def worked(self) -> int:
        return self.job.done + self.job.failed

    @property
    def tone(self) -> str:
        return TONES[State(self.job.state)]

    @property
    def left(self) -> str:
        """«about 40 seconds left»; empty when nobody can say."""
        seconds = long_jobs.seconds_left(self.job)
        return "" if seconds is None else _("about %(time)s left") % {"time": duration(seconds)}

    @property
    def pace(self) -> str:
        return grouped(round(self.job.pace)) if self.job.state == State.RUNNING and self.job.pace >= 1 else ""

    @property
    def took(self) -> str:
        if not self.job.started_at or not self.job.ended_at:
            return ""
        return duration(max(1, round((self.job.ended_at - self.job.started_at).total_seconds())))

    @property
    def steps(self) -> list[ShownStep]:
        named = self.kind.steps if self.kind else ()
        keys = [key for key, _label in named]
        present = self.job.cursor.get("step")
        at = keys.index(present) if present in keys else 0
        if self.job.state in (State.DONE, State.UNDONE):
            at = len(keys)
        return [
            ShownStep(label, "done" if number < at else "now" if number == at and self.is_open else "next")
            for number, (_key, label) in enumerate(named)
        ]

    @property
    def figures(self) -> list[tuple[Any, int, str]]:
        named = self.kind.figures if self.kind else ()
        return [(each.label, int(self.job.result.get(each.key) or 0), each.tone) for each in named]

    @property
    def may_undo(self) -> bool:
        return long_jobs.may_be_undone(self.job)

    @property
    def may_roll_back(self) -> bool:
        return not self.has_ended and bool(self.kind and self.kind.undo)

    @property
    def file(self) -> str:
        """The name of the file to take, empty when there is none or it has expired."""
        expires = self.job.expires_at
        if self.job.state != State.DONE or expires is None or expires <= timezone.now():
            return ""
        return str(self.job.result.get("file", {}).get("name", ""))

    @property
    def has_lines(self) -> bool:
        return bool(self.kind and self.kind.lines and self.worked)


def duration(seconds: int) -> str:
    """A length of time in one unit, as people say it: 40 seconds, 3 minutes."""
    size, unit = next((each for each in ROUGH if seconds >= each[0]), ROUGH[-1])
    count = max(1, round(seconds / size))
    texts = {
        "hour": ngettext("%(n)s hour", "%(n)s hours", count),
        "minute": ngettext("%(n)s minute", "%(n)s minutes", count),
        "second": ngettext("%(n)s second", "%(n)s seconds", count),
    }
    return localised(texts[unit] % {"n": count})
