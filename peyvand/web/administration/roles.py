"""Roles and the matrix of what they may do."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts import selectors, services
from peyvand.accounts.models import Role
from peyvand.accounts.permissions import all_permissions, groups
from peyvand.accounts.policies import may_everywhere
from peyvand.core.errors import NotFound
from peyvand.web.access import page
from peyvand.web.administration.frame import show
from peyvand.web.administration.words import scope_name
from peyvand.web.http import redirect
from peyvand.web.refusals import succeeded, tell
from peyvand.web.toasts import toast
from peyvand.web.views import signed_in

MANAGE = "accounts.manage"


class RoleForm(forms.Form):
    """Names of a role, and a scope for each permission (empty: not at all)."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)
    description = forms.CharField(label=gettext_lazy("Description"), max_length=255, required=False)

    def __init__(self, data: Any = None, *, role: Role | None = None) -> None:
        held = {each.permission: each.scope for each in role.permissions.all()} if role else {}
        names = {"name": role.name, "name_en": role.name_en, "description": role.description} if role else {}
        super().__init__(data, initial=names | {name: held.get(name, "") for name in all_permissions()})
        for permission in all_permissions().values():
            choices = [("", "—")] + [(scope.value, scope_name(scope)) for scope in permission.scopes]
            self.fields[permission.name] = forms.ChoiceField(
                label=str(permission.label), choices=choices, required=False
            )

    def permissions(self) -> dict[str, str]:
        return {name: scope for name in all_permissions() if (scope := self.cleaned_data[name])}

    def matrix(self) -> list[tuple[object, list[Any]]]:
        """The fields of permissions under the headings of their apps."""
        return [(group.label, [self[each.name] for each in group.permissions]) for group in groups()]


def _role(pk: int) -> Role:
    found = selectors.roles_with_counts().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@require_GET
@page(MANAGE)
def roles(request: HttpRequest) -> HttpResponse:
    """All roles with their holders."""
    context = {"roles": selectors.roles_with_counts(), "may_change": may_everywhere(signed_in(request), MANAGE)}
    return show(request, "roles", "roles", context)


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def create(request: HttpRequest) -> HttpResponse:
    """Define a role."""
    form = RoleForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and succeeded(form, lambda: _create(request, form)):
        toast(request, _("The role was added."))
        return redirect(request, reverse("administration:roles"))
    return _show(request, {"form": form}, status=422 if form.is_bound else 200)


def _create(request: HttpRequest, form: RoleForm) -> Role:
    clean = form.cleaned_data
    return services.create_role(
        actor=signed_in(request),
        name=clean["name"],
        name_en=clean["name_en"],
        description=clean["description"],
        permissions=form.permissions(),
    )


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a role may do."""
    found = _role(pk)
    form = RoleForm(request.POST if request.method == "POST" else None, role=found)
    if form.is_valid() and succeeded(form, lambda: _change(request, found, form)):
        toast(request, _("The change counts from everybody's next click on."))
        return redirect(request, reverse("administration:roles"))
    return _show(request, {"form": form, "role": found}, status=422 if form.is_bound else 200)


def _change(request: HttpRequest, found: Role, form: RoleForm) -> Role:
    clean = form.cleaned_data
    return services.change_role(
        actor=signed_in(request),
        role=found,
        name=clean["name"],
        name_en=clean["name_en"],
        description=clean["description"],
        permissions=form.permissions(),
    )


def _show(request: HttpRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    may_change = may_everywhere(signed_in(request), MANAGE)
    return show(request, "role", "roles", context | {"may_change": may_change}, status=status)


@require_POST
@page(MANAGE)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a role that nobody holds."""
    actor, found = signed_in(request), _role(pk)
    tell(request, _("The role was removed."), lambda: services.delete_role(actor=actor, role=found))
    return redirect(request, reverse("administration:roles"))
