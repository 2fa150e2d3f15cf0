"""What the list of customers offers for the chosen rows, and beside its title."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.parties.policies import CHANGE, DELETE, MERGE
from peyvand.web import slots
from peyvand.web.exporting import CHOICES
from peyvand.web.lists import BoundList
from peyvand.web.templatetags.pv import grouped

BULK, EXPORT, SEGMENT = "parties.bulk", "parties.export", "parties.segment"


@dataclass(frozen=True)
class Act:
    """One button of the bar: what it opens, and which field it begins with."""

    label: str
    icon: str
    url: str
    key: str = ""
    how: str = ""
    is_bad: bool = False


def bar(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The bar over the chosen rows; without any right to act the rows have nothing to be chosen for."""
    user = bound.user
    acts = _acts(user)
    may_export = may(user, EXPORT)
    if not acts and not may_export and not may(user, CHANGE):
        return None
    state = bound.state.but(view="")
    total = bound.total.shown if bound.total else 0
    shown = {
        "key": bound.key,
        "query": state.but(columns=tuple(each.key for each in bound.columns)).to_query(),
        "narrowed": state.but(sort="", columns=()).to_query(),
        "total": total,
        "all_text": _all_text(total) if total > len(bound.rows) else "",
        "acts": acts,
        "export_url": reverse("parties:export") if may_export else "",
        "cells_url": reverse("parties:cell", args=[0, "_"]) if may(user, CHANGE) else "",
    }
    return {"bulk": shown}


def head(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The export of the whole list as it is shown."""
    if not may(bound.user, EXPORT) or bound.is_first_use:
        return None
    columns = ",".join(each.key for each in bound.columns)
    query = bound.state.but(view="").to_query()
    shown = {"url": reverse("parties:export"), "query": query, "columns": columns, "choices": CHOICES, "with_id": True}
    return {"export": shown}


def _acts(user: User) -> list[Act]:
    merge = [Act(_("Merge"), "arrows-join", reverse("parties:merge_chosen"))] if may(user, MERGE) else []
    if not may(user, BULK):
        return merge
    ask, preview = reverse("parties:bulk_ask"), reverse("parties:bulk_preview")
    found: list[Act] = []
    if may(user, CHANGE):
        found = [
            Act(_("Owner"), "user-check", ask, "owner"),
            Act(_("Tag"), "tag", ask, "tags"),
            Act(_("Category"), "category", ask, "category"),
            Act(_("Life cycle"), "progress", ask, "life_cycle"),
            Act(_("Other field"), "edit", ask),
        ]
    if may(user, SEGMENT):
        found.append(Act(_("Segment"), "chart-pie", ask, "segment"))
    found += merge
    if may(user, DELETE):
        found.append(Act(_("Delete"), "trash", preview, how="delete", is_bad=True))
    return found


def _all_text(total: int) -> str:
    shown = grouped(total)
    text = ngettext("Choose the %(n)s customer of this list", "Choose all %(n)s customers of this list", total)
    return text % {"n": shown}


slots.register("customers.bulk", slots.template("web/_bulk.html", bar))
slots.register("customers.head", slots.template("web/_export.html", head))
