"""What an act on many records would do, found out by doing it to some of them and taking it back."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet

from peyvand.core.long_jobs import Line
from peyvand.core.models import LongJobItem
from peyvand.core.totals import size_of

TRIED = 40  # of a long list
SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would happen. is_whole: every chosen record was tried, so that all numbers are exact.

    total: the chosen ones, of very many about so many; changed, same: of the tried ones; reasons: why how many of them
    are refused; lines: some that change, before and after; refusals: some that do not.
    """

    title: str
    total: int
    tried: int
    changed: int
    same: int
    reasons: Sequence[tuple[str, int]]
    lines: Sequence[Line]
    refusals: Sequence[Line]
    is_whole: bool

    @property
    def refused(self) -> int:
        return sum(count for _reason, count in self.reasons)


class Tried(Protocol):
    """What became of one record, as `long_job_records` knows it, too."""

    @property
    def ref(self) -> int: ...
    @property
    def before(self) -> Mapping[str, Any]: ...
    @property
    def after(self) -> Mapping[str, Any]: ...
    @property
    def error(self) -> str: ...
    @property
    def is_changed(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Sample:
    """The records that are tried. seen: their versions by number, where all of them are tried; else empty."""

    total: int
    is_whole: bool
    ids: Sequence[int]
    seen: Mapping[str, int]


def sample_of(rows: QuerySet[Any], *, at_once: int) -> Sample:
    """Take all of a short list, of at most `at_once` records with a version, and the first ones of a long one."""
    size = size_of(rows)
    is_whole = size.is_exact and size.number <= at_once
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[: at_once if is_whole else TRIED])
    seen = rows.model._default_manager.filter(pk__in=ids).values_list("pk", "version") if is_whole else ()
    return Sample(total=size.shown, is_whole=is_whole, ids=ids, seen={str(pk): version for pk, version in seen})


def previewed(
    sample: Sample,
    act: Callable[[Sequence[int]], Sequence[Tried]],
    *,
    title: str,
    lines: Callable[[Sequence[LongJobItem]], Sequence[Line]],
) -> Preview:
    """Do `act` to the sample, take it back, and say what it did; title: the act in words; lines: how items are said."""
    with transaction.atomic():
        found = act(sample.ids)
        transaction.set_rollback(True)
    changed = [each for each in found if each.is_changed]
    refused = [each for each in found if each.error]
    return Preview(
        title=title,
        total=sample.total,
        tried=len(found),
        changed=len(changed),
        same=len(found) - len(changed) - len(refused),
        reasons=Counter(each.error for each in refused).most_common(),
        lines=lines([_item(each) for each in changed[:SHOWN]]),
        refusals=lines([_item(each) for each in refused[:SHOWN]]),
        is_whole=sample.is_whole,
    )


def _item(tried: Tried) -> LongJobItem:
    return LongJobItem(ref=tried.ref, before=tried.before, after=tried.after, error=tried.error)
