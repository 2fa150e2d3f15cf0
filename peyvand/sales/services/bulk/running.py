"""Carrying out an act on many deals as long work, and taking it back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy, ngettext

from peyvand.accounts.acting import actor_of, token_of
from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core import long_jobs
from peyvand.core.errors import PeyvandError
from peyvand.core.list_selection import Selection
from peyvand.core.long_job_records import change_records, take_records_back
from peyvand.core.long_jobs import Figure, Slice, long_job
from peyvand.core.models import LongJob, LongJobItem
from peyvand.core.totals import size_of
from peyvand.sales.models import Deal
from peyvand.sales.permissions import CHANGE
from peyvand.sales.services.bulk import wording
from peyvand.sales.services.bulk.changes import Change, How, Outcome, Plan, apply_to, checked, reason, rows_of
from peyvand.sales.services.moving import put_back
from peyvand.sales.services.opening import give_back
from peyvand.sales.services.tagging import tag_deal

AT_ONCE = 100
BATCH = 25
EDIT, UNDO = "sales.bulk_edit", "sales.bulk_undo"


def run(*, actor: User, plan: Plan) -> LongJob:
    """Do it to the chosen deals: at once when they are few, otherwise as long work that may be left.

    Errors: NotAllowed, NotFound, Invalid, BadListState. What single deals were refused stands in the job's items.
    """
    change = checked(actor, plan.change)
    size = size_of(rows_of(actor=actor, selection=Selection.from_json(plan.selection), place=plan.place))
    params = plan.to_json() | {
        "until": Deal.objects.aggregate(last=Max("pk"))["last"] or 0,
        "token": token_of(actor),
    }
    texts = {"n": size.shown, "what": wording.sentence(change)}
    title = ngettext("%(what)s, %(n)s deal", "%(what)s, %(n)s deals", size.shown) % texts
    begin = long_jobs.run_now if size.is_exact and size.number <= AT_ONCE else long_jobs.start
    return begin(kind=EDIT, owner_id=actor.pk, title=title, params=params, total=size.shown)


def undo(*, actor: User, job: LongJob) -> LongJob:
    """Take every deal back, unless something happened to it since. Errors: NotAllowed, Conflict."""
    require(actor, CHANGE)
    return long_jobs.undo(job=job, owner_id=actor.pk, at_once=job.done <= AT_ONCE, token_id=token_of(actor))


@long_job(
    EDIT,
    label=gettext_lazy("Act on many deals"),
    undo=UNDO,
    lines=wording.lines,
    figures=(
        Figure(key="changed", label=gettext_lazy("Changed deals"), tone="ok"),
        Figure(key="same", label=gettext_lazy("Already so")),
        Figure(key="refused", label=gettext_lazy("Refused"), tone="late"),
    ),
)
def edit_slice(job: LongJob) -> Slice:
    """Do it to some deals, in the order of their numbers."""
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
    label=gettext_lazy("Undo of an act on many deals"),
    lines=wording.lines,
    figures=(
        Figure(key="changed", label=gettext_lazy("Taken back"), tone="ok"),
        Figure(key="refused", label=gettext_lazy("Changed since, left as they are"), tone="warn"),
    ),
)
def undo_slice(job: LongJob) -> Slice:
    """Take some deals back, in the order in which they were changed."""
    actor = actor_of(job)
    how = Change.from_json(LongJob.objects.get(undone_by=job).params["change"]).how
    return take_records_back(job, lambda items: [_taken_back(actor, item, how) for item in items], size=BATCH)


def _taken_back(actor: User, item: LongJobItem, how: How) -> Outcome:
    before = {key: value for key, value in item.after.items() if key != "was"}
    try:
        with transaction.atomic():
            _take_back(actor, item.ref, item.before, item.after, how)
    except PeyvandError as error:
        return Outcome(ref=item.ref, before=before, after=item.before, error=reason(error))
    return Outcome(ref=item.ref, before=before, after=item.before)


def _take_back(actor: User, pk: int, before: Mapping[str, Any], after: Mapping[str, Any], how: How) -> None:
    was = after["was"]
    if how is How.MOVE:
        put_back(actor=actor, was=was)
    elif how is How.ASSIGN:
        give_back(actor=actor, deal_id=pk, was=was, version=was["version"])
    else:
        former, now = set(before["tag_ids"]), set(after["tag_ids"])
        tag_deal(actor=actor, deal_id=pk, add=former - now, remove=now - former, version=was["version"])
