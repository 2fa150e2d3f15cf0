"""The columns and filters of the list of customers."""

from typing import TypeAlias

from django.db.models import QuerySet
from django.forms import BaseFormSet
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch
from peyvand.parties import selectors
from peyvand.parties.forms import ContactForm
from peyvand.parties.models import Party, PartyQuerySet
from peyvand.web.filters import Filter, FilterSet
from peyvand.web.tables import Column, Table

Rows: TypeAlias = "BaseFormSet[ContactForm]"


def _branches() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Branch.objects.filter(is_active=True).values_list("pk", "name")]


def _search(parties: PartyQuerySet, value: str) -> PartyQuerySet:
    return selectors.matching(parties, value)


def _kind(parties: QuerySet[Party], value: str) -> QuerySet[Party]:
    return parties.filter(kind=value)


def _branch(parties: QuerySet[Party], value: str) -> QuerySet[Party]:
    return parties.filter(branch_id=int(value))


def _state(parties: QuerySet[Party], value: str) -> QuerySet[Party]:
    return parties.filter(is_provisional=value == "new")


FILTERS = FilterSet(
    (
        Filter(key="q", label=_("Search"), apply=_search, is_search=True),
        Filter(key="kind", label=_("Kind"), apply=_kind, choices=Party.Kind.choices),
        Filter(key="branch", label=_("Branch"), apply=_branch, choices=_branches),
        Filter(
            key="state",
            label=_("State"),
            apply=_state,
            choices=(("new", _("Not confirmed yet")), ("confirmed", _("Confirmed"))),
        ),
    )
)
TABLE = Table(
    columns=(
        Column(key="name", label=_("Customer"), order=("sort_key", "id")),
        Column(key="phone", label=_("Phone")),
        Column(key="email", label=_("E-mail")),
        Column(key="city", label=_("City")),
        Column(key="added", label=_("Added"), order=("created_at", "id"), newest_first=True),
        Column(key="owner", label=_("Owner")),
    ),
    default="name",
)
