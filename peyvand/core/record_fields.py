"""The registry of the fields of a record: what lists show, filter and sort, segments ask, pages edit, exports write.

An app registers its fields for a host ("parties.Party") in its `fields.py`; a higher app adds to it
(`register("parties.Party", RecordField(key="sales.open_deals", …))`), and fields that are made on a page come from a
source. Whoever builds a list, a filter, a segment, an export or an answer of the API asks `fields_of`, so that
no word of a user ever names a column: an unknown key is refused.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from peyvand.core.errors import Invalid

Text = str | Promise
Choice = tuple[str, Text]


class Kind(StrEnum):
    """What a value is; decides the operators, the input, the way it is written and compared."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    PARTY = "party"
    USER = "user"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    NATIONAL_ID = "national_id"


class Op(StrEnum):
    """How a field is compared. The value is one text, a list (ANY_OF, NONE_OF, BETWEEN: two) or nothing."""

    IS = "is"
    IS_NOT = "is_not"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    CONTAINS = "contains"
    STARTS = "starts"
    MORE = "more"
    LESS = "less"
    BETWEEN = "between"
    BEFORE = "before"
    AFTER = "after"
    LAST_DAYS = "last_days"
    OLDER_DAYS = "older_days"
    NEXT_DAYS = "next_days"
    YES = "yes"
    NO = "no"
    EMPTY = "empty"
    FILLED = "filled"


LABELS: dict[Op, Text] = {
    Op.IS: pgettext_lazy("comparison", "is"),
    Op.IS_NOT: pgettext_lazy("comparison", "is not"),
    Op.ANY_OF: pgettext_lazy("comparison", "is one of"),
    Op.NONE_OF: pgettext_lazy("comparison", "is none of"),
    Op.CONTAINS: pgettext_lazy("comparison", "contains"),
    Op.STARTS: pgettext_lazy("comparison", "starts with"),
    Op.MORE: pgettext_lazy("comparison", "more than"),
    Op.LESS: pgettext_lazy("comparison", "less than"),
    Op.BETWEEN: pgettext_lazy("comparison", "between"),
    Op.BEFORE: pgettext_lazy("comparison", "before"),
    Op.AFTER: pgettext_lazy("comparison", "after"),
    Op.LAST_DAYS: pgettext_lazy("comparison", "in the last days"),
    Op.OLDER_DAYS: pgettext_lazy("comparison", "longer ago than days"),
    Op.NEXT_DAYS: pgettext_lazy("comparison", "in the next days"),
    Op.YES: pgettext_lazy("comparison", "yes"),
    Op.NO: pgettext_lazy("comparison", "no"),
    Op.EMPTY: pgettext_lazy("comparison", "is empty"),
    Op.FILLED: pgettext_lazy("comparison", "is filled"),
}
WITHOUT_VALUE = frozenset({Op.YES, Op.NO, Op.EMPTY, Op.FILLED})
WITH_LIST = frozenset({Op.ANY_OF, Op.NONE_OF, Op.BETWEEN})
_EITHER = (Op.EMPTY, Op.FILLED)
_DAYS = (Op.LAST_DAYS, Op.OLDER_DAYS, Op.NEXT_DAYS, Op.BEFORE, Op.AFTER, Op.BETWEEN, *_EITHER)
_WORDS = (Op.CONTAINS, Op.IS, Op.IS_NOT, Op.STARTS, *_EITHER)
_ONE = (Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF, *_EITHER)
_AMOUNT = (Op.MORE, Op.LESS, Op.BETWEEN, Op.IS, *_EITHER)
OPERATORS: dict[Kind, tuple[Op, ...]] = {
    Kind.TEXT: _WORDS,
    Kind.LONG_TEXT: (Op.CONTAINS, *_EITHER),
    Kind.NUMBER: _AMOUNT,
    Kind.MONEY: _AMOUNT,
    Kind.DATE: _DAYS,
    Kind.MOMENT: _DAYS,
    Kind.YES_NO: (Op.YES, Op.NO),
    Kind.CHOICE: _ONE,
    Kind.CHOICES: (Op.ANY_OF, Op.NONE_OF, *_EITHER),
    Kind.PARTY: (Op.IS, Op.IS_NOT, *_EITHER),
    Kind.USER: _ONE,
    Kind.PHONE: (Op.IS, Op.CONTAINS, *_EITHER),
    Kind.EMAIL: (Op.IS, Op.CONTAINS, *_EITHER),
    Kind.URL: (Op.CONTAINS, Op.IS, *_EITHER),
    Kind.NATIONAL_ID: (Op.IS, *_EITHER),
}


