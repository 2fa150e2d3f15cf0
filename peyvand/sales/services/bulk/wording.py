"""An act on many deals in words: what it does, and what it made of each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.long_jobs import Line
from peyvand.core.models import LongJobItem
from peyvand.parties.models import Tag
from peyvand.sales.models import Deal, Stage
from peyvand.sales.services.bulk.changes import Change, How

NAMED: Mapping[str, type[Model]] = {"stage_id": Stage, "owner_id": User, "tag_ids": Tag}


def sentence(change: Change) -> str:
    """What is done, in a few words: «To the stage Offer»."""
    if change.how is How.MOVE:
        return _("To the stage «%(name)s»") % {"name": _name(Stage, change.to)}
    if change.how is How.ASSIGN:
        return _("Give to %(name)s") % {"name": _name(User, change.to)} if change.to else _("Take from everybody")
    text = _("Add the tag «%(name)s»") if change.how is How.TAG else _("Take off the tag «%(name)s»")
    return text % {"name": _name(Tag, change.to)}


def _name(model: type[Model], number: int) -> str:
    return str(model._default_manager.filter(pk=number).first() or number)


def lines(items: Sequence[LongJobItem], user: Any) -> list[Line]:
    """What was done to each of these deals, as far as the user may see them."""
    refs = [item.ref for item in items]
    seen = dict(Deal.objects.visible_to(user).filter(pk__in=refs).values_list("pk", "name"))
    words = _Words([values for item in items for values in (item.before, item.after)])
    return [_line(item, seen.get(item.ref), words) for item in items]


def _line(item: LongJobItem, name: str | None, words: "_Words") -> Line:
    if name is None:
        return Line(label=_("a deal that you do not see"), error=item.error, undone=item.undone_at is not None)
    return Line(
        label=name,
        url=reverse("sales:deal", args=[item.ref]),
        changes=words.changes(item.before, item.after),
        error=item.error,
        undone=item.undone_at is not None,
    )


class _Words:
    """Names of stages, people and tags, each kind read once."""

    def __init__(self, values: Iterable[Mapping[str, Any]]) -> None:
        known = list(values)
        self._names = {
            column: {pk: str(row) for pk, row in model._default_manager.in_bulk(_ids(known, column)).items()}
            for column, model in NAMED.items()
        }

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        labels = {"stage_id": _("Stage"), "owner_id": _("Responsible"), "tag_ids": _("Tags")}
        return [
            (label, self._text(key, before.get(key)), self._text(key, after[key]))
            for key, label in labels.items()
            if key in after
        ]

    def _text(self, key: str, value: Any) -> str:
        comma = "، " if get_language() == "fa" else ", "
        return comma.join(self._names[key].get(pk, str(pk)) for pk in _listed(value))


def _listed(value: Any) -> list[int]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _ids(values: Iterable[Mapping[str, Any]], column: str) -> set[int]:
    return {pk for each in values for pk in _listed(each.get(column))}
