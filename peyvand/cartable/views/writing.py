"""Writing to a customer first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from peyvand.cartable.services.writing_first import write_to
from peyvand.cartable.views.answering import actor_of, address_of, me
from peyvand.cartable.writing_forms import WriteForm
from peyvand.core.errors import NotFound, PeyvandError
from peyvand.parties.models import Party
from peyvand.web.access import page
from peyvand.web.http import redirect
from peyvand.web.toasts import toast


def _party(request: HttpRequest, party_id: int) -> Party:
    found = Party.objects.visible_to(me(request)).answering(party_id)
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "POST"])
@page("cartable.draft")
def write(request: HttpRequest, party: int) -> HttpResponse:
    """A message to a customer, in a request of his or in a new one; it is sent from there, as any answer."""
    found = _party(request, party)
    form = WriteForm(request.POST if request.method == "POST" else None, who=me(request), party=found)
    if form.is_valid():
        try:
            answer = write_to(actor=actor_of(request), words=form.words())
        except PeyvandError as problem:
            form.add_error(None, problem.message)
        else:
            toast(request, _("The message is a draft; look at it and send it."))
            return redirect(request, address_of(answer.request.code))
    return render(request, "cartable/write.html", {"form": form, "party": found}, status=422 if form.is_bound else 200)
