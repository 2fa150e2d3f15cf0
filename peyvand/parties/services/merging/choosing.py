"""Which value of a field comes from which customer: what can be chosen, what is proposed, writing it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.jalali import today
from peyvand.core.models import CustomField
from peyvand.parties.fields import HOST
from peyvand.parties.models import Address, Party, Profile, Relation
from peyvand.parties.services.merging.journal import Moving, write_row
from peyvand.parties.types import EMPLOYEE, PROFILE_FIELDS

PARTY, PROFILE = "parties.Party", "parties.Profile"
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "first_name", "last_name"),
    "honorific": ("honorific",),
    "job_title": ("job_title",),
    "organisation": ("organisation_id",),
    "category": ("category_id",),
    "life_cycle": ("life_cycle", "life_cycle_since"),
    "branch": ("branch_id",),
    "owner": ("owner_id",),
    "preferred_channel": ("preferred_channel", "preferred_from", "preferred_until"),
    "address": ("city", "province"),  # the main address comes with them
}
PRIMARIES = ("phone", "email")  # whose phone and whose e-mail is the primary one; all of them stay
JOINED = "interests"
PROFILE_KEYS = tuple(key for key in PROFILE_FIELDS if key != JOINED)
NOTHING: tuple[Any, ...] = (None, "", [], {})


def is_known(key: str) -> bool:
    """Is this a field that can be chosen?"""
    return key in COLUMNS or key in PRIMARIES or key in PROFILE_KEYS or key.startswith("custom:")


def value_of(party: Party, key: str) -> Any:
    """What decides whether a customer has this field: its first column; what is only a beginning counts as nothing."""
    if key in COLUMNS:
        value = getattr(party, COLUMNS[key][0])
        return None if value == Party.LifeCycle.POTENTIAL else value
    if key in PROFILE_KEYS:
        return getattr(getattr(party, "profile", None), key, None)
    if key in PRIMARIES:
        kinds = ("email",) if key == "email" else ("mobile", "phone")
        return next((point.value for point in party.contact_points.all() if point.kind in kinds), None)
    return party.custom.get(key.removeprefix("custom:"))


def keys_of(records: Sequence[Party]) -> list[str]:
    """The fields of which at least one of these customers has a value, in the order of the page."""
    custom = sorted({int(key) for party in records for key in party.custom})
    listed = set(CustomField.objects.filter(host=HOST, pk__in=custom).values_list("pk", flat=True))
    joined = set(joined_fields())
    keys = [*COLUMNS, *PRIMARIES, *PROFILE_KEYS]
    keys += [f"custom:{pk}" for pk in custom if pk in listed and pk not in joined]
    return [key for key in keys if any(value_of(party, key) not in NOTHING for party in records)]


def joined_fields() -> list[int]:
    """Custom fields with several choices: what any of the customers has chosen stays."""
    fields = CustomField.objects.filter(host=HOST, kind=CustomField.Kind.CHOICES)
    return list(fields.values_list("pk", flat=True))


def proposed(records: Sequence[Party], given: Mapping[str, int] | None = None) -> dict[str, int]:
    """From which customer each field comes: as it was given, else from the first of `records` that has it.

    A name that a channel made up never stands before one that a person wrote. Raises Invalid for a field that is none
    or a customer that is not among these.
    """
    given = dict(given or {})
    known = {party.pk for party in records}
    wrong = [key for key, pk in given.items() if not is_known(key) or pk not in known]
    if wrong:
        raise Invalid(fields=dict.fromkeys(wrong, _("Choose one of these customers.")))
    return {key: given.get(key) or _first(key, records) for key in keys_of(records)}


def _first(key: str, records: Sequence[Party]) -> int:
    """The first customer that has a field; the one who is better known by it before the others."""
    ordered = [party for party in records if value_of(party, key) not in NOTHING]
    if key == "name":
        ordered.sort(key=lambda party: party.is_provisional)
    elif key == "address":
        main = set(Address.objects.filter(party__in=ordered, is_primary=True).values_list("party_id", flat=True))
        ordered.sort(key=lambda party: party.pk not in main)
    elif key == "organisation":
        since = latest_jobs(ordered)
        ordered.sort(key=lambda party: since.get(party.pk, (dt.date.min, 0)), reverse=True)
    return ordered[0].pk


def latest_jobs(records: Sequence[Party]) -> dict[int, tuple[dt.date, int]]:
    """Since when each of these people works where it works now, as the record shows it."""
    rows = Relation.objects.filter(Q(until=None) | Q(until__gte=today()), source__in=records, type__code=EMPLOYEE)
    found: dict[int, tuple[dt.date, int]] = {}
    for party, since, pk in rows.values_list("source_id", "since", "pk"):
        found[party] = max(found.get(party, (dt.date.min, 0)), (since or dt.date.min, pk))
    return found


def lay_fields(moving: Moving, records: Mapping[int, Party]) -> None:
    """Write the chosen values on the survivor's record and profile; several values are joined."""
    parties = [records[pk] for pk in moving.everybody]
    values: dict[str, Any] = {}
    for key, pk in moving.choices.items():
        values |= {column: getattr(records[pk], column) for column in COLUMNS.get(key, ())}
    values |= {
        "tag_ids": sorted({tag for party in parties for tag in party.tag_ids}),
        "custom": _custom(moving, records),
        "is_provisional": all(party.is_provisional for party in parties),
        "created_at": min(party.created_at for party in parties),
        "last_contact_at": max(filter(None, (party.last_contact_at for party in parties)), default=None),
    }
    write_row(PARTY, moving.survivor, values)
    _lay_profile(moving, records)


def _custom(moving: Moving, records: Mapping[int, Party]) -> dict[str, Any]:
    found = dict(records[moving.survivor].custom)
    for key, pk in moving.choices.items():
        place = key.removeprefix("custom:")
        if key.startswith("custom:"):
            found.pop(place, None)
            found |= {place: records[pk].custom[place]} if place in records[pk].custom else {}
    for field in map(str, joined_fields()):
        chosen = [each for pk in moving.everybody for each in records[pk].custom.get(field, ())]
        found |= {field: list(dict.fromkeys(chosen))} if chosen else {}
    links = CustomField.objects.filter(host=HOST, kind=CustomField.Kind.PARTY).values_list("pk", flat=True)
    oneself = [str(pk) for pk in links if found.get(str(pk)) in moving.everybody]
    return {place: value for place, value in found.items() if place not in oneself}


def default_of(key: str) -> Any:
    """What a column of the profile holds when nothing is known."""
    column: Any = Profile._meta.get_field(key)
    return column.get_default()


def _lay_profile(moving: Moving, records: Mapping[int, Party]) -> None:
    profiles = {pk: getattr(records[pk], "profile", None) for pk in moving.everybody}
    values = {
        key: getattr(profiles[pk], key, default_of(key)) for key, pk in moving.choices.items() if key in PROFILE_KEYS
    }
    words = [word for profile in profiles.values() if profile is not None for word in profile.interests]
    values |= {JOINED: list(dict.fromkeys(words))} if words else {}
    if values:
        Profile.objects.update_or_create(party_id=moving.survivor, defaults=values)
