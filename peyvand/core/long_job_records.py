"""Long work over records: some at a time until the slice is over, with an item for each that was changed or refused."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils import timezone

from peyvand.core.long_job_kinds import Slice
from peyvand.core.long_jobs import slice_end
from peyvand.core.models import LongJob, LongJobItem


class Made(Protocol):
    """What became of one record: changed, already so, or refused with a reason.

    kept: what its item holds of it, for taking it back.
    """

    @property
    def ref(self) -> int: ...
    @property
    def before(self) -> Mapping[str, Any]: ...
    @property
    def kept(self) -> Mapping[str, Any]: ...
    @property
    def error(self) -> str: ...
    @property
    def is_changed(self) -> bool: ...


def change_records(
    job: LongJob, rows: Callable[[], QuerySet[Any]], act: Callable[[list[int]], Sequence[Made]], *, size: int
) -> Slice:
    """Do `act` to the next records in the order of their numbers, `size` at a time.

    rows: asked anew each time; records that came after the job was begun (`params["until"]`) are left alone.
    """

    def step(after: int) -> tuple[Sequence[Made], list[int]]:
        mine = rows().filter(pk__gt=after, pk__lte=job.params["until"])
        ids = list(mine.order_by("pk").values_list("pk", flat=True)[:size])
        return act(ids), ids

    return _gone_through(job, step, size)


def take_records_back(job: LongJob, take_back: Callable[[list[LongJobItem]], Sequence[Made]], *, size: int) -> Slice:
    """Take the next records of the other work back, `size` at a time, in the order in which they were changed."""

    def step(after: int) -> tuple[Sequence[Made], list[int]]:
        mine = LongJobItem.objects.filter(job_id=job.undo_of_id, error="", undone_at=None, pk__gt=after)
        items = list(mine.order_by("pk")[:size])
        made = take_back(items)
        mine.filter(ref__in=[each.ref for each in made if not each.error]).update(undone_at=timezone.now())
        return made, [item.pk for item in items]

    return _gone_through(job, step, size)


def _gone_through(job: LongJob, step: Callable[[int], tuple[Sequence[Made], list[int]]], size: int) -> Slice:
    end, after, found, is_over = slice_end(), job.cursor.get("after", 0), list[Made](), False
    while not is_over and (not found or time.monotonic() < end):
        made, numbers = step(after)
        found += made
        after, is_over = numbers[-1] if numbers else after, len(numbers) < size
    _note(job, found)
    return _slice(job, after, found, finished=is_over)


def _note(job: LongJob, found: Sequence[Made]) -> None:
    """Keep what was changed and what was refused; what was so already leaves nothing to take back."""
    LongJobItem.objects.bulk_create(
        LongJobItem(job=job, ref=each.ref, before=dict(each.before), after=dict(each.kept), error=each.error)
        for each in found
        if each.is_changed or each.error
    )


def _slice(job: LongJob, after: int, found: Sequence[Made], *, finished: bool) -> Slice:
    changed, refused = sum(each.is_changed for each in found), sum(bool(each.error) for each in found)
    told = job.result
    return Slice(
        cursor={"after": after},
        done=len(found) - refused,
        failed=refused,
        finished=finished,
        result={
            "changed": told.get("changed", 0) + changed,
            "same": told.get("same", 0) + len(found) - changed - refused,
            "refused": told.get("refused", 0) + refused,
        },
    )
