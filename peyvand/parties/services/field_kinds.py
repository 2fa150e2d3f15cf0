"""Changing the type of a custom field: what it would do to the values, and doing it as long work that can be undone.

A value that does not convert leaves the record and stays in the job with its reason; undo gives everything back.
"""

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core import custom_fields, long_jobs
from peyvand.core.custom_fields import converting, defining, hosts
from peyvand.core.errors import Conflict, Invalid
from peyvand.core.long_jobs import Figure, Line, Slice, long_job
from peyvand.core.models import CustomField, LongJob, LongJobItem
from peyvand.parties.errors import KindNotPossible
from peyvand.parties.services.categories import AT_ONCE, SHAPE
from peyvand.parties.services.custom_fields import hold
from peyvand.parties.shapes import Conversion, Converted

CHANGE, UNDO = "parties.change_field_kind", "parties.undo_field_kind"
BATCH = 200
MOST_DISTINCT = 5_000
EXAMPLES = 8
_DISTINCT = """
SELECT custom -> %(key)s AS value, count(*) FROM {table} WHERE custom ? %(key)s
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(most)s
"""
Values = list[tuple[Any, int]]


def preview_kind(*, actor: User, custom: CustomField, kind: str) -> Conversion:
    """Say what would become of the values. Errors: NotAllowed, KindNotPossible."""
    require(actor, SHAPE)
    values, is_whole = _values(custom)
    new, made = _becoming(custom, kind, values)
    good, bad = list[Converted](), list[Converted]()
    for value, count in values:
        before = converting.as_read(custom, value, _lang())
        try:
            after = converting.convert(custom, new, value)
        except Invalid as error:
            bad.append(Converted(before=before, reason=error.message, count=count))
        else:
            good.append(Converted(before=before, after=converting.as_read(new, after, _lang()), count=count))
    return Conversion(
        fits=sum(each.count for each in good),
        fails=sum(each.count for each in bad),
        good=good[:EXAMPLES],
        bad=bad[:EXAMPLES],
        is_whole=is_whole,
        new_choices=made,
    )


@transaction.atomic
def change_kind(*, actor: User, custom: CustomField, kind: str, version: int | None) -> LongJob:
    """Change the type of a field at once, and its values as long work.

    Errors: NotAllowed, FieldRemoved, Conflict, KindNotPossible, TooMany.
    """
    require(actor, SHAPE)
    held = hold(custom, version)
    values, _is_whole = _values(held)
    new, _made = _becoming(held, kind, values)
    params = {"field": held.pk, "old": held.kind, "old_choices": held.choices, "new": kind}
    held.kind, held.choices, held.version = kind, new.choices, held.version + 1
    defining.saved(held)
    count = hosts.host_of(held.host).rows.filter(custom__has_key=str(held.pk)).count()
    title = _("Change of the type of «%(name)s»") % {"name": held.label}
    begin: Callable[..., LongJob] = long_jobs.start if count > AT_ONCE else long_jobs.run_now
    return begin(kind=CHANGE, owner_id=actor.pk, title=title, params=params, total=count)


def undo_kind(*, actor: User, job: LongJob) -> LongJob:
    """Give a field its former type and its values back. Errors: NotAllowed, Conflict."""
    require(actor, SHAPE)
    return long_jobs.undo(job=job, owner_id=actor.pk, at_once=job.done + job.failed <= AT_ONCE)


def last_change(custom: CustomField) -> LongJob | None:
    """The work that gave a field its present type, while it can be taken back."""
    jobs = LongJob.objects.filter(kind=CHANGE, params__field=custom.pk).order_by("-pk")
    job = jobs.first()
    is_present = job is not None and job.params["new"] == custom.kind
    return job if job is not None and is_present and long_jobs.may_be_undone(job) else None


def _values(custom: CustomField) -> tuple[Values, bool]:
    """The distinct values with how often they occur, the most frequent first; are these all?"""
    with connection.cursor() as cursor:
        statement = _DISTINCT.format(table=hosts.host_of(custom.host).table)
        cursor.execute(statement, {"key": str(custom.pk), "most": MOST_DISTINCT + 1})
        rows = [(_json(value), count) for value, count in cursor.fetchall()]
    return rows[:MOST_DISTINCT], len(rows) <= MOST_DISTINCT


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _becoming(custom: CustomField, kind: str, values: Values) -> tuple[CustomField, list[str]]:
    """The field as it would be, with choices made of its values where they are few; not saved."""
    if kind not in kinds_for(custom):
        raise KindNotPossible(fields={"kind": str(KindNotPossible())})
    new = CustomField(pk=custom.pk, host=custom.host, kind=kind, label=custom.label, choices=list(custom.choices))
    made = converting.new_choices(custom, new, [value for value, _count in values])
    if made:
        written = [(row["id"], row["fa"], row["en"], row["off"]) for row in custom.choices]
        new.choices = defining.with_choices(custom.choices, [*written, *((None, name, "", False) for name in made)])
    return new, made


def kinds_for(custom: CustomField) -> list[CustomField.Kind]:
    """The types that a field can become among those of its kind of record."""
    offered = hosts.host_of(custom.host).kinds
    return [kind for kind in converting.kinds_for(custom.kind) if kind in offered]


def _lang() -> str:
    return "en" if get_language() == "en" else "fa"


