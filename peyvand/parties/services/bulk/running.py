"""Carrying out a change of many customers as long work, and taking it back."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peyvand.accounts.acting import actor_of
from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core import long_jobs
from peyvand.core.errors import PeyvandError
from peyvand.core.long_job_records import change_records, take_records_back
from peyvand.core.long_jobs import Figure, Slice, long_job
from peyvand.core.models import LongJob, LongJobItem
from peyvand.parties.errors import ChangedMeanwhile
from peyvand.parties.models import Party
from peyvand.parties.policies import CHANGE
from peyvand.parties.services.bulk import wording
from peyvand.parties.services.bulk.changes import (
    BULK,
    MEMBERSHIP,
    Change,
    How,
    Outcome,
    Plan,
    alike,
    apply_to,
    checked,
    move_many,
    reason,
)
from peyvand.parties.services.bulk.membership import MARK
from peyvand.parties.services.bulk.selecting import Selection, rows_of, size_of
from peyvand.parties.services.derived import touch
from peyvand.parties.services.editing import current_raw, parse, write_fields
from peyvand.parties.services.trash import restore_parties

AT_ONCE = 200
BATCH = 50
MEMBERS = 2_000  # that go into a segment or out of it by one statement
EDIT, UNDO = "parties.bulk_edit", "parties.bulk_undo"
Items = Sequence[LongJobItem]


def run(*, actor: User, plan: Plan) -> LongJob:
    """Change the chosen customers: at once when they are few, otherwise as long work that may be left.

    Errors: NotAllowed, Invalid, BadListState, TooMany. What single customers were refused stands in the job's items.
    """
    change = checked(actor, plan.change)
    rows = rows_of(actor=actor, selection=Selection.from_json(plan.selection))
    size = size_of(rows)
    count = size.shown
    params = {
        "selection": dict(plan.selection),
        "change": change.to_json(),
        "seen": dict(plan.seen),
        "until": Party.objects.aggregate(last=Max("pk"))["last"] or 0,
        "token": actor.token.pk if actor.token else None,
    }
    begin = long_jobs.run_now if size.is_exact and count <= AT_ONCE else long_jobs.start
    return begin(kind=EDIT, owner_id=actor.pk, title=_title(actor, change, count), params=params, total=count)


def undo(*, actor: User, job: LongJob) -> LongJob:
    """Give every customer back what it had, unless it was changed since. Errors: NotAllowed, Conflict."""
    require(actor, BULK)
    return long_jobs.undo(job=job, owner_id=actor.pk, at_once=job.done <= AT_ONCE)


@long_job(
    EDIT,
    label=gettext_lazy("Change of many customers"),
    undo=UNDO,
    lines=wording.lines,
    figures=(
        Figure(key="changed", label=gettext_lazy("Changed records"), tone="ok"),
        Figure(key="same", label=gettext_lazy("Already so")),
        Figure(key="refused", label=gettext_lazy("Refused"), tone="late"),
    ),
)
def edit_slice(job: LongJob) -> Slice:
    """Change some customers, in the order of their numbers."""
    actor, change = actor_of(job), Change.from_json(job.params["change"])
    plan = Plan(selection=job.params["selection"], change=change, seen=job.params["seen"])
    selection = Selection.from_json(plan.selection)
    return change_records(
        job,
        lambda: rows_of(actor=actor, selection=selection),
        lambda ids: apply_to(actor=actor, ids=ids, plan=plan),
        size=_batch(change),
    )


@long_job(
    UNDO,
    label=gettext_lazy("Undo of a change"),
    lines=wording.lines,
    figures=(
        Figure(key="changed", label=gettext_lazy("Taken back"), tone="ok"),
        Figure(key="refused", label=gettext_lazy("Changed since, left as they are"), tone="warn"),
    ),
)
def undo_slice(job: LongJob) -> Slice:
    """Take some customers back, in the order in which they were changed."""
    actor = actor_of(job)
    change = Change.from_json(LongJob.objects.get(undone_by=job).params["change"])
    return take_records_back(job, lambda items: _take_back(actor, items), size=_batch(change))


def _batch(change: Change) -> int:
    return MEMBERS if change.how in MEMBERSHIP else BATCH


def _take_back(actor: User, items: Items) -> list[Outcome]:
    deleted = [item.ref for item in items if "deleted" in item.after]
    restored = set(restore_parties(actor=actor, party_ids=deleted)) if deleted else set()
    gone = _("It is not in the trash any more, or not yours to restore.")
    found = [
        Outcome(ref=ref, before={"deleted": True}, after={"deleted": False}, error="" if ref in restored else gone)
        for ref in deleted
    ]
    found += _move_back(actor, items)
    edited = {item.ref: item for item in items if "deleted" not in item.after and not _mark(item)}
    held = Party.objects.select_for_update(of=("self",)).filter(pk__in=edited, deleted_at=None).order_by("pk")
    made = [_give_back(actor, party, edited[party.pk]) for party in held]
    touch([each.ref for each in made if each.is_changed])
    missing = edited.keys() - {each.ref for each in made}
    found += [Outcome(ref=ref, error=_("It has been deleted meanwhile.")) for ref in missing]
    return found + made


def _mark(item: LongJobItem) -> str:
    """Under which name an item holds whether the customer is in a segment; empty for other changes."""
    return next((key for key in item.after if key.startswith(MARK)), "")


def _move_back(actor: User, items: Items) -> list[Outcome]:
    found: list[Outcome] = []
    for mark in {_mark(item) for item in items} - {""}:
        for is_in in (False, True):
            ids = [item.ref for item in items if _mark(item) == mark and item.before[mark] is is_in]
            found += move_many(actor, ids, mark.removeprefix(MARK), is_in=is_in) if ids else []
    return found


def _give_back(actor: User, party: Party, item: LongJobItem) -> Outcome:
    ((key, before),) = item.before.items()
    try:
        require(actor, BULK, party)
        require(actor, CHANGE, party)
        now = current_raw(party, key)
        if not alike(now, item.after[key]):
            raise ChangedMeanwhile(theirs={key: now}, mine={key: before}, version=party.version)
        with transaction.atomic():
            write_fields(actor=actor, party=party, values={key: parse(key, before, actor)})
        return Outcome(ref=party.pk, before={key: now}, after={key: before})
    except PeyvandError as error:
        return Outcome(ref=party.pk, before=item.after, after=item.before, error=reason(error))


def _title(actor: User, change: Change, count: int) -> str:
    texts = {"n": count, "what": wording.sentence(actor, change)}
    if change.how is How.DELETE:
        return ngettext("Delete %(n)s customer", "Delete %(n)s customers", count) % texts
    return ngettext("%(what)s, of %(n)s customer", "%(what)s, of %(n)s customers", count) % texts
