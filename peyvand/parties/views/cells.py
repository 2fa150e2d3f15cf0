"""Cells of the list that are edited where they stand: read, written, taken back, each on its own."""

import json
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.core.errors import Invalid, NotFound, PeyvandError
from peyvand.core.list_state import may_use
from peyvand.core.record_fields import Kind, RecordField, fields_of
from peyvand.parties import policies, selectors
from peyvand.parties.errors import ChangedMeanwhile
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party
from peyvand.parties.services.bulk.wording import Words
from peyvand.parties.services.editing import Raw, current_raw, set_field, set_fields
from peyvand.parties.views.inputs import Option, input_of, raw_of
from peyvand.web import prefs
from peyvand.web.access import page, signed_in
from peyvand.web.http import attach_toasts, done
from peyvand.web.lists.bound import labels_of
from peyvand.web.lists.cells import Pen, missing
from peyvand.web.lists.cells import cell as cell_of
from peyvand.web.lists.records import record_list
from peyvand.web.toasts import toast

SALT = "peyvand.cell"
FOUND = 12


@require_http_methods(["GET", "POST"])
@page("parties.change")
def cell(request: HttpRequest, party_id: int, key: str) -> HttpResponse:
    """The input of a cell; with POST the value is saved and the cell as it is now comes back."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    field = _field(user, party, key)
    if request.method == "GET":
        if "shown" in request.GET:
            return _cell(request, party.pk, field)
        return _input(request, party, field, current_raw(party, key))
    raw = raw_of(field, request.POST)
    before = current_raw(party, key)
    try:
        saved = set_fields(
            actor=user, party=party, raws={key: raw}, version=_version(request), seen={key: _seen(request)}
        )
    except ChangedMeanwhile as error:
        return _both(request, party, field, error)
    except PeyvandError as error:
        told = " ".join(error.fields.values()) or error.message
        return _input(request, party, field, raw, error=told, status=error.status)
    _offer_undo(request, saved, field, before)
    return _cell(request, saved.pk, field)


@require_POST
@page("parties.change")
def undo(request: HttpRequest, party_id: int, key: str) -> HttpResponse:
    """Give a cell back what it held before, unless somebody wrote something else since."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    field = _field(user, party, key)
    try:
        kept = signing.loads(request.GET.get("was", ""), salt=f"{SALT}.{party.pk}.{key}", max_age=3600)
    except signing.BadSignature as error:
        raise NotFound from error
    set_field(actor=user, party=party, key=key, raw=kept["raw"], version=kept["version"])
    toast(request, _("%(field)s is as it was.") % {"field": field.label})
    return done(request, "pv:cells", url=reverse("parties:detail", args=[party.pk]))


@require_GET
@page("parties.view")
def options(request: HttpRequest) -> HttpResponse:
    """Customers to point at, by a part of their name."""
    words = request.GET.get("words", "").replace("\x00", "")[:100]
    user = signed_in(request)
    seen = selectors.visible_to(user).filter(kind=Party.Kind.ORGANISATION)
    rows = selectors.fitting(seen, user, words).order_by("sort_key", "id")[:FOUND] if words.strip() else ()
    found = [Option(str(party.pk), party.name, False) for party in rows]
    return render(request, "parties/bulk/_options.html", {"options": found, "words": words})


def _field(user: User, party: Party, key: str) -> RecordField:
    """The field of an editable cell. Raises NotAllowed, NotFound, Invalid."""
    policies.require_change(user, party)
    field = fields_of(HOST).get(key)
    if field is None or not may_use(field, asked_by(user)):
        raise NotFound
    if not field.is_editable or field.kind is Kind.NATIONAL_ID:
        raise Invalid(_("Change this in the form of the customer."))
    return field


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _seen(request: HttpRequest) -> Raw:
    """What the cell held when its editor was opened. Raises Invalid for what is none of ours."""
    try:
        seen = json.loads(request.POST.get("seen", '""'))
    except ValueError as error:
        raise Invalid from error
    if isinstance(seen, list):
        return [str(each) for each in seen]
    return None if seen is None else str(seen)


def _input(
    request: HttpRequest, party: Party, field: RecordField, raw: Raw, *, error: str = "", status: int = 200
) -> HttpResponse:
    seen = request.POST.get("seen") if request.method == "POST" else None
    context = {
        "party": party,
        "input": input_of(field, raw, signed_in(request), error=error),
        "seen": json.dumps(raw) if seen is None else seen,
        "version": request.POST.get("version", party.version),
    }
    return render(request, "parties/bulk/_cell.html", context, status=status)


def _both(request: HttpRequest, party: Party, field: RecordField, error: ChangedMeanwhile) -> HttpResponse:
    """Both values, to choose from."""
    words = Words(signed_in(request))
    mine, theirs = error.mine[field.key], error.theirs[field.key]
    context = {
        "party": party,
        "field": field,
        "mine": words.value(field.key, mine),
        "theirs": words.value(field.key, theirs),
        "raws": mine if isinstance(mine, list) else [mine or ""],
        "seen": json.dumps(theirs),
        "version": error.version,
    }
    return render(request, "parties/bulk/_both.html", context, status=409)


def _cell(request: HttpRequest, party_id: int, field: RecordField) -> HttpResponse:
    """The cell as the list writes it; the row's new version travels in a header."""
    records, asked = record_list("customers"), asked_by(signed_in(request))
    rows: Any = records.load(records.rows(signed_in(request)))
    found: Any = (field.load(rows) if field.load else rows).filter(pk=party_id).first()
    if found is None:
        raise NotFound
    pen = Pen(prefs.current(), asked, labels_of([field], asked))
    writer = records.cells.get(field.key)
    text = str(writer(found, pen)) if writer else cell_of(found, field, pen)
    if not text and field.key in records.missing(found) and records.change_address:
        before, after = missing(records.label(field))
        text = f"{before}{escape(records.change_address(found.pk))}{after}"
    response = HttpResponse(text)
    response["X-Version"] = str(found.version)
    return attach_toasts(request, response)


def _offer_undo(request: HttpRequest, party: Party, field: RecordField, before: Raw) -> None:
    was = signing.dumps({"raw": before, "version": party.version}, salt=f"{SALT}.{party.pk}.{field.key}", compress=True)
    url = reverse("parties:cell_undo", args=[party.pk, field.key])
    toast(request, _("%(field)s is saved.") % {"field": field.label}, undo_url=f"{url}?was={was}")
