"""What an app says about a list of its records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from peyvand.accounts.models import User
from peyvand.core.errors import NotFound
from peyvand.core.list_state import ListState
from peyvand.core.record_fields import RecordField, Text
from peyvand.core.saved_views import SavedList, register_list
from peyvand.web.lists.cells import Pen

CellWriter = Callable[[Any, Pen], SafeString]


@dataclass(frozen=True, kw_only=True)
class Starter:
    """A view that everybody has from the start; `key` is a word, so that it never is the number of a saved one."""

    key: str
    name: Text
    state: ListState = field(default_factory=ListState)


@dataclass(frozen=True, kw_only=True)
class RecordList:
    """A list of records: where it is, what it shows first, who may see it.

    key: a word of ours, also the id of its part of the page; host: whose registered fields it offers;
    rows(user): all records that he may see; columns, sort: shown first (`-key` is descending); starters: views that
    everybody has, the first is the whole list; address(id): of a record's page; title_cell: the column that leads
    there; cells: columns that are written in a way of their own; labels: columns with a name of their own;
    missing(record): keys that it should have and has not; may_edit(user): whether he can add records and edit cells;
    load(rows): what every row needs besides the fields' own; names: fields whose linked records its own cells name.
    Slots that other apps fill with the bound list: `<key>.head` (buttons), `<key>.bulk` (bar under the chosen rows).
    """

    key: str
    host: str
    title: Text
    search_label: Text
    url_name: str
    permission: str
    rows: Callable[[User], "QuerySet[Any]"]
    columns: Sequence[str]
    sort: str
    title_cell: str
    address: Callable[[int], str]
    change_address: Callable[[int], str] | None = None
    starters: Sequence[Starter] = ()
    cells: Mapping[str, CellWriter] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)
    missing: Callable[[Any], Sequence[str]] = lambda record: ()
    may_edit: Callable[[User], bool] = lambda user: False  # also offers to add a record
    load: Callable[[Any], Any] = lambda rows: rows
    names: Sequence[str] = ()
    first_use: str = ""
    size: int = 50

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse(self.url_name)

    @property
    def head_slot(self) -> str:
        return f"{self.key}.head"

    @property
    def bulk_slot(self) -> str:
        return f"{self.key}.bulk"

    def label(self, field_: RecordField) -> str:
        """The name of a column."""
        return str(self.labels.get(field_.key, field_.label))


_lists: dict[str, RecordList] = {}


def register(records: RecordList) -> RecordList:
    """Open the pages of a list (its filters, columns and saved views) under /lists/<key>/, and return it."""
    _lists[records.key] = records
    register_list(SavedList(records.key, records.host, records.permission))
    return records


def list_of(host: str) -> RecordList | None:
    """The list of a kind of record, if it has one."""
    return next((each for each in _lists.values() if each.host == host), None)


def record_list(key: str) -> RecordList:
    """Return a registered list. Raises NotFound."""
    if key not in _lists:
        raise NotFound
    return _lists[key]
