"""`peyvand import`: a file comes in from the command line, by the same services as on the pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid
from peyvand.core.imports import mappings, rejects, selectors, services
from peyvand.core.imports.kinds import Importer, importers
from peyvand.core.imports.types import Action
from peyvand.core.long_job_slices import OPEN, run_slice
from peyvand.core.models import Import, ImportMapping, LongJob
from peyvand.core.saved_views import saved_lists
from peyvand.core.sheets import Format

PIECE = 1024 * 1024
PAUSE = 0.2  # seconds, while a worker has the slice
Told = Callable[[str, LongJob], None]


@dataclass(frozen=True)
class Tally:
    """What became of a file; rejected: where the refused rows are written."""

    item: Import
    is_written: bool
    rows: int
    actions: dict[str, int] = field(default_factory=dict)
    rejected: Path | None = None


def bring_in(
    path: Path, *, user: str, kind: str, mapping: str = "", only_check: bool = False, told: Told | None = None
) -> Tally:
    """Read a file, lay a mapping on it (the named one, else the one that fits), and write its rows as `user`.

    kind: the word of a list, as «customers», or a host, as «parties.Party». only_check: nothing is written. The slices
    run in this process; a worker that takes one meanwhile does no harm. Errors: NotAllowed, NotFound, Invalid, BadPlan.
    """
    actor, importer = _user(user), _importer(kind)
    item = services.upload(
        actor=actor, host=importer.host, file_name=path.name, pieces=_pieces(path), size=path.stat().st_size
    )
    _drive("read", item.read_job, told)
    item.refresh_from_db()
    if item.state != Import.State.READY:
        raise Invalid(item.error or "The file cannot be read.")
    plan = mappings.plan_from(actor, item, _mapping(actor, item, mapping)) if mapping else None
    item = services.save_plan(actor=actor, import_id=item.pk, plan=plan or mappings.proposed_plan(actor, item))
    if only_check:
        _drive("check", services.start_check(actor=actor, import_id=item.pk), told)
        item.refresh_from_db()
        return Tally(item, is_written=False, rows=item.total, actions=dict(item.counts))
    job = _drive("write", services.start_import(actor=actor, import_id=item.pk), told)
    if job.state != LongJob.State.DONE:
        raise Invalid(job.error or str(job.get_state_display()))
    actions = {each.value: int(job.result.get(each.value) or 0) for each in Action}
    return Tally(item, is_written=True, rows=item.total, actions=actions, rejected=_rejected(path, item, job))


def _user(name: str) -> User:
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise Invalid(f"There is no user «{name}» who may log in.")
    return found


def _importer(kind: str) -> Importer:
    known = saved_lists().get(kind)
    host = known.host if known else kind
    found = next((each for each in importers() if each.host == host), None)
    if found is None:
        words = [key for key, each in saved_lists().items() if any(one.host == each.host for one in importers())]
        raise Invalid(f"Nothing is imported as «{kind}»; there is: {', '.join(words)}")
    return found


def _mapping(actor: User, item: Import, name: str) -> ImportMapping:
    found = mappings.mappings_of(actor, item.host).filter(name=name).first()
    if found is None:
        raise Invalid(f"{actor.username} saved no mapping called «{name}».")
    return found


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _drive(what: str, job: LongJob | None, told: Told | None) -> LongJob:
    """Run a job to its end here, slice by slice."""
    assert job is not None, "an import has its work"
    while job.state in OPEN:
        before = job.attempt
        run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
        if told:
            told(what, job)
        if job.attempt == before:
            time.sleep(PAUSE)
    return job


def _rejected(path: Path, item: Import, job: LongJob) -> Path | None:
    """Write the refused rows beside the file."""
    if not job.failed:
        return None
    place = path.with_name(f"{path.stem}-refused.xlsx")
    with place.open("wb") as file:
        file.writelines(rejects.rejects_file(selectors.import_for(item.owner, item.pk), Format.XLSX))
    return place
