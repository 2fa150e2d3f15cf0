"""How a party is reached and where it is."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from peyvand.core import record_conditions as conditions
from peyvand.core.errors import Invalid
from peyvand.core.fast_rows import any_of, fast_rows
from peyvand.core.record_fields import Asked, Bulk, Choice, Condition, Kind, Op, Reading, RecordField
from peyvand.core.text import normalise_email, normalise_phone, search_norm, to_latin_digits
from peyvand.parties.fields.host import all_of, column, first_of, joined, points_of, points_of_many, with_points
from peyvand.parties.fields.words import worded
from peyvand.parties.models import Address, Consent, ContactPoint, Party

CONTACT = _("Contact")
PLACE = _("Place")
PHONES = (ContactPoint.Kind.MOBILE, ContactPoint.Kind.PHONE)
EMAILS = (ContactPoint.Kind.EMAIL,)

Read = Callable[[str], str | None]


def _first(kinds: Collection[str]) -> Reading:
    def read(party: Party) -> str:
        return next((point.value for point in points_of(party) if point.kind in kinds), "")

    return Reading(read, Bulk(load=points_of_many, among=first_of(kinds)))


def _every(key: str, label: str | Promise, *kinds: str) -> RecordField:
    """All ways of some kinds in one cell: what a table that leaves the house must not lose."""

    def read(party: Party) -> str:
        return joined(point.value for point in points_of(party) if point.kind in kinds)

    return RecordField(
        key=key,
        label=label,
        kind=Kind.TEXT,
        read=Reading(read, Bulk(load=points_of_many, among=all_of(kinds))),
        load=with_points,
        group=CONTACT,
    )


def _reached(kinds: Collection[str], whole: Read, part: Read, refusal: str | Promise) -> Condition:
    """Contact points of these kinds: a whole address by its normal form, a part of one by its trigrams."""

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        rows = ContactPoint.objects.filter(kind__in=kinds)
        if op in {Op.EMPTY, Op.FILLED}:
            known = conditions.some(rows, "party_id")
            return ~known if op is Op.EMPTY else known
        wanted = whole(value) if op is Op.IS else part(value)
        if not wanted:
            raise Invalid(refusal)
        if op is Op.IS:
            return conditions.among(rows.filter(value=wanted), "party_id")
        return conditions.among(rows.filter(value__contains=wanted), "party_id")

    return condition


def _digits(text: str) -> str | None:
    """The digits of a part of a number, without the zeros and the «+» that only one spelling has."""
    return re.sub(r"\D", "", to_latin_digits(text)).lstrip("0") or None


def _letters(text: str) -> str | None:
    return search_norm(text).replace(" ", "") or None


def consent_choices() -> list[Choice]:
    """To what and over which channel somebody may agree."""
    return [
        (f"{channel}:{purpose}", format_lazy("{} · {}", channel.label, purpose.label))
        for channel in Consent.Channel
        for purpose in Consent.Purpose
    ]


_town, _found_town = conditions.text("city"), conditions.text("city", narrowed_by=worded)


def _city(op: Op, value: Any, asked: Asked) -> Q:
    return (_found_town if op is Op.CONTAINS else _town)(op, value, asked)


def _postal_code(op: Op, value: Any, asked: Asked) -> Q:
    rows = Address.objects.exclude(postal_code="")
    if op in {Op.EMPTY, Op.FILLED}:
        known = conditions.some(rows, "party_id")
        return ~known if op is Op.EMPTY else known
    code = re.sub(r"\W", "", to_latin_digits(value))
    return conditions.some(Address.objects.filter(postal_code=code), "party_id")


def _of_address(name: str) -> Reading:
    """A cell of the first address that has it, the main one before others."""

    def read(party: Party) -> str:
        known = sorted(party.addresses.all(), key=lambda row: (not row.is_primary, row.pk))
        return next((str(value) for row in known if (value := getattr(row, name))), "")

    def many(ids: Sequence[int]) -> dict[int, str]:
        rows = Address.objects.filter(any_of("party_id", ids)).exclude(**{name: ""})
        first = rows.order_by("party_id", "-is_primary", "id").distinct("party_id")
        return dict(fast_rows(first.values_list("party_id", name)))

    return Reading(read, Bulk(load=many))


FIELDS = (
    RecordField(
        key="phone",
        label=_("Phone"),
        kind=Kind.PHONE,
        read=_first(PHONES),
        condition=_reached(PHONES, normalise_phone, _digits, _("This is no phone number.")),
        load=with_points,
        group=CONTACT,
        icon="phone",
        is_editable=True,
        is_shown_first=True,
    ),
    RecordField(
        key="email",
        label=_("E-mail"),
        kind=Kind.EMAIL,
        read=_first(EMAILS),
        condition=_reached(EMAILS, normalise_email, _letters, _("This is no e-mail address.")),
        load=with_points,
        group=CONTACT,
        icon="mail",
        is_editable=True,
        is_shown_first=True,
    ),
    _every("phones", _("All phones"), *PHONES),
    _every("emails", _("All e-mails"), *EMAILS),
    _every("faxes", _("Fax"), ContactPoint.Kind.FAX),
    _every("messengers", _("Messenger"), ContactPoint.Kind.MESSENGER),
    RecordField(
        key="preferred_channel",
        label=_("Preferred channel"),
        kind=Kind.CHOICE,
        read=column("preferred_channel"),
        condition=conditions.choice("preferred_channel"),
        choices=lambda asked: Consent.Channel.choices,
        group=CONTACT,
        is_editable=True,
    ),
    RecordField(
        key="consents",
        label=_("Consents"),
        kind=Kind.CHOICES,
        read=column("consents"),
        condition=conditions.array("consents"),
        choices=lambda asked: consent_choices(),
        group=CONTACT,
    ),
    RecordField(
        key="city",
        label=_("City"),
        kind=Kind.TEXT,
        read=column("city"),
        condition=_city,
        operators=(Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF, Op.STARTS, Op.CONTAINS, Op.EMPTY, Op.FILLED),
        group=PLACE,
        icon="map-pin",
        is_editable=True,
        is_shown_first=True,
    ),
    RecordField(
        key="province",
        label=_("Province"),
        kind=Kind.TEXT,
        read=column("province"),
        condition=conditions.text("province"),
        operators=(Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF, Op.EMPTY, Op.FILLED),
        group=PLACE,
        is_editable=True,
    ),
    RecordField(
        key="street",
        label=_("Street and number"),
        kind=Kind.LONG_TEXT,
        read=_of_address("street"),
        load=lambda parties: parties.prefetch_related("addresses"),
        group=PLACE,
    ),
    RecordField(
        key="postal_code",
        label=_("Postal code"),
        kind=Kind.TEXT,
        read=_of_address("postal_code"),
        condition=_postal_code,
        operators=(Op.IS, Op.EMPTY, Op.FILLED),
        load=lambda parties: parties.prefetch_related("addresses"),
        group=PLACE,
    ),
)
