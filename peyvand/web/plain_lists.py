"""Plain lists, taken out as they are shown: a head, and a row for each record that their page lists.

Lists of records with fields (customers, deals, requests, activities) are taken out with chosen columns by
`web.exporting`; all other lists say here in one call how their rows are written.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from peyvand.accounts.models import User
from peyvand.accounts.policies import may, require
from peyvand.core import sheets
from peyvand.core.errors import Invalid, NotFound, TooLarge
from peyvand.core.jalali import format_date
from peyvand.core.sheets import Cell
from peyvand.web import exporting, prefs
from peyvand.web.access import page, signed_in

MOST = 50_000  # rows of a plain list
FILES = (exporting.XLSX, exporting.CSV)
Log = Callable[..., None]


@dataclass(frozen=True, kw_only=True)
class PlainList:
    """A list without chosen columns. permissions: whoever takes it out holds each of them. heads(): what the columns

    are called. rows(user, query): what he sees of it, narrowed by the address of the page, in the order of the page.
    """

    key: str
    permissions: Sequence[str]
    heads: Callable[[], Sequence[str]]
    rows: Callable[[User, QueryDict], Iterable[Sequence[Cell]]]


_lists: dict[str, PlainList] = {}
_logs: list[Log] = []


def register_plain_list(listed: PlainList) -> None:
    """Have a list taken out; its template shows the menu by `{% take_out "key" %}`."""
    _lists[listed.key] = listed


def plain_lists() -> dict[str, PlainList]:
    """All of them, by key."""
    return dict(_lists)


def register_log(log: Log) -> None:
    """Have log(user=, count=, detail=) note each list that is taken out."""
    _logs.append(log)


def may_take_out(user: Any, key: str) -> bool:
    """Is there such a list, and may `user` take it out?"""
    listed = _lists.get(key)
    return listed is not None and all(may(user, name) for name in listed.permissions)


@require_POST
@page()
def take_out(request: HttpRequest, listed: str) -> HttpResponse | StreamingHttpResponse:
    """Give a plain list as a table, as its page shows it to this reader."""
    user, kind = signed_in(request), exporting.format_of(request.POST.get("format", ""))
    if not kind.is_table:
        raise Invalid
    query = QueryDict(request.POST.get("query", "")[: exporting.LONGEST_QUERY])
    rows = rows_of(user, listed, query)
    for log in _logs:
        log(user=user, count=len(rows) - 1, detail={"list": listed, "query": query.urlencode(), "format": kind.value})
    chunks = sheets.whole(kind, rows, is_rtl=prefs.current().direction == "rtl")
    response = StreamingHttpResponse(chunks, content_type=sheets.CONTENT_TYPES[kind])
    name = f"{listed}-{timezone.localdate().isoformat()}.{kind.extension}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def rows_of(user: User, key: str, query: QueryDict) -> list[Sequence[Cell]]:
    """The head and the rows of a plain list. Errors: NotFound, NotAllowed, TooLarge."""
    listed = _lists.get(key)
    if listed is None:
        raise NotFound
    for name in listed.permissions:
        require(user, name)
    found = list(islice(listed.rows(user, query), MOST + 1))
    if len(found) > MOST:
        raise TooLarge
    return [list(listed.heads()), *found]


def day(value: Any, *, with_time: bool = True) -> str:
    """A moment or a day in the reader's calendar with latin digits, so that programs read it; empty for none."""
    if value is None:
        return ""
    calendar = prefs.current().calendar
    text = format_date(value, calendar=calendar, lang="en", style="numeric", digits="latin")
    clock = timezone.localtime(value).strftime(" %H:%M") if with_time and hasattr(value, "tzinfo") else ""
    return text + clock


def number_in(query: QueryDict, name: str) -> int | None:
    """A number of a record in an address; None for anything else."""
    text = query.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
