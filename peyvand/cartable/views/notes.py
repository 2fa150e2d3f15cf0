"""Internal notes: written, with colleagues named by «@», and dealt with by those whom they name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.cartable import services
from peyvand.cartable.forms import ConfideForm, NoteForm
from peyvand.cartable.selectors.mentions import mentionable, mentioned_in
from peyvand.cartable.views.answering import acted, actor_of, find, me
from peyvand.core.errors import Invalid
from peyvand.web.access import page

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
    services.add_note(actor=actor_of(request), request_id=found.pk, body=body, mentions=mentioned_in(body, chosen))
    return acted(request, code, _("The note was written."))


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
