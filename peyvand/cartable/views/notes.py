"""Internal notes: written, with colleagues named by «@», and dealt with by those whom they name."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.cartable import services
from peyvand.cartable.errors import WouldLetIn
from peyvand.cartable.forms import ConfideForm, NoteForm
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.mentions import mentionable, mentioned_in
from peyvand.cartable.views.answering import acted, actor_of, dialog, find, me
from peyvand.core.errors import Invalid
from peyvand.web.access import page
from peyvand.web.http import wants_fragment

LONGEST_NAME = 80
MOST_CHOSEN = 50


@page("cartable.view")
@require_POST
def note(request: HttpRequest, code: str) -> HttpResponse:
    """Write a word among colleagues; «@name» tells whom it names."""
    found = find(request, code)
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Write the note first."))
    body = form.cleaned_data["body"]
    chosen = ConfideForm.numbers(request.POST.getlist("mentions")[:MOST_CHOSEN])
    named, let_in = mentioned_in(body, chosen), "let_in" in request.POST
    try:
        services.add_note(actor=actor_of(request), request_id=found.pk, body=body, mentions=named, let_in=let_in)
    except WouldLetIn as problem:
        return _ask_first(request, found, problem, {"body": body, "chosen": chosen})
    return acted(request, code, _("The note was written."))


def _ask_first(request: HttpRequest, found: Request, problem: WouldLetIn, typed: dict[str, Any]) -> HttpResponse:
    """Say who would see the request by being named, before he does; the text stays where it was written."""
    context = {
        "title": _("Let them see this request?"),
        "problem": problem.message,
        "people": problem.people,
        "scripted": wants_fragment(request),
        **typed,
    }
    response = dialog(request, found, "cartable/_note_letting_in.html", context, status=409)
    response["HX-Retarget"], response["HX-Reswap"] = "#dialog", "innerHTML"
    return response


@page("cartable.view")
@require_GET
def colleagues(request: HttpRequest, code: str) -> HttpResponse:
    """Colleagues who may see this request and fit what was typed after «@»."""
    typed = request.GET.get("q", "").replace("\x00", "")[:LONGEST_NAME]
    people = mentionable(me(request), find(request, code), typed)
    return render(request, "cartable/_colleagues.html", {"people": people})


@page("cartable.view")
@require_POST
def mentions_done(request: HttpRequest, code: str) -> HttpResponse:
    """What named the reader in this request is dealt with."""
    services.mark_mentions_done(actor=actor_of(request), request_id=find(request, code).pk)
    return acted(request, code, _("Done with it."))
