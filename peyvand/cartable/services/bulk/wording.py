"""An act on many requests in words: what it does, and what it made of each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peyvand.accounts.models import Department, Post, User
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.people import named
from peyvand.cartable.selectors.variables import CALENDARS
from peyvand.cartable.services.bulk.changes import Change, How
from peyvand.cartable.types import Target
from peyvand.core.jalali import format_date
from peyvand.core.long_jobs import Line
from peyvand.core.models import LongJobItem
from peyvand.parties.models import Tag

NAMED = {"assignee_id": User, "post_id": Post, "department_id": Department}


def sentence(change: Change) -> str:
    """What is done, in a few words: «Refer to Sara»."""
    if change.how is How.CLOSE:
        return _("Close requests")
    if change.how is How.SNOOZE:
        return _("Snooze until %(when)s") % {"when": _when(change.until)}
    if change.how in (How.TAG, How.UNTAG):
        name = Tag.objects.filter(pk=change.tag).values_list("name", flat=True).first() or str(change.tag)
        text = _("Add the tag «%(name)s»") if change.how is How.TAG else _("Take off the tag «%(name)s»")
        return text % {"name": name}
    found = named([Target.parse(change.to)])
    text = _("Refer to %(name)s") if change.how is How.REFER else _("Assign to %(name)s")
    return text % {"name": found[0].label if found else change.to}


def _when(text: str) -> str:
    """A moment as a reader of the present language writes it."""
    lang = "fa" if get_language() == "fa" else "en"
    return format_date(datetime.fromisoformat(text), calendar=CALENDARS[lang], lang=lang, style="datetime")


def lines(items: Sequence[LongJobItem], user: Any) -> list[Line]:
    """What was done to each of these requests, as far as the user may see them."""
    refs = [item.ref for item in items]
    rows = Request.objects.visible_to(user).filter(pk__in=refs).values_list("pk", "code", "subject")
    seen = {pk: (code, subject) for pk, code, subject in rows}
    words = _Words([values for item in items for values in (item.before, item.after)])
    return [_line(item, seen.get(item.ref), words) for item in items]


def _line(item: LongJobItem, known: tuple[str, str] | None, words: "_Words") -> Line:
    if known is None:
        return Line(label=_("a request that you do not see"), error=item.error, undone=item.undone_at is not None)
    return Line(
        label=f"{known[0]} {known[1]}",
        url=reverse("cartable:any", args=[known[0]]),
        changes=words.changes(item.before, item.after),
        error=item.error,
        undone=item.undone_at is not None,
    )


class _Words:
    """Names of people, posts, departments and tags, each read once."""

    def __init__(self, values: Iterable[Mapping[str, Any]]) -> None:
        known = list(values)
        self._names = {
            column: {pk: str(row) for pk, row in model._default_manager.in_bulk(_ids(known, column)).items()}
            for column, model in NAMED.items()
        }
        tags = {pk for each in known for pk in each.get("tag_ids") or ()}
        self._tags = dict(Tag.objects.filter(pk__in=tags).values_list("pk", "name")) if tags else {}

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        labels = {
            "status": _("Status"), "assignee_id": _("Responsible"), "post_id": _("Post"),
            "department_id": _("Department"), "tag_ids": _("Tags"),
            "until": _("Snoozed until"),
        }  # fmt: skip
        return [
            (label, self._text(key, before.get(key)), self._text(key, after[key]))
            for key, label in labels.items()
            if key in after
        ]

    def _text(self, key: str, value: Any) -> str:
        if value in (None, []):
            return ""
        if key == "status":
            return str(Request.Status(value).label)
        if key == "until":
            return _when(value)
        if key == "tag_ids":
            comma = "، " if get_language() == "fa" else ", "
            return comma.join(self._tags.get(pk, str(pk)) for pk in value)
        return self._names[key].get(value, str(value))


def _ids(values: Iterable[Mapping[str, Any]], column: str) -> set[int]:
    return {each[column] for each in values if each.get(column) is not None}
