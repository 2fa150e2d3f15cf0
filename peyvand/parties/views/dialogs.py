"""Short dialogs over the customer file: one way to reach, one place, one number, one word, the roles."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.core import iran
from peyvand.core.errors import PeyvandError
from peyvand.core.places import PROVINCES
from peyvand.parties import policies, selectors
from peyvand.parties.forms.rows import AddressForm, ConsentForm, ContactForm, IdentifierForm, RowForm
from peyvand.parties.models import Party
from peyvand.parties.selectors.consents import ledger_of
from peyvand.parties.selectors.rows import row_of
from peyvand.parties.services import addresses, consents, contacts, identifiers
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect, refresh
from peyvand.web.toasts import toast

CHANGE = policies.CHANGE
REVEAL = identifiers.REVEAL


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def contact(request: HttpRequest, party_id: int, point_id: int | None = None) -> HttpResponse:
    """Add a way to reach a customer, or change one."""
    user, party = _asked(request, party_id)
    point = None if point_id is None else row_of(party.contact_points.all(), point_id)
    form = ContactForm(request.POST or None, initial=ContactForm.values_of(point) if point else None)

    def act() -> None:
        if point is None:
            contacts.add_contact_point(actor=user, party=party, contact=form.details())
        else:
            contacts.change_contact_point(actor=user, party=party, contact_point_id=point.pk, contact=form.details())

    if _done(request, form, act):
        return acted(request, party, _("Saved."))
    removal = reverse("parties:contact_remove", args=[party.pk, point.pk]) if point else ""
    context = {"form": form, "title": _("Way to reach"), "removal": removal, "body": "parties/form_contact.html"}
    return _dialog(request, party, context, form)


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def address(request: HttpRequest, party_id: int, address_id: int | None = None) -> HttpResponse:
    """Add a place of a customer, or change one."""
    user, party = _asked(request, party_id)
    kept = None if address_id is None else row_of(party.addresses.all(), address_id)
    form = AddressForm(request.POST or None, initial=AddressForm.values_of(kept) if kept else None)

    def act() -> None:
        addresses.save_address(actor=user, party=party, details=form.details(), address_id=address_id)

    if _done(request, form, act):
        return acted(request, party, _("Saved."))
    removal = reverse("parties:address_remove", args=[party.pk, kept.pk]) if kept else ""
    context = {"form": form, "title": _("Address"), "removal": removal, "body": "parties/form_address.html"}
    return _dialog(request, party, {**context, "provinces": PROVINCES}, form)


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def identifier(request: HttpRequest, party_id: int) -> HttpResponse:
    """Add a number by which the state, a bank or another office knows a customer."""
    user, party = _asked(request, party_id)
    first = {"kind": "national_id" if party.kind == Party.Kind.PERSON else "legal_id"}
    form = IdentifierForm(request.POST or None, initial=first)

    def act() -> None:
        identifiers.add_identifier(actor=user, party=party, details=form.details())

    if _done(request, form, act):
        return acted(request, party, _("Saved."))
    return _dialog(request, party, {"form": form, "title": _("Number"), "body": "parties/form_identifier.html"}, form)


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def consent(request: HttpRequest, party_id: int) -> HttpResponse:
    """Write down what a customer said about being contacted; the ledger stands below."""
    user, party = _asked(request, party_id)
    form = ConsentForm(request.POST or None)

    def act() -> None:
        consents.record_consent(actor=user, party=party, details=form.details())

    if _done(request, form, act):
        return acted(request, party, _("Saved."))
    context = {"form": form, "title": _("Consent"), "ledger": ledger_of(party), "body": "parties/form_consent.html"}
    return _dialog(request, party, context, form)


@require_POST
@page(CHANGE)
def contact_remove(request: HttpRequest, party_id: int, point_id: int) -> HttpResponse:
    """Forget a way to reach a customer."""
    user, party = _asked(request, party_id)
    contacts.remove_contact_point(actor=user, party=party, contact_point_id=point_id)
    return acted(request, party, _("Removed."))


@require_POST
@page(CHANGE)
def address_remove(request: HttpRequest, party_id: int, address_id: int) -> HttpResponse:
    """Forget a place of a customer."""
    user, party = _asked(request, party_id)
    addresses.remove_address(actor=user, party=party, address_id=address_id)
    return acted(request, party, _("Removed."))


@require_POST
@page(CHANGE)
def identifier_remove(request: HttpRequest, party_id: int, identifier_id: int) -> HttpResponse:
    """Forget a number of a customer."""
    user, party = _asked(request, party_id)
    identifiers.remove_identifier(actor=user, party=party, identifier_id=identifier_id)
    return acted(request, party, _("Removed."))


@require_POST
@page(REVEAL)
def reveal(request: HttpRequest, party_id: int, identifier_id: int) -> HttpResponse:
    """Show a protected number in full; that it was seen is noted."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    number = row_of(party.identifiers.select_related("party"), identifier_id)
    value = identifiers.reveal(actor=user, identifier=number)
    context = {
        "title": number.get_kind_display(),
        "number": number,
        "value": value,
        "reason": iran.reason(number.flaw),
        "may_change": policies.may_change(user, party),
        "body": "parties/form_number.html",
    }
    response = _dialog(request, party, context, None)
    response["Cache-Control"] = "private, no-store"
    return response


def acted(request: HttpRequest, party: Party, sentence: str) -> HttpResponse:
    """Answer a finished act: the page below the dialog is loaded anew."""
    toast(request, sentence)
    if getattr(request, "htmx", None):
        return refresh()
    return redirect(request, reverse("parties:detail", args=[party.pk]))


def _asked(request: HttpRequest, party_id: int) -> tuple[User, Party]:
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    policies.require_change(user, party)
    return user, party


def _done(request: HttpRequest, form: RowForm, act: Callable[[], None]) -> bool:
    """Act on a posted form; a broken rule is shown in it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except PeyvandError as error:
        if error.status in {403, 404}:
            raise
        form.show(error)
        return False
    return True


def _dialog(request: HttpRequest, party: Party, context: dict[str, Any], form: RowForm | None) -> HttpResponse:
    whole = {"party": party, "back": reverse("parties:detail", args=[party.pk]), **context}
    status = 422 if form is not None and form.errors else 200
    return fragment(request, "parties/form_dialog.html", whole, "dialog", status=status)
