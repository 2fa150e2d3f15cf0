"""What came after a merge, and to which of its customers it seems to belong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peyvand.parties.models import ContactPoint, Merge, MergeMove
from peyvand.parties.registry import Reference
from peyvand.parties.services.merging.choosing import COLUMNS, PARTY, PROFILE, PROFILE_KEYS, joined_fields
from peyvand.parties.services.merging.journal import Place, row_of, run
from peyvand.parties.services.merging.moving import movable

BY_ROWS = frozenset({"address", "organisation"})  # follow rows that have their own place
FIELD = "field:"
POINTS = "parties.ContactPoint.party"


@dataclass(frozen=True, kw_only=True)
class LaterRow:
    """A row that came after the merge. key: «parties.PartyNote.party:12», by which its place is named."""

    key: str
    reference: Reference
    row: int
    proposed: int


@dataclass(frozen=True, kw_only=True)
class LaterField:
    """A field that was edited after the merge. key: «field:job_title»."""

    key: str
    field: str
    proposed: int


def later_rows(merge: Merge) -> list[LaterRow]:
    """The rows at the survivor that the merge did not find, each with the customer it seems to belong to."""
    owners = owners_of(merge)
    found: list[LaterRow] = []
    for reference in movable():
        if not reference.asks:
            continue
        rows = _new_at(merge, reference)
        places = reference.place(rows, owners) if rows and reference.place is not None else {}
        found += [
            LaterRow(
                key=f"{reference.key}:{pk}", reference=reference, row=pk, proposed=places.get(pk, merge.survivor_id)
            )
            for pk in rows
        ]
    return found


def owners_of(merge: Merge) -> dict[tuple[str, str], int]:
    """Of each address that only a merged customer had, whose it was."""
    found: dict[tuple[str, str], int] = {}
    for move in merge.moves.filter(reference=POINTS, act=MergeMove.Act.MOVED):
        for kind, value in ContactPoint.objects.filter(pk__in=move.ids).values_list("kind", "value"):
            found[kind, value] = move.party_id
    return found


def _new_at(merge: Merge, reference: Reference) -> list[int]:
    at = Place.of(reference.model, reference.field)
    known = "SELECT unnest(m.ids) FROM parties_mergemove m WHERE m.merge_id = %s AND m.reference = %s AND m.act <> %s"
    added = "SELECT row FROM parties_mergerow WHERE merge_id = %s AND model = %s AND before IS NULL"
    found = run(
        f"SELECT {at.key} FROM {at.table} WHERE {at.column} = %s AND {at.key} NOT IN ({known})"  # noqa: S608
        f" AND {at.key} NOT IN ({added}) ORDER BY 1",
        merge.survivor_id, merge.pk, reference.key, MergeMove.Act.ASIDE, merge.pk, reference.model,
    )  # fmt: skip
    return [int(row[0]) for row in found]


def later_fields(merge: Merge) -> list[LaterField]:
    """The fields that were edited since; each seems to belong to where the merge had taken its value from."""
    sources = set(merge.sources.values_list("party_id", flat=True))
    was, now = states_of(merge)
    edited = [key for key in field_keys(was, now) if group_of(was, key) != group_of(now, key)]
    return [
        LaterField(
            key=f"{FIELD}{key}",
            field=key,
            proposed=merge.choices[key] if merge.choices.get(key) in sources else merge.survivor_id,
        )
        for key in edited
    ]


def states_of(merge: Merge) -> tuple[dict[str, Any], dict[str, Any]]:
    """The survivor's columns as the merge left them and as they are, of the record and of its profile."""
    kept = {row.model: row.after for row in merge.rows.filter(row=merge.survivor_id, model__in=[PARTY, PROFILE])}
    was = {model: kept.get(model) or {} for model in (PARTY, PROFILE)}
    now = {model: row_of(model, merge.survivor_id) or {} for model in (PARTY, PROFILE)}
    return was, now


def field_keys(*states: Mapping[str, Any]) -> list[str]:
    """The fields that one value at a time is chosen for, and that no other row decides."""
    joined = {str(pk) for pk in joined_fields()}
    custom = {place for state in states for place in state[PARTY].get("custom") or {}} - joined
    return [*(key for key in COLUMNS if key not in BY_ROWS), *PROFILE_KEYS, *(f"custom:{pk}" for pk in sorted(custom))]


def group_of(state: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The columns of a field in a state."""
    if key in COLUMNS:
        return {name: state[PARTY].get(name) for name in COLUMNS[key]}
    if key.startswith("custom:"):
        return {"custom": (state[PARTY].get("custom") or {}).get(key.removeprefix("custom:"))}
    return {key: state[PROFILE].get(key) or None}