def nothing_allowed(_permission: str) -> bool:
    """Nobody in particular asks: what needs a permission is refused."""
    return False


@dataclass(frozen=True)
class Everyone:
    """The system itself asks: all records count, and nobody is «me»."""

    pk: None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a condition is made for: who asks (choices and links are his), and the moment that «today» means.

    may(permission): what he holds, for fields that need one; may_everywhere: without any limit of place.
    `accounts.policies.asked_by(user)` makes it.
    """

    who: Any
    now: dt.datetime
    may: Callable[[str], bool] = nothing_allowed
    may_everywhere: Callable[[str], bool] = nothing_allowed


Condition = Callable[[Op, Any, Asked], Q]


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """How a field of thousands of records is read at once, without making the records.

    path: a column, or a path over foreign keys, that is read with the rows; otherwise load(ids) finds what many fields
    need, asked once for all that name the same function, and among(found) gives one field's values by the records' ids.
    made(value): the value that is shown, from the one that was found (None where nothing was). Gives what `read` gives;
    for a linked record or a user its number.
    """

    path: str = ""
    load: Callable[[Sequence[int]], Any] | None = None
    among: Callable[[Any], Mapping[int, Any]] = dict
    made: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Reading:
    """What reads a field: of one loaded record when it is called, of many at once by `bulk`."""

    one: Callable[[Any], Any]
    bulk: Bulk

    def __call__(self, record: Any) -> Any:
        return self.one(record)


@dataclass(frozen=True, kw_only=True)
class RecordField:
    """One field of a record.

    key: a word of ours, never a user's ("city", "custom:12"). read(record): the value as Python has it, for lists,
    exports and the API; of a linked record its number, whose name `record_links.Names` has for each reader.
    condition(op, value, asked): the filter; None where it cannot be asked. load: what a list does to its queryset so
    that `read` needs no query of its own. order: columns it sorts by; empty when it cannot. is_editable: `set_field`
    of its app writes it, so that cells, bulk edit and the API can. permission: what it needs besides seeing the
    record; is_of_others: everywhere, for the field tells of records that the reader may not see himself. unit: shown
    after a number ("%", "days"). choices: of CHOICE, CHOICES and USER.
    """

    key: str
    label: Text
    kind: Kind
    read: Callable[[Any], Any]
    condition: Condition | None = None
    operators: Sequence[Op] = ()
    choices: Callable[[Asked], Iterable[Choice]] | None = None
    order: Sequence[str] = ()
    load: Callable[[Any], Any] | None = None
    group: Text = ""
    icon: str = ""
    unit: Text = ""
    is_editable: bool = False
    is_shown_first: bool = False
    permission: str = ""
    is_of_others: bool = False

    @property
    def asked_by(self) -> tuple[Op, ...]:
        """The operators that a filter offers for it; none when it cannot be asked."""
        return () if self.condition is None else tuple(self.operators) or OPERATORS[self.kind]

    @property
    def bulk(self) -> Bulk | None:
        """How it is read of many at once; None when only records can tell it."""
        return self.read.bulk if isinstance(self.read, Reading) else None


Source = Callable[[], Iterable[RecordField]]

_fields: dict[str, dict[str, RecordField]] = defaultdict(dict)
_sources: dict[str, list[Source]] = defaultdict(list)


def register(host: str, *fields: RecordField) -> None:
    """Add fields to a kind of record. Raises ValueError for a key that is taken."""
    for field in fields:
        known = _fields[host].setdefault(field.key, field)
        if known is not field:
            raise ValueError(f"two fields of {host} are called {field.key}")


def register_source(host: str, source: Source) -> None:
    """Add fields that are made while the system runs, as custom fields are; asked each time."""
    if source not in _sources[host]:
        _sources[host].append(source)


def fields_of(host: str) -> dict[str, RecordField]:
    """Every field of a kind of record by its key, in the order of registration."""
    found = dict(_fields[host])
    for source in _sources[host]:
        found.update((field.key, field) for field in source())
    return found


def refuse_kept_numbers(host: str, conditions: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Refuse to keep conditions (key of a field, values) that hold a protected number: it would lie there plain.

    Whether there is one may be kept. Errors: Invalid.
    """
    fields = fields_of(host)
    for key, values in conditions:
        if values and key in fields and fields[key].kind is Kind.NATIONAL_ID:
            raise Invalid(_("A protected number is not kept in a filter; ask whether there is one, or search for it."))
