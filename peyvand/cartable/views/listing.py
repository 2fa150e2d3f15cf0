"""The list of a folder: filters, orders, pages, export."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from peyvand.accounts.policies import may
from peyvand.cartable.models import IS_TAGGED, Request
from peyvand.cartable.request_fields import LIST
from peyvand.cartable.selectors import choices
from peyvand.cartable.selectors.figures import on_time_this_week
from peyvand.cartable.selectors.folders import BY_ACTIVITY, BY_DUE, CAP, ORDERS, Folder, rows_of, search_q
from peyvand.cartable.selectors.places import Asked, first_page, older_copies
from peyvand.cartable.services.exporting import EXPORT
from peyvand.cartable.views.answering import me
from peyvand.cartable.views.bulk_bar import bulk_bar
from peyvand.cartable.views.folder import Place, panel_of, place_of
from peyvand.cartable.views.row import COLUMNS, Row
from peyvand.cartable.words import MEDIUMS
from peyvand.core.models import SavedView
from peyvand.core.paging import LARGEST, Page, keyset_page
from peyvand.core.saved_views import views_of
from peyvand.core.time_limits import answer_within
from peyvand.web.access import page
from peyvand.web.exporting import TABLES
from peyvand.web.filters import Bound, Filter, FilterSet
from peyvand.web.http import fragment, redirect, wants_fragment

SIZE = 25
FOUND_CAP = 100  # what words find is counted in the list's order as far as this: a frequent word is in half of all rows
PATIENCE = 8000  # ms that a search may take
SORTS: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "": (gettext_lazy("Due soonest"), ()),
    "news": (gettext_lazy("Latest news"), ("-last_activity_at", "-id")),
    "old": (gettext_lazy("Oldest first"), ("opened_at", "id")),
}


def _by(field: str) -> Callable[[QuerySet[Request], str], QuerySet[Request]]:
    """A filter on one column named here, never by the reader."""
    return lambda rows, value: rows.filter(**{field: value})


def _search(rows: QuerySet[Request], text: str) -> QuerySet[Request]:
    return rows.filter(search_q(text))


def _kinds() -> Iterable[tuple[str, str]]:
    return [(str(each.pk), str(each)) for each in choices.kinds()]


def _tags() -> Iterable[tuple[str, str]]:
    return [(str(pk), tag.name) for pk, tag in choices.tags().items()]


def _with_tag(rows: QuerySet[Request], tag: str) -> QuerySet[Request]:
    return rows.filter(IS_TAGGED, tag_ids__contains=[int(tag)])


def _departments() -> Iterable[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in choices.departments()]


FILTERS = FilterSet(
    (
        Filter(key="q", label=gettext_lazy("Search"), apply=_search, is_search=True),
        Filter(key="kind", label=gettext_lazy("Kind"), apply=_by("kind_id"), choices=_kinds),
        Filter(key="priority", label=gettext_lazy("Priority"), apply=_by("priority"), choices=Request.Priority.choices),
        Filter(key="status", label=gettext_lazy("Status"), apply=_by("status"), choices=Request.Status.choices),
        Filter(key="medium", label=gettext_lazy("Channel"), apply=_by("medium"), choices=tuple(MEDIUMS.items())),
        Filter(key="tag", label=gettext_lazy("Tag"), apply=_with_tag, choices=_tags),
        Filter(key="unit", label=gettext_lazy("Department"), apply=_by("department_id"), choices=_departments),
    )
)


def list_context(request: HttpRequest, place: Place) -> dict[str, Any]:
    """Everything that the list of a folder shows."""
    filters, sort = FILTERS.bind(request), _sort(request)
    found, total, most = _found(request, place, filters)
    query = kept_query(request)
    return {
        "folder": place,
        "rows": _rows(request, place, found.items, query),
        "next_url": _next_url(place, query, found.next),
        "total_text": _total(total, most),
        "bulk": bulk_bar(request, place, query, total, most),
        "filters": filters,
        "view": opened_view(request),
        "choices": [
            {"key": one.key, "label": one.label, "value": filters.value(one.key), "options": one.options()}
            for one in FILTERS.filters
            if not one.is_search
        ],
        "query_string": query,
        "export_choices": TABLES,
        "sort": sort,
        "sorts": [(key, text) for key, (text, _order) in SORTS.items()],
    }


def narrowed(request: HttpRequest, place: Place) -> tuple[QuerySet[Request], tuple[str, ...]]:
    """The requests of a folder as the address filters them, and their order."""
    rows = FILTERS.bind(request).apply(place.rows(me(request)))
    return rows, _order(request, place)


def opened_view(request: HttpRequest) -> SavedView | None:
    """The saved view whose address this is."""
    number = request.GET.get("view", "")
    if not (number.isdecimal() and len(number) < 10):
        return None
    return views_of(me(request), LIST).filter(pk=int(number)).first()


def kept_query(request: HttpRequest) -> str:
    """The filters and the order of an address, for the addresses of its rows and neighbours."""
    return _query(FILTERS.bind(request), _sort(request), request.GET.get("view", ""))


def _sort(request: HttpRequest) -> str:
    sort = request.GET.get("sort", "")
    return sort if sort in SORTS else ""


def _rows(request: HttpRequest, place: Place, found: Sequence[Request], query: str) -> list[Row]:
    """The rows, each with its address below its folder's."""
    folder, rest = reverse("cartable:folder", args=[place.slug]), f"/?{query}" if query else "/"
    return [
        Row(each.request, each.unread, f"{folder}{each.request.code}{rest}") for each in rows_of(me(request), found)
    ]


