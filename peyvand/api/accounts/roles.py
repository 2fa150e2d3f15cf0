"""Roles and the permissions they are made of."""

from ninja import Query

from peyvand.accounts import services
from peyvand.accounts.models import Role
from peyvand.accounts.permissions import Permission, all_permissions
from peyvand.accounts.selectors import roles_with_counts
from peyvand.api.accounts.schemas import PermissionOut, RoleChange, RoleIn, RoleOut
from peyvand.api.kit import ApiRequest, Id, Page, Paged, PageQuery, page, router, visible

roles = router(tag="roles", permission="accounts.manage")
permissions = router(tag="permissions", permission="accounts.manage")


@permissions.get("", response=list[PermissionOut])
def list_permissions(request: ApiRequest) -> list[Permission]:
    """Every permission there is, with the scopes that make sense for it."""
    return list(all_permissions().values())


@roles.get("", response=Paged[RoleOut])
def index(request: ApiRequest, query: Query[PageQuery]) -> Page[Role]:
    """All roles."""
    return page(roles_with_counts(), query, order=("id",))


@roles.get("/{int:id}", response=RoleOut)
def show(request: ApiRequest, id: Id) -> Role:
    """One role."""
    return visible(roles_with_counts(), id)


@roles.post("", response=RoleOut)
def create(request: ApiRequest, payload: RoleIn) -> Role:
    """Define a role; nobody can give more than he holds himself."""
    made = services.create_role(actor=request.auth.user, **payload.model_dump())
    return visible(roles_with_counts(), made.pk)


@roles.patch("/{int:id}", response=RoleOut)
def change(request: ApiRequest, id: Id, payload: RoleChange) -> Role:
    """Change the given fields of a role; it counts from the next request on."""
    role = visible(roles_with_counts(), id)
    kept = {"name": role.name, "name_en": role.name_en, "description": role.description}
    new = kept | {"permissions": RoleOut.resolve_permissions(role)} | payload.model_dump(exclude_none=True)
    services.change_role(actor=request.auth.user, role=role, **new)
    return visible(roles_with_counts(), id)


@roles.delete("/{int:id}")
def delete(request: ApiRequest, id: Id) -> None:
    """Remove a role that nobody holds."""
    services.delete_role(actor=request.auth.user, role=visible(roles_with_counts(), id))
