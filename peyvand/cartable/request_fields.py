"""Every field of a request that a list of requests can be narrowed by, ordered by and taken out with."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import Branch, Department, User
from peyvand.cartable.models import IS_TAGGED, Request
from peyvand.cartable.models import Kind as RequestKind
from peyvand.cartable.selectors.folders import Folder, departments_of, folders_of, search_q
from peyvand.cartable.selectors.places import rows_at
from peyvand.cartable.words import MEDIUMS
from peyvand.core import record_conditions as conditions
from peyvand.core import record_fields
from peyvand.core.list_state import Reader, register_reader
from peyvand.core.record_fields import Asked, Bulk, Choice, Kind, Op, Reading, RecordField
from peyvand.core.saved_views import SavedList, register_list
from peyvand.parties.models import Tag

HOST = "cartable.Request"
LIST = "requests"  # under which name views of it are saved
PLACE = "place"  # the field that says in which folder
ONE = (Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF)


def _kinds(asked: Asked) -> Iterable[Choice]:
    return [(str(each.pk), str(each)) for each in RequestKind.objects.order_by("-is_active", "position", "pk")]


def _departments(asked: Asked) -> Iterable[Choice]:
    return [(str(pk), name) for pk, name in Department.objects.order_by("branch_id", "name").values_list("pk", "name")]


def _branches(asked: Asked) -> Iterable[Choice]:
    return [(str(pk), name) for pk, name in Branch.objects.order_by("path").values_list("pk", "name")]


def _tags(asked: Asked) -> Iterable[Choice]:
    return [(str(pk), name) for pk, name in Tag.objects.order_by("name").values_list("pk", "name")]


def _places(asked: Asked) -> Iterable[Choice]:
    """The folders and departments of the reader, by the words of their addresses."""
    who = asked.who
    if not isinstance(who, User):
        return [(str(each), str(each)) for each in Folder]
    departments = [(f"department-{each.pk}", each.name) for each in departments_of(who)]
    return [*((str(each), str(each)) for each in folders_of(who)), *departments]


def _folder_of(status: str | None) -> str:
    """The folder in which everybody who sees it finds a request of this status."""
    return str({"closed": Folder.CLOSED, "answered": Folder.ANSWERED}.get(status or "", Folder.ALL))


def _in_place(op: Op, value: Any, asked: Asked) -> Q:
    """The requests of a folder of the reader; nobody has somebody else's."""
    slug = value[0] if isinstance(value, list | tuple) else value
    if not isinstance(asked.who, User):
        return Q(pk__in=[])
    return Q(pk__in=rows_at(asked.who, str(slug)).order_by().values("pk"))


def _tagged(op: Op, value: Any, asked: Asked) -> Q:
    """The index of tags knows only requests that have some."""
    found = conditions.array("tag_ids", int)(op, value, asked)
    return IS_TAGGED & found if op in (Op.IS, Op.ANY_OF) else found


def _keys(numbers: list[int] | None) -> list[str]:
    return [str(each) for each in numbers or ()]


def _people(asked: Asked) -> Iterable[Choice]:
    rows = User.objects.order_by("-is_active", "sort_key", "id").values_list("pk", "full_name", "username")
    return [(str(pk), name or login) for pk, name, login in rows]


def _party_name(request: Request) -> str | None:
    """Whoever sees a request knows whose it is."""
    return request.party.name if request.party else None


def _plain(key: str, label: Any, kind: Kind = Kind.TEXT, **more: Any) -> RecordField:
    return RecordField(key=key, label=label, kind=kind, read=Reading(attrgetter(key), Bulk(path=key)), **more)


def _moment(key: str, label: Any) -> RecordField:
    return _plain(key, label, Kind.MOMENT, condition=conditions.moment(key), order=(key, "id"))


def _choice(key: str, label: Any, choices: Any) -> RecordField:
    return _plain(
        key, label, Kind.CHOICE, condition=conditions.choice(key), operators=ONE, choices=lambda asked: choices
    )


def _link(key: str, label: Any, choices: Any, kind: Kind = Kind.CHOICE) -> RecordField:
    """A foreign key whose records are few enough to be choices."""
    read = attrgetter(f"{key}_id") if kind is Kind.CHOICE else attrgetter(key)
    condition = conditions.person(f"{key}_id") if kind is Kind.USER else conditions.choice(f"{key}_id", int, empty=None)
    return RecordField(
        key=key,
        label=label,
        kind=kind,
        read=Reading(read, Bulk(path=f"{key}_id")),
        condition=condition,
        operators=(*ONE, Op.EMPTY, Op.FILLED),
        choices=choices,
        load=lambda rows: rows.select_related(key),
    )


record_fields.register(
    HOST,
    RecordField(
        key=PLACE,
        label=_("Folder"),
        kind=Kind.CHOICE,
        read=Reading(lambda request: _folder_of(request.status), Bulk(path="status", made=_folder_of)),
        condition=_in_place,
        operators=(Op.IS,),
        choices=_places,
    ),
    _plain("id", _("Number of the record"), Kind.NUMBER, order=("id",)),
    _plain("code", _("Code")),
    _plain("subject", _("Subject")),
    RecordField(
        key="party",
        label=_("Customer"),
        kind=Kind.PARTY,
        read=Reading(_party_name, Bulk(path="party__name")),
        load=lambda rows: rows.select_related("party"),
    ),
    _link("kind", _("Kind"), _kinds),
    _choice("priority", _("Priority"), Request.Priority.choices),
    _choice("status", _("Status"), Request.Status.choices),
    _choice("medium", _("Channel"), tuple(MEDIUMS.items())),
    _link("branch", _("Branch"), _branches),
    _link("department", _("Department"), _departments),
    _link("assignee", _("Responsible"), _people, Kind.USER),
    _link("officer", pgettext_lazy("of a request", "Officer"), _people, Kind.USER),
    _moment("opened_at", _("Opened")),
    _moment("next_due", _("Deadline")),
    _moment("first_answered_at", _("First answered on")),
    _moment("closed_at", _("Closed on")),
    _moment("last_activity_at", _("Last activity")),
    RecordField(
        key="tags",
        label=_("Tags"),
        kind=Kind.CHOICES,
        read=Reading(lambda request: _keys(request.tag_ids), Bulk(path="tag_ids", made=_keys)),
        condition=_tagged,
        choices=_tags,
    ),
    _plain("message_count", _("Messages"), Kind.NUMBER, condition=conditions.number("message_count")),
)


def _search(rows: QuerySet[Any], words: str, asked: Asked) -> QuerySet[Any]:
    return rows.filter(search_q(words))


register_reader(HOST, Reader(search=_search))
register_list(SavedList(LIST, HOST, "cartable.view"))
