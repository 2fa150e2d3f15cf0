"""The product's addresses and the yardstick: an authenticated page of the same shell with one primary-key query."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path

from peyvand.config.urls import urlpatterns as product
from peyvand.parties.models import Party
from peyvand.web.access import page


@page("cartable.view")
def yardstick(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one customer's name in the shell of every page."""
    return render(request, "bench/yardstick.html", {"party": Party.objects.get(pk=pk)})


urlpatterns: list[URLPattern | URLResolver] = [path("bench/yardstick/<int:pk>/", yardstick), *product]
