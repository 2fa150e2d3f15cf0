"""Counting the figures of the quality page in the background: each by the condition of its own work list."""

from collections import defaultdict
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.core.errors import Invalid
from peyvand.core.field_values import parse_value
from peyvand.core.models import Setting
from peyvand.core.record_fields import Asked, Op, fields_of
from peyvand.parties.fields import HOST
from peyvand.parties.matching import PROBABLE
from peyvand.parties.models import DuplicatePair, Party, QualityDay, QualityFigure
from peyvand.parties.selectors.quality import COUNTED, SETTINGS, figures
from peyvand.parties.services.segment_sizes import newest_change

SHAPE = "parties.shape"
MONTHS = range(1, 121)
Place = tuple[int | None, int | None, int | None]
Rows = dict[str, dict[Place, int]]
_LOCK = 7_403_155_233
_PLACE = ("branch_id", "owner_id", "category_id")
_MISSING = """
SELECT key, branch_id, owner_id, category_id, count(*) FROM parties_party, unnest(missing) AS key
WHERE deleted_at IS NULL GROUP BY 1, 2, 3, 4
"""
_DAILY = ("total", "completeness", "incomplete", "bounced", "invalid", "unverified", "quiet")


def count_quality(*, force: bool = False) -> bool:
    """Count all figures if a customer or the day changed since; returns whether it counted.

    One statement for each figure. The rows of today are written with them: the last count of a day is its figure.
    """
    now = timezone.now()
    state = {"day": timezone.localdate(now).isoformat(), "xid": newest_change(), "quiet": _conditions_text()}
    known = Setting.objects.filter(name=COUNTED).values_list("value", flat=True).first() or {}
    if not force and all(known.get(name) == value for name, value in state.items()):
        return False
    found = _all(Asked(who=None, now=now))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        _store(found)
        _store_day(found)
        Setting.objects.update_or_create(name=COUNTED, defaults={"value": state | {"at": now.isoformat()}})
    return True


def _conditions_text() -> str:
    return " ".join(each.condition.write() for each in figures())


def _all(asked: Asked) -> Rows:
    kept = Party.objects.filter(deleted_at=None)
    found: Rows = {"total": _grouped(kept, Count("pk")), "completeness": _grouped(kept, Sum("completeness"))}
    for each in figures():
        found[each.key] = _grouped(kept.filter(_condition(each.condition, asked)), Count("pk"))
    with connection.cursor() as cursor:
        cursor.execute(_MISSING)
        for key, branch, owner, category, number in cursor.fetchall():
            found.setdefault(f"missing:{key}", {})[branch, owner, category] = number
    return found


def _condition(condition: Any, asked: Asked) -> Q:
    """The condition exactly as the list of customers asks it."""
    field = fields_of(HOST)[condition.key]
    op = Op(condition.op)
    if field.condition is None:
        raise LookupError(f"{condition.key} cannot be asked")
    return field.condition(op, parse_value(field, op, condition.values, asked), asked)


def _grouped(rows: Any, number: Any) -> dict[Place, int]:
    found = rows.order_by().values_list(*_PLACE).annotate(n=number)
    return {(branch, owner, category): n for branch, owner, category, n in found}


def _store(found: Rows) -> None:
    QualityFigure.objects.all().delete()
    QualityFigure.objects.bulk_create(
        QualityFigure(key=key, branch_id=branch, owner_id=owner, category_id=category, number=number)
        for key, places in found.items()
        for (branch, owner, category), number in places.items()
    )


def _store_day(found: Rows) -> None:
    rows: dict[tuple[int | None, int | None], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key in _DAILY:
        for (branch, owner, _category), number in found[key].items():
            rows[branch, owner][key] += number
    for branch, number in _pairs().items():
        rows[branch, None]["duplicates"] += number
    day = timezone.localdate()
    QualityDay.objects.filter(day=day).delete()
    QualityDay.objects.bulk_create(
        QualityDay(day=day, branch_id=branch, owner_id=owner, **sums) for (branch, owner), sums in rows.items()
    )


def _pairs() -> dict[int | None, int]:
    """Probable pairs by the branch of both; across branches under None."""
    found: dict[int | None, int] = defaultdict(int)
    alive: dict[str, Any] = {"first__deleted_at": None, "second__deleted_at": None}
    pairs = DuplicatePair.objects.filter(state="open", score__gte=PROBABLE, **alive).order_by()
    for first, second, number in pairs.values_list("first__branch", "second__branch").annotate(n=Count("pk")):
        found[first if first == second else None] += number
    return found


@transaction.atomic
def change_quiet_months(*, actor: User, months: int) -> None:
    """Set after how many months without contact and change a record is stale. Errors: NotAllowed, Invalid."""
    require_everywhere(actor, SHAPE)
    if months not in MONTHS:
        raise Invalid(fields={"months": _("Write a number from 1 to 120.")})
    Setting.objects.update_or_create(name=SETTINGS, defaults={"value": {"quiet_months": months}})
