"""Notes on a customer."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.core.errors import Conflict, Invalid
from peyvand.parties import selectors
from peyvand.parties.models import Party, PartyNote
from peyvand.parties.selectors.papers import colleagues_seeing, get_note
from peyvand.parties.services import notes
from peyvand.web.access import page, signed_in
from peyvand.web.http import add_event, attach_toasts, done, fragment, redirect
from peyvand.web.toasts import toast

CHANGED = "pv:party:changed"
LONGEST_ID = 18


@require_POST
@page("parties.view")
def add_note(request: HttpRequest, party_id: int) -> HttpResponse:
    """Write a note; what cannot be accepted comes back beside the text."""
    party = selectors.get_visible(signed_in(request), party_id)
    body = request.POST.get("body", "")
    try:
        notes.add_note(actor=signed_in(request), party=party, body=body, mentions=chosen(request.POST))
    except Invalid as problem:
        context = {"party": party, "note_text": body, "note_error": problem.message, "note_open": True}
        return _form(request, context | {"note_swapped": True}, status=422)
    toast(request, _("The note was added."))
    if not getattr(request, "htmx", None):
        return redirect(request, _file(party))
    return add_event(attach_toasts(request, _form(request, {"party": party, "note_swapped": True})), CHANGED)


def _form(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, "parties/file/_note_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@page("parties.view")
def note(request: HttpRequest, party_id: int, note_id: int) -> HttpResponse:
    """Write a note anew, in a dialog."""
    party, found = _find(request, party_id, note_id)
    text, problem = found.body, ""
    if request.method == "POST":
        text = request.POST.get("body", "")
        problem = _changed(request, found, text)
        if not problem:
            toast(request, _("Saved."))
            return done(request, CHANGED, url=_file(party))
    context = {
        "title": _("Edit the note"), "content": "parties/file/_note_edit.html", "party": party, "note_text": text,
        "note_error": problem, "version": found.version, "action": request.path, "back": _file(party),
    }  # fmt: skip
    return fragment(request, "parties/file/dialog.html", context, "dialog", status=422 if problem else 200)


def _changed(request: HttpRequest, found: PartyNote, text: str) -> str:
    """Change the note and return what was refused, in words."""
    version = request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < LONGEST_ID else None
    people = chosen(request.POST)
    try:
        notes.change_note(actor=signed_in(request), note=found, body=text, mentions=people, version=seen)
    except (Invalid, Conflict) as problem:
        return problem.message
    return ""


@require_POST
@page("parties.view")
def pin_note(request: HttpRequest, party_id: int, note_id: int) -> HttpResponse:
    """Keep a note above the others, or no longer."""
    party, found = _find(request, party_id, note_id)
    notes.pin_note(actor=signed_in(request), note=found, is_pinned=request.POST.get("pinned") == "1")
    return done(request, CHANGED, url=_file(party))


@require_POST
@page("parties.view")
def delete_note(request: HttpRequest, party_id: int, note_id: int) -> HttpResponse:
    """Take a note away; the toast brings it back."""
    party, found = _find(request, party_id, note_id)
    notes.delete_note(actor=signed_in(request), note=found)
    toast(request, _("The note was deleted."), undo_url=reverse("parties:restore_note", args=[party.pk, found.pk]))
    return done(request, CHANGED, url=_file(party))


@require_POST
@page("parties.view")
def restore_note(request: HttpRequest, party_id: int, note_id: int) -> HttpResponse:
    """Bring a deleted note back."""
    party = selectors.get_visible(signed_in(request), party_id)
    notes.restore_note(actor=signed_in(request), note=get_note(party, note_id, deleted=True))
    return done(request, CHANGED, url=_file(party))


@require_GET
@page("parties.view")
def mentionable(request: HttpRequest, party_id: int) -> HttpResponse:
    """Colleagues who may see this customer and fit what was typed after «@»."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    typed = request.GET.get("q", "").replace("\x00", "")[:80]
    return render(request, "parties/file/_people.html", {"people": colleagues_seeing(user, party, typed)})


def chosen(data: QueryDict) -> Sequence[int]:
    """The ids of the people who were chosen from the list of colleagues."""
    found = data.getlist("mentions")[:50]
    return [int(one) for one in found if one.isascii() and one.isdigit() and len(one) < LONGEST_ID]


def _find(request: HttpRequest, party_id: int, note_id: int) -> tuple[Party, PartyNote]:
    party = selectors.get_visible(signed_in(request), party_id)
    return party, get_note(party, note_id)


def _file(party: Party) -> str:
    return reverse("parties:detail", args=[party.pk])
