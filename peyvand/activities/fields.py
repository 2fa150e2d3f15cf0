"""Every field of an activity that a list can be narrowed by, ordered by and taken out with."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import Branch, Department, User
from peyvand.accounts.scoping import reach_of
from peyvand.activities.models import Activity, Outcome, State
from peyvand.activities.models import Kind as ActivityKind
from peyvand.activities.party_figures import GROUP
from peyvand.core import record_conditions as conditions
from peyvand.core import record_fields
from peyvand.core.custom_fields import fields_for, record_field
from peyvand.core.list_state import Reader, register_reader
from peyvand.core.prepared import Prepared
from peyvand.core.record_fields import Asked, Bulk, Choice, Kind, Op, Reading, RecordField
from peyvand.core.text import search_norm

__all__ = ["GROUP", "HOST"]

HOST = "activities.Activity"
ONE = (Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF)
DUE = (
    ("overdue", _("Overdue")),
    ("today", _("Today")),
    ("tomorrow", _("Tomorrow")),
    ("week", _("In the next seven days")),
    ("open", _("Without a time")),
)


def _people(asked: Asked) -> Iterable[Choice]:
    rows = User.objects.order_by("-is_active", "sort_key", "id").values_list("pk", "full_name", "username")
    return [(str(pk), name or login) for pk, name, login in rows]


_OUTCOMES = Prepared(lambda: Outcome.objects.order_by("-is_active", "position", "pk"))


def _outcomes(asked: Asked) -> Iterable[Choice]:
    return [(str(one.pk), str(one)) for one in _OUTCOMES.all()]


def _departments(asked: Asked) -> Iterable[Choice]:
    return [(str(pk), name) for pk, name in Department.objects.order_by("branch_id", "name").values_list("pk", "name")]


def _branches(asked: Asked) -> Iterable[Choice]:
    return [(str(pk), name) for pk, name in Branch.objects.order_by("path").values_list("pk", "name")]


def _due(op: Op, value: Any, asked: Asked) -> Q:
    """What waits, by when: only planned ones."""
    today = conditions.midnight(conditions.today(asked))
    tomorrow, after = _midnight(asked, 1), _midnight(asked, 2)
    spans = {
        "overdue": Q(ends_at__lt=asked.now),
        "today": Q(at__gte=today, at__lt=tomorrow),
        "tomorrow": Q(at__gte=tomorrow, at__lt=after),
        "week": Q(at__gte=today, at__lt=_midnight(asked, 7)),
        "open": Q(at=None),
    }
    wanted = spans.get(str(value[0] if isinstance(value, list | tuple) else value), Q(pk__in=[]))
    return Q(state=State.PLANNED) & wanted


def _midnight(asked: Asked, days: int) -> Any:
    return conditions.midnight(conditions.today(asked) + timedelta(days=days))


def _mine(op: Op, value: Any, asked: Asked) -> Q:
    own = Q(owner=reach_of(asked.who).user_id)
    return own if op is Op.YES else ~own


def _moment(key: str, label: Any) -> RecordField:
    return RecordField(
        key=key, label=label, kind=Kind.MOMENT, read=Reading(attrgetter(key), Bulk(path=key)),
        condition=conditions.moment(key), order=(key, "id"),
    )  # fmt: skip


def _text(key: str, label: Any, kind: Kind = Kind.TEXT, **more: Any) -> RecordField:
    return RecordField(key=key, label=label, kind=kind, read=Reading(attrgetter(key), Bulk(path=key)), **more)


def _choice(key: str, label: Any, choices: Any) -> RecordField:
    return _text(
        key, label, Kind.CHOICE, condition=conditions.choice(key), operators=ONE, choices=lambda asked: choices
    )


def _linked(key: str, label: Any, choices: Any, kind: Kind = Kind.CHOICE) -> RecordField:
    """A foreign key whose records are few enough to be choices."""
    read = attrgetter(f"{key}_id") if kind is Kind.CHOICE else attrgetter(key)
    condition = conditions.person(f"{key}_id") if kind is Kind.USER else conditions.choice(f"{key}_id", int, empty=None)
    return RecordField(
        key=key, label=label, kind=kind, read=Reading(read, Bulk(path=f"{key}_id")), condition=condition,
        operators=(*ONE, Op.EMPTY, Op.FILLED), choices=choices, load=lambda rows: rows.select_related(key),
    )  # fmt: skip


record_fields.register(
    HOST,
    _text("id", _("Number of the record"), Kind.NUMBER, order=("id",)),
    _text("subject", _("Subject"), condition=conditions.text("subject"), is_shown_first=True),
    _choice("kind", _("Kind"), ActivityKind.choices),
    _moment("at", pgettext_lazy("activity", "When")),
    _moment("ends_at", pgettext_lazy("activity", "Until")),
    RecordField(
        key="due", label=_("Due"), kind=Kind.CHOICE, read=lambda one: "", condition=_due, operators=(Op.IS,),
        choices=lambda asked: DUE,
    ),
    RecordField(
        key="party", label=_("Customer"), kind=Kind.PARTY, read=Reading(attrgetter("party"), Bulk(path="party__name")),
        condition=conditions.record("party_id"), load=lambda rows: rows.select_related("party"),
    ),
    _linked("owner", _("Responsible"), _people, Kind.USER),
    RecordField(
        key="mine", label=pgettext_lazy("activities", "Mine"), kind=Kind.YES_NO, read=lambda one: None, condition=_mine,
        operators=(Op.YES, Op.NO),
    ),
    _choice("state", _("State"), State.choices),
    _linked("outcome", _("Outcome"), _outcomes),
    _text("result", _("Result"), Kind.LONG_TEXT),
    _choice("priority", _("Priority"), Activity.Priority.choices),
    _text("place", pgettext_lazy("activity", "Place"), condition=conditions.text("place")),
    _linked("department", _("Department"), _departments),
    _linked("branch", _("Branch"), _branches),
    _moment("done_at", _("Closed on")),
    _moment("created_at", _("Added on")),
)  # fmt: skip


def _custom() -> Iterator[RecordField]:
    """The fields that the business added to activities."""
    return map(partial(record_field, group=_("Custom")), fields_for(HOST))


record_fields.register_source(HOST, _custom)


def _search(rows: QuerySet[Any], words: str, asked: Asked) -> QuerySet[Any]:
    return rows.filter(search__contains=search_norm(words))


register_reader(HOST, Reader(search=_search))
