"""Branches, departments, posts: administration."""

from typing import Any

from ninja import Query

from peyvand.accounts import services
from peyvand.accounts.models import Branch, Department, Post
from peyvand.accounts.selectors import (
    branches_visible_to,
    departments_visible_to,
    posts_visible_to,
    users_visible_to,
)
from peyvand.api.accounts.schemas import (
    BranchChange,
    BranchIn,
    BranchOut,
    DepartmentChange,
    DepartmentIn,
    DepartmentOut,
    HolderIn,
    ParentIn,
    PostIn,
    PostOut,
)
from peyvand.api.kit import ApiRequest, Id, Page, Paged, PageQuery, named, named_or_none, page, router, visible

branches = router(tag="branches", permission="accounts.manage")
departments = router(tag="departments", permission="accounts.manage")
posts = router(tag="posts", permission="accounts.manage")


@branches.get("", response=Paged[BranchOut])
def list_branches(request: ApiRequest, query: Query[PageQuery]) -> Page[Branch]:
    """The branches that I manage, a parent before its children."""
    return page(branches_visible_to(request.auth.user), query, order=("path", "id"))


@branches.get("/{int:id}", response=BranchOut)
def show_branch(request: ApiRequest, id: Id) -> Branch:
    """One branch."""
    return visible(branches_visible_to(request.auth.user), id)


@branches.post("", response=BranchOut)
def create_branch(request: ApiRequest, payload: BranchIn) -> Branch:
    """Add a branch, below `parent_id` or as a head office."""
    actor = request.auth.user
    parent = named_or_none(branches_visible_to(actor), payload.parent_id, field="parent_id")
    return services.create_branch(actor=actor, name=payload.name, parent=parent, city=payload.city)


@branches.patch("/{int:id}", response=BranchOut)
def change_branch(request: ApiRequest, id: Id, payload: BranchChange) -> Branch:
    """Rename a branch, or close it."""
    branch = visible(branches_visible_to(request.auth.user), id)
    kept: dict[str, Any] = {"name": branch.name, "city": branch.city, "is_active": branch.is_active}
    new = kept | payload.model_dump(exclude_none=True)
    return services.change_branch(actor=request.auth.user, branch=branch, **new)


@branches.put("/{int:id}/parent", response=BranchOut)
def move_branch(request: ApiRequest, id: Id, payload: ParentIn) -> Branch:
    """Hang a branch with all below it under another one (null: on its own)."""
    actor = request.auth.user
    branch = visible(branches_visible_to(actor), id)
    parent = named_or_none(branches_visible_to(actor), payload.parent_id, field="parent_id")
    return services.move_branch(actor=actor, branch=branch, parent=parent)


@departments.get("", response=Paged[DepartmentOut])
def list_departments(request: ApiRequest, query: Query[PageQuery]) -> Page[Department]:
    """The departments that I manage, by branch and name."""
    return page(departments_visible_to(request.auth.user), query, order=("branch__path", "name", "id"))


@departments.get("/{int:id}", response=DepartmentOut)
def show_department(request: ApiRequest, id: Id) -> Department:
    """One department."""
    return visible(departments_visible_to(request.auth.user), id)


@departments.post("", response=DepartmentOut)
def create_department(request: ApiRequest, payload: DepartmentIn) -> Department:
    """Add a department to a branch."""
    actor = request.auth.user
    branch = named(branches_visible_to(actor), payload.branch_id, field="branch_id")
    return services.create_department(actor=actor, branch=branch, **payload.model_dump(exclude={"branch_id"}))


@departments.patch("/{int:id}", response=DepartmentOut)
def change_department(request: ApiRequest, id: Id, payload: DepartmentChange) -> Department:
    """Change the given fields of a department."""
    department = visible(departments_visible_to(request.auth.user), id)
    kept = {name: getattr(department, name) for name in DepartmentChange.model_fields}
    new = kept | payload.model_dump(exclude_none=True)
    return services.change_department(actor=request.auth.user, department=department, **new)


@departments.post("/{int:id}/close", response=DepartmentOut, status=200)
def close_department(request: ApiRequest, id: Id) -> Department:
    """Close a department: it receives nothing new."""
    department = visible(departments_visible_to(request.auth.user), id)
    return services.close_department(actor=request.auth.user, department=department)


@departments.post("/{int:id}/open", response=DepartmentOut, status=200)
def open_department(request: ApiRequest, id: Id) -> Department:
    """Open a closed department again."""
    department = visible(departments_visible_to(request.auth.user), id)
    return services.close_department(actor=request.auth.user, department=department, is_active=True)


@posts.get("", response=Paged[PostOut])
def list_posts(request: ApiRequest, query: Query[PageQuery]) -> Page[Post]:
    """The posts of the departments that I manage."""
    return page(posts_visible_to(request.auth.user), query, order=("department__name", "title", "id"))


@posts.get("/{int:id}", response=PostOut)
def show_post(request: ApiRequest, id: Id) -> Post:
    """One post."""
    return visible(posts_visible_to(request.auth.user), id)


@posts.post("", response=PostOut)
def create_post(request: ApiRequest, payload: PostIn) -> Post:
    """Add a post to a department, perhaps with its holder."""
    actor = request.auth.user
    department = named(departments_visible_to(actor), payload.department_id, field="department_id")
    holder = named_or_none(users_visible_to(actor), payload.holder_id, field="holder_id")
    return services.create_post(actor=actor, title_=payload.title, department=department, holder=holder)


@posts.put("/{int:id}/holder", response=PostOut)
def assign_post(request: ApiRequest, id: Id, payload: HolderIn) -> Post:
    """Give a post to somebody, or leave it vacant (null); work referred to it follows."""
    actor = request.auth.user
    holder = named_or_none(users_visible_to(actor), payload.holder_id, field="holder_id")
    return services.assign_post(actor=actor, post=visible(posts_visible_to(actor), id), holder=holder)


@posts.delete("/{int:id}")
def delete_post(request: ApiRequest, id: Id) -> None:
    """Remove a post to which nothing was ever referred."""
    services.delete_post(actor=request.auth.user, post=visible(posts_visible_to(request.auth.user), id))
