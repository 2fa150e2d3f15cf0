"""Bringing activities in from a table: new ones only, each for a customer who is there already.

What took place is written down as closed at its time; what is to come is planned. Nobody is told of an import.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.activities import policies
from peyvand.activities.models import Activity, Kind, State
from peyvand.activities.permissions import IMPORT
from peyvand.activities.selectors.people import doers_for
from peyvand.activities.services.closing import cancel, complete
from peyvand.activities.services.planning import plan as plan_one
from peyvand.activities.services.shaping import DESCRIPTION, SUBJECT, zone_of
from peyvand.activities.types import HOST, Planned
from peyvand.core.custom_fields import field_of, fields_for, id_of, key_of, label_of
from peyvand.core.errors import Invalid, PeyvandError
from peyvand.core.imports.kinds import Importer, ImportField, register_importer
from peyvand.core.imports.types import (
    Action,
    CellVerdict,
    Outcome,
    Plan,
    Row,
    RowOutcome,
    RowUndone,
    RowVerdict,
    Undone,
)
from peyvand.core.jalali import parse_date
from peyvand.core.models import CustomField, LongJob
from peyvand.core.record_fields import Kind as Of
from peyvand.core.text import display_norm, normalise_email, search_norm, sort_key, to_latin_digits
from peyvand.parties.importing.cells import BadCell
from peyvand.parties.importing.own import reader_of
from peyvand.parties.models import ContactPoint, Party

CLOCK = re.compile(r"(?:^|[\sT])(\d{1,2}):(\d{2})(?::\d{2})?$")
KINDS = {
    Kind.CALL: ("تماس", "تلفن", "call", "phone"), Kind.MEETING: ("جلسه", "نشست", "ملاقات", "meeting"),
    Kind.VISIT: ("بازدید", "مراجعه", "visit"), Kind.TASK: ("کار", "وظیفه", "پیگیری", "task", "todo"),
}  # fmt: skip
STATES = {
    State.PLANNED: ("برنامه‌ریزی‌شده", "باز", "انجام نشده", "planned", "open", "not started"),
    State.DONE: ("انجام‌شده", "انجام شد", "بسته", "done", "completed", "closed", "held"),
    State.CANCELLED: ("لغوشده", "لغو شد", "cancelled", "canceled", "not held"),
}  # fmt: skip


def _words(words: Mapping[Any, Sequence[str]]) -> dict[str, str]:
    return {search_norm(one): str(key) for key, names in words.items() for one in (*names, str(key))}


_KIND_WORDS, _STATE_WORDS = _words(KINDS), _words(STATES)
FIELDS = (
    ImportField(key="subject", label=gettext_lazy("Subject"), kind=Of.TEXT, is_required=True,
                aliases=("موضوع", "عنوان", "subject", "title", "name")),
    ImportField(key="kind", label=gettext_lazy("Kind"), kind=Of.TEXT,
                aliases=("نوع", "نوع فعالیت", "kind", "type", "activity type")),
    ImportField(key="day", label=gettext_lazy("Day"), kind=Of.TEXT, suits=("date",),
                aliases=("تاریخ", "روز", "زمان", "سررسید", "date", "day", "start", "start date", "due date")),
    ImportField(key="clock", label=gettext_lazy("Time of day"), kind=Of.TEXT, aliases=("ساعت", "time", "start time")),
    ImportField(key="ends", label=gettext_lazy("End"), kind=Of.TEXT,
                aliases=("پایان", "تا", "end", "end date", "end time")),
    ImportField(key="customer", label=gettext_lazy("Customer"), kind=Of.TEXT,
                help=gettext_lazy("By e-mail, phone, our number or exact name."),
                aliases=("مشتری", "نام مشتری", "شرکت", "شخص", "customer", "company", "contact", "related to")),
    ImportField(key="owner", label=gettext_lazy("Responsible"), kind=Of.TEXT,
                aliases=("مسئول", "کارشناس", "انجام‌دهنده", "owner", "assigned to", "responsible")),
    ImportField(key="state", label=gettext_lazy("State"), kind=Of.TEXT, aliases=("وضعیت", "status", "state")),
    ImportField(key="place", label=gettext_lazy("Place"), kind=Of.TEXT, aliases=("محل", "مکان", "location", "place")),
    ImportField(key="description", label=gettext_lazy("Description"), kind=Of.LONG_TEXT,
                aliases=("شرح", "توضیحات", "یادداشت", "description", "notes", "note")),
    ImportField(key="result", label=gettext_lazy("Result"), kind=Of.LONG_TEXT, aliases=("نتیجه", "result", "outcome")),
)  # fmt: skip


@dataclass
class Wanted:
    """What a row says: the plan, where it stands, or what is wrong with which cell."""

    number: int
    planned: Planned | None = None
    state: str = State.PLANNED
    result: str = ""
    cells: list[CellVerdict] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Reader:
    """Reads rows for one person: his colleagues and customers are looked up once for all rows of a block."""

    def __init__(self, actor: User, plan: Plan, rows: Sequence[Row]) -> None:
        self.actor, self.plan = actor, plan
        self.zone = zone_of("")
        self.people = {search_norm(word): one.pk for one in doers_for(actor) for word in _names(one) if word}
        said = {self._text(row, "customer") for row in rows} - {""}
        self.customers = _customers(actor, said) if said else {}
        named = {column.field: column.reading for column in plan.columns} | dict.fromkeys(plan.defaults, "")
        self.own = {
            key: reader_of(custom, actor, reading)
            for key, reading in named.items()
            if (custom := field_of(HOST, key)) is not None
        }

    def _text(self, row: Row, key: str) -> str:
        for column in self.plan.columns:
            if column.field == key:
                return (row.cell(column.index).strip() or column.default).strip()
        return str(self.plan.defaults.get(key, "")).strip()

    def read(self, row: Row) -> Wanted:
        """What a row says."""
        found = Wanted(row.number)
        values: dict[str, Any] = {}
        for name, read in self._readers().items():
            self._take(found, values, name, read, self._text(row, name))
        for name, read in self.own.items():
            if text := self._text(row, name):
                self._take(found, values, name, read, text)
        if not found.problems:
            self._shape(found, values)
        return found

    def _take(self, found: Wanted, values: dict[str, Any], name: str, read: Callable[[str], Any], text: str) -> None:
        try:
            values[name] = read(text)
        except (Invalid, BadCell) as error:
            problem = error.message if isinstance(error, Invalid) else str(error)
            found.problems.append(problem)
            found.cells.append(CellVerdict(self._column(name), name, problem=problem))
        else:
            if text:
                found.cells.append(CellVerdict(self._column(name), name, after=text))

    def _column(self, name: str) -> int:
        return next((column.index for column in self.plan.columns if column.field == name), -1)

    def _readers(self) -> dict[str, Callable[[str], Any]]:
        return {
            "subject": self._subject, "kind": _kind, "day": _day, "clock": _clock, "ends": _end,
            "customer": self._customer, "owner": self._owner, "state": _state, "place": str,
            "description": str, "result": str,
        }  # fmt: skip

    def _subject(self, text: str) -> str:
        subject = display_norm(text)
        if not subject or len(subject) > SUBJECT:
            raise Invalid(_("It has no subject, or one that is too long."))
        return subject

    def _owner(self, text: str) -> int:
        pk = self.people.get(search_norm(text)) if text else self.actor.pk
        if pk is None:
            raise Invalid(_("There is nobody of this name for whom you may plan."))
        return pk

    def _customer(self, text: str) -> int | None:
        found = self.customers.get(_key(text), set()) if text else set()
        if text and len(found) != 1:
            raise Invalid(_("There is no such customer.") if not found else _("Several customers are called so."))
        return next(iter(found), None)

    def _shape(self, found: Wanted, values: dict[str, Any]) -> None:
        """The plan of the row; a day without an hour is a whole day."""
        day, inner = values["day"]
        clock, (end_day, end_clock) = values["clock"] or inner, values["ends"]
        if day is None and values["kind"] != Kind.TASK:
            found.problems.append(_("Say when this takes place; only a task can be without a time."))
            return
        at = datetime.combine(day, clock or time(), tzinfo=self.zone) if day else None
        until = datetime.combine(end_day or day, end_clock or time(), tzinfo=self.zone) if at and end_clock else None
        if at and until and until < at:
            found.problems.append(_("This ends before it begins."))
            return
        found.state, found.result = values["state"], values["result"]
        found.planned = Planned(
            kind=values["kind"], subject=values["subject"], at=at, ends_at=until, all_day=bool(at and not clock),
            description=values["description"][:DESCRIPTION], place=values["place"][:200], owner_id=values["owner"],
            party_id=values["customer"], remind=None,
            custom={str(id_of(key)): values[key] for key in self.own if key in values},
        )  # fmt: skip


def _names(one: User) -> tuple[str, ...]:
    return one.username, one.full_name, one.email


def _kind(text: str) -> str:
    found = _KIND_WORDS.get(search_norm(text)) if text else Kind.CALL
    if found is None:
        raise Invalid(_("This is no kind of activity."))
    return str(found)


def _state(text: str) -> str:
    found = _STATE_WORDS.get(search_norm(text)) if text else State.PLANNED
    if found is None:
        raise Invalid(_("This is no state of an activity."))
    return str(found)


def _day(text: str) -> tuple[date | None, time | None]:
    """A day of either calendar, with an hour behind it or without."""
    folded = to_latin_digits(display_norm(text))
    match = CLOCK.search(folded)
    words = folded[: match.start()].strip(" T،,") if match else folded
    return (parse_date(words) if words else None), (_clock(match.group(0)) if match else None)


def _end(text: str) -> tuple[date | None, time | None]:
    return _day(text) if text else (None, None)


def _clock(text: str) -> time | None:
    match = CLOCK.search(to_latin_digits(display_norm(text)).strip())
    if not text.strip():
        return None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise Invalid(_("This is no time of day; write it like 10:30."))
    return time(int(match[1]), int(match[2]))


def _key(text: str) -> str:
    email = normalise_email(text) if "@" in text else None
    return email or search_norm(display_norm(text))


def _customers(actor: User, words: Collection[str]) -> dict[str, set[int]]:
    """Which customers each text means, in three questions: by address or number, by our number, by the whole name."""
    seen = Party.objects.visible_to(actor)
    found: dict[str, set[int]] = {}
    digits = {to_latin_digits(text).strip(): _key(text) for text in words}
    values = {normalise_email(text) or "" for text in words if "@" in text} | set(digits)
    points = ContactPoint.objects.filter(value__in=values - {""}, party__in=seen)
    for value, party in points.values_list("value", "party_id"):
        found.setdefault(_key(value), set()).add(party)
    ids = {int(text) for text in digits if text.isascii() and text.isdecimal() and len(text) < 10}
    for number, pk in seen.answers(ids).items():
        found.setdefault(str(number), set()).add(pk)
    keys = {text: sort_key(text) for text in words}
    named: dict[str, set[int]] = {}
    for pk, key in seen.filter(sort_key__in=set(keys.values())).values_list("pk", "sort_key"):
        named.setdefault(key, set()).add(pk)
    for text, key in keys.items():
        found.setdefault(_key(text), set()).update(named.get(key, ()))
    return found


def check(actor: User, plan: Plan, rows: Sequence[Row]) -> list[RowVerdict]:
    """Say what would become of rows. Errors: NotAllowed."""
    require(actor, IMPORT)
    reader = Reader(actor, plan, rows)
    return [_verdict(reader.read(row)) for row in rows]


def _verdict(one: Wanted) -> RowVerdict:
    action = Action.ADD if one.planned is not None and not one.problems else Action.REFUSE
    label = one.planned.subject if one.planned else ""
    return RowVerdict(number=one.number, action=action, label=label, cells=one.cells, problems=one.problems)


def apply(actor: User, plan: Plan, rows: Sequence[Row], job: LongJob) -> Outcome:
    """Write rows in the transaction it is called in; each that cannot be written is refused with its reason."""
    require(actor, IMPORT)
    reader = Reader(actor, plan, rows)
    return Outcome([_write(actor, reader.read(row)) for row in rows])


def _write(actor: User, one: Wanted) -> RowOutcome:
    if one.planned is None or one.problems:
        return RowOutcome(one.number, Action.REFUSE, reason=" ".join(one.problems))
    try:
        with transaction.atomic():
            made = _made(Actor(actor), one)
    except PeyvandError as error:
        return RowOutcome(one.number, Action.REFUSE, reason=str(error.message))
    return RowOutcome(one.number, Action.ADD, made.pk, made.subject, undo={"version": made.version})


def _made(actor: Actor, one: Wanted) -> Activity:
    planned = one.planned or Planned(kind=Kind.TASK, subject="")
    made = plan_one(actor=actor, planned=planned, quiet=True)
    if one.state == State.CANCELLED:
        cancel(actor=actor, activity_id=made.pk, reason=one.result)
    elif one.state == State.DONE:
        when = min(made.ends_at or timezone.now(), timezone.now()).astimezone(UTC)
        complete(actor=actor, activity_id=made.pk, result=one.result, happened_at=when)
    made.refresh_from_db()
    return made


def undo(actor: User, outcome: Outcome, job: LongJob) -> Undone:
    """Take the activities of an import away again; those that somebody has changed since stay."""
    require(actor, IMPORT)
    made = {one.ref: one for one in outcome.rows if one.ref is not None and one.undo}
    rows = Activity.objects.select_for_update(of=("self",)).filter(pk__in=made, deleted_at=None)
    same = {one.pk for one in rows if one.version == made[one.pk].undo["version"]}
    Activity.objects.filter(pk__in=same).delete()
    return Undone([_undone(one, same) for one in outcome.rows])


def _undone(one: RowOutcome, same: set[int]) -> RowUndone:
    gone = one.ref in same
    left = [] if gone or one.ref is None else [_("Somebody has changed it since, or it is in the trash.")]
    return RowUndone(one.number, one.ref, gone, left, one.label)


def erase(outcome: Outcome, ref: int) -> Outcome:
    """What became of rows, without the words of an activity."""
    rows = [replace(one, label="", undo=None) if one.ref == ref else one for one in outcome.rows]
    return Outcome(rows, outcome.shared)


def guard(actor: User) -> None:
    """Raise NotAllowed unless the actor may import activities and plan them."""
    require(actor, IMPORT)
    require(actor, policies.PLAN)


def fields(actor: User) -> Sequence[ImportField]:
    """What may be imported, the fields of the business among them."""
    return [*FIELDS, *map(_own, fields_for(HOST))]


def _own(custom: CustomField) -> ImportField:
    return ImportField(
        key=key_of(custom), label=label_of(custom), kind=Of(custom.kind), group=gettext_lazy("Custom"),
        aliases=tuple(filter(None, (custom.label, custom.label_en))),
    )  # fmt: skip


register_importer(
    Importer(
        host=HOST, label=gettext_lazy("Activities"), guard=guard, fields=fields, keys=lambda actor: (),
        check=check, apply=apply, undo=undo, erase=erase,
        link=lambda ref: reverse("activities:activity", args=[ref]),
    )
)  # fmt: skip
