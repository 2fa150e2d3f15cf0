"""Finding another request: to merge with, to link with, to move a message to."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from peyvand.accounts.scoping import Who
from peyvand.cartable import code as codes
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.folders import search_q

MOST = 8
COLUMNS = ("party", "kind", "department", "assignee", "post__holder", "merged_into")


def others_for(who: Who, request: Request, typed: str, *, same_whole: bool = False) -> list[Request]:
    """Requests that `who` sees and that fit what was typed: a code, or words of subject, customer and first message.

    Before anything is typed: the latest of the same customer. An old code finds the request into which its own was
    merged. same_whole: only those that are parts of the same request, or whole like this one.
    """
    rows = Request.objects.visible_to(who).exclude(pk=request.pk)
    if same_whole:
        rows = rows.filter(parent=request.parent_id)
    if codes.parse(typed) is not None:
        return [one for one in by_codes(who, [typed]) if one.pk != request.pk and _fits(one, request, same_whole)]
    rows = rows.filter(merged_into=None)
    if typed.strip():
        return _shown(rows.filter(search_q(typed)))
    if request.party_id is None:
        return []
    nearest = Q(party=request.party_id) | Q(pk=request.perhaps_of_id) | Q(perhaps_of=request.pk)
    return _shown(rows.filter(nearest))


def _fits(one: Request, request: Request, same_whole: bool) -> bool:
    return not same_whole or one.parent_id == request.parent_id


def _shown(rows: QuerySet[Request]) -> list[Request]:
    return list(rows.select_related(*COLUMNS).defer("search").order_by("-last_activity_at", "-id")[:MOST])


def by_codes(who: Who, typed: Iterable[str]) -> list[Request]:
    """The requests of these codes that `who` sees, in their order, each once; of a merged one its survivor."""
    wanted = [code for text in typed if (code := codes.parse(text)) is not None]
    rows = Request.objects.filter(code__in=wanted).values_list("code", "pk", "merged_into_id")
    places = {code: merged or pk for code, pk, merged in rows}
    seen = Request.objects.visible_to(who).select_related(*COLUMNS).defer("search").in_bulk(set(places.values()))
    ids = dict.fromkeys(places[code] for code in wanted if code in places)
    return [seen[pk] for pk in ids if pk in seen]
