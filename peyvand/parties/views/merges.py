"""The log of merges, what each brought together, and taking one back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.parties.models import Merge, Party
from peyvand.parties.policies import MERGE
from peyvand.parties.selectors.merges import get_merge, merges_seen_by, provenance_of
from peyvand.parties.services.merging import blocked_by, undo_merge
from peyvand.parties.services.merging.later import FIELD, later_fields, later_rows
from peyvand.parties.services.merging.proposing import FieldWords, counted
from peyvand.parties.views.merging import written
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect
from peyvand.web.paging import links, page_of
from peyvand.web.toasts import toast

MOST = 200  # later rows that a page asks for; the rest goes where it seems to belong


@require_GET
@page(MERGE)
def merges(request: HttpRequest) -> HttpResponse:
    """Who was merged with whom, by whom and when, and until when it can be taken back."""
    number = request.GET.get("party", "")
    party = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
    found = page_of(request, merges_seen_by(signed_in(request), party_id=party), order=("-at", "-id"))
    context = {"rows": found.items, "links": links(request, found), "party_id": party}
    return fragment(request, "parties/merge/log.html", context, "merges")


@require_GET
@page(MERGE)
def merged(request: HttpRequest, merge_id: int) -> HttpResponse:
    """One merge: from whom each value came, what was joined, what moved."""
    user = signed_in(request)
    made = get_merge(user, merge_id)
    context = {
        "merge": made,
        "fields": _fields(user, made),
        "brought": provenance_of(made),
        "moved": counted(made.counts),
        "top": blocked_by(made) if made.is_open else None,
        "is_there": made.survivor.deleted_at is None,
    }
    return fragment(request, "parties/merge/merged.html", context, "merged")


@require_http_methods(["GET", "POST"])
@page(MERGE)
def undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Ask where what came since belongs (GET), and take the merge back (POST)."""
    user = signed_in(request)
    made = get_merge(user, merge_id)
    if request.method == "GET":
        return fragment(request, "parties/merge/undo.html", _asked(user, made), "merge-undo")
    values = {key: str(value) for key, value in request.POST.items() if ":" in key}
    places = {key: int(value) for key, value in values.items() if value.isascii() and value.isdigit()}
    undone = undo_merge(actor=user, merge=made, places=places)
    toast(request, _("The merge was taken back."))
    return redirect(request, reverse("parties:merged", args=[undone.pk]))


def _asked(user: User, merge: Merge) -> dict[str, Any]:
    """What came since, by kind, with a choice of the customers for each."""
    people = [merge.survivor, *(source.party for source in merge.sources.all())]
    groups: dict[str, list[tuple[str, str, int]]] = {}
    rows = later_rows(merge) if merge.is_open else []
    words: dict[tuple[str, int], str] = {}
    for reference in {row.reference.key: row.reference for row in rows}.values():
        ids = [row.row for row in rows if row.reference.key == reference.key]
        words |= {(reference.key, pk): text for pk, text in (reference.words(ids) if reference.words else {}).items()}
    for row in rows[:MOST]:
        text = words.get((row.reference.key, row.row), "") or f"#{row.row}"
        groups.setdefault(str(row.reference.label), []).append((row.key, text, row.proposed))
    writer = FieldWords(user)
    survivor = Party.objects.select_related("profile").get(pk=merge.survivor_id)
    fields = [
        (f"{FIELD}{each.field}", writer.label(each.field), written(writer.text(survivor, each.field)), each.proposed)
        for each in (later_fields(merge) if merge.is_open else ())
    ]
    return {
        "merge": merge,
        "people": people,
        "groups": list(groups.items()),
        "fields": fields,
        "rest": max(0, len(rows) - MOST),
        "top": blocked_by(merge) if merge.is_open else None,
        "may_all": all(may(user, MERGE, party) for party in people),
    }


def _fields(user: User, merge: Merge) -> list[tuple[str, str, str]]:
    """Of each field its name, what it holds, and from whom the value came."""
    if merge.undone_at is not None:
        return []
    names = {merge.survivor_id: merge.survivor.name} | {each.party_id: each.party.name for each in merge.sources.all()}
    writer = FieldWords(user)
    survivor = Party.objects.select_related("profile").get(pk=merge.survivor_id)
    return [
        (writer.label(key), written(writer.text(survivor, key)), names.get(pk, ""))
        for key, pk in merge.choices.items()
        if pk != merge.survivor_id
    ]
