"""What rows of a customer say, a line each: for pages that ask where a row belongs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from peyvand.core.text import format_phone
from peyvand.parties.models import (
    Address,
    Consent,
    ContactPoint,
    Identifier,
    PartyFile,
    PartyNote,
    PartyRole,
    Relation,
    SegmentMember,
)

Ids = Sequence[int]
Words = Mapping[int, str]
LONGEST = 120


def points(ids: Ids) -> Words:
    """Phone numbers and e-mail addresses."""
    rows = ContactPoint.objects.filter(pk__in=ids)
    return {row.pk: point_text(row) for row in rows.order_by("pk")}


def point_text(point: ContactPoint) -> str:
    """One of them as it is written everywhere."""
    return format_phone(point.value) if point.kind in ("mobile", "phone", "fax") else point.value


def addresses(ids: Ids) -> Words:
    """Places on one line."""
    return {row.pk: address_text(row) for row in Address.objects.filter(pk__in=ids).order_by("pk")}


def address_text(row: Address) -> str:
    """One place on one line."""
    return "، ".join(part for part in (row.province, row.city, row.street, row.postal_code) if part)


def notes(ids: Ids) -> Words:
    """The beginnings of notes."""
    return {row.pk: row.body[:LONGEST] for row in PartyNote.objects.filter(pk__in=ids).order_by("pk")}


def files(ids: Ids) -> Words:
    """Labels or names of files."""
    rows = PartyFile.objects.filter(pk__in=ids).select_related("file").order_by("pk")
    return {row.pk: row.label or row.file.name for row in rows}


def relations(ids: Ids) -> Words:
    """What kind of relation it is; not with whom, whom the reader may not see."""
    rows = Relation.objects.filter(pk__in=ids).select_related("type").order_by("pk")
    return {row.pk: row.type.name_fa if get_language() == "fa" else row.type.name_en for row in rows}


def _plain(model: Any, read: Callable[[Any], str], *related: str) -> Callable[[Ids], Words]:
    def words(ids: Ids) -> Words:
        rows = model._default_manager.filter(pk__in=ids).order_by("pk")
        return {row.pk: read(row) for row in (rows.select_related(*related) if related else rows)}

    return words


numbers = _plain(Identifier, lambda row: f"{row.get_kind_display()} {row.shown}")
roles = _plain(PartyRole, lambda row: str(row.get_role_display()))
segments = _plain(SegmentMember, lambda row: row.segment.name, "segment")
consents = _plain(Consent, lambda row: f"{row.get_channel_display()} · {row.get_purpose_display()}")
