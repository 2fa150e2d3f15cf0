"""The kinds of records that the business can add fields to; each app says once what is to be known of its own.

    hosts.register(FieldHost(key="sales.Deal", label=_("Leads and deals"), title="name", lists=("deals", "leads"), …))

The model has a column `custom`: JSON, an object of values by the number of the field. Fields, their values and what
asks for them are then made, converted, removed and brought back in one way for all of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from peyvand.core.errors import NotFound
from peyvand.core.models import CustomField
from peyvand.core.record_fields import Text

NUMBERS = frozenset({CustomField.Kind.NATIONAL_ID})


def _nothing(ids: Sequence[int]) -> None:
    """Nothing is derived from values."""


def _nobody(key: str, actor: Any) -> list[int]:
    return []


def _again(key: str, ids: Sequence[int], actor: Any) -> None:
    """Nothing asked for it."""


@dataclass(frozen=True, kw_only=True)
class FieldHost:
    """A kind of record. key: the label of its model; title: the column that names a record; lists: its lists.

    seen(who): the records that he sees; address(pk): the page of one. touched(ids): values were changed in bulk.
    names(key): what asks for a field, by name; forget(key, actor): ask for it no more and return the numbers of what
    did; ask_again(key, numbers, actor): ask again. is_of_person: protected numbers of people may be kept in it.
    """

    key: str
    label: Text
    title: str
    lists: Sequence[str]
    seen: Callable[[Any], QuerySet[Any]]
    address: Callable[[int], str]
    touched: Callable[[Sequence[int]], None] = _nothing
    names: Callable[[str], Iterable[str]] = lambda key: ()
    forget: Callable[[str, Any], list[int]] = _nobody
    ask_again: Callable[[str, Sequence[int], Any], None] = _again
    is_of_person: bool = False

    @property
    def rows(self) -> QuerySet[Any]:
        """Every record, for work that is done for all."""
        found: QuerySet[Any] = apps.get_model(self.key)._default_manager.all()
        return found

    @property
    def table(self) -> str:
        """The table of the records."""
        return str(apps.get_model(self.key)._meta.db_table)

    @property
    def kinds(self) -> list[CustomField.Kind]:
        """The types that its fields can have."""
        return [kind for kind in CustomField.Kind if self.is_of_person or kind not in NUMBERS]


_hosts: dict[str, FieldHost] = {}


def register(host: FieldHost) -> None:
    """Let the business add fields to a kind of record; the same key again replaces the former."""
    _hosts[host.key] = host


def all_hosts() -> list[FieldHost]:
    """Every kind of record that can have fields, in the order of registration."""
    return list(_hosts.values())


def host_of(key: str) -> FieldHost:
    """The kind of record of this key. Raises NotFound."""
    found = _hosts.get(key)
    if found is None:
        raise NotFound
    return found
