"""Everything that ever changed on a customer: of the record itself and of all that hangs on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from peyvand.accounts.audit import ChangePage
from peyvand.accounts.history import Change, plain, readable
from peyvand.accounts.models import Branch, User
from peyvand.accounts.scoping import Who
from peyvand.core.models import CustomField, File
from peyvand.parties.models import Category, Merge, Party, RelationType, Role, Tag

SIZE = 40
LARGEST_MOMENT = 300  # rows that one transaction may have written
OF_PARTY = ("ContactPoint", "Address", "Identifier", "PartyRole", "Profile", "PartyNote", "PartyFile")
CHOICES = {
    (model, field.name): dict(field.flatchoices)
    for model in ("Party", "Relation", *OF_PARTY)
    for field in apps.get_model("parties", model)._meta.concrete_fields
    if field.choices
}
CHOICES["Party", "roles"] = dict(Role.choices)
INNER = {"party_id", "pgh_obj_id", "cipher", "digest", "change_xid", "identified", "norm"}


def history_of(who: Who, party: Party, *, before: str = "") -> ChangePage:
    """The newest changes of a customer whom `who` may see, with names instead of numbers.

    before: `next` of the page before. Changes that one transaction made stand together on one page.
    """
    until = parse_datetime(before) if before else None
    rows = sorted(_rows(party, lambda found: _older(found, until)[: SIZE + 1]), key=_moment, reverse=True)
    following = ""
    if len(rows) > SIZE:
        last: datetime = rows[SIZE - 1].pgh_created_at
        same = _rows(party, lambda found: found.filter(pgh_created_at=last)[:LARGEST_MOMENT])
        rows = [row for row in rows if row.pgh_created_at > last] + sorted(same, key=_moment, reverse=True)
        following = last.isoformat()
    changes = [_bare(change) for change in readable(rows, written=_Names(who).write)]
    changes = [change for change in changes if change.fields or change.act != "update"]
    merged = _merges(party, until, rows[-1].pgh_created_at if rows and following else None)
    return ChangePage(sorted([*changes, *merged], key=lambda change: change.at, reverse=True), following)


def _merges(party: Party, until: datetime | None, since: datetime | None) -> list[Change]:
    """The merges of a customer between two moments, and those that were taken back."""
    rows = Merge.objects.filter(Q(survivor=party) | Q(sources__party=party)).distinct().select_related("survivor")
    found = []
    for row in rows.select_related("by", "undone_by").prefetch_related("sources__party"):
        names = "، ".join(each.party.name for each in row.sources.all())
        for at, by, act in ((row.at, row.by, "merge"), (row.undone_at, row.undone_by, "split")):
            if at is not None and (until is None or at < until) and (since is None or at >= since):
                fields = [("merged", "", f"{row.survivor.name} ← {names}")]
                who = by.full_name if by else ""
                found.append(Change(at=at, who=who, kind="Merge", act=act, thing=f"#{row.pk}", fields=fields))
    return found


def _rows(party: Party, cut: Callable[[QuerySet[Any]], QuerySet[Any]]) -> list[Any]:
    wanted: dict[str, Q] = {"Party": Q(pgh_obj_id=party.pk)}
    wanted |= {name: Q(party_id=party.pk) for name in OF_PARTY}
    found: list[Any] = []
    for name, condition in wanted.items():
        found += cut(_events(name).filter(condition))
    for side in ("source_id", "target_id"):  # two questions, each with its index
        found += cut(_events("Relation").filter(**{side: party.pk}))
    return found


def _events(name: str) -> QuerySet[Any]:
    events: QuerySet[Any] = apps.get_model("parties", f"{name}Event")._default_manager.select_related("pgh_context")
    return events.order_by("-pgh_created_at", "-pgh_id")


def _older(rows: QuerySet[Any], until: datetime | None) -> QuerySet[Any]:
    return rows if until is None else rows.filter(pgh_created_at__lt=until)


def _moment(row: Any) -> tuple[datetime, int]:
    return row.pgh_created_at, row.pgh_id


def _bare(change: Change) -> Change:
    shown = [each for each in change.fields if each[0] not in INNER]
    return Change(at=change.at, who=change.who, kind=change.kind, act=change.act, thing=change.thing, fields=shown)


PEOPLE = {"owner_id", "author_id", "deleted_by_id", "added_by_id", "created_by_id", "mentioned"}
PARTIES = {"organisation_id", "source_id", "target_id", "merged_into_id"}
NAMED: dict[str, type[Any]] = {
    "branch_id": Branch, "category_id": Category, "type_id": RelationType, "tag_ids": Tag, "file_id": File,
}  # fmt: skip


class _Names:
    """What stands behind the numbers of one page, each looked up once."""

    def __init__(self, who: Who) -> None:
        self.who = who
        self.known: dict[tuple[str, Any], str] = {}

    def write(self, name: str, value: Any) -> str:
        """Write a value as people know it: names for numbers, words for codes."""
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, list):
            return "، ".join(self._one(name, each) for each in value)
        if name == "custom":
            return "، ".join(f"{self._one('custom', key)}: {each}" for key, each in value.items())
        return self._one(name, value)

    def _one(self, name: str, value: Any) -> str:
        if (name, value) not in self.known:
            self.known[name, value] = self._look_up(name, value)
        return self.known[name, value]

    def _look_up(self, name: str, value: Any) -> str:
        if name in PEOPLE:
            return _name(User.objects.filter(pk=value), "full_name") or f"#{value}"
        if name in PARTIES:  # a relation may lead to somebody whom the reader does not see
            return _name(Party.objects.visible_to(self.who).filter(pk=value), "name") or f"#{value}"
        if name in NAMED:
            found = NAMED[name]._default_manager.filter(pk=value).first()
            return str(getattr(found, "name", None) or found or f"#{value}")
        if name == "custom":
            return _name(CustomField.objects.filter(pk=value), "label") or f"#{value}"
        return plain(name, _choice(name, value))


def _name(rows: QuerySet[Any], column: str) -> str:
    return str(rows.values_list(column, flat=True).first() or "")


def _choice(name: str, value: Any) -> Any:
    return next((words[value] for (_model, field), words in CHOICES.items() if field == name and value in words), value)
