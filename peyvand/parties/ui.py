"""What customers add to the shell: menu entries and the palette's group."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core import finding
from peyvand.core.text import format_phone
from peyvand.parties import bulk_bar, file_parts, permissions, policies, selectors, taken_out
from peyvand.parties.fields import HOST
from peyvand.parties.listing import CUSTOMERS
from peyvand.parties.models import Party
from peyvand.parties.timeline import own, register
from peyvand.parties.views import own_parts
from peyvand.web import nav, slots
from peyvand.web.access import signed_in
from peyvand.web.administration import sections
from peyvand.web.lists import BoundList

__all__ = ["bulk_bar", "customers", "permissions", "taken_out"]


def customers(user: User, question: str, limit: int) -> Iterator[finding.Found]:
    """Yield the customers that fit a question best."""
    if not may(user, policies.VIEW):
        return
    for hit in selectors.ranked(user, question, limit):
        party = hit.party
        employer = policies.employer_of(user, party)
        yield finding.Found(
            id=party.pk,
            title=party.name,
            page="parties:detail",
            arguments=(party.pk,),
            subtitle=employer.name if employer else party.city,
            words=hit.found,
            value=hit.value if "@" in hit.value else format_phone(hit.value),
            is_square=party.kind == Party.Kind.ORGANISATION,
        )


def _head(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The button that adds a customer; other buttons of the list come before it."""
    return {} if bound.may_create else None


def _import(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The way to bring customers in from a file."""
    return {"host": HOST} if request is not None and may(signed_in(request), "parties.import") else None


def _records(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The ways to categories, fields and tags, to merges, to the access log and to the trash, for who may go them."""
    if request is None:
        return None
    user = signed_in(request)
    acts = ("shape", "audit", "delete", "merge", "duplicates", "quality")
    allowed = {f"may_{act}": may(user, f"parties.{act}") for act in acts}
    return allowed if any(allowed.values()) else None


slots.register(CUSTOMERS.head_slot, slots.template("parties/shape/_head.html", _records), order=100)
slots.register(CUSTOMERS.head_slot, slots.template("parties/_customers_head.html", _head), order=900)
slots.register(CUSTOMERS.head_slot, slots.template("parties/_customers_import.html", _import), order=50)
slots.register("customers.first", slots.template("parties/_customers_import.html", _import))
finding.register(finding.Source(key="customers", label=_("Customers"), find=customers, order=100))
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
nav.register(
    nav.NavItem(
        key="import",
        label=_("Import customers"),
        url_name="imports:new_of",
        arguments=(HOST,),
        icon="file-import",
        section="create",
        order=25,
        permission="parties.import",
        shortcut="KeyI",
    )  # fmt: skip
)
nav.register(
    nav.NavItem(
        key="imports",
        label=_("Imports"),
        url_name="imports:list",
        icon="file-import",
        section="user",
        order=105,
        permission="parties.import",
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
        ("relation-kinds", _("Kinds of relations"), "parties:relation_kinds", "affiliate"),
        ("duplicates", _("Duplicates"), "parties:duplicate_rules", "copy"),
    )
):
    sections.register(
        sections.Section(
            key=key, label=label, url_name=url_name, icon=icon, permission="parties.shape", order=200 + number
        )
    )


def _segments_of(party: Party, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The card of segments in a customer's file; it is asked for after the page."""
    if request is None or not isinstance(request.user, User) or not may(request.user, "parties.segments"):
        return None
    return {"party": party}


slots.register("party.side", slots.template("parties/segments/_side.html", _segments_of), order=300)
nav.register(
    nav.NavItem(
        key="segments",
        label=_("Segments"),
        url_name="parties:segments",
        icon="chart-pie",
        order=22,
        permission="parties.segments",
    )  # fmt: skip
)
