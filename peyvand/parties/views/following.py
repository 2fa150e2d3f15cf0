"""Pages of a merged customer lead to the one it lives on in; who writes to it is told."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, reverse

from peyvand.core.errors import NotFound
from peyvand.parties.errors import MergedAlready
from peyvand.parties.selectors.aliases import survivor_for

View = Callable[..., HttpResponseBase]


def following(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Have every page of one customer answer to old numbers, too."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and "<int:party_id>" in str(pattern.pattern):
            pattern.callback = _followed(pattern.callback)
    return patterns


def _followed(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, party_id: int, **more: Any) -> HttpResponseBase:
        try:
            return view(request, party_id=party_id, **more)
        except NotFound:
            survivor = survivor_for(request.user, party_id)
            if survivor is None:
                raise
            if request.method not in ("GET", "HEAD"):
                raise MergedAlready from None
            return _moved(request, survivor, more)

    return answer


def _moved(request: HttpRequest, survivor: int, more: dict[str, Any]) -> HttpResponseBase:
    """The same page of the survivor. Nobody may remember it: the merge may be taken back."""
    match = request.resolver_match
    address = reverse(match.view_name, kwargs={"party_id": survivor, **more}) if match else ""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    response["Cache-Control"] = "private, no-store"
    return response
