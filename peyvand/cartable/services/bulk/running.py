"""Carrying out an act on many requests as long work, and taking it back."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peyvand.accounts.acting import actor_of, token_of
from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.cartable.models import Request
from peyvand.cartable.services.bulk import wording
from peyvand.cartable.services.bulk.changes import (
    PERMISSIONS,
    TOKEN,
    Change,
    How,
    Outcome,
    Plan,
    apply_to,
    checked,
    reason,
    rows_of,
)
from peyvand.cartable.services.closing import undo_later
from peyvand.cartable.services.snoozing import undo_putting_aside
from peyvand.core import long_jobs
from peyvand.core.errors import PeyvandError
from peyvand.core.list_selection import Selection
from peyvand.core.long_job_records import change_records, take_records_back
from peyvand.core.long_jobs import Figure, Slice, long_job
from peyvand.core.models import LongJob, LongJobItem
from peyvand.core.totals import size_of

AT_ONCE = 100
BATCH = 25
EDIT, UNDO = "cartable.bulk_edit", "cartable.bulk_undo"


def run(*, actor: User, plan: Plan) -> LongJob:
    """Do it to the chosen requests: at once when they are few, otherwise as long work that may be left.

    Errors: NotAllowed, NotFound, Invalid, BadListState, TooMany. What single requests were refused stands in the items.
    """
    change = checked(actor, plan.change)
    rows = rows_of(actor=actor, selection=Selection.from_json(plan.selection), place=plan.place)
    size = size_of(rows)
    params = plan.to_json() | {
        "until": Request.objects.aggregate(last=Max("pk"))["last"] or 0,
        "token": token_of(actor),
    }
    texts = {"n": size.shown, "what": wording.sentence(change)}
    title = ngettext("%(what)s, %(n)s request", "%(what)s, %(n)s requests", size.shown) % texts
    begin = long_jobs.run_now if size.is_exact and size.number <= AT_ONCE else long_jobs.start
    return begin(kind=EDIT, owner_id=actor.pk, title=title, params=params, total=size.shown)


def undo(*, actor: User, job: LongJob) -> LongJob:
    """Take every request back, unless something happened to it since. Errors: NotAllowed, Conflict."""
    require(actor, PERMISSIONS[Change.from_json(job.params["change"]).how])
    return long_jobs.undo(job=job, owner_id=actor.pk, at_once=job.done <= AT_ONCE, token_id=token_of(actor))


@long_job(
    EDIT,
    label=gettext_lazy("Act on many requests"),
    undo=UNDO,
    lines=wording.lines,
    figures=(
        Figure(key="changed", label=gettext_lazy("Changed requests"), tone="ok"),
        Figure(key="same", label=gettext_lazy("Already so")),
        Figure(key="refused", label=gettext_lazy("Refused"), tone="late"),
    ),
)
def edit_slice(job: LongJob) -> Slice:
    """Do it to some requests, in the order of their numbers."""
    actor, plan = actor_of(job), Plan.from_json(job.params)
    selection = Selection.from_json(plan.selection)
    return change_records(
        job,
        lambda: rows_of(actor=actor, selection=selection, place=plan.place),
        lambda ids: apply_to(actor=actor, ids=ids, plan=plan),
        size=BATCH,
    )


@long_job(
    UNDO,
    label=gettext_lazy("Undo of an act on many requests"),
    lines=wording.lines,
    figures=(
        Figure(key="changed", label=gettext_lazy("Taken back"), tone="ok"),
        Figure(key="refused", label=gettext_lazy("Changed since, left as they are"), tone="warn"),
    ),
)
def undo_slice(job: LongJob) -> Slice:
    """Take some requests back, in the order in which they were changed."""
    actor = actor_of(job)
    how = Change.from_json(job.undo_of.params["change"]).how if job.undo_of is not None else How.CLOSE
    acting = Actor(actor, actor.token)
    return take_records_back(job, lambda items: [_taken_back(acting, item, how) for item in items], size=BATCH)


def _taken_back(actor: Actor, item: LongJobItem, how: How) -> Outcome:
    before = {key: value for key, value in item.after.items() if key != TOKEN}
    try:
        with transaction.atomic():
            take_back = undo_putting_aside if how is How.SNOOZE else undo_later
            take_back(actor=actor, token=item.after[TOKEN])
    except PeyvandError as error:
        return Outcome(ref=item.ref, before=before, after=item.before, error=reason(error))
    return Outcome(ref=item.ref, undo=_("Taken back"), before=before, after=item.before)
