"""The file of one customer: head, figures, tabs, timeline."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from peyvand.core.errors import NotFound
from peyvand.parties import file_parts, selectors, timeline
from peyvand.parties.models import Party
from peyvand.parties.services.access_log import note_view
from peyvand.parties.views import shown_file as shown
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment


@require_GET
@page("parties.view")
def detail(request: HttpRequest, party_id: int) -> HttpResponse:
    """The file of a customer with everything that happened; other apps fill its slots, figures and tabs."""
    user = signed_in(request)
    party = selectors.get_file(user, party_id)
    note_view(user=user, party=party)
    context = frame(request, party, shown.EVENTS)
    before = request.GET.get("before", "")
    context["timeline"] = shown.timeline_of(user, party, only=request.GET.get("only", ""), before=before)
    context["pinned"] = shown.pinned_of(party)
    return fragment(request, "parties/file.html", context, "party-tab")


@require_GET
@page("parties.view")
def tab(request: HttpRequest, party_id: int, key: str) -> HttpResponse:
    """One of the other tabs of the file."""
    user = signed_in(request)
    party = selectors.get_file(user, party_id)
    note_view(user=user, party=party)
    chosen = next((each for each in file_parts.tabs_for(user) if each.key == key), None)
    if chosen is None:
        raise NotFound
    context = frame(request, party, key)
    context["body"] = chosen.render(request, party)
    return fragment(request, "parties/file.html", context, "party-tab")


def frame(request: HttpRequest, party: Party, on: str) -> dict[str, Any]:
    """What every tab of the file shows around itself."""
    user = signed_in(request)
    head = shown.head_of(user, party, on)
    numbers = shown.numbers_of(user, party) if "figures" in request.GET else None
    return {"party": party, "head": head, "on": on, "numbers": numbers, "note_open": "note" in request.GET}


@require_GET
@page("parties.view")
def figures(request: HttpRequest, party_id: int) -> HttpResponse:
    """The figures, the counts of the tabs and the marks beside the name, which come after the page."""
    user = signed_in(request)
    party = selectors.get_file(user, party_id)
    context = {"party": party, "numbers": shown.numbers_of(user, party)}
    return render(request, "parties/file/_numbers.html", context)


@require_GET
@page("parties.view")
def beside(request: HttpRequest, party_id: int) -> HttpResponse:
    """The cards beside the tabs, which come after the page."""
    user = signed_in(request)
    party = selectors.get_file(user, party_id)
    context = {"party": party, "side": shown.side_of(user, party), "head": {"may": shown.may_of(user, party)}}
    return render(request, "parties/file/_beside.html", context)


@require_GET
@page("parties.view")
def events(request: HttpRequest, party_id: int) -> HttpResponse:
    """A part of the timeline: `before` older entries, `since` what came meanwhile, otherwise the newest."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    since = request.GET.get("since", "")
    line = shown.timeline_of(user, party, only=request.GET.get("only", ""), before=request.GET.get("before", ""))
    context = {"party": party, "timeline": line, "head": {"may": shown.may_of(user, party)}}
    if since:
        return _fresh(request, context, line, since)
    if request.GET.get("before"):
        context["continued"] = request.GET.get("under", "")
        return render(request, "parties/file/_entries.html", context)
    context["pinned"] = shown.pinned_of(party)
    return render(request, "parties/file/_timeline.html", context)


def _fresh(request: HttpRequest, context: dict[str, Any], line: shown.ShownTimeline, since: str) -> HttpResponse:
    """Only what came after `since`; the heading that stands there already moves above it."""
    place = timeline.parse(since)
    new = [entry for group in line.groups for entry in group.entries if entry.position > place]
    slug, _label = shown.group_of(place[0])
    groups = shown.grouped(new)
    context["timeline"] = shown.ShownTimeline(groups, "", line.newest if new else since, line.only)
    context["moved"] = slug if groups and groups[-1].slug == slug else ""
    return render(request, "parties/file/_fresh.html", context)
