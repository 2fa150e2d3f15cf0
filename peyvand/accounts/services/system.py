"""Settings of the organisation and its holidays."""

from collections.abc import Mapping, Sequence
from datetime import date, time

import holidays
from django.db import transaction

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.accounts.services.rules import title
from peyvand.accounts.types import ORGANISATION_NAME, WORKING_HOURS
from peyvand.core.errors import Invalid
from peyvand.core.jalali import from_jalali
from peyvand.core.models import Holiday, Setting

OPERATE = "core.operate"
WEEKDAYS = range(7)
FIRST_YEAR, LAST_YEAR = 1300, 1500
Spans = Sequence[tuple[time, time]]


def _require(actor: User | None) -> None:
    if actor is not None:
        require_everywhere(actor, OPERATE)


@transaction.atomic
def change_organisation(*, actor: User | None, name: str) -> None:
    """Set the organisation's name, as customers read it. Errors: NotAllowed, Invalid."""
    _require(actor)
    Setting.objects.update_or_create(name=ORGANISATION_NAME, defaults={"value": title(name)})


@transaction.atomic
def change_working_hours(*, actor: User | None, hours: Mapping[int, Spans]) -> None:
    """Set when work is done, by weekday (Monday is 0); deadlines given from now on count these hours.

    Errors: NotAllowed, Invalid when a span ends before it begins, spans overlap, or no hour is left at all.
    """
    _require(actor)
    for day, spans in hours.items():
        ordered = sorted(spans)
        backwards = any(start >= end for start, end in ordered)
        overlap = any(first[1] > second[0] for first, second in zip(ordered, ordered[1:], strict=False))
        if day not in WEEKDAYS or backwards or overlap:
            raise Invalid(fields={f"day_{day}": "invalid"})
    if not any(hours.values()):
        raise Invalid
    value = {
        str(day): [[f"{a:%H:%M}", f"{b:%H:%M}"] for a, b in sorted(spans)] for day, spans in hours.items() if spans
    }
    Setting.objects.update_or_create(name=WORKING_HOURS, defaults={"value": value})


@transaction.atomic
def add_holiday(*, actor: User | None, day: date, name: str) -> Holiday:
    """Close the organisation for a day. Errors: NotAllowed, Invalid."""
    _require(actor)
    clean = title(name, longest=160)
    holiday, _new = Holiday.objects.update_or_create(day=day, defaults={"name": clean, "source": "person"})
    return holiday


@transaction.atomic
def remove_holiday(*, actor: User | None, day: date) -> None:
    """Open the organisation on that day. Errors: NotAllowed."""
    _require(actor)
    Holiday.objects.filter(day=day).delete()


@transaction.atomic
def fill_holidays(*, actor: User | None, year: int) -> int:
    """Add Iran's official holidays of a Jalali year; return how many were new. Days people entered stay.

    Lunar holidays of coming years are computed, so a day may move by one: people correct it.
    """
    _require(actor)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(fields={"year": "invalid"})
    first, end = from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1)
    official = holidays.country_holidays("IR", years=[first.year, end.year], language="fa_IR")
    rows = [
        Holiday(day=day, name=name[:160])
        for day, name in official.items()
        if first <= day < end and day.weekday() != 4  # Friday is a weekend anyway
    ]
    before = Holiday.objects.count()
    Holiday.objects.bulk_create(rows, ignore_conflicts=True)
    return Holiday.objects.count() - before
