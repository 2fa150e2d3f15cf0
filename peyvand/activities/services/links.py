"""What an activity is about: records of other apps, through their registered kinds."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.accounts.policies import may
from peyvand.activities.errors import NoSuchRecord
from peyvand.activities.models import Activity, Link, MovedLink
from peyvand.activities.registry import link_kind
from peyvand.activities.services.writing import Work, lock
from peyvand.activities.types import About, StepKind, Undoable

MOST = 20


def check(actor: Actor | None, about: Iterable[About]) -> int | None:
    """Check that `actor` may link to these records; return the customer of the first that has one.

    Raises NoSuchRecord for a kind that nobody registered, or a record that he may not see.
    """
    party_id: int | None = None
    for one in about:
        kind = link_kind(one.kind)
        if kind is None or (actor is not None and kind.permission and not may(actor, kind.permission)):
            raise NoSuchRecord(fields={"about": one.kind})
        record = kind.seen(actor).filter(pk=one.id).first() if actor is not None else None
        if actor is not None and record is None:
            raise NoSuchRecord(fields={"about": one.kind})
        if party_id is None and record is not None:
            party_id = kind.party(record)
    return party_id


def lay_links(activity: Activity, about: Sequence[About]) -> bool:
    """Make the links of an activity these; returns whether anything changed. The caller has checked them."""
    wanted = {(one.kind, one.id) for one in about[:MOST]}
    present = {(one.kind, one.record): one for one in activity.links.all()}
    gone = [one.pk for key, one in present.items() if key not in wanted]
    Link.objects.filter(pk__in=gone).delete()
    added = [Link(activity=activity, kind=kind, record=pk) for kind, pk in sorted(wanted - present.keys())]
    Link.objects.bulk_create(added)
    return bool(gone or added)


@transaction.atomic
def link(*, actor: Actor, activity_id: int, about: About) -> Undoable:
    """Say that an activity is about this record, too; once is enough. Raises NoSuchRecord, NotFound, NotAllowed."""
    activity = lock(actor, activity_id)
    check(actor, [about])
    Link.objects.get_or_create(activity=activity, kind=about.kind, record=about.id)
    return Work(actor, activity).done(StepKind.LINKED, details={"kind": about.kind, "record": about.id})


@transaction.atomic
def unlink(*, actor: Actor, activity_id: int, about: About) -> Undoable:
    """Say that an activity is not about this record. Raises NotFound, NotAllowed."""
    activity = lock(actor, activity_id)
    Link.objects.filter(activity=activity, kind=about.kind, record=about.id).delete()
    return Work(actor, activity).done(StepKind.UNLINKED, details={"kind": about.kind, "record": about.id})


@transaction.atomic
def move_links(*, kind: str, old: Sequence[int], new: int, cause: str = "") -> int:
    """Have the activities of records that were merged be about the survivor; for the app that merged them.

    The caller has checked the permission. cause: a name by which `move_links_back` takes it back. Returns how many
    links there were.
    """
    rows = Link.objects.filter(kind=kind, record__in=list(old))
    moved = list(rows.order_by("pk").values_list("activity_id", "record"))
    ids = sorted({activity for activity, _record in moved})
    had = set(Link.objects.filter(kind=kind, record=new, activity__in=ids).values_list("activity_id", flat=True))
    rows.delete()
    Link.objects.bulk_create([Link(activity_id=one, kind=kind, record=new) for one in ids], ignore_conflicts=True)
    if cause:
        MovedLink.objects.bulk_create(
            [
                MovedLink(activity_id=one, kind=kind, record=record, into=new, had=one in had, cause=cause)
                for one, record in moved
            ],
            ignore_conflicts=True,
        )
    return len(moved)


@transaction.atomic
def move_links_back(*, cause: str) -> int:
    """Have activities be about what they were about before a merge; what somebody unlinked since stays so.

    The caller has checked the permission. Returns how many links came back.
    """
    rows = list(MovedLink.objects.select_for_update().filter(cause=cause).order_by("pk"))
    back = [row for row in rows if Link.objects.filter(activity=row.activity_id, kind=row.kind, record=row.into)]
    for row in back:
        if not row.had:
            Link.objects.filter(activity=row.activity_id, kind=row.kind, record=row.into).delete()
    Link.objects.bulk_create(
        [Link(activity_id=row.activity_id, kind=row.kind, record=row.record) for row in back], ignore_conflicts=True
    )
    MovedLink.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(back)
