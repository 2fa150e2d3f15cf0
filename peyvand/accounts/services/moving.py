"""The whole installation as one file: long work for who holds `core.move`, closed by a passphrase, taken once."""

import time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.acting import actor_of, token_of
from peyvand.accounts.events import WholeInstallationTaken
from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.core import long_job_files, long_jobs
from peyvand.core.errors import Conflict
from peyvand.core.events import publish
from peyvand.core.long_jobs import Slice, long_job
from peyvand.core.models import LongJob, LongJobPart
from peyvand.core.moving import snapshot
from peyvand.core.moving.sealing import Seal
from peyvand.core.moving.taking import State, Taking
from peyvand.core.secrets import decrypt, encrypt
from peyvand.core.sheets import Format

MOVE = "core.move"
KIND = "accounts.whole_export"
ONCE = 1
UNDONE_YET = (LongJob.State.WAITING, LongJob.State.RUNNING, LongJob.State.PAUSED)


class OneAtATime(Conflict):
    """The whole installation is being written already; wait for that file, or cancel it."""

    code = "one_at_a_time"


@transaction.atomic
def start_whole_export(*, actor: User, passphrase: str) -> LongJob:
    """Begin to write the whole installation, closed by a passphrase of at least 12 characters that is kept nowhere.

    Errors: NotAllowed, WeakPassphrase, OneAtATime, TooMany.
    """
    require_everywhere(actor, MOVE)
    seal = Seal.of(passphrase)
    if LongJob.objects.filter(kind=KIND, state__in=UNDONE_YET).exists():
        raise OneAtATime
    params = {"seal": encrypt(seal.to_text()), "token": token_of(actor)}
    return long_jobs.start(kind=KIND, owner_id=actor.pk, title=_("Whole export"), params=params, total=None)


def guard(job: LongJob, user: User) -> None:
    """May this user still take the file? Raises NotAllowed."""
    require_everywhere(user, MOVE)


@long_job(
    KIND,
    label=gettext_lazy("Whole export"),
    guard=guard,
    most_downloads=ONCE,
    steps=(("write", gettext_lazy("Write all tables")), ("close", gettext_lazy("Close the file"))),
)
def whole_slice(job: LongJob) -> Slice:
    """Write the next parts from the snapshot that the first slice took; begin anew when that is gone."""
    require_everywhere(actor_of(job), MOVE)
    seal = Seal.from_text(decrypt(job.params["seal"]))
    name = job.cursor.get("snapshot") or snapshot.hold()
    try:
        with snapshot.reading(name) as reader:
            taking = Taking(reader, seal, State(**job.cursor.get("state", {})))
            return _written(job, taking, name)
    except snapshot.SnapshotGone:
        LongJobPart.objects.filter(job=job).delete()
        return Slice(cursor={}, done=-job.done)


def _written(job: LongJob, taking: Taking, name: str) -> Slice:
    end, before, number = long_jobs.slice_end(), taking.state.done, job.cursor.get("number", 0)
    while not taking.state.is_over:
        if piece := taking.piece():
            long_job_files.add_piece(job, number, piece)
            number += 1
        if time.monotonic() > end:
            break
    is_over = taking.state.is_over
    if is_over:
        snapshot.release(name)
        publish(WholeInstallationTaken(job_id=job.pk, user_id=job.owner_id, rows=taking.state.done))
    state = {} if is_over else taking.state.to_json()
    return Slice(
        cursor={"snapshot": name, "state": state, "number": number, "seal": {}, "step": "write"},
        done=taking.state.done - before,
        finished=is_over,
        total=max(taking.expected(), taking.state.done) if not is_over else taking.state.done,
        result={"file": {"name": f"peyvand-{job.created_at:%Y-%m-%d}.zip", "format": Format.ZIP.value}}
        if is_over
        else {},
        expires_at=long_job_files.expiry() if is_over else None,
    )


def _name(job: LongJob) -> str:
    return f"peyvand-{job.created_at:%Y-%m-%d}.zip"
