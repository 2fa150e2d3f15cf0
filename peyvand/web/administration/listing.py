"""The columns and filters of the list of users."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch, Department, Role, User
from peyvand.core.text import search_norm
from peyvand.web.filters import Filter, FilterSet
from peyvand.web.tables import Column, Table


def _search(users: QuerySet[User], text: str) -> QuerySet[User]:
    return users.filter(search__contains=search_norm(text))


def _by(field: str) -> Any:
    def apply(users: QuerySet[User], value: str) -> QuerySet[User]:
        return users.filter(**{field: int(value)})

    return apply


def _state(users: QuerySet[User], value: str) -> QuerySet[User]:
    return users.filter(is_active=value == "open")


def _branches() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Branch.objects.order_by("path").values_list("pk", "name")]


def _departments() -> list[tuple[str, str]]:
    rows = Department.objects.select_related("branch").order_by("branch__path", "name")
    return [(str(each.pk), f"{each.name} · {each.branch.name}") for each in rows]


def _roles() -> list[tuple[str, str]]:
    return [(str(role.pk), role.label) for role in Role.objects.order_by("id")]


FILTERS = FilterSet(
    (
        Filter(key="q", label=_("Search"), apply=_search, is_search=True),
        Filter(key="branch", label=_("Branch"), apply=_by("branch_id"), choices=_branches),
        Filter(key="department", label=_("Department"), apply=_by("department_id"), choices=_departments),
        Filter(key="role", label=_("Role"), apply=_by("grants__role_id"), choices=_roles),
        Filter(
            key="state", label=_("Access"), apply=_state, choices=(("open", _("Open access")), ("closed", _("Closed")))
        ),
    )
)
TABLE = Table(
    columns=(
        Column(key="name", label=_("Name"), order=("sort_key", "id")),
        Column(key="place", label=_("Place")),
        Column(key="roles", label=_("Roles")),
        Column(key="seen", label=_("Last login"), order=("last_login", "id"), newest_first=True),
        Column(key="state", label=_("Access")),
    ),
    default="name",
)
