"""Taking an import back, block by block and the last first: set by set, and cell by cell where others wrote since.

A customer that the import made goes for good when nothing was added to him since. A cell goes back to what it was
unless somebody has written it since; a row that was added goes unless it was changed. What stays is said with why.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.events import Event, is_answered, publish_many
from peyvand.core.imports.types import Action, Outcome, RowOutcome, RowUndone, Undone
from peyvand.core.models import LongJob
from peyvand.parties.events import PartyChanged, PartyDeleted
from peyvand.parties.importing import tables
from peyvand.parties.importing.laying import PROFILE
from peyvand.parties.importing.wording import label_of_cell
from peyvand.parties.importing.writing import rewrite
from peyvand.parties.models import Party
from peyvand.parties.policies import CHANGE
from peyvand.parties.registry import references
from peyvand.parties.services.firsts import chosen_of, see_to_firsts
from peyvand.parties.services.merging.traces import OF_UNDONE_MERGES, forget_merges, merged_of

IMPORT = "parties.import"
POINTS = "parties_contactpoint"
FIRSTS = frozenset({POINTS, "parties_address"})
# Locked in one order: a pair may be of two blocks that are taken back side by side.
_PAIRS = """
DELETE FROM parties_duplicatepair WHERE id IN (
    SELECT id FROM parties_duplicatepair WHERE first_id = ANY(%s) OR second_id = ANY(%s) ORDER BY id FOR UPDATE)