def _size(request: HttpRequest) -> int:
    asked = request.GET.get("size", "")
    return min(int(asked), LARGEST) if asked.isdecimal() and len(asked) < 5 and int(asked) else SIZE


def _query(filters: Bound, sort: str, view: str) -> str:
    """The reader's filters as an address, so that rows and pages keep them."""
    values = {one.key: value for one, value, _name in filters.active} | ({"sort": sort} if sort else {})
    return urlencode(values | ({"view": view} if view.isdecimal() and len(view) < 10 else {}))


def _next_url(place: Place, query: str, after: str | None) -> str:
    if after is None:
        return ""
    address = reverse("cartable:folder", args=[place.slug])
    return f"{address}?{query}&{urlencode({'after': after})}" if query else f"{address}?{urlencode({'after': after})}"


def _found(request: HttpRequest, place: Place, filters: Bound) -> tuple[Page[Request], int | None, int]:
    """A page of the list, how many there are if it is the first one, and how far that is counted."""
    after, size = request.GET.get("after"), _size(request)
    if not (after or filters or place.folder is Folder.SNOOZED):
        asked = Asked(
            folder=place.folder, department_id=place.department_id, order=_order(request, place), columns=COLUMNS
        )
        return *first_page(me(request), asked, size=size, most=CAP), CAP
    rows, order = narrowed(request, place)
    if after and not filters and (place.folder, order) == (Folder.COPIES, BY_ACTIVITY):
        rows = older_copies(me(request), after, size=size)
    listed = rows.select_related("party", "kind").only(*COLUMNS)
    with answer_within(PATIENCE) if filters.search else nullcontext():
        found = keyset_page(listed, order=order, after=after, size=size)
        most = FOUND_CAP if filters.search and found.next else CAP
        total = None if after else _counted(rows.order_by(*order if filters.search else ()), found, most)
    return found, total, most


def _order(request: HttpRequest, place: Place) -> tuple[str, ...]:
    return SORTS[_sort(request)][1] or ORDERS.get(place.folder, BY_DUE)


def _counted(rows: QuerySet[Request], found: Page[Request], most: int) -> int:
    """How many there are, at most `most`: without a question when the first page holds them all."""
    return len(found.items) if found.next is None else rows[:most].count()


def _total(number: int | None, most: int) -> str:
    """«12 requests», «999+ requests»; nothing when nobody has counted."""
    if number is None:
        return ""
    shown = f"{most - 1:,}+" if number >= most else f"{number:,}"
    return ngettext("%(n)s request", "%(n)s requests", number) % {"n": shown}


def panel_context(request: HttpRequest, *, counted: bool = False) -> dict[str, Any]:
    """The folders; a page asks for their counts, and the figure under them, when it stands."""
    panel = panel_of(me(request), counted=counted)
    return {
        "folders": panel.folders,
        "departments": panel.departments,
        "saved_views": panel.saved,
        "counted": counted,
        "on_time": on_time_this_week(me(request)) if counted else None,
    }


def list_permissions(request: HttpRequest) -> dict[str, bool]:
    """What the list offers."""
    return {"create": may(me(request), "cartable.register"), "export": may(me(request), EXPORT)}


@page("cartable.view")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The cartable begins with one's own work."""
    return redirect(request, reverse("cartable:folder", args=[Folder.MINE]))


@page("cartable.view")
@require_GET
def folder(request: HttpRequest, folder: str) -> HttpResponse:
    """A folder: the page, the list beside an open request, its rows after a filter, or more rows."""
    place = place_of(me(request), folder)
    context = list_context(request, place)
    partial = "more" if "after" in request.GET else "list" if request.GET.get("pane") == "list" else "rows"
    if wants_fragment(request):
        context["rows_alone"] = partial == "rows"
    else:
        context |= panel_context(request)
    context["may"] = list_permissions(request)
    context["first_use"] = not context["rows"] and not context["filters"] and not Request.objects.exists()
    answer = fragment(request, "cartable/page.html", context, partial)
    if request.headers.get("HX-Trigger") == "list-form":
        query = context["query_string"]
        answer["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return answer


@page("cartable.view")
@require_GET
def counts(request: HttpRequest, folder: str) -> HttpResponse:
    """The folders with fresh counts."""
    context = {"folder": place_of(me(request), folder), "may": list_permissions(request)}
    return fragment(request, "cartable/page.html", context | panel_context(request, counted=True), "folders")
