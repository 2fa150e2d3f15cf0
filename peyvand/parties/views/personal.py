"""A person's own data: handed over to him, or erased for ever."""

import tempfile

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.core.text import search_norm
from peyvand.parties.models import Party
from peyvand.parties.policies import ERASE
from peyvand.parties.selectors.personal import write_archive
from peyvand.parties.services.erasing import erase_party, note_hand_over
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect
from peyvand.web.toasts import toast

IN_MEMORY = 2 * 1024 * 1024


def _party(party_id: int) -> Party:
    """Anybody, also in the trash; who may do this may see everybody (`parties.erase` is never narrower)."""
    return get_object_or_404(Party, pk=party_id, erased_at=None)


@require_GET
@page(ERASE)
def personal(request: HttpRequest, party_id: int) -> HttpResponse:
    """Choose between handing over and erasing."""
    return fragment(request, "parties/personal.html", {"party": _party(party_id)}, "personal")


@require_POST
@page(ERASE)
def hand_over(request: HttpRequest, party_id: int) -> HttpResponseBase:
    """Give out all data of a person as a ZIP file; nothing of it is kept here, that it was given is noted."""
    party = _party(party_id)
    note_hand_over(actor=signed_in(request), party=party)
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)
    write_archive(party, target)
    target.seek(0)
    response = FileResponse(target, as_attachment=True, filename=f"customer-{party.pk}.zip")
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@page(ERASE)
def erase(request: HttpRequest, party_id: int) -> HttpResponse:
    """Erase for ever, when the name was typed as it stands."""
    party = _party(party_id)
    if search_norm(request.POST.get("name", "")) != search_norm(party.name):
        wrong = _("This is not the name of this customer; nothing was erased.")
        context = {"party": party, "wrong": wrong, "reason": request.POST.get("reason", "")[:200]}
        return fragment(request, "parties/personal.html", context, "personal", status=422)
    erase_party(actor=signed_in(request), party=party, reason=request.POST.get("reason", ""))
    toast(request, _("All personal data were erased."))
    return redirect(request, reverse("parties:list"))
