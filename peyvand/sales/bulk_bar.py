"""What the lists of deals and leads offer for the chosen rows, and beside their title."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.sales import listing
from peyvand.sales.permissions import CHANGE, EXPORT
from peyvand.web import slots
from peyvand.web.exporting import TABLES
from peyvand.web.lists import BoundList
from peyvand.web.templatetags.pv import grouped


@dataclass(frozen=True)
class Act:
    """One button of the bar."""

    label: str
    icon: str
    url: str
    how: str
    key: str = ""
    is_bad: bool = False


def bar(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The bar over the chosen rows; without any right to act the rows have nothing to be chosen for."""
    acts, may_export = _acts(bound.user, bound.key), may(bound.user, EXPORT)
    if not acts and not may_export:
        return None
    state, total = bound.state.but(view=""), bound.total.shown if bound.total else 0
    text = ngettext("Choose the %(n)s deal of this list", "Choose all %(n)s deals of this list", total)
    shown = {
        "key": bound.key,
        "query": state.but(columns=tuple(each.key for each in bound.columns)).to_query(),
        "narrowed": state.but(sort="", columns=()).to_query(),
        "total": total,
        "all_text": text % {"n": grouped(total)} if total > len(bound.rows) else "",
        "acts": acts,
        "export_url": _export_url(bound) if may_export else "",
        "cells_url": "",
    }
    return {"bulk": shown}


def head(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The export of the whole list as it is shown."""
    if not may(bound.user, EXPORT) or bound.is_first_use:
        return None
    columns = ",".join(each.key for each in bound.columns)
    query = bound.state.but(view="").to_query()
    return {"export": {"url": _export_url(bound), "query": query, "columns": columns, "choices": TABLES}}


def _export_url(bound: BoundList) -> str:
    return f"{reverse('sales:export')}?list={bound.key}"


def _acts(user: User, place: str) -> list[Act]:
    if not may(user, CHANGE):
        return []
    ask = f"{reverse('sales:bulk_ask')}?list={place}"
    return [
        Act(_("Move to a stage"), "layout-kanban", ask, "move"),
        Act(_("Responsible"), "user-check", ask, "assign"),
        Act(_("Tag"), "tag", ask, "tag"),
    ]


for each in (listing.DEALS, listing.LEADS):
    slots.register(each.bulk_slot, slots.template("web/_bulk.html", bar))
    slots.register(each.head_slot, slots.template("web/_export.html", head), order=890)
