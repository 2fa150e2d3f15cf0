"""Adding and changing customers."""

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.core.errors import PeyvandError
from peyvand.parties import policies, selectors, services
from peyvand.parties.forms import ContactForm, PartyForm, contact_rows, details_of, show_error
from peyvand.parties.models import Party
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect
from peyvand.web.toasts import toast


@require_http_methods(["GET", "POST"])
@page("parties.change")
def create(request: HttpRequest) -> HttpResponse:
    """Add a customer."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@page("parties.change")
def change(request: HttpRequest, party_id: int) -> HttpResponse:
    """Change a customer and the ways to reach it."""
    party = selectors.get_visible(signed_in(request), party_id)
    policies.require_change(signed_in(request), party)
    return _edit(request, party)


def _edit(request: HttpRequest, party: Party | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    first = None if party else {"name": request.GET.get("name", "")[:200], "kind": request.GET.get("kind", "person")}
    form = PartyForm(data, user=signed_in(request), party=party, **({"initial": first} if first else {}))
    rows = contact_rows(data, party=party)
    if data is not None and form.is_valid() and rows.is_valid():
        try:
            saved = _save(signed_in(request), party, form, rows)
        except PeyvandError as error:
            show_error(error, form, rows)
        else:
            toast(request, _("Saved."))
            return redirect(request, reverse("parties:detail", args=[saved.pk]))
    context = {"form": form, "rows": rows, "party": party}
    return fragment(request, "parties/form.html", context, "party-form", status=422 if data is not None else 200)


def _save(user: User, party: Party | None, form: PartyForm, rows: "BaseFormSet[ContactForm]") -> Party:
    contacts = details_of(rows)
    if party is None:
        return services.create_party(actor=user, details=form.details(), contacts=contacts)
    version = form.cleaned_data["version"]
    return services.change_party(actor=user, party=party, details=form.details(), contacts=contacts, version=version)


@require_POST
@page("parties.change")
def confirm(request: HttpRequest, party_id: int) -> HttpResponse:
    """Say that a customer made by a channel is a real one."""
    party = selectors.get_visible(signed_in(request), party_id)
    services.confirm_party(actor=signed_in(request), party=party)
    toast(request, _("Confirmed as a customer."))
    return redirect(request, reverse("parties:detail", args=[party.pk]))
