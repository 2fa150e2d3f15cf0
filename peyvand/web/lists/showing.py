"""From a request to a page of a list."""

from html import escape
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.core.list_state import Checked
from peyvand.core.paging import BadCursor, Page, keyset_page
from peyvand.core.record_fields import Asked, RecordField
from peyvand.core.time_limits import TooSlow, answer_within
from peyvand.core.totals import Total, total_of
from peyvand.web import prefs
from peyvand.web.access import signed_in
from peyvand.web.http import fragment
from peyvand.web.lists.bound import PARTS, BoundList, checked_state, joined, labels_of, shown_columns, state_of
from peyvand.web.lists.cells import NUMERIC, Pen, cell, missing
from peyvand.web.lists.records import RecordList
from peyvand.web.lists.tabs import tabs_of, totals_key

PATIENCE = 4_000  # milliseconds that a person waits for a page of a list
FARTHEST = 10_000_000


def show_list(request: HttpRequest, records: RecordList, template: str, **context: Any) -> HttpResponse:
    """Render the list's page, or its part `records.key` for htmx. A state that cannot be used answers 422."""
    bound = bind(records, request, signed_in(request))
    status = 422 if bound.failure or bound.checked.problems else 200
    return fragment(request, template, {**context, "list": bound}, records.key, status=status)


def bind(records: RecordList, request: HttpRequest, user: User) -> BoundList:
    """Read the address, find the page's rows and write them."""
    asked = asked_by(user)
    is_bare = not any(part in request.GET for part in PARTS)
    tabs = tabs_of(user, records, request.GET.get("view", ""), is_bare=is_bare)
    checked = checked_state(records, state_of(request, tabs), asked)
    columns = shown_columns(records, checked, user, asked)
    page, failure = _page(records, request, user, checked, columns, asked)
    pen = Pen(prefs.current(), asked, labels_of(columns, asked) if page.items else {})
    pen.names.learn_all([*columns, *(checked.fields[key] for key in records.names)], page.items)
    start = _start(request, page)
    return BoundList(
        records=records,
        user=user,
        request=request,
        asked=asked,
        tabs=tabs,
        checked=checked,
        columns=columns,
        pen=pen,
        page=page,
        start=start,
        total=None if failure else _total(records, user, checked, asked, page, start),
        body=_body(records, user, columns, page.items, pen),
        failure=failure,
    )


def narrowed(records: RecordList, user: User, checked: Checked, asked: Asked) -> "QuerySet[Any]":
    """Return the records that a state leaves over."""
    return checked.apply(records.rows(user), records.host, asked)


def _page(
    records: RecordList, request: HttpRequest, user: User, checked: Checked, columns: list[RecordField], asked: Asked
) -> tuple[Page[Any], str]:
    """Return the page of rows, or none of them and the reason."""
    rows = records.load(narrowed(records, user, checked, asked))
    for each in columns:
        rows = each.load(rows) if each.load else rows
    after, before = request.GET.get("after"), request.GET.get("before")
    order = checked.order()
    try:
        with answer_within(PATIENCE):
            return keyset_page(rows, order=order, after=after, before=before, size=records.size, empty_last=True), ""
    except BadCursor:
        with answer_within(PATIENCE):
            return keyset_page(rows, order=order, size=records.size, empty_last=True), ""
    except TooSlow as error:
        return Page(), error.message


def _start(request: HttpRequest, page: Page[Any]) -> int:
    """How many rows stand before this page; the first page knows it, the others are told by their address."""
    if not page.previous:
        return 0
    text = request.GET.get("n", "")
    return min(int(text), FARTHEST) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _total(records: RecordList, user: User, checked: Checked, asked: Asked, page: Page[Any], start: int) -> Total:
    if page.next is None and page.previous is None:
        return Total(len(page.items), is_exact=True)
    found = total_of(narrowed(records, user, checked, asked), totals_key(user, records, checked.state))
    seen = start + len(page.items)
    return found if found.is_exact or found.number >= seen else Total(seen, is_exact=page.next is None)


def _body(records: RecordList, user: User, columns: list[RecordField], rows: list[Any], pen: Pen) -> SafeString:
    """Write all rows as one string: the list's own cells for the columns that it names, the kit's for the others."""
    may_edit = records.may_edit(user)
    invites = may_edit and records.change_address is not None
    heads = [(each, _opening(each, records.label(each), may_edit), records.cells.get(each.key)) for each in columns]
    invitations = {each.key: missing(records.label(each)) for each in columns} if invites else {}
    choose = escape(_("Choose"))
    parts: list[str] = []
    for record in rows:
        lacks = records.missing(record)
        parts.append(
            f'<tr data-row="{record.pk}" data-version="{record.version}"><td class="pv-pick"><input type="checkbox"'
            f' class="checkbox checkbox-primary" name="ids" value="{record.pk}" form="list-form" data-row-check'
            f' aria-label="{choose}"></td>'
        )
        for each, opening, writer in heads:
            text = writer(record, pen) if writer else cell(record, each, pen)
            if not text and records.change_address and each.key in lacks and invites:
                before, after = invitations[each.key]
                text = f"{before}{records.change_address(record.pk)}{after}"
            parts += (opening, text, "</td>")
        parts.append("</tr>")
    return joined(parts)


def _opening(each: RecordField, label: str, may_edit: bool) -> str:
    """The opening of a column's cells: its key for inline edit, its name for phones."""
    css = ' class="num"' if each.kind in NUMERIC and each.unit != "%" else ""
    editable = " data-editable" if each.is_editable and may_edit else ""
    return f'<td{css} data-cell="{escape(each.key)}"{editable} data-label="{escape(label)}">'
