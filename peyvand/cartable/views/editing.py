"""What a request is and whose it is; and writing one down by hand."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.policies import may
from peyvand.cartable import services
from peyvand.cartable.forms import ChangeForm, EntryForm
from peyvand.cartable.models import Request
from peyvand.cartable.types import Undoable
from peyvand.cartable.views.answering import (
    acted,
    actor_of,
    address_of,
    attempt,
    dialog,
    find,
    me,
    seen_version,
    status_of,
    stored_upload,
)
from peyvand.core import files
from peyvand.core.errors import Invalid
from peyvand.core.text import isolated
from peyvand.parties import selectors as party_selectors
from peyvand.parties.models import Party
from peyvand.web.access import page
from peyvand.web.http import redirect
from peyvand.web.toasts import toast

MOST_PARTIES = 8
LONGEST_ID = 18  # digits of the largest number that a row may have


def _parties(request: HttpRequest, typed: str) -> list[Party]:
    if not typed.strip():
        return []
    found = party_selectors.with_contacts(party_selectors.search(me(request), typed))
    return list(found.order_by("sort_key", "pk")[:MOST_PARTIES])


def _of_file(request: HttpRequest) -> list[Party]:
    """The customer from whose file the page was opened, if the user may see him."""
    number = request.GET.get("party", "")
    if not number.isdecimal() or not may(me(request), "parties.view"):
        return []
    seen = party_selectors.with_contacts(party_selectors.visible_to(me(request)))
    found = seen.answering(int(number[:LONGEST_ID]))
    return [found] if found is not None else []


@page("parties.view")
@require_GET
def parties(request: HttpRequest) -> HttpResponse:
    """Customers that fit what was typed."""
    typed = request.GET.get("who", "")
    return render(request, "cartable/_parties.html", {"parties": _parties(request, typed), "who": typed})


@page("cartable.handle")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change subject, kind, priority and department."""
    found = find(request, code)
    first = {
        "subject": found.subject,
        "kind": found.kind_id,
        "priority": found.priority,
        "department": found.department_id,
    }
    form = ChangeForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid() and (undo := _changed(request, found, form)):
        return acted(request, code, _("Request %(code)s was changed.") % {"code": isolated(code)}, undo)
    context = {
        "title": _("Change request %(code)s") % {"code": isolated(code)},
        "form": form,
        "action": request.path,
        "version": found.version,
        "submit_text": _("Save"),
        "icon_name": "check",
    }
    return dialog(request, found, "cartable/_form.html", context, status=status_of(form))


def _changed(request: HttpRequest, found: Request, form: ChangeForm) -> Undoable | None:
    """Change the request as the dialog showed it."""
    act = partial(
        services.change,
        actor=actor_of(request),
        request_id=found.pk,
        changes=form.changes(),
        expected_version=seen_version(request),
    )
    return attempt(form, found, act)


@page("cartable.handle")
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Say whose request this is."""
    found = find(request, code)
    chosen = request.POST.get("party", "")
    if request.method == "POST" and chosen.isdecimal():
        undo = services.link_party(
            actor=actor_of(request),
            request_id=found.pk,
            party_id=int(chosen[:LONGEST_ID]),
            expected_version=seen_version(request),
        )
        return acted(request, code, _("The request belongs to this customer now."), undo)
    typed = request.POST.get("who", request.GET.get("who", ""))
    context = {"title": _("Link another customer"), "who": typed, "parties": _parties(request, typed)}
    status = 422 if request.method == "POST" else 200
    return dialog(request, found, "cartable/_link.html", context, status=status)


@page("cartable.register")
def new_request(request: HttpRequest) -> HttpResponse:
    """Write down a call, a letter, a fax or a visit."""
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (opened := _registered(request, form)):
        toast(request, _("Request %(code)s was registered.") % {"code": isolated(opened.code)})
        return redirect(request, address_of(opened.code))
    typed = request.POST.get("who", request.GET.get("who", ""))
    found, chosen = _parties(request, typed), form.data.get("party", "")
    if not found and not form.is_bound:
        found = _of_file(request)
        chosen = found[0].pk if found else ""
    context = {"form": form, "who": typed, "parties": found, "chosen": chosen}
    return render(request, "cartable/entry.html", context, status=422 if form.is_bound else 200)


@page("cartable.register")
@require_POST
def new_upload(request: HttpRequest) -> HttpResponse:
    """Store one attachment of a request that is being written down."""
    return stored_upload(request)


def _registered(request: HttpRequest, form: EntryForm) -> Request | None:
    """Register, or put what the service does not accept under the form."""
    try:
        stored = [files.store_upload(each, user_id=me(request).pk).pk for each in request.FILES.getlist("uploads")]
        entry = form.entry(request.POST.getlist("file_ids") + stored)
        return services.open_manually(actor=actor_of(request), entry=entry, key=form.cleaned_data["key"])
    except Invalid as problem:
        known = next((name for name in problem.fields if name in form.fields), None)
        form.add_error(known, problem.message)
        return None
