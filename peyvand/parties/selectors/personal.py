"""All personal data of one person, as he may ask for them: machine-readable, only his own."""

import json
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from peyvand.core import blobs
from peyvand.core.files import safe_name
from peyvand.core.models import CustomField, File
from peyvand.core.secrets import decrypt
from peyvand.parties.models import Party, PartyFile, Relation
from peyvand.parties.registry import references

OWN = (
    "kind", "name", "first_name", "last_name", "honorific", "job_title", "city", "province", "life_cycle", "roles",
    "preferred_channel", "preferred_from", "preferred_until", "created_at", "changed_at", "last_contact_at",
)  # fmt: skip
LISTS: dict[str, tuple[str, ...]] = {
    "contact_points": ("kind", "use", "typed", "value", "is_primary", "is_verified", "created_at"),
    "addresses": ("use", "country", "province", "city", "street", "postal_code", "is_primary", "created_at"),
    "role_periods": ("role", "since", "until"),
    "consent_rows": ("channel", "purpose", "is_given", "source", "text_version", "at"),
}


def personal_data(party: Party) -> dict[str, Any]:
    """Everything that is kept about a person: plain values, no colleague's name, nobody else's data.

    Relations say what they are and since when, not to whom. Notes are words about him and belong to it.
    """
    found: dict[str, Any] = {"person": {name: getattr(party, name) for name in OWN}}
    for name, columns in LISTS.items():
        found[name] = list(getattr(party, name).order_by("pk").values(*columns))
    found["identifiers"] = [
        {"kind": each.kind, "value": each.value or decrypt(each.cipher)} for each in party.identifiers.order_by("pk")
    ]
    found["profile"] = next(iter(_profile(party)), {})
    found["custom_fields"] = _custom(party)
    found["relations"] = [
        {"type": row.type.name_en, "since": row.since, "until": row.until} for row in _relations(party)
    ]
    found["notes"] = list(party.notes.filter(deleted_at=None).order_by("pk").values("body", "created_at"))
    found["merged_records"] = [personal_data(alias) for alias in party.aliases.order_by("pk")]
    for reference in references():
        if reference.hand_over is not None:
            found[f"{reference.model}.{reference.field}"] = list(reference.hand_over(party.pk))
    return found


def write_archive(party: Party, target: IO[bytes]) -> None:
    """Write the data as `data.json` and the files beside it into a ZIP file, one file in memory at a time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(personal_data(party), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        archive.writestr("data.json", text)
        for number, file in enumerate(_files(party), 1):
            archive.writestr(f"files/{number:04d}-{safe_name(file.name)}", blobs.get(file.blob_id))


def _profile(party: Party) -> Iterator[dict[str, Any]]:
    profile = getattr(party, "profile", None)
    if profile is not None:
        yield {f.name: getattr(profile, f.name) for f in profile._meta.concrete_fields if f.name != "party"}


def _custom(party: Party) -> dict[str, Any]:
    labels = dict(CustomField.objects.filter(pk__in=list(party.custom)).values_list("pk", "label"))
    return {labels.get(int(pk), pk): value for pk, value in party.custom.items()}


def _relations(party: Party) -> QuerySet[Relation]:
    rows = Relation.objects.filter(source=party) | Relation.objects.filter(target=party)
    return rows.select_related("type").order_by("pk")


def _files(party: Party) -> Iterator[File]:
    yield from (each.file for each in PartyFile.objects.filter(party=party).select_related("file").order_by("pk"))
    for reference in references():
        if reference.files is not None:
            yield from reference.files(party.pk)
