"""Users: list, one person, his roles, his password, his access."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts import selectors, services
from peyvand.accounts.models import Role, User
from peyvand.accounts.permissions import groups
from peyvand.accounts.policies import scope_of
from peyvand.core.errors import NotFound
from peyvand.web.access import page
from peyvand.web.administration import listing
from peyvand.web.administration.forms import NewPasswordForm, RolesForm, UserForm
from peyvand.web.administration.frame import show
from peyvand.web.administration.words import scope_name
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt, succeeded, tell
from peyvand.web.toasts import toast
from peyvand.web.views import signed_in

MANAGE = "accounts.manage"


def person(request: HttpRequest, pk: int) -> User:
    """The user `pk` when the reader manages him; NotFound otherwise."""
    found = selectors.users_visible_to(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@require_GET
@page(MANAGE)
def users(request: HttpRequest) -> HttpResponse:
    """The people that the reader manages."""
    filters = listing.FILTERS.bind(request)
    table = listing.TABLE.bind(request, filters.apply(selectors.users_visible_to(signed_in(request))))
    return show(request, "users", "users", {"filters": filters, "table": table})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@page(MANAGE)
def create(request: HttpRequest) -> HttpResponse:
    """Add a person with roles and a first password."""
    data = request.POST if request.method == "POST" else None
    actor = signed_in(request)
    form, roles, password = UserForm(actor, data), RolesForm(data), NewPasswordForm(data)
    valid = [each.is_valid() for each in (form, roles, password)]
    if data is not None and all(valid):
        user = attempt(form, lambda: _create(actor, form, roles, password))
        if user is not None:
            toast(request, _("The user was added."))
            return redirect(request, reverse("administration:user", args=[user.pk]))
    context = {"form": form, "roles": roles, "password": password}
    return show(request, "user_new", "users", context, status=422 if data is not None else 200)


def _create(actor: User, form: UserForm, roles: RolesForm, password: NewPasswordForm) -> User:
    return services.create_user(
        actor=actor,
        details=form.details(),
        password=password.cleaned_data["password"] or None,
        roles=roles.chosen(),
    )


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: who he is and where he works."""
    actor, found = signed_in(request), person(request, pk)
    data = request.POST if request.method == "POST" else None
    form = UserForm(actor, data, user=found)
    if data is not None and form.is_valid():
        if succeeded(form, lambda: services.change_user(actor=actor, user=found, details=form.details())):
            toast(request, _("Saved"))
            return redirect(request, reverse("administration:user", args=[pk]))
        found = person(request, pk)
    return _show(request, found, {"form": form}, status=422 if data is not None else 200)


def _show(request: HttpRequest, found: User, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    actor = signed_in(request)
    held = [str(grant.role_id) for grant in found.grants.all()]
    page_context: dict[str, Any] = {
        "person": found,
        "form": UserForm(actor, user=found),
        "roles": RolesForm(initial=held),
        "password": NewPasswordForm(),
        "sessions": selectors.sessions_of(found),
        "tokens": selectors.tokens_of(found),
        "is_self": found.pk == actor.pk,
    }
    return show(request, "user", "users", page_context | context, status=status)


@require_POST
@page(MANAGE)
def set_roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Give and take roles."""
    actor, found = signed_in(request), person(request, pk)
    form = RolesForm(request.POST)
    if form.is_valid():
        done = succeeded(form, lambda: services.set_roles(actor=actor, user=found, roles=form.chosen()))
        if done:
            toast(request, _("The roles count from the next click on."))
            return redirect(request, reverse("administration:user", args=[pk]))
    return _show(request, person(request, pk), {"roles": form}, status=422)


@sensitive_post_parameters("password")
@require_POST
@page(MANAGE)
def set_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a new password; the person's sessions end."""
    actor, found = signed_in(request), person(request, pk)
    form = NewPasswordForm(request.POST)
    if form.is_valid() and succeeded(form, lambda: _set_password(actor, found, form)):
        toast(request, _("The password was changed; the person's sessions have ended."))
        return redirect(request, reverse("administration:user", args=[pk]))
    return _show(request, person(request, pk), {"password": form}, status=422)


def _set_password(actor: User, found: User, form: NewPasswordForm) -> bool:
    services.set_password(actor=actor, user=found, password=form.cleaned_data["password"])
    return True


@require_POST
@page(MANAGE)
def set_access(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a person's access (`open` empty) or open it again."""
    actor, found = signed_in(request), person(request, pk)
    if request.POST.get("open"):
        tell(request, _("Access is open again."), lambda: services.activate_user(actor=actor, user=found))
    else:
        words = _("Access is closed; sessions and tokens have ended.")
        tell(request, words, lambda: services.deactivate_user(actor=actor, user=found))
    return redirect(request, reverse("administration:user", args=[pk]))


@require_POST
@page(MANAGE)
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """End all sessions of a person."""
    actor, found = signed_in(request), person(request, pk)
    tell(request, _("All sessions have ended."), lambda: services.end_sessions_of(actor=actor, user=found))
    return redirect(request, reverse("administration:user", args=[pk]))


@require_POST
@page(MANAGE)
def revoke_token(request: HttpRequest, pk: int, token: int) -> HttpResponse:
    """End a token of a person."""
    found = person(request, pk).tokens.filter(pk=token).first()
    if found is None:
        raise NotFound
    services.revoke_token(actor=signed_in(request), token=found)
    toast(request, _("The token does not work any more."))
    return redirect(request, reverse("administration:user", args=[pk]))


@require_GET
@page(MANAGE)
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """«چرا می‌بیند؟»: what a person may do, how far, and by which role."""
    found = person(request, pk)
    roles = list(Role.objects.filter(grants__user=found).prefetch_related("permissions").order_by("id"))
    held = [
        (group.label, [_reason(found, roles, each.name, each.label) for each in group.permissions])
        for group in groups()
    ]
    return show(request, "why", "users", {"person": found, "held": held})


def _reason(found: User, roles: list[Role], name: str, label: object) -> dict[str, Any]:
    by = [
        (role.label, scope_name(each.scope))
        for role in roles
        for each in role.permissions.all()
        if each.permission == name
    ]
    return {"name": name, "label": label, "scope": scope_name(scope_of(found, name)), "by": by}
