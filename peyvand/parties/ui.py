"""What customers add to the shell: menu entries and the palette's group."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core.text import search_norm
from peyvand.parties import bulk_bar, file_parts, permissions, policies, selectors
from peyvand.parties.listing import CUSTOMERS
from peyvand.parties.models import Party
from peyvand.parties.timeline import own, register
from peyvand.parties.views import own_parts
from peyvand.web import nav, palette, slots
from peyvand.web.administration import sections
from peyvand.web.lists import BoundList

__all__ = ["bulk_bar", "customers", "permissions"]


def customers(user: User, query: str) -> Iterator[palette.Entry]:
    """Yield the customers that the palette finds for a query."""
    if not search_norm(query) or not may(user, policies.VIEW):
        return
    found = selectors.search(user, query).select_related("organisation").order_by("sort_key", "id")
    for party in found[: palette.PER_GROUP]:
        yield palette.Entry(
            title=party.name,
            url=reverse("parties:detail", args=[party.pk]),
            subtitle=party.organisation.name if party.organisation else party.city,
            avatar_key=party.pk,
            square=party.kind == Party.Kind.ORGANISATION,
        )


def _head(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The button that adds a customer; other buttons of the list come before it."""
    return {} if bound.may_create else None


slots.register(CUSTOMERS.head_slot, slots.template("parties/_customers_head.html", _head), order=900)
palette.register(_("Customers"), customers, order=100)
nav.register(
    nav.NavItem(
        key="customers",
        label=_("Customers"),
        url_name="parties:list",
        icon="users",
        order=20,
        permission=policies.VIEW,
        phone=True,
        shortcut="KeyC",
    )  # fmt: skip
)
nav.register(
    nav.NavItem(
        key="new-customer",
        label=_("New customer"),
        url_name="parties:create",
        icon="user-plus",
        section="create",
        order=20,
        permission=policies.CHANGE,
        shortcut="KeyC",
    )  # fmt: skip
)
for source in own.SOURCES:
    register(source)
for tab in own_parts.TABS:
    file_parts.register_tab(tab)
file_parts.register_figures(own_parts.figures, order=50)
for number, (key, label, url_name, icon) in enumerate(
    (
        ("categories", _("Categories"), "parties:categories", "category"),
        ("custom_fields", _("Custom fields"), "parties:custom_fields", "forms"),
        ("tags", _("Tags"), "parties:tags", "tags"),
    )
):
    sections.register(
        sections.Section(
            key=key, label=label, url_name=url_name, icon=icon, permission="parties.shape", order=200 + number
        )
    )
