"""The trash of customers."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.parties import selectors
from peyvand.parties.policies import DELETE, may_restore
from peyvand.parties.selectors.trash import in_trash
from peyvand.parties.services.trash import delete_party, restore_party
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect
from peyvand.web.paging import links, page_of
from peyvand.web.toasts import toast


@require_POST
@page(DELETE)
def delete(request: HttpRequest, party_id: int) -> HttpResponse:
    """Put a customer into the trash; the toast takes it back."""
    user = signed_in(request)
    party = delete_party(actor=user, party=selectors.get_visible(user, party_id))
    toast(request, _("Moved to the trash."), undo_url=reverse("parties:restore", args=[party.pk]))
    return redirect(request, reverse("parties:list"))


@require_POST
@page("parties.view")
def restore(request: HttpRequest, party_id: int) -> HttpResponse:
    """Take a customer out of the trash."""
    party = restore_party(actor=signed_in(request), party_id=party_id)
    toast(request, _("Restored."))
    return redirect(request, reverse("parties:detail", args=[party.pk]))


@require_GET
@page(DELETE)
def trash(request: HttpRequest) -> HttpResponse:
    """Deleted customers, the newest first, with who deleted them."""
    user = signed_in(request)
    question, by = request.GET.get("q", "").replace("\x00", "")[:200], request.GET.get("by", "")
    rows = in_trash(user, question=question, by=by)
    found = page_of(request, rows, order=("-deleted_at", "-id"))
    people = [(party, may_restore(user, party)) for party in found.items]
    context = {"rows": people, "links": links(request, found), "q": question, "by": by}
    return fragment(request, "parties/trash.html", context, "trash")
