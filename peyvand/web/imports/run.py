"""The run of an import in words and numbers: how far it is, what came of it, what may be done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyvand.core import long_jobs
from peyvand.core.imports import services
from peyvand.core.imports.kinds import Importer, importer_of
from peyvand.core.imports.running import UNDO
from peyvand.core.imports.types import BLOCK, Action
from peyvand.core.models import Import, LongJob
from peyvand.web.imports.previewing import ACTS
from peyvand.web.jobs.homes import register_home
from peyvand.web.jobs.shown import ShownJob
from peyvand.web.lists.records import list_of
from peyvand.web.templatetags.pv import grouped, localised

Text = str | Promise
State = Import.State
Job = LongJob.State
TONES = {
    State.UPLOADING: "n", State.READING: "info", State.REFUSED: "late", State.READY: "warn", State.RUNNING: "info",
    State.DONE: "ok", State.UNDONE: "rev",
}  # fmt: skip


def home(job: LongJob) -> str:
    """The page of the import that this work is a part of; empty when it is gone."""
    done = job.undo_of_id or job.pk
    known = Import.objects.filter(Q(read_job=job) | Q(check_job=job) | Q(job=done), owner_id=job.owner_id)
    found = known.values_list("pk", flat=True).first()
    return reverse("imports:show", args=[found]) if found else ""


register_home((services.READ, services.CHECK, services.RUN, UNDO), home)


@dataclass(frozen=True)
class Run:
    """The work that is shown: the run, or its undo once there is one."""

    item: Import
    importer: Importer
    shown: ShownJob
    is_undo: bool

    @property
    def is_live(self) -> bool:
        return not self.shown.has_ended

    @property
    def title(self) -> str:
        """What is going on, in three words."""
        if self.is_undo:
            return _("Taking back") if self.is_live else _("Taken back")
        if self.shown.job.state == Job.DONE:
            return _("Brought in")
        return _("Bringing in") if self.shown.is_open else str(self.shown.job.get_state_display())

    @property
    def says(self) -> str:
        """What the reader may do meanwhile, or how long it took."""
        if self.shown.is_open:
            return _("You may close this page; we tell you when the work has ended.")
        if self.shown.is_paused:
            return _("Nothing happens until you go on.")
        took = self.shown.took
        return _("It took %(time)s.") % {"time": took} if took else ""

    @property
    def figures(self) -> list[tuple[Text, int, str, str]]:
        """(label, number, tone, address of those rows)."""
        result = self.shown.job.result
        if self.is_undo:
            left = int(result.get("left") or 0)
            return [
                (_("Taken back"), int(result.get("undone") or 0), "ok", ""),
                (_("Could not be taken back"), left, "warn", self._results("left") if left else ""),
            ]
        return [
            (ACTS[each][0], int(result.get(each.value) or 0), FIGURE_TONES[each], self._results(each.value))
            for each in (Action.ADD, Action.UPDATE, Action.UNCHANGED, Action.SKIP, Action.REFUSE)
        ]

    @property
    def steps(self) -> list[tuple[str, Text, str]]:
        """(state, what, how far): the reading, the writing, the news."""
        if self.is_undo:
            return []
        read, is_done = self.item.read_job, self.shown.job.state in (Job.DONE, Job.UNDONE)
        took = ShownJob(read).took if read else ""
        rows = _("%(n)s rows") % {"n": grouped(self.item.total)}
        here = "done" if is_done else "now" if self.shown.is_open else "next"
        blocks = -(-self.item.total // BLOCK)
        at = int(self.shown.job.cursor.get("block") or 0)
        part = _("part %(at)s of %(all)s") % {"at": grouped(min(at + 1, blocks)), "all": grouped(blocks)}
        return [
            ("done", _("Read the file"), " · ".join(each for each in (rows, took) if each)),
            (here, _("Write the rows"), part if here != "done" and blocks > 1 else ""),
            ("done" if is_done else "next", _("Tell you"), ""),
        ]

    @property
    def list_url(self) -> str:
        """The list of what was brought in, the newest first."""
        found = list_of(self.item.host)
        is_done = self.shown.job.state == Job.DONE and not self.is_undo
        return f"{found.url}?sort=-created_at" if found and is_done else ""

    @property
    def list_label(self) -> Text:
        found = list_of(self.item.host)
        return _("See: %(what)s") % {"what": found.title} if found else ""

    @property
    def refused(self) -> int:
        return self.item.job.failed if self.item.job else 0

    @property
    def may_undo(self) -> bool:
        return bool(self.item.job) and not self.is_undo and self.shown.may_undo

    @property
    def left_behind(self) -> str:
        """That something could not be taken back."""
        left = int(self.shown.job.result.get("left") or 0) if self.is_undo else 0
        if not left:
            return ""
        return localised(
            ngettext(
                "%(n)s row was changed by somebody since and stays as it is.",
                "%(n)s rows were changed by somebody since and stay as they are.",
                left,
            )
            % {"n": left}
        )

    @property
    def results_url(self) -> str:
        return self._results("left" if self.left_behind else "") if self.shown.worked else ""

    @property
    def results_label(self) -> str:
        return _("See what could not be taken back") if self.left_behind else _("See what became of the rows")

    def _results(self, only: str) -> str:
        url = reverse("imports:results", args=[self.item.pk])
        return f"{url}?only={only}" if only else url


FIGURE_TONES = {
    Action.ADD: "ok",
    Action.UPDATE: "info",
    Action.UNCHANGED: "",
    Action.SKIP: "warn",
    Action.REFUSE: "late",
}


def run_of(item: Import, importer: Importer) -> Run:
    """The work of an import that was begun."""
    assert item.job is not None, "an import that runs has its work"
    undo = item.undo_job or item.job.undone_by.order_by("-pk").first()
    return Run(item, importer, ShownJob(undo or item.job), undo is not None)


@dataclass(frozen=True)
class Reading:
    """How far the reading of a file is, or why it cannot be read and what to do."""

    is_live: bool
    share: int | None = None
    title: str = ""
    error: str = ""
    advice: str = ""
    icon: str = "file-alert"
    may_reread: bool = False


def reading_of(item: Import) -> Reading:
    """What the page shows before there are columns."""
    job = item.read_job
    if item.state == State.UPLOADING:
        return Reading(
            is_live=False, title=_("The file did not come up whole"), icon="cloud-off",
            error=_("The upload was broken off."), advice=_("Choose the file again."),
        )  # fmt: skip
    if item.state == State.READING and job is not None and job.state in (Job.WAITING, Job.RUNNING, Job.PAUSED):
        return Reading(is_live=True, share=long_jobs.share(job))
    error = item.error or (job.error if job else "")
    return Reading(
        is_live=False,
        title=_("The file cannot be read"),
        error=error or _("Reading stopped for an unknown reason."),
        advice=_("Correct the file and bring it again, or say how it is to be read."),
        may_reread=item.state == State.REFUSED,
    )


@dataclass(frozen=True)
class Listed:
    """An import in the list of them."""

    row: Import

    @property
    def importer(self) -> Importer:
        return importer_of(self.row.host)

    @property
    def label(self) -> Text:
        return self.importer.label

    @property
    def job(self) -> LongJob | None:
        return self.row.undo_job or self.row.job

    @property
    def state_label(self) -> str:
        """The state of the import; while it runs, that of its work."""
        if self.row.state == State.RUNNING and self.job is not None:
            return str(self.job.get_state_display())
        return str(self.row.get_state_display())

    @property
    def tone(self) -> str:
        return TONES[State(self.row.state)]

    @property
    def share(self) -> int | None:
        job = self.job if self.row.state == State.RUNNING else self.row.read_job
        is_open = job is not None and job.state in (Job.WAITING, Job.RUNNING, Job.PAUSED)
        return long_jobs.share(job) if job is not None and is_open else None

    @property
    def figures(self) -> list[tuple[Text, int, str]]:
        result: dict[str, Any] = self.row.job.result if self.row.job else {}
        return [
            (ACTS[each][0], int(result.get(each.value) or 0), FIGURE_TONES[each])
            for each in (Action.ADD, Action.UPDATE, Action.REFUSE)
        ]

    @property
    def may_undo(self) -> bool:
        return self.row.job is not None and self.row.undo_job is None and self.row.state == State.DONE
