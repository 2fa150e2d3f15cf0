"""Adding and changing customers."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.core.errors import PeyvandError
from peyvand.core.places import PROVINCES
from peyvand.parties import policies, selectors, services
from peyvand.parties.errors import ChangedMeanwhile
from peyvand.parties.forms import WholeForm
from peyvand.parties.models import Party
from peyvand.parties.services.records import add_record, change_record
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect, wants_fragment
from peyvand.web.toasts import toast


@require_http_methods(["GET", "POST"])
@page("parties.change")
def create(request: HttpRequest) -> HttpResponse:
    """Add a customer."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@page("parties.change")
def change(request: HttpRequest, party_id: int) -> HttpResponse:
    """Change everything that is known of a customer."""
    party = selectors.get_visible(signed_in(request), party_id)
    policies.require_change(signed_in(request), party)
    return _edit(request, party)


def _edit(request: HttpRequest, party: Party | None) -> HttpResponse:
    user = signed_in(request)
    if request.method == "GET" and wants_fragment(request) and "category" in request.GET:
        return _custom_fields(request, user, party)
    whole = WholeForm(request, user, party)
    status = 200
    if request.method == "POST":
        saved, status = _saved(user, whole)
        if saved is not None:
            toast(request, _("Saved."))
            return redirect(request, reverse("parties:detail", args=[saved.pk]))
    context = {"whole": whole, "form": whole.form, "party": party, "provinces": PROVINCES}
    return fragment(request, "parties/form.html", context, "party-form", status=status)


def _saved(user: User, whole: WholeForm) -> tuple[Party | None, int]:
    """Write what is valid; a broken rule is shown beside its input, and what two people changed with both values."""
    if not whole.is_valid():
        return None, 422
    try:
        return _written(user, whole), 303
    except ChangedMeanwhile as error:
        whole.collide(error)
        return None, error.status
    except PeyvandError as error:
        if error.status in {403, 404}:
            raise
        whole.show(error)
        return None, 422


def _written(user: User, whole: WholeForm) -> Party:
    raws, rows = whole.raws(), whole.rows()
    if whole.party is None:
        return add_record(actor=user, kind=whole.form.cleaned_data["kind"], raws=raws, rows=rows)
    return change_record(
        actor=user, party=whole.party, raws=raws, rows=rows, version=whole.version, seen=whole.seen_raws()
    )


def _custom_fields(request: HttpRequest, user: User, party: Party | None) -> HttpResponse:
    """The custom fields of another category, for the form that is open."""
    whole = WholeForm(request, user, party, category=request.GET.get("category", ""))
    return fragment(request, "parties/form.html", {"whole": whole, "form": whole.form, "party": party}, "custom-fields")


@require_POST
@page("parties.change")
def confirm(request: HttpRequest, party_id: int) -> HttpResponse:
    """Say that a customer made by a channel is a real one."""
    party = selectors.get_visible(signed_in(request), party_id)
    services.confirm_party(actor=signed_in(request), party=party)
    toast(request, _("Confirmed as a customer."))
    return redirect(request, reverse("parties:detail", args=[party.pk]))
