"""Whose a party is, how well it is known, when something happened; and the protected numbers."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch, User
from peyvand.core import record_conditions as conditions
from peyvand.core.record_fields import Asked, Bulk, Choice, Condition, Kind, Op, Reading, RecordField, fields_of
from peyvand.parties.fields.host import (
    HOST,
    column,
    first_of,
    key_of,
    numbers_of,
    numbers_of_many,
    with_identifiers,
    with_related,
)
from peyvand.parties.models import Identifier, Party
from peyvand.parties.numbers import digest_of

SYSTEM = _("System")
NUMBERS = _("Numbers")


def branches(asked: Asked) -> Iterable[Choice]:
    """All branches, closed ones at the end."""
    return [(str(pk), name) for pk, name in Branch.objects.order_by("-is_active", "path").values_list("pk", "name")]


def people(asked: Asked) -> Iterable[Choice]:
    """Whoever asks («me»), then everybody who works here, those who left at the end."""
    rows = User.objects.order_by("-is_active", "sort_key", "id").values_list("pk", "full_name", "username")
    return [(conditions.ME, _("Me")), *((str(pk), name or login) for pk, name, login in rows)]


def _missing(asked: Asked) -> Iterable[Choice]:
    return [(field.key, field.label) for field in fields_of(HOST).values() if field.group != SYSTEM]


def _number_shown(kind: str) -> Reading:
    def read(party: Party) -> str:
        return next((number.shown for number in numbers_of(party) if number.kind == kind), "")

    return Reading(read, Bulk(load=numbers_of_many, among=first_of((kind,))))


def _numbered(kind: str) -> Condition:
    def condition(op: Op, value: Any, asked: Asked) -> Q:
        rows = Identifier.objects.filter(kind=kind)
        if op is Op.IS:
            return conditions.among(rows.filter(digest=digest_of(kind, value)), "party_id")
        known = conditions.some(rows, "party_id")
        return ~known if op is Op.EMPTY else known

    return condition


def _identifier(key: str, label: Any, kind: Kind, permission: str = "") -> RecordField:
    return RecordField(
        key=key,
        label=label,
        kind=kind,
        read=_number_shown(key),
        condition=_numbered(key),
        operators=(Op.IS, Op.EMPTY, Op.FILLED),
        load=with_identifiers,
        group=NUMBERS,
        permission=permission,
    )


def _moment(key: str, label: Any, order: tuple[str, ...], **more: Any) -> RecordField:
    return RecordField(
        key=key,
        label=label,
        kind=Kind.MOMENT,
        read=column(key),
        condition=conditions.moment(key),
        order=order,
        group=SYSTEM,
        icon="calendar",
        **more,
    )


_PAST = (Op.LAST_DAYS, Op.OLDER_DAYS, Op.BEFORE, Op.AFTER, Op.BETWEEN)

FIELDS = (
    RecordField(
        key="id",
        label=_("Number of the record"),
        kind=Kind.NUMBER,
        read=column("id"),
        order=("id",),
        group=SYSTEM,
        icon="hash",
    ),
    RecordField(
        key="owner",
        label=_("Owner"),
        kind=Kind.USER,
        read=Reading(attrgetter("owner"), Bulk(path="owner_id")),
        condition=conditions.person("owner_id"),
        choices=people,
        load=with_related("owner"),
        group=SYSTEM,
        icon="user",
        is_editable=True,
        is_shown_first=True,
    ),
    RecordField(
        key="branch",
        label=_("Branch"),
        kind=Kind.CHOICE,
        read=key_of("branch"),
        condition=conditions.choice("branch_id", int, empty=None),
        choices=branches,
        group=SYSTEM,
        icon="building",
        is_editable=True,
    ),
    RecordField(
        key="completeness",
        label=_("Completeness"),
        kind=Kind.NUMBER,
        read=column("completeness"),
        condition=conditions.number("facts__completeness"),
        operators=(Op.MORE, Op.LESS, Op.BETWEEN, Op.IS),
        order=("facts__completeness", "id"),  # it changes with many writes, so its index lies beside the party
        group=SYSTEM,
        unit="%",
    ),
    RecordField(
        key="missing",
        label=_("What is missing"),
        kind=Kind.CHOICES,
        read=column("missing"),
        condition=conditions.array("missing"),
        choices=_missing,
        group=SYSTEM,
    ),
    RecordField(
        key="is_provisional",
        label=_("Not confirmed yet"),
        kind=Kind.YES_NO,
        read=column("is_provisional"),
        condition=conditions.yes_no("is_provisional"),
        group=SYSTEM,
    ),
    _moment("created_at", _("Added"), ("created_at", "id"), operators=_PAST, is_shown_first=True),
    _moment("changed_at", _("Changed"), (), operators=_PAST),
    _moment("last_contact_at", _("Last contact"), ("last_contact_at", "id"), operators=(*_PAST, Op.EMPTY, Op.FILLED)),
    _identifier("national_id", _("National ID"), Kind.NATIONAL_ID, "parties.reveal"),
    _identifier("legal_id", _("National ID of legal person"), Kind.TEXT),
    _identifier("economic", _("Economic code"), Kind.TEXT),
)
