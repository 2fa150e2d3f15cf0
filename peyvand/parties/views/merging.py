"""Pages on which customers are chosen, compared and merged."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.core.errors import Invalid
from peyvand.parties import selectors
from peyvand.parties.models import Party
from peyvand.parties.policies import MERGE
from peyvand.parties.services import bulk
from peyvand.parties.services.merging import MOST, merge_parties
from peyvand.parties.services.merging.proposing import MergePreview, mergeable, preview_merge
from peyvand.parties.views.bulk import opened, sealed, selection_of
from peyvand.web.access import page, signed_in
from peyvand.web.http import done, fragment, redirect
from peyvand.web.templatetags.pv import grouped, localised
from peyvand.web.toasts import toast

CHOICE = "c."
FOUND = 12


@require_POST
@page(MERGE)
def merge_chosen(request: HttpRequest) -> HttpResponse:
    """From the chosen rows of the list to the page that compares them."""
    rows = bulk.rows_of(actor=signed_in(request), selection=selection_of(request))
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    try:
        mergeable(signed_in(request), ids)
    except Invalid as error:
        toast(request, error.message, level="warn")
        return done(request, url=reverse("parties:list"))
    return redirect(request, address_of(ids))


@require_GET
@page(MERGE)
def merge_with(request: HttpRequest, party_id: int) -> HttpResponse:
    """Find the others that are the same as this customer; those of the same name are there already."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    typed = request.GET.get("q", party.name).replace("\x00", "").strip()[:80]
    hits = selectors.ranked(user, typed, FOUND * 2) if typed else []
    alike = [hit.party for hit in hits if hit.party.pk != party.pk and hit.party.kind == party.kind][:FOUND]
    context = {"party": party, "q": typed, "others": alike}
    return fragment(request, "parties/merge/with.html", context, "merge-with")


@require_http_methods(["GET", "POST"])
@page(MERGE)
def merge(request: HttpRequest) -> HttpResponse:
    """Compare the chosen customers field by field (GET), and make one of them (POST)."""
    user = signed_in(request)
    given = request.POST if request.method == "POST" else request.GET
    ids, survivor, choices = _read(given)
    if request.method == "GET":
        whole = _number(given.get("all", "")) or None
        picked = {} if whole else choices
        shown = preview_merge(
            actor=user, party_ids=ids, survivor_id=survivor, choices=picked, favoured_id=whole or survivor
        )
        return fragment(request, "parties/merge/compare.html", _context(shown), "merge")
    made = merge_parties(actor=user, survivor_id=survivor or 0, party_ids=ids, choices=choices, versions=_seen(given))
    count = len(set(ids) | {made.survivor_id})
    text = ngettext("%(n)s customer became one.", "%(n)s customers became one.", count) % {"n": grouped(count)}
    toast(request, text, undo_url=reverse("parties:merge_undo", args=[made.pk]))
    return redirect(request, reverse("parties:detail", args=[made.survivor_id]))


def address_of(ids: list[int]) -> str:
    """The page that compares these."""
    query = QueryDict(mutable=True)
    query.setlist("id", [str(pk) for pk in ids])
    return f"{reverse('parties:merge')}?{query.urlencode()}"


def _read(given: QueryDict) -> tuple[list[int], int | None, dict[str, int]]:
    """The customers, the survivor and the choices that a form sends."""
    ids = [number for number in map(_number, given.getlist("id")) if number][: MOST + 1]
    choices = {key.removeprefix(CHOICE): _number(str(given[key])) for key in given if key.startswith(CHOICE)}
    return ids, _number(given.get("survivor", "")) or None, choices


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _seen(given: QueryDict) -> Mapping[int, int]:
    """The versions that the page showed. Raises Invalid when it is too old or not ours."""
    if "seen" not in given:
        raise Invalid(_("This page is too old; choose the customers again."))
    return {int(pk): version for pk, version in opened(str(given["seen"])).items()}


def written(text: str) -> str:
    """A value for the page: numbers in the reader's digits, codes, mails and web addresses as they are, isolated."""
    if not text:
        return ""
    if "@" in text or "://" in text or (text.isascii() and any(sign.isalpha() for sign in text)):
        return format_html('<bdi dir="ltr">{}</bdi>', text)
    return format_html('<bdi dir="ltr">{}</bdi>' if text.isascii() else "<bdi>{}</bdi>", localised(text))


def _context(shown: MergePreview) -> dict[str, Any]:
    records: list[tuple[Party, bool]] = [(party, party.pk == shown.survivor.pk) for party in shown.records]
    lines = [
        (line, [(pk, written(text), pk == line.chosen) for pk, text in line.values], written(line.result))
        for line in shown.fields
    ]
    return {
        "shown": shown,
        "records": records,
        "different": [line for line in lines if line[0].is_different],
        "same": [line for line in lines if not line[0].is_different],
        "joined": [
            (
                line,
                [list(map(written, line.of(party.pk))) for party in shown.records],
                [(written(text), owners) for text, owners in line.items],
            )
            for line in shown.joined
        ],
        "seen": sealed({str(pk): version for pk, version in shown.versions.items()}),
    }
