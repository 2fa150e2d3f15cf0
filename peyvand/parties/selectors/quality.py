"""The figures of the quality of data, cut to what the reader may see, and the list that each of them opens."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch
from peyvand.accounts.scoping import Who
from peyvand.core.list_state import Condition, ListState
from peyvand.core.models import Setting
from peyvand.core.record_fields import fields_of
from peyvand.parties.fields import HOST
from peyvand.parties.matching import PROBABLE
from peyvand.parties.models import Category, DuplicatePair, QualityDay, QualityFigure

SETTINGS, COUNTED = "parties.quality", "parties.quality_counted"
QUIET_MONTHS = 12
TREND = 90  # days
MISSING = "missing:"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One thing that can be wrong. condition: the filter of the list of customers that finds the same."""

    key: str
    label: str | Promise
    icon: str
    condition: Condition


def quiet_days() -> int:
    """After how many days without contact and change a record counts as stale."""
    stored = Setting.objects.filter(name=SETTINGS).values_list("value", flat=True).first() or {}
    return int(stored.get("quiet_months", QUIET_MONTHS)) * 365 // 12


def figures() -> list[Figure]:
    """Everything that is counted, each with its filter."""
    return [Figure(key=key, label=label, icon=icon, condition=condition) for key, label, icon, condition in _figures()]


def _figures() -> list[tuple[str, Promise, str, Condition]]:
    quiet = Condition("last_touched", "older_days", (str(quiet_days()),))
    return [
        ("incomplete", _("Incomplete"), "forms", Condition("completeness", "less", ("100",))),
        ("bounced", _("Mail comes back"), "mail-off", Condition("is_bounced", "yes")),
        ("invalid", _("Invalid phone or e-mail"), "phone-off", Condition("has_invalid_contact", "yes")),
        ("flawed", _("Number that fails its check"), "id-off", Condition("has_flawed_number", "yes")),
        ("unverified", _("Never verified"), "shield-question", Condition("is_verified", "no")),
        ("provisional", _("Not confirmed yet"), "user-question", Condition("is_provisional", "yes")),
        ("quiet", _("No contact and no change for long"), "clock-pause", quiet),
    ]


@dataclass(frozen=True, kw_only=True)
class Count:
    """A figure of the page: how many, which share of all, and the query of the list that shows them."""

    key: str
    label: str | Promise
    icon: str
    number: int
    share: float
    query: str

    @property
    def percent(self) -> int:
        return round(self.share * 100)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A branch or a category: its customers, how complete they are, and what is wrong with them."""

    label: str | Promise
    total: int
    completeness: int
    incomplete: int
    query: str


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything the page shows. counted_at: when it was counted; None before the first time."""

    total: int
    completeness: int
    counts: Sequence[Count]
    missing: Sequence[Count]
    branches: Sequence[Place]
    categories: Sequence[Place]
    duplicates: int
    counted_at: dt.datetime | None


def overview(who: Who) -> Overview:
    """The figures of the customers that `who` reaches, as they were counted last; duplicates as they are now."""
    seen = QualityFigure.objects.visible_to(who)
    sums = dict(seen.values_list("key").annotate(n=Sum("number")).order_by())
    total = sums.get("total", 0)
    stored = Setting.objects.filter(name=COUNTED).values_list("value", flat=True).first()
    return Overview(
        total=total,
        completeness=_average(sums),
        counts=[_count(each.key, each.label, each.icon, sums, each.condition) for each in figures()],
        missing=_missing(sums),
        branches=_places(seen, "branch_id", "branch", dict(Branch.objects.values_list("pk", "name"))),
        categories=_places(seen, "category_id", "category", dict(Category.objects.values_list("pk", "name"))),
        duplicates=_open_pairs(who),
        counted_at=dt.datetime.fromisoformat(stored["at"]) if stored else None,
    )


def _open_pairs(who: Who) -> int:
    """The probable pairs of which `who` sees both customers; whoever may not decide them is told none."""
    return DuplicatePair.objects.visible_to(who).filter(state="open", score__gte=PROBABLE).count()


def _average(sums: Mapping[str, int]) -> int:
    return round(sums.get("completeness", 0) / sums["total"]) if sums.get("total") else 0


def _count(key: str, label: Any, icon: str, sums: Mapping[str, int], *conditions: Condition) -> Count:
    number, total = sums.get(key, 0), sums.get("total", 0)
    return Count(
        key=key, label=label, icon=icon, number=number, share=number / total if total else 0.0,
        query=ListState(filters=conditions).to_query(),
    )  # fmt: skip


def _missing(sums: Mapping[str, int]) -> list[Count]:
    """What is missing most, as the categories ask for it."""
    fields = fields_of(HOST)
    found = []
    for key in sorted((key for key in sums if key.startswith(MISSING)), key=lambda key: -sums[key]):
        name = key.removeprefix(MISSING)
        if name in fields:
            found.append(_count(key, fields[name].label, "", sums, Condition("missing", "any_of", (name,))))
    return found


def _places(seen: Any, column: str, key: str, names: Mapping[int, str]) -> list[Place]:
    found: dict[int | None, dict[str, int]] = defaultdict(dict)
    rows = seen.filter(key__in=("total", "completeness", "incomplete")).values_list(column, "key")
    for pk, figure, number in rows.annotate(n=Sum("number")).order_by():
        found[pk][figure] = number
    incomplete = Condition("completeness", "less", ("100",))
    places = [
        Place(
            label=names.get(pk, _("None")) if pk else _("None"),
            total=sums.get("total", 0),
            completeness=_average(sums),
            incomplete=sums.get("incomplete", 0),
            query=ListState(
                filters=(Condition(key, "any_of", (str(pk),)) if pk else Condition(key, "empty"), incomplete)
            ).to_query(),
        )
        for pk, sums in found.items()
    ]
    return sorted(places, key=lambda place: (place.completeness, -place.total))


def trend(who: Who, *, days: int = TREND) -> list[dict[str, Any]]:
    """The figures of the last days, a row for each day that was counted."""
    names = ("total", "completeness", "incomplete", "bounced", "invalid", "unverified", "quiet", "duplicates")
    since = timezone.localdate() - dt.timedelta(days=days)
    seen = QualityDay.objects.visible_to(who).filter(day__gte=since).values("day")
    rows = seen.annotate(**{f"{name}_": Sum(name) for name in names}).order_by("day")
    return [dict(row) for row in rows]
