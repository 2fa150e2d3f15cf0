"""What may be wrong with the data of a customer: each figure of the quality page is one of these conditions."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.core import record_conditions as conditions
from peyvand.core.record_fields import Asked, Bulk, Condition, Kind, Op, Reading, RecordField
from peyvand.parties.fields.host import numbers_of, points_of, with_identifiers, with_points
from peyvand.parties.fields.system import SYSTEM
from peyvand.parties.models import ContactPoint, Identifier, Party

PHONES = ("mobile", "phone", "fax")
# An Iranian number has ten digits after its country's, another country's seven to fourteen; fewer are service numbers.
WHOLE_PHONE = r"^\+(98[1-9][0-9]{9}|(?!98)[1-9][0-9]{7,14})$"
WHOLE_EMAIL = r"@[^@]+\.[a-z0-9-]{2,}$"


def bounced() -> Any:
    """Addresses from which mail came back for good."""
    return ContactPoint.objects.filter(bounced_at__isnull=False)


def invalid() -> Any:
    """Phones that nobody outside can dial and e-mails without a whole domain."""
    phones = Q(kind__in=PHONES) & ~Q(value__regex=WHOLE_PHONE)
    return ContactPoint.objects.filter(phones | (Q(kind="email") & ~Q(value__regex=WHOLE_EMAIL)))


def is_invalid(point: ContactPoint) -> bool:
    """The same of one address."""
    if point.kind == "email":
        return not re.search(WHOLE_EMAIL, point.value)
    return point.kind in PHONES and not re.search(WHOLE_PHONE, point.value)


def flawed() -> Any:
    """Numbers that were kept although they fail their check."""
    return Identifier.objects.exclude(flaw="")


def verified() -> Any:
    """Addresses that somebody has verified."""
    return ContactPoint.objects.filter(is_verified=True)


def _any_of(rows: Callable[[], Any]) -> Condition:
    def condition(op: Op, value: Any, asked: Asked) -> Q:
        found = conditions.some(rows(), "party_id")
        return found if op is Op.YES else ~found

    return condition


_contact, _change = conditions.moment("last_contact_at"), conditions.moment("changed_at")


def _touched(op: Op, value: Any, asked: Asked) -> Q:
    """The last contact or the last change, whichever is later: long ago only when both are."""
    contact, change = _contact(op, value, asked), _change(op, value, asked)
    if op in (Op.OLDER_DAYS, Op.BEFORE):
        return change & (contact | Q(last_contact_at=None))
    return change | contact


def _last_touch(party: Party) -> Any:
    return max(filter(None, (party.changed_at, party.last_contact_at)), default=None)


def _yes_no(key: str, label: Any, rows: Callable[[], Any], read: Callable[[Party], bool], load: Any) -> RecordField:
    return RecordField(
        key=key,
        label=label,
        kind=Kind.YES_NO,
        read=Reading(read, Bulk(load=_of_many(rows))),
        condition=_any_of(rows),
        load=load,
        group=SYSTEM,
    )


def _of_many(rows: Callable[[], Any]) -> Callable[[Sequence[int]], dict[int, bool]]:
    """Return what says of many customers whether they have such rows: one statement."""

    def load(ids: Sequence[int]) -> dict[int, bool]:
        found = set(rows().filter(party__in=ids).values_list("party_id", flat=True))
        return {pk: pk in found for pk in ids}

    return load


def _touches_of_many(ids: Sequence[int]) -> dict[int, Any]:
    rows = Party.objects.filter(pk__in=ids).values_list("pk", "changed_at", "last_contact_at")
    return {pk: max(filter(None, moments), default=None) for pk, *moments in rows}


FIELDS = (
    _yes_no(
        "is_bounced", _("Mail comes back"), bounced,
        lambda party: any(point.bounced_at for point in points_of(party)), with_points,
    ),
    _yes_no(
        "has_invalid_contact", _("Invalid phone or e-mail"), invalid,
        lambda party: any(map(is_invalid, points_of(party))), with_points,
    ),
    _yes_no(
        "has_flawed_number", _("Number that fails its check"), flawed,
        lambda party: any(number.flaw for number in numbers_of(party)), with_identifiers,
    ),
    _yes_no(
        "is_verified", _("Verified address"), verified,
        lambda party: any(point.is_verified for point in points_of(party)), with_points,
    ),
    RecordField(
        key="last_touched",
        label=_("Last contact or change"),
        kind=Kind.MOMENT,
        read=Reading(_last_touch, Bulk(load=_touches_of_many)),
        condition=_touched,
        operators=(Op.LAST_DAYS, Op.OLDER_DAYS, Op.BEFORE, Op.AFTER),
        group=SYSTEM,
        icon="calendar",
    ),
)  # fmt: skip
