"""The survivor's own fields after a merge is taken back: as they were, but for what was edited since."""

from collections.abc import Iterable, Mapping
from typing import Any

from peyvand.parties.models import Merge, Profile
from peyvand.parties.services.merging.choosing import JOINED, PARTY, PROFILE, default_of, joined_fields
from peyvand.parties.services.merging.journal import row_of, without_gone, write_row
from peyvand.parties.services.merging.later import group_of

# Numbers that only go up, so that whoever has seen one knows that something happened since, and what follows by itself.
NEVER_BACK = frozenset({"id", "version", "changed_at", "change_xid", "search", "sort_key", "completeness", "missing"})
State = dict[str, Any]


def split_fields(merge: Merge, edited: Mapping[str, int]) -> None:
    """Give the survivor its former values back; an edited field stays with it or goes to the customer it was given to.

    edited: by field the customer that its present value belongs to.
    """
    kept = {row.model: row for row in merge.rows.filter(row=merge.survivor_id, model__in=[PARTY, PROFILE])}
    now: State = {model: row_of(model, merge.survivor_id) or {} for model in (PARTY, PROFILE)}
    before: State = {model: kept[model].before or {} if model in kept else {} for model in (PARTY, PROFILE)}
    after: State = {model: kept[model].after or {} if model in kept else {} for model in (PARTY, PROFILE)}
    for key, party in edited.items():
        if party != merge.survivor_id:
            _give(now, key, party)
    stays = {key for key, party in edited.items() if party == merge.survivor_id}
    gone = {name for key in edited if key not in stays for name in group_of(now, key)}
    columns = {name for key in stays if not key.startswith("custom:") for name in group_of(now, key)}
    if PARTY in kept:  # otherwise the merge changed nothing of its own
        _split_party(merge.survivor_id, (before[PARTY], after[PARTY], now[PARTY]), stays, columns, gone)
    _split_profile(merge.survivor_id, (before[PROFILE], after[PROFILE], now[PROFILE]), stays, gone)


def _split_party(
    survivor: int, states: tuple[State, State, State], stays: set[str], columns: set[str], gone: set[str]
) -> None:
    """columns: those of the fields that stay as they are; gone: those that went to another customer."""
    before, after, now = states
    values = {name: was for name, was in before.items() if name not in NEVER_BACK | columns | {"custom"}}
    values = {name: was for name, was in values.items() if name in gone or now[name] == after[name]}
    values["tag_ids"] = _apart(before["tag_ids"], after["tag_ids"], now["tag_ids"])
    values["custom"] = _custom(before["custom"], after["custom"], now["custom"], stays)
    write_row(PARTY, survivor, without_gone(PARTY, values))


def _give(now: State, key: str, party: int) -> None:
    """Write the present value of a field on another customer."""
    values = group_of(now, key)
    if key.startswith("custom:"):
        custom = (row_of(PARTY, party) or {})["custom"]
        custom.pop(key.removeprefix("custom:"), None)
        if values["custom"] is not None:
            custom[key.removeprefix("custom:")] = values["custom"]
        write_row(PARTY, party, {"custom": custom})
    elif key in now[PARTY] or set(values) & set(now[PARTY]):
        write_row(PARTY, party, values)
    else:
        given = default_of(key) if values[key] is None else values[key]
        Profile.objects.update_or_create(party_id=party, defaults={key: given})


def _split_profile(survivor: int, states: tuple[State, State, State], stays: set[str], gone: set[str]) -> None:
    before, after, now = states
    if not now:
        return
    if not before:
        before = _empty()
        if now == after:
            Profile.objects.filter(party_id=survivor).delete()
            return
    values = {name: was for name, was in before.items() if name not in stays and name not in (JOINED, "party_id")}
    values = {name: was for name, was in values.items() if name in gone or now[name] == after.get(name)}
    values[JOINED] = _apart(before[JOINED], after.get(JOINED) or [], now[JOINED])
    write_row(PROFILE, survivor, values)


def _empty() -> State:
    columns: list[Any] = [field for field in Profile._meta.concrete_fields if field.name != "party"]
    return {field.attname: field.get_default() for field in columns}


def _apart(before: Iterable[Any], after: Iterable[Any], now: Iterable[Any]) -> list[Any]:
    """A joined list without what the merge had added to it; what was added or removed since stays so."""
    before, after, now = list(before), list(after), list(now)
    if now == after:
        return before
    return [each for each in now if each in before or each not in after]


def _custom(before: State, after: State, now: State, stays: set[str]) -> State:
    """Custom values one by one, like columns."""
    joined = {str(pk) for pk in joined_fields()}
    found: State = {}
    was: Any
    for place in {*before, *after, *now}:
        was, merged, value = before.get(place), after.get(place), now.get(place)
        if f"custom:{place}" in stays:
            was = value
        elif place in joined:
            was = _apart(was or [], merged or [], value or []) or None
        if was is not None:
            found[place] = was
    return found
