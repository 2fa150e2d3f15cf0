"""Who else is at a request: what an open page says and asks every few seconds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from peyvand.cartable.services.presence import be_present
from peyvand.cartable.views.answering import actor_of, find
from peyvand.web.access import page


@page("cartable.view")
@require_POST
def presence(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the page is open, that one types in it, or that one leaves it; the answer names the others."""
    found = be_present(
        actor=actor_of(request), request_id=find(request, code).pk, state=request.POST.get("state", "looking")
    )
    return render(request, "cartable/_presence.html", {"present": found})
