"""Branches, departments and posts."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts import selectors, services
from peyvand.accounts.models import Branch, Department, Post, User
from peyvand.core.errors import NotFound
from peyvand.web.access import page
from peyvand.web.administration.forms import BranchForm, DepartmentForm, PostForm
from peyvand.web.administration.frame import show
from peyvand.web.http import redirect
from peyvand.web.refusals import succeeded, tell
from peyvand.web.toasts import toast
from peyvand.web.views import signed_in

MANAGE = "accounts.manage"


def _branch(request: HttpRequest, pk: int) -> Branch:
    found = selectors.branches_visible_to(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _department(request: HttpRequest, pk: int) -> Department:
    found = selectors.departments_visible_to(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _post(request: HttpRequest, pk: int) -> Post:
    found = selectors.posts_visible_to(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@require_GET
@page(MANAGE)
def branches(request: HttpRequest) -> HttpResponse:
    """The tree of branches with how many work in each."""
    rows = selectors.branches_with_counts(signed_in(request))
    return show(request, "branches", "branches", {"branches": rows})


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def new_branch(request: HttpRequest) -> HttpResponse:
    """Add a branch."""
    actor = signed_in(request)
    form = BranchForm(actor, request.POST if request.method == "POST" else None)
    if form.is_valid() and succeeded(form, lambda: _create_branch(actor, form)):
        toast(request, _("The branch was added."))
        return redirect(request, reverse("administration:branches"))
    return show(request, "branch", "branches", {"form": form}, status=422 if form.is_bound else 200)


def _create_branch(actor: User, form: BranchForm) -> Branch:
    clean = form.cleaned_data
    return services.create_branch(actor=actor, name=clean["name"], parent=form.chosen_parent(), city=clean["city"])


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a branch, or hang it elsewhere with all below it."""
    actor, found = signed_in(request), _branch(request, pk)
    form = BranchForm(actor, request.POST if request.method == "POST" else None, branch=found)
    if form.is_valid() and succeeded(form, lambda: _change_branch(actor, found, form)):
        toast(request, _("Saved"))
        return redirect(request, reverse("administration:branches"))
    return show(request, "branch", "branches", {"form": form, "branch": found}, status=422 if form.is_bound else 200)


def _change_branch(actor: User, found: Branch, form: BranchForm) -> Branch:
    clean, parent = form.cleaned_data, form.chosen_parent()
    if (parent.pk if parent else None) != found.parent_id:
        services.move_branch(actor=actor, branch=found, parent=parent)
    return services.change_branch(
        actor=actor, branch=found, name=clean["name"], city=clean["city"], is_active=clean["is_active"]
    )


@require_GET
@page(MANAGE)
def departments(request: HttpRequest) -> HttpResponse:
    """Departments with their posts."""
    actor = signed_in(request)
    rows = list(selectors.departments_visible_to(actor))
    posts: dict[int, list[Post]] = {row.pk: [] for row in rows}
    for each in selectors.posts_visible_to(actor):
        posts.get(each.department_id, []).append(each)
    return show(request, "departments", "departments", {"rows": [(row, posts[row.pk]) for row in rows]})


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def new_department(request: HttpRequest) -> HttpResponse:
    """Add a department."""
    actor = signed_in(request)
    form = DepartmentForm(actor, request.POST if request.method == "POST" else None)
    if form.is_valid() and succeeded(form, lambda: _create_department(request, form)):
        toast(request, _("The department was added."))
        return redirect(request, reverse("administration:departments"))
    return show(request, "department", "departments", {"form": form}, status=422 if form.is_bound else 200)


def _create_department(request: HttpRequest, form: DepartmentForm) -> Department:
    clean = form.cleaned_data
    return services.create_department(
        actor=signed_in(request),
        branch=_branch(request, int(clean["branch"])),
        name=clean["name"],
        email=clean["email"],
        hue=int(clean["hue"]),
        signature=clean["signature"],
    )


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a department."""
    actor, found = signed_in(request), _department(request, pk)
    form = DepartmentForm(actor, request.POST if request.method == "POST" else None, department=found)
    if form.is_valid() and succeeded(form, lambda: _change_department(actor, found, form)):
        toast(request, _("Saved"))
        return redirect(request, reverse("administration:departments"))
    context = {"form": form, "department": found}
    return show(request, "department", "departments", context, status=422 if form.is_bound else 200)


def _change_department(actor: User, found: Department, form: DepartmentForm) -> Department:
    clean = form.cleaned_data
    return services.change_department(
        actor=actor,
        department=found,
        name=clean["name"],
        email=clean["email"],
        hue=int(clean["hue"]),
        signature=clean["signature"],
    )


@require_POST
@page(MANAGE)
def close_department(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a department (`open` empty) or open it again."""
    actor, found, is_active = signed_in(request), _department(request, pk), bool(request.POST.get("open"))
    tell(
        request,
        _("Saved"),
        lambda: services.close_department(actor=actor, department=found, is_active=is_active),
    )
    return redirect(request, reverse("administration:departments"))


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def new_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a post to the department `pk`."""
    actor, found = signed_in(request), _department(request, pk)
    form = PostForm(actor, request.POST if request.method == "POST" else None)
    if form.is_valid() and succeeded(form, lambda: _create_post(actor, found, form)):
        toast(request, _("The post was added."))
        return redirect(request, reverse("administration:departments"))
    context = {"form": form, "department": found}
    return show(request, "post", "departments", context, status=422 if form.is_bound else 200)


def _create_post(actor: User, found: Department, form: PostForm) -> Post:
    return services.create_post(
        actor=actor, title_=form.cleaned_data["title"], department=found, holder=form.chosen_holder()
    )


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who holds a post."""
    actor, found = signed_in(request), _post(request, pk)
    form = PostForm(actor, request.POST if request.method == "POST" else None, post=found)
    if form.is_valid():
        done = succeeded(form, lambda: services.assign_post(actor=actor, post=found, holder=form.chosen_holder()))
        if done:
            toast(request, _("Saved"))
            return redirect(request, reverse("administration:departments"))
    context = {"form": form, "post": found, "department": found.department}
    return show(request, "post", "departments", context, status=422 if form.is_bound else 200)


@require_POST
@page(MANAGE)
def delete_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a post to which nothing was ever referred."""
    actor, found = signed_in(request), _post(request, pk)
    tell(request, _("The post was removed."), lambda: services.delete_post(actor=actor, post=found))
    return redirect(request, reverse("administration:departments"))