def _lines(items: Sequence[LongJobItem], user: Any) -> list[Line]:
    """The records of a change of type that the reader may see, with what became of their values."""
    params: dict[str, Any] = {}
    for item in items[:1]:
        params = item.job.params if "field" in item.job.params else item.job.undo_of.params if item.job.undo_of else {}
    field = CustomField.objects.filter(pk=params.get("field", 0)).first()
    if field is None:
        return []
    host = hosts.host_of(field.host)
    names = dict(host.seen(user).filter(pk__in=[i.ref for i in items]).values_list("pk", host.title))
    old = CustomField(pk=field.pk, kind=params["old"], choices=params["old_choices"])
    label = custom_fields.label_of(field)

    def text(value: Any) -> str:
        kind = old if custom_fields.fits(old.kind, value) else field
        return converting.as_read(kind, value, _lang())

    return [
        Line(
            label=names[item.ref],
            url=host.address(item.ref),
            changes=((label, text(item.before.get("value")), text(item.after.get("value"))),),
            error=item.error,
            undone=item.undone_at is not None,
        )
        for item in items
        if item.ref in names
    ]


@long_job(
    CHANGE,
    label=gettext_lazy("Change of the type of a field"),
    undo=UNDO,
    lines=_lines,
    figures=(
        Figure(key="fits", label=gettext_lazy("Converted"), tone="ok"),
        Figure(key="fails", label=gettext_lazy("Could not be converted"), tone="late"),
    ),
)
def change_slice(job: LongJob) -> Slice:
    """Convert the values of some records, in the order of their numbers."""
    custom = CustomField.objects.get(pk=job.params["field"])
    host = hosts.host_of(custom.host)
    old = CustomField(pk=custom.pk, host=custom.host, kind=job.params["old"], choices=job.params["old_choices"])
    end, after, ids = long_jobs.slice_end(), job.cursor.get("after", 0), [0]
    items: list[LongJobItem] = []
    while ids and time.monotonic() < end:
        rows = host.rows.select_for_update().filter(custom__has_key=str(custom.pk), pk__gt=after).order_by("pk")
        records = list(rows.only("pk", "custom")[:BATCH])
        ids = [record.pk for record in records]
        items += [_converted(job, old, custom, record) for record in records]
        host.rows.bulk_update(records, ["custom"])
        host.touched(ids)
        after = ids[-1] if ids else after
    LongJobItem.objects.bulk_create(items)
    fails = sum(bool(item.error) for item in items)
    told = job.result
    result = {"fits": told.get("fits", 0) + len(items) - fails, "fails": told.get("fails", 0) + fails}
    done = len(items) - fails
    return Slice(cursor={"after": after}, done=done, failed=fails, finished=not ids, result=result)


def _converted(job: LongJob, old: CustomField, new: CustomField, record: Any) -> LongJobItem:
    key = str(new.pk)
    before, after, error = record.custom.pop(key), None, ""
    try:
        after = converting.convert(old, new, before)
    except Invalid as refusal:
        error = refusal.message[:300]
    if not custom_fields.is_empty(after):
        record.custom[key] = after
    return LongJobItem(job=job, ref=record.pk, before={"value": before}, after={"value": after}, error=error)


@long_job(UNDO, label=gettext_lazy("Undo of the change of a type"), lines=_lines)
def undo_slice(job: LongJob) -> Slice:
    """Give the field its former type, then some records their former values, unless they got others since."""
    changed = LongJob.objects.get(undone_by=job.pk)
    custom = defining.hold(CustomField.objects.get(pk=changed.params["field"]), None)
    if not job.cursor:
        _former(custom, changed)
    end, after, done, ids = long_jobs.slice_end(), job.cursor.get("after", 0), 0, [0]
    while ids and time.monotonic() < end:
        items = list(LongJobItem.objects.filter(job=changed, undone_at=None, pk__gt=after).order_by("pk")[:BATCH])
        ids = [item.pk for item in items]
        done += _given_back(custom, items)
        after = ids[-1] if ids else after
    return Slice(cursor={"after": after}, done=done, finished=not ids)


def _former(custom: CustomField, changed: LongJob) -> None:
    if custom.kind != changed.params["new"]:
        raise Conflict
    made = {row["id"] for row in changed.params["old_choices"]}
    kept = [row | {"off": True} for row in custom.choices if row["id"] not in made]
    custom.kind, custom.choices = changed.params["old"], [*changed.params["old_choices"], *kept]
    custom.version += 1
    defining.saved(custom)


def _given_back(custom: CustomField, items: Sequence[LongJobItem]) -> int:
    key, by_ref, host = str(custom.pk), {item.ref: item for item in items}, hosts.host_of(custom.host)
    rows = host.rows.select_for_update().filter(pk__in=by_ref).order_by("pk").only("pk", "custom")
    back = [record for record in rows if record.custom.get(key) == by_ref[record.pk].after["value"]]
    for record in back:
        record.custom[key] = by_ref[record.pk].before["value"]
    host.rows.bulk_update(back, ["custom"])
    refs = [record.pk for record in back]
    host.touched(refs)
    LongJobItem.objects.filter(pk__in=[by_ref[ref].pk for ref in refs]).update(undone_at=timezone.now())
    return len(back)
