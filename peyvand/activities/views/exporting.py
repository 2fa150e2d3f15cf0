"""Taking out what the list of activities shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from peyvand.accounts.policies import may
from peyvand.activities.services import exporting
from peyvand.web import exporting as door
from peyvand.web.access import page
from peyvand.web.lists import BoundList
from peyvand.web.templatetags.pv import grouped


@require_POST
@page(exporting.EXPORT)
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Give the list as a file: a short one at once, a long one as long work."""
    return door.give(request, door.wanted(request, key=exporting.LIST, columns=exporting.COLUMNS))


def head(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The export of the whole list as it is shown."""
    if not may(bound.user, exporting.EXPORT) or bound.is_first_use:
        return None
    columns = ",".join(each.key for each in bound.columns)
    shown = {
        "url": reverse("activities:export"), "query": bound.state.but(view="").to_query(), "columns": columns,
        "choices": door.TABLES,
    }  # fmt: skip
    return {"export": shown}


def bar(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The bar over chosen rows: they can be taken out; who may not has nothing to choose them for."""
    if not may(bound.user, exporting.EXPORT):
        return None
    state, total = bound.state.but(view=""), bound.total.shown if bound.total else 0
    text = ngettext("Choose the %(n)s activity of this list", "Choose all %(n)s activities of this list", total)
    shown = {
        "key": bound.key, "query": state.but(columns=tuple(each.key for each in bound.columns)).to_query(),
        "narrowed": state.but(sort="", columns=()).to_query(), "total": total, "acts": [],
        "all_text": text % {"n": grouped(total)} if total > len(bound.rows) else "",
        "export_url": reverse("activities:export"), "cells_url": "",
    }  # fmt: skip
    return {"bulk": shown}
