"""What says the same twice among the rows of customers that become one: contact points, addresses, roles, files."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peyvand.core.text import search_norm
from peyvand.parties.models import Address, ContactPoint, PartyFile, PartyRole
from peyvand.parties.registry import Reference, all_references
from peyvand.parties.services.merging.journal import Moving

Row = dict[str, Any]
KINDS = {"email": "email", "mobile": "phone", "phone": "phone"}  # which choice names the primary one of a kind
EVER = dt.date.max


def reference_of(key: str) -> Reference:
    """A registered foreign key by its name."""
    return next(each for each in all_references() if each.key == key)


def fold_points(moving: Moving) -> None:
    """The same address of several customers is one: the first keeps it and takes over what the others knew of it.

    It identifies its owner when any of them did. Of each kind one stays primary: the chosen customer's.
    """
    names = ("pk", "party_id", "kind", "value", "use", "identifies", "is_primary", "is_verified", "verified_at")
    rows = _in_order(moving, ContactPoint.objects.filter(party__in=moving.everybody).values(*names))
    alike: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        alike[row["kind"], row["value"]].append(row)
    for same in alike.values():
        if len(same) > 1:
            _fold_point(moving, same[0], same[1:])
    for kind in {row["kind"] for row in rows}:
        _one_primary(moving, [same for (of, _value), same in alike.items() if of == kind], KINDS.get(kind, ""))


def _fold_point(moving: Moving, kept: Row, others: Sequence[Row]) -> None:
    reference = reference_of("parties.ContactPoint.party")
    moving.put_aside(reference, [row["pk"] for row in others])
    for row in others:
        if row["identifies"]:
            moving.change(reference.model, row["pk"], {"identifies": False})
    verified = next((row for row in (kept, *others) if row["is_verified"]), kept)
    values = {
        "identifies": any(row["identifies"] for row in (kept, *others)),
        "use": next((row["use"] for row in (kept, *others) if row["use"]), ""),
        "is_verified": verified["is_verified"],
        "verified_at": verified["verified_at"],
    }
    moving.change(reference.model, kept["pk"], values)


def _one_primary(moving: Moving, groups: Sequence[Sequence[Row]], key: str) -> None:
    """Each group is one address, its first row the one that stays."""
    chosen = _primary_of(groups, moving.first_for(key))
    if chosen is None:
        return
    for same in groups:
        if same[0]["is_primary"] != (same is chosen):
            moving.change("parties.ContactPoint", same[0]["pk"], {"is_primary": same is chosen})


def _primary_of(groups: Sequence[Sequence[Row]], parties: Sequence[int]) -> Sequence[Row] | None:
    for party in parties:
        for same in groups:
            if any(row["party_id"] == party and row["is_primary"] for row in same):
                return same
    return None


def fold_addresses(moving: Moving) -> None:
    """The same place under the same use is one address; one stays the main one: the chosen customer's."""
    reference = reference_of("parties.Address.party")
    groups: list[list[Row]] = []
    for row in _in_order(moving, Address.objects.filter(party__in=moving.everybody).values()):
        same = next((group for group in groups if _is_like(group[0], row)), None)
        if same is None:
            groups.append([row])
            continue
        same.append(row)
        moving.put_aside(reference, [row["id"]])
        if row["use"] and not same[0]["use"]:
            moving.change(reference.model, same[0]["id"], {"use": row["use"]})
            same[0]["use"] = row["use"]
    _one_main(moving, groups)


def _one_main(moving: Moving, groups: Sequence[Sequence[Row]]) -> None:
    """Who was chosen for the place and has no main address keeps his city, and nobody's address is the main one."""
    among = [moving.choices["address"]] if "address" in moving.choices else moving.everybody
    chosen = _primary_of(groups, among)
    if chosen is not None and not chosen[0]["is_primary"]:  # its customer may leave the former main one aside
        for row in (row for same in groups for row in same[1:]):
            if row["is_primary"] and row["party_id"] == chosen[0]["party_id"]:
                moving.change("parties.Address", row["id"], {"is_primary": False})
    for same in sorted(groups, key=lambda same: same is chosen):  # the others first: two main ones cannot be
        if same[0]["is_primary"] != (same is chosen):
            moving.change("parties.Address", same[0]["id"], {"is_primary": same is chosen})


def _is_like(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if one["party_id"] == other["party_id"] or (one["use"] and other["use"] and one["use"] != other["use"]):
        return False
    names = ("country", "province", "city", "street", "postal_code")
    return [search_norm(one[name]) for name in names] == [search_norm(other[name]) for name in names]


def fold_roles(moving: Moving) -> None:
    """Periods of one role that overlap become one period, from the first day to the last."""
    by_role: dict[str, list[Row]] = defaultdict(list)
    rows = PartyRole.objects.filter(party__in=moving.everybody).order_by("since", "pk")
    for row in rows.values():
        by_role[row["role"]].append(dict(row))
    for one in by_role.values():
        for periods in _overlapping(one):
            if len(periods) > 1:
                _join_periods(moving, periods)


def _overlapping(rows: Iterable[Row]) -> list[list[Row]]:
    """Periods in chains that overlap, in the order of their first days."""
    chains: list[list[Row]] = []
    last = dt.date.min
    for row in rows:
        if chains and row["since"] <= last:
            chains[-1].append(row)
        else:
            chains.append([row])
            last = dt.date.min
        last = max(last, row["until"] or EVER)
    return chains


def _join_periods(moving: Moving, periods: Sequence[Row]) -> None:
    reference = reference_of("parties.PartyRole.party")
    kept, *others = _in_order(moving, periods)
    moving.put_aside(reference, [row["id"] for row in others if row["party_id"] != moving.survivor])
    moving.take_away(reference.model, [row["id"] for row in others if row["party_id"] == moving.survivor])
    until = max(row["until"] or EVER for row in periods)
    values = {"party_id": moving.survivor, "since": periods[0]["since"], "until": None if until == EVER else until}
    moving.change(reference.model, kept["id"], values)


def fold_files(moving: Moving) -> None:
    """The same bytes under the same label are one file."""
    rows = PartyFile.objects.filter(party__in=moving.everybody, deleted_at=None)
    known: set[tuple[str, str]] = set()
    for row in _in_order(moving, rows.values("pk", "party_id", "label", "file__blob_id")):
        name = (row["label"], row["file__blob_id"])
        if name in known and row["party_id"] != moving.survivor:
            moving.put_aside(reference_of("parties.PartyFile.party"), [row["pk"]])
        known.add(name)


def _in_order(moving: Moving, rows: Iterable[Any]) -> list[Row]:
    """The survivor's rows first, then those of the others in their order."""
    place = {pk: number for number, pk in enumerate(moving.everybody)}
    return sorted(rows, key=lambda row: (place[row["party_id"]], row.get("pk") or row.get("id")))
