"""The filters of a list of requests, from its address to the state that exports, bulk acts and saved views keep."""

from urllib.parse import urlencode

from django.http import QueryDict

from peyvand.cartable.request_fields import PLACE
from peyvand.core.list_state import Condition, ListState

FIELDS = {
    "kind": "kind", "priority": "priority", "status": "status", "medium": "medium", "unit": "department", "tag": "tags",
}  # fmt: skip
SORTS = {"news": "-last_activity_at", "old": "opened_at"}
LONGEST = 200


def state_of(query: QueryDict, *, place: str = "") -> ListState:
    """What an address narrows its list to; with the folder in which it stands for a saved view."""
    narrowed: tuple[Condition, ...] = (Condition(PLACE, "is", (place,)),) if place else ()
    narrowed += tuple(Condition(field, "is", (str(query[key]),)) for key, field in FIELDS.items() if query.get(key))
    sort = SORTS.get(query.get("sort", ""), "")
    return ListState(filters=narrowed, q=query.get("q", "")[:LONGEST], sort=sort)


def query_of(state: ListState, *, view: int | None = None) -> str:
    """The address that shows a state; what this list cannot show is left out."""
    keys = {field: key for key, field in FIELDS.items()}
    sorts = {sort: key for key, sort in SORTS.items()}
    values = {keys[each.key]: each.values[0] for each in state.filters if each.key in keys and len(each.values) == 1}
    if state.q:
        values["q"] = state.q
    if state.sort in sorts:
        values["sort"] = sorts[state.sort]
    return urlencode(values | ({"view": str(view)} if view else {}))
