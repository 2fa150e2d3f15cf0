"""Administration of canned answers and signatures; everybody who answers has his own there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.accounts.policies import may, may_everywhere
from peyvand.cartable import services
from peyvand.cartable.models import CannedAnswer, Signature
from peyvand.cartable.models.texts import TEXTS
from peyvand.cartable.selectors import canned as selectors
from peyvand.cartable.selectors import signatures
from peyvand.cartable.text_forms import CannedForm, SignatureForm
from peyvand.cartable.variables import VARIABLES
from peyvand.cartable.views.answering import actor_of
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.refusals import succeeded, tell
from peyvand.web.toasts import toast

MOST_LISTED, MOST_DELETED = 300, 50


@require_http_methods(["GET", "POST"])
@page("cartable.draft")
def canned(request: HttpRequest) -> HttpResponse:
    """The canned answers that one may use, with a form for a new one."""
    user = signed_in(request)
    form = CannedForm(user, selectors.departments_to_write_for(user), request.POST or None, initial={"scope": "mine"})
    if form.is_valid() and _stored(request, form, None):
        toast(request, _("Saved"))
        return redirect(request, reverse("cartable:canned"))
    typed = request.GET.get("q", "").replace("\x00", "")[:80]
    rows = CannedAnswer.objects.visible_to(user)
    context = _frame(user, "canned") | {
        "form": form,
        "typed": typed,
        "rows": [
            (each, selectors.may_change(user, each))
            for each in selectors.ordered(rows.kept(), user, typed)[:MOST_LISTED]
        ],
        "deleted": _deleted(user),
    }
    return render(request, "cartable/canned.html", context, status=422 if form.is_bound else 200)


def _deleted(user: User) -> list[CannedAnswer]:
    rows = CannedAnswer.objects.visible_to(user).filter(deleted_at__isnull=False).select_related("department")
    return [each for each in rows.order_by("-deleted_at")[:MOST_DELETED] if selectors.may_change(user, each)]


def _frame(user: User, section: str) -> dict[str, object]:
    return {"sections": sections_for(user), "section": section, "variables": list(VARIABLES.values())}


def _stored(request: HttpRequest, form: CannedForm, number: int | None) -> bool:
    """Store what the form holds; what was refused stands on it."""
    version = form.cleaned_data["version"] if number is not None else None
    return succeeded(
        form,
        lambda: services.save_canned(
            actor=actor_of(request), details=form.details(), canned_id=number, expected_version=version
        ),
    )


@require_http_methods(["GET", "POST"])
@page("cartable.draft")
def canned_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One canned answer: read, and changed by who may."""
    user = signed_in(request)
    found = selectors.get_canned(user, pk)
    departments = selectors.departments_to_write_for(user)
    form = CannedForm(user, departments, request.POST or None, initial=CannedForm.values_of(found))
    if form.is_valid() and _stored(request, form, pk):
        toast(request, _("Saved"))
        return redirect(request, reverse("cartable:canned"))
    context = _frame(user, "canned") | {"form": form, "canned": found, "may_change": selectors.may_change(user, found)}
    return render(request, "cartable/canned_answer.html", context, status=422 if form.is_bound else 200)


@require_POST
@page("cartable.draft")
def delete_canned(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a canned answer into the trash; the toast takes it back."""
    services.delete_canned(actor=actor_of(request), canned_id=pk)
    toast(request, _("It is in the trash."), undo_url=reverse("cartable:restore_canned", args=[pk]))
    return redirect(request, reverse("cartable:canned"))


@require_POST
@page("cartable.draft")
def restore_canned(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a canned answer back."""
    tell(request, _("It is back."), lambda: services.restore_canned(actor=actor_of(request), canned_id=pk))
    return redirect(request, reverse("cartable:canned"))


@require_http_methods(["GET", "POST"])
@page("cartable.draft")
def signature_settings(request: HttpRequest) -> HttpResponse:
    """One's own signature, and those of the departments for which one may write."""
    user = signed_in(request)
    forms = _signature_forms(request, user)
    posted = next((each for each in forms if each[2].is_bound), None)
    if (
        posted
        and posted[2].is_valid()
        and succeeded(posted[2], lambda: _store_signature(request, posted[0], posted[2]))
    ):
        toast(request, _("Saved"))
        return redirect(request, reverse("cartable:signatures"))
    context = _frame(user, "signatures") | {"forms": forms, "may_have_own": signatures.may_have_own(user)}
    context["variables"] = [each for each in VARIABLES.values() if each.name in signatures.IN_SIGNATURES]
    return render(request, "cartable/signatures.html", context, status=422 if posted else 200)


def _signature_forms(request: HttpRequest, user: User) -> list[tuple[str, str, SignatureForm]]:
    """Whose (a word and a name) and the form of each; the one that was sent is bound."""
    shared = {each.department_id: each for each in signatures.shared_signatures()}
    stored: list[tuple[str, str, Signature | None]] = [("mine", _("My signature"), signatures.own_signature(user))]
    if may_everywhere(user, TEXTS):
        stored.append(("all", _("Everybody"), shared.get(None)))
    if may(user, TEXTS):
        departments = selectors.departments_to_write_for(user)
        stored += [(f"department:{each.pk}", str(each), shared.get(each.pk)) for each in departments]
    sent = request.POST.get("of", "")
    return [
        (
            of,
            name,
            SignatureForm(
                request.POST if of == sent else None,
                initial=SignatureForm.values_of(one),
                auto_id=f"id_{of.replace(':', '-')}_%s",
            ),
        )
        for of, name, one in stored
    ]


def _store_signature(request: HttpRequest, of: str, form: SignatureForm) -> object:
    version = form.cleaned_data["version"]
    if of == "mine":
        details = form.details(own=True)
        return services.save_own_signature(actor=actor_of(request), details=details, expected_version=version)
    _kind, _colon, number = of.partition(":")
    return services.save_signature(
        actor=actor_of(request), department_id=int(number) if number else None, details=form.details(),
        expected_version=version,
    )  # fmt: skip
