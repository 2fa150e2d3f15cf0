"""Changes of many customers in words: what is done, and what each had and has."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.core.jalali import format_date
from peyvand.core.long_jobs import Line
from peyvand.core.models import LongJobItem
from peyvand.core.record_fields import Asked, Kind, RecordField, fields_of
from peyvand.core.record_links import Names
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party, Segment
from peyvand.parties.services.bulk.changes import MEMBERSHIP, Change, How, list_of
from peyvand.parties.services.bulk.membership import MARK
from peyvand.parties.services.editing import Raw


class Words:
    """Writes raw values for one reader; what a field may choose from is read once."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.asked: Asked = asked_by(user)
        self.fields: Mapping[str, RecordField] = fields_of(HOST)
        self.labels: dict[str, dict[str, str]] = {}
        self.segments: dict[str, str] = {}
        self.names = Names(user)

    def label(self, key: str) -> str:
        """The name of a field, or that it is gone."""
        found = self.fields.get(key)
        return str(found.label) if found else _("a field that was removed")

    def value(self, key: str, raw: Raw) -> str:
        """A raw value as people read it."""
        comma = "، " if get_language() == "fa" else ", "
        return comma.join(self._one(key, each) for each in list_of(raw))

    def _one(self, key: str, raw: str) -> str:
        field = self.fields.get(key)
        if field is None:
            return raw
        if field.choices is not None:
            return self._labels(field).get(raw, raw)
        if field.kind is Kind.PARTY:
            return self._party(raw)
        if field.kind is Kind.YES_NO:
            return _("Yes") if raw.lower() in ("true", "yes", "1", "on") else _("No")
        day = parse_date(raw) if field.kind is Kind.DATE and len(raw) == 10 else None
        if day is None:
            return raw
        user = self.user
        return format_date(day, calendar=user.calendar, lang=user.language, style="numeric", digits=user.digits)

    def segment(self, number: str) -> str:
        """The name of a segment, as far as the reader may see it."""
        if number not in self.segments:
            seen = Segment.objects.visible_to(self.user).filter(pk=int(number))
            self.segments[number] = seen.values_list("name", flat=True).first() or number
        return self.segments[number]

    def _labels(self, field: RecordField) -> dict[str, str]:
        if field.key not in self.labels:
            pairs = field.choices(self.asked) if field.choices else ()
            self.labels[field.key] = {str(key): str(label) for key, label in pairs}
        return self.labels[field.key]

    def _party(self, raw: str) -> str:
        return self.names.of(int(raw)) if raw.isdigit() else raw


def sentence(user: User, change: Change) -> str:
    """What is done, in a few words: «Owner: Sara»."""
    if change.how is How.DELETE:
        return _("Delete")
    if change.how in MEMBERSHIP:
        name = Words(user).segment(str(change.raw))
        text = _("Put into the segment %(name)s") if change.how is How.JOIN else _("Take out of the segment %(name)s")
        return text % {"name": name}
    words = Words(user)
    texts = {"field": words.label(change.key), "value": words.value(change.key, change.raw)}
    if change.how is How.CLEAR:
        return _("Empty %(field)s") % texts
    if change.how is How.ADD:
        return _("%(field)s: add %(value)s") % texts
    if change.how is How.REMOVE:
        return _("%(field)s: take away %(value)s") % texts
    return _("%(field)s: %(value)s") % texts


def lines(items: Sequence[LongJobItem], user: Any) -> list[Line]:
    """What was done to each of these customers, as far as the user may see them."""
    words = Words(user)
    refs = [item.ref for item in items]
    names = dict(Party.objects.visible_to(user).filter(pk__in=refs).values_list("pk", "name"))
    return [
        Line(
            label=names.get(item.ref, _("a customer that you do not see")),
            url=reverse("parties:detail", args=[item.ref]) if item.ref in names else "",
            changes=_changes(words, item) if item.ref in names else (),
            error=item.error,
            undone=item.undone_at is not None,
        )
        for item in items
    ]


def _changes(words: Words, item: LongJobItem) -> list[tuple[str, str, str]]:
    if "deleted" in item.after:
        there, gone = _("in the list"), _("in the trash")
        return [(_("Place"), gone if item.before["deleted"] else there, gone if item.after["deleted"] else there)]
    (key,) = item.after
    if key.startswith(MARK):
        name = words.segment(key.removeprefix(MARK))
        return [(_("Segment"), name if item.before[key] else "", name if item.after[key] else "")]
    return [
        (words.label(key), words.value(key, item.before.get(key)), words.value(key, after))
        for key, after in item.after.items()
        if key not in words.fields or words.fields[key].kind is not Kind.NATIONAL_ID
    ]