"""
Mine = tuple[int, list[Any]]  # a customer, and (table, act, key, before, after) of a row of his


@dataclass
class _Back:
    """What was found while a block is taken back. left: sentences by customer."""

    left: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    touched: set[int] = field(default_factory=set)
    columns: dict[int, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))


def undo(actor: User, outcome: Outcome, job: LongJob) -> Undone:
    """Take the rows of a block back in the transaction it is called in. Errors: NotAllowed."""
    require(actor, IMPORT)
    back = _Back()
    made = {row.ref: (row.undo["v"], row.undo.get("notes", [])) for row in outcome.rows
            if row.action is Action.ADD and row.ref is not None and row.undo}  # fmt: skip
    shared = outcome.shared or {}
    organisations: dict[int, tuple[int, list[int]]] = {
        pk: (version, []) for pk, version, _name in shared.get("made", ())
    }
    changed = [row for row in outcome.rows if row.action is Action.UPDATE and row.ref is not None and row.undo]
    _take_back(actor, changed, back)  # first: who was changed may work for an organisation that goes
    gone = _delete_made(actor, {**made, **organisations}, back, job)
    _drop_tags(shared.get("tags", ()))
    _tell(gone, back.touched)
    rows = [_undone(row, made, gone, back) for row in outcome.rows if row.undo]
    return Undone([*rows, *_left_organisations(outcome, organisations, gone, back)])


def _tell(gone: Iterable[int], touched: Iterable[int]) -> None:
    events: list[Event] = []
    if is_answered(PartyDeleted):
        events += [PartyDeleted(party_id=pk) for pk in sorted(gone)]
    if is_answered(PartyChanged):
        events += [PartyChanged(party_id=pk, quiet=True) for pk in sorted(touched)]
    if events:
        publish_many(events)


def _undone(row: RowOutcome, made: Mapping[int, Any], gone: set[int], back: _Back) -> RowUndone:
    left = back.left.get(row.ref or 0, [])
    is_undone = row.ref in gone if row.ref in made else not left
    return RowUndone(row.number, row.ref, is_undone, left, row.label if left else "")


def _left_organisations(outcome: Outcome, made: Mapping[int, Any], gone: set[int], back: _Back) -> list[RowUndone]:
    names = {pk: name for pk, _version, name in (outcome.shared or {}).get("made", ())}
    first = {pk: row.number for row in reversed(outcome.rows) for pk in row.refs}
    return [
        RowUndone(first.get(pk, 0), pk, False, back.left[pk], names[pk])
        for pk in made
        if pk not in gone and back.left[pk]
    ]


# ----------------------------------------------------------------------------------------------- records that were made


def _delete_made(actor: User, made: Mapping[int, tuple[int, list[int]]], back: _Back, job: LongJob) -> set[int]:
    """Delete what the import made and nobody has used since, with all its rows; return who is gone."""
    if not made:
        return set()
    now = dict(
        tables.run(
            f"SELECT id, version {tables.BY_IDS} ORDER BY id FOR UPDATE OF parties_party",
            [tables.array(sorted(made))],
        )
    )
    free = {pk for pk in made if pk in now and now[pk] == made[pk][0]}
    free |= _alone(set(now) - free, job)
    merged = merged_of(set(now) - free)
    for pk in set(now) - free:
        said = _("It was merged since; take the merge back first.") if pk in merged else _("It was changed since.")
        back.left[pk].append(said)
    free -= _forbidden(actor, free, back)
    free -= _used(free, {pk: notes for pk, (_version, notes) in made.items()}, back)
    forget_merges(free)
    _delete(free)
    return free | (set(made) - set(now))


def _forbidden(actor: User, ids: set[int], back: _Back) -> set[int]:
    allowed = (
        set(Party.objects.filter(pk__in=ids).visible_to(actor, CHANGE).values_list("pk", flat=True)) if ids else ids
    )
    for pk in ids - allowed:
        back.left[pk].append(_("You may not change this customer any more."))
    return ids - allowed


def _alone(ids: set[int], job: LongJob) -> set[int]:
    """Those whom nobody but this import and its undo has written, although their version is another one by now.

    A merge that was taken back has left nothing, and says nothing either.
    """
    if not ids:
        return set()
    undone = Q(state=LongJob.State.UNDONE) | Q(undo_of__state=LongJob.State.UNDONE) | Q(undo_of=job.undo_of_id)
    jobs = LongJob.objects.filter(undone, kind__startswith="core.import").values_list("pk", flat=True)
    own = [str(pk) for pk in (job.undo_of_id, *jobs)]  # what was taken back itself says nothing
    rows = tables.run(
        "SELECT DISTINCT e.pgh_obj_id FROM parties_partyevent e"  # noqa: S608  # our own names
        " LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id"
        " WHERE e.pgh_obj_id = ANY(%s) AND NOT coalesce(c.metadata ->> 'long_job', '') = ANY(%s)"
        " AND NOT " + OF_UNDONE_MERGES,
        [sorted(ids), own],
    )
    return ids - {pk for (pk,) in rows}


def _used(ids: set[int], notes: Mapping[int, list[int]], back: _Back) -> set[int]:
    """Those to whom something was added: a note, a file, a relation, a request, an employee who stays."""
    if not ids:
        return set()
    listed = sorted(ids)
    own_notes = [note for pk in listed for note in notes.get(pk, ())]
    found = {
        _("Something was added to it since."): (
            "SELECT party_id FROM parties_partynote WHERE party_id = ANY(%s) AND NOT id = ANY(%s)"
            " UNION SELECT party_id FROM parties_partyfile WHERE party_id = ANY(%s)"
            " UNION SELECT party_id FROM parties_segmentmember WHERE party_id = ANY(%s)",
            [listed, own_notes, listed, listed],
        ),
        _("Others are connected with it."): (
            "SELECT target_id FROM parties_relation WHERE target_id = ANY(%s) AND NOT source_id = ANY(%s)"
            " UNION SELECT organisation_id FROM parties_party WHERE organisation_id = ANY(%s) AND NOT id = ANY(%s)",
            [listed, listed, listed, listed],
        ),
    }
    used: set[int] = set()
    for sentence, (statement, values) in found.items():
        for (pk,) in tables.run(statement, values):
            used.add(pk)
            back.left[pk].append(sentence)
    for pk in _referred(ids - used):
        used.add(pk)
        back.left[pk].append(_("Other work refers to it."))
    return used | _held_by_kept(ids - used, used, back)


def _held_by_kept(ids: set[int], kept: set[int], back: _Back) -> set[int]:
    """Organisations of people who stay: they stay too."""
    held: set[int] = set()
    while kept:
        rows = tables.run(
            "SELECT DISTINCT target_id FROM parties_relation WHERE source_id = ANY(%s) AND target_id = ANY(%s)",
            [sorted(kept), sorted(ids - held)],
        )
        kept = {pk for (pk,) in rows}
        for pk in kept:
            back.left[pk].append(_("Others are connected with it."))
        held |= kept
    return held


def _referred(ids: set[int]) -> set[int]:
    """Whom rows of other apps point to."""
    found: set[int] = set()
    for reference in references():
        model: Any = apps.get_model(reference.model)._default_manager
        name = f"{reference.field}_id"
        found |= set(model.filter(**{f"{name}__in": ids}).values_list(name, flat=True)) if ids else set()
    return found


def _delete(ids: set[int]) -> None:
    if not ids:
        return
    listed = sorted(ids)
    tables.run("DELETE FROM parties_relation WHERE source_id = ANY(%s) OR target_id = ANY(%s)", [listed, listed])
    tables.run(
        "UPDATE parties_party SET organisation_id = NULL WHERE id = ANY(%s) AND organisation_id = ANY(%s)",
        [listed, listed],
    )
    for table in tables.CHILDREN:
        if table != "parties_relation":
            tables.run(f"DELETE FROM {table} WHERE party_id = ANY(%s)", [listed])  # noqa: S608
    tables.run("UPDATE parties_accesslog SET party_id = NULL WHERE party_id = ANY(%s)", [listed])
    tables.run(_PAIRS, [listed, listed])
    tables.run("DELETE FROM parties_duplicatekey WHERE party_id = ANY(%s)", [listed])
    tables.run("DELETE FROM parties_party WHERE id = ANY(%s)", [listed])


# ---------------------------------------------------------------------------------------------- records that were there


def _take_back(actor: User, rows: Sequence[RowOutcome], back: _Back) -> None:
    """Bring changed customers back, a few statements for each table."""
    ids = sorted(row.ref for row in rows if row.ref is not None)
    if not ids:
        return
    held = {pk for (pk,) in tables.run(
        f"SELECT id {tables.BY_IDS} WHERE erased_at IS NULL ORDER BY id FOR UPDATE OF parties_party",
        [tables.array(ids)],
    )}  # fmt: skip
    allowed = set(Party.objects.filter(pk__in=held).visible_to(actor, CHANGE).values_list("pk", flat=True))
    by_act, own = _sorted([row for row in rows if row.ref in allowed])
    for row in rows:
        if row.ref not in allowed:
            back.left[row.ref or 0].append(_("It is not there any more, or you may not change it."))
    firsts = chosen_of(allowed) if any(table in FIRSTS for table, _act in by_act) else None
    _restore_own(own, back)
    for table in (*tables.CHILDREN, tables.PARTY):
        _drop_added(table, by_act.get((table, "insert"), []), back)
    for table in (*tables.CHILDREN, tables.PARTY):
        _restore_changed(table, by_act.get((table, "update"), []), back)
        _restore_deleted(table, by_act.get((table, "delete"), []), back)
    if firsts is not None:
        back.touched |= see_to_firsts(allowed, firsts)
    rewrite({pk: back.columns.get(pk, {}) for pk in back.touched}, {})


def _sorted(rows: Sequence[RowOutcome]) -> tuple[dict[tuple[str, str], list[Mine]], dict[int, dict[str, list[Any]]]]:
    """The journals of rows by table and act, and the values of custom fields by customer."""
    by_act: dict[tuple[str, str], list[Mine]] = defaultdict(list)
    own: dict[int, dict[str, list[Any]]] = {}
    for row in rows:
        pk = row.ref or 0
        if row.undo.get("custom"):
            own[pk] = row.undo["custom"]
        for entry in row.undo["rows"]:
            by_act[entry[0], entry[1]].append((pk, entry))
    return by_act, own


def _restore_own(own: Mapping[int, Mapping[str, Sequence[Any]]], back: _Back) -> None:
    """Bring the values of custom fields back, each for itself: {customer: {field: [before, after]}}."""
    if not own:
        return
    for pk, text in tables.run(f"SELECT id, custom {tables.BY_IDS}", [tables.array(sorted(own))]):
        now: dict[str, Any] = json.loads(text) if isinstance(text, str) else text
        kept = dict(now)
        for place, (before, after) in own[pk].items():
            if now.get(place) != after:
                back.left[pk].append(
                    _("%(what)s was changed since.") % {"what": label_of_cell(tables.PARTY, {f"custom:{place}": 1})}
                )
            elif before is None:
                kept.pop(place, None)
            else:
                kept[place] = before
        if kept != now:
            back.columns[pk]["custom"] = kept
            back.touched.add(pk)


def _drop_added(table: str, entries: Sequence[Mine], back: _Back) -> None:
    """Take away the rows that the import added and nobody has changed."""
    if not entries:
        return
    key = tables.key_of(table)
    rows = [entry[4] for _pk, entry in entries]
    names = sorted({name for row in rows for name in row} - {key})
    same = " AND ".join(f't."{name}" IS NOT DISTINCT FROM n."{name}"' for name in names)
    gone = tables.run(
        f"DELETE FROM {table} t USING jsonb_populate_recordset(null::{table}, %s::jsonb) n"  # noqa: S608
        f" WHERE t.{key} = n.{key} AND {same} RETURNING t.{key}",
        [tables.dumps(rows)],
    )
    dropped, emptied = {pk for (pk,) in gone}, []
    keys = [entry[2] for _pk, entry in entries]
    still = {pk for (pk,) in tables.run(f"SELECT {key} FROM {table} WHERE {key} = ANY(%s)", [keys])}  # noqa: S608
    for party_id, entry in entries:
        if entry[2] in dropped:
            back.touched.add(party_id)
        elif entry[2] in still and table == tables.PROFILE:
            emptied.append((party_id, _as_update(entry)))
        elif entry[2] in still:
            back.left[party_id].append(_("%(what)s was changed since.") % {"what": label_of_cell(table, entry[4])})
    _restore_changed(table, emptied, back)


def _as_update(entry: list[Any]) -> list[Any]:
    """A profile that the import made and others went on to fill: its own cells are emptied."""
    now = {name: value for name, value in entry[4].items() if name in PROFILE and value != PROFILE[name]}
    return [entry[0], "update", entry[2], {name: PROFILE[name] for name in now}, now]


def _restore_changed(table: str, entries: Sequence[Mine], back: _Back) -> None:
    """Bring cells back, each unless it says something else by now."""
    if not entries:
        return
    key = tables.key_of(table)
    groups: dict[tuple[str, ...], list[Mine]] = defaultdict(list)
    for party_id, entry in entries:
        groups[tuple(sorted(entry[3]))].append((party_id, entry))
    for names, group in groups.items():
        _restore_group(table, key, names, group, back)


def _restore_group(table: str, key: str, names: Sequence[str], group: Sequence[Mine], back: _Back) -> None:
    pairs = [
        {"k": entry[2], "was": {key: entry[2], **entry[3]}, "now": {key: entry[2], **entry[4]}} for _pk, entry in group
    ]
    flags = ", ".join(f't."{name}" IS NOT DISTINCT FROM n."{name}"' for name in names)
    found = tables.run(
        f"SELECT t.{key}, {flags} FROM jsonb_array_elements(%s::jsonb) AS e(j)"  # noqa: S608
        f" CROSS JOIN LATERAL jsonb_populate_record(null::{table}, e.j -> 'now') n"
        f" JOIN {table} t ON t.{key} = n.{key} FOR UPDATE OF t",
        [tables.dumps(pairs)],
    )
    same = {row[0]: [name for at, name in enumerate(names) if row[at + 1]] for row in found}
    rows: list[dict[str, Any]] = []
    for party_id, entry in group:
        mine = same.get(entry[2], [])
        for name in names:
            if name not in mine:
                back.left[party_id].append(_("%(what)s was changed since.") % {"what": label_of_cell(table, {name: 1})})
        if mine:
            rows.append({key: entry[2]} | {name: entry[3][name] for name in mine})
            back.touched.add(party_id)
    if table == POINTS:
        rows = _still_free(rows, back)
    if table == tables.PARTY:
        rows = _later(rows, back)
    tables.update(table, rows)


def _later(rows: Sequence[dict[str, Any]], back: _Back) -> list[dict[str, Any]]:
    """Columns of customers are written once, with what follows; what points elsewhere has to be there before."""
    for row in rows:
        back.columns[row["id"]].update({name: value for name, value in row.items() if name != "id"})
    return [row for row in rows if row.keys() & {"organisation_id", "category_id"}]


def _still_free(rows: list[dict[str, Any]], back: _Back) -> list[dict[str, Any]]:
    """An address that identifies somebody else by now comes back as a shared one."""
    wanted = [row["id"] for row in rows if row.get("identifies") or "value" in row]
    if not wanted:
        return rows
    values = [row["value"] for row in rows if "value" in row]
    taken = {value for (value,) in tables.run(
        "SELECT value FROM parties_contactpoint WHERE identifies AND value = ANY(%s) AND NOT id = ANY(%s)",
        [values, wanted],
    )}  # fmt: skip
    return [row | {"identifies": False} if row.get("value") in taken else row for row in rows]


def _restore_deleted(table: str, entries: Sequence[Mine], back: _Back) -> None:
    """Bring rows back that the import took away."""
    for party_id, entry in entries:
        back.touched.add(party_id)
        if tables.insert_free(table, [entry[3]]):
            back.left[party_id].append(_("%(what)s was changed since.") % {"what": label_of_cell(table, entry[3])})


def _drop_tags(ids: Iterable[int]) -> None:
    """Forget tags that the import made and nobody wears."""
    listed = sorted(ids)
    if listed:
        tables.run(
            "DELETE FROM parties_tag t WHERE id = ANY(%s) AND version = 1"
            " AND NOT EXISTS (SELECT 1 FROM parties_party p WHERE p.tag_ids @> ARRAY[t.id::int])",
            [listed],
        )
