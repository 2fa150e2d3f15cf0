"""Writing what was decided for a block: a few statements for all its records, whatever they change.

New customers are stored with everything that follows from their rows (search, order, completeness) in one statement;
of those that were there, what follows is derived from what lies in the database after their rows are written.
"""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from peyvand.core.events import Event, is_answered, publish_many
from peyvand.core.imports.types import Action
from peyvand.core.secrets import encrypt
from peyvand.core.text import search_norm
from peyvand.parties.events import PartyChanged, PartyCreated
from peyvand.parties.importing import tables
from peyvand.parties.importing.deciding import Decider, Decision
from peyvand.parties.importing.lookups import MOST_TAG, NewTag
from peyvand.parties.importing.records import Child, Record, holds
from peyvand.parties.search import vocabulary_of
from peyvand.parties.services.derived import derived_of, read_rows
from peyvand.parties.services.vocabulary import learn

DERIVED = ("search", "sort_key", "roles", "consents", "city", "province", "organisation_id", "completeness", "missing")
POINTS = "parties_contactpoint"
_BLANK = {
    "last_contact_at": None, "version": 1, "deleted_at": None, "deleted_by_id": None, "erased_at": None,
    "merged_into_id": None,
}  # fmt: skip
XID = "pg_current_xact_id()::text::bigint"  # the stamp of a change; what has it already costs no call of its trigger
KEPT_FOR, MOST_WORDS = 600.0, 300_000  # seconds, words


@dataclass
class Written:
    """What was written for a block. made: organisations that rows have named; tags: made, by folded name."""

    new: list[Record] = field(default_factory=list)
    changed: list[Record] = field(default_factory=list)
    made: list[Record] = field(default_factory=list)
    tags: dict[str, int] = field(default_factory=dict)
    shared: set[int] = field(default_factory=set)  # points that another writer took meanwhile


def write(decider: Decider, decisions: Sequence[Decision]) -> Written:
    """Write the decisions of a block, inside the caller's transaction, whose records are held already."""
    new = [each.record for each in decisions if each.action is Action.ADD and each.record]
    changed = [each.record for each in decisions if each.action is Action.UPDATE and each.record]
    written = Written(new=new, changed=changed)
    known = {id(record) for record in new}
    for record in (*new, *changed):
        employer = record.employer
        if employer is not None and employer.is_new and id(employer) not in known:
            known.add(id(employer))
            written.made.append(employer)
    fresh = [*written.made, *new]
    if not fresh and not changed:
        return written
    written.tags = _make_tags(decider, (*fresh, *changed))
    for record, pk in zip(fresh, tables.next_ids(tables.PARTY, len(fresh)), strict=True):
        record.id = pk
    for record in (*fresh, *changed):
        if record.employer is not None:
            record.set("organisation_id", record.employer.id)
    _insert_parties(decider, fresh)
    written.shared = _write_children((*fresh, *changed))
    _update_parties(decider, changed)
    _tell(fresh, changed, quiet=decider.plan.quiet)
    return written


def _tell(fresh: Iterable[Record], changed: Iterable[Record], *, quiet: bool) -> None:
    events: list[Event] = []
    if is_answered(PartyCreated):
        events += [PartyCreated(party_id=record.id, quiet=quiet) for record in fresh]
    if is_answered(PartyChanged):
        events += [PartyChanged(party_id=record.id, quiet=quiet) for record in changed]
    if events:
        publish_many(events)


def _make_tags(decider: Decider, records: Iterable[Record]) -> dict[str, int]:
    with_tags = [record for record in records if any(isinstance(t, NewTag) for t in record.columns.get("tag_ids", ()))]
    if not with_tags:
        return {}
    names = [tag for record in with_tags for tag in record.columns["tag_ids"] if isinstance(tag, NewTag)]
    made = decider.lookups.make_tags(names)
    known = decider.lookups.tags
    for record in with_tags:
        ids = [known[search_norm(t)[:MOST_TAG]] if isinstance(t, NewTag) else t for t in record.columns["tag_ids"]]
        record.columns["tag_ids"] = sorted(set(ids))
    return made


def facts_of(decider: Decider, record: Record) -> dict[str, Any]:
    """What `derived` needs to know of a new record, as its statement would read it."""
    columns, address = record.columns, record.address.row if record.address else {}
    category = decider.lookups.category_rows.get(columns["category_id"]) if columns["category_id"] else None
    given = {f"{c.row['channel']}:{c.row['purpose']}" for c in record.consents if c.row["is_given"]}
    return {
        **columns,
        "id": record.id,
        "address": 1 if address else None,
        "postal_code": address.get("postal_code", ""),
        "organisation": record.employer.name if record.employer else None,
        "required": category.required if category else None,
        "profile": record.profile.row if record.profile else None,
        "point_kinds": [child.row["kind"] for child in record.points],
        "points": [child.row["value"] for child in record.points],
        "identifier_kinds": [child.row["kind"] for child in record.numbers],
        "identifiers": [child.row["value"] for child in record.numbers if child.row["value"]],
        "roles": sorted({child.row["role"] for child in record.roles if holds(child)}),
        "consents": sorted(given),
    }


def _insert_parties(decider: Decider, records: Sequence[Record]) -> None:
    """Store new customers; all values of the table are given, because a statement from JSON knows no defaults."""
    if not records:
        return
    now = timezone.now().isoformat()
    [(xid,)] = tables.run(f"SELECT {XID}", [])
    rows = []
    for record in records:
        facts = facts_of(decider, record)
        derived = derived_of(facts)
        derived["consents"] = facts["consents"]
        rows.append(
            record.columns
            | _BLANK
            | {"id": record.id, "kind": record.kind, "created_at": now, "changed_at": now, "change_xid": xid}
            | {name: derived[name] for name in DERIVED}
        )
        record.version = 1
    tables.insert(tables.PARTY, rows)
    learn_new(row["search"] for row in rows)


def _write_children(records: Iterable[Record]) -> set[int]:
    """Write the rows that belong to records: what goes first, so that nothing new meets it."""
    by_act: dict[str, dict[str, list[Child]]] = {act: defaultdict(list) for act in ("delete", "update", "insert")}
    for record in records:
        for child in record.children():
            if child.act == "insert":
                _complete(child, record)
            by_act[child.act][child.table].append(child)
    for table, children in by_act["delete"].items():
        tables.delete(table, [child.row[tables.key_of(table)] for child in children])
    for table, children in by_act["update"].items():
        other = [c for c in children if any(c.row[name] != former for name, former in c.was.items())]
        _seal(other)
        _update_children(table, other)
    taken: set[int] = set()
    for table in tables.CHILDREN:
        taken |= _insert_children(table, by_act["insert"].get(table, []))
    return taken


def _complete(child: Child, record: Record) -> None:
    child.row["source_id" if child.table == "parties_relation" else "party_id"] = record.id
    if child.table == "parties_relation" and record.employer is not None:
        child.row["target_id"] = record.employer.id


def _seal(children: Iterable[Child]) -> None:
    """Protected numbers are laid as they are and sealed only here, when it is sure that they are written."""
    for child in children:
        if (
            child.table == "parties_identifier"
            and child.row["cipher"]
            and (child.act == "insert" or "cipher" in child.was)
        ):
            child.row["cipher"] = encrypt(child.row["cipher"])


def _update_children(table: str, children: Sequence[Child]) -> None:
    key = tables.key_of(table)
    rows = [{key: c.row[key]} | {name: c.row[name] for name in c.was if c.row[name] != c.was[name]} for c in children]
    if table == POINTS:
        _free(children)
    tables.update(table, rows)


def _free(children: Sequence[Child]) -> None:
    """An address that somebody else has got meanwhile is written as a shared one."""
    wanted = {(c.row["kind"], c.row["value"]): c for c in children if "value" in c.was and c.row["identifies"]}
    if not wanted:
        return
    ids = [child.row["id"] for child in children]
    for kind, value in tables.run(
        "SELECT kind, value FROM parties_contactpoint WHERE identifies AND value = ANY(%s) AND NOT id = ANY(%s)",
        [[value for _kind, value in wanted], ids],
    ):
        if (kind, value) in wanted:
            wanted[kind, value].set("identifies", False)


def _insert_children(table: str, children: Sequence[Child]) -> set[int]:
    if not children:
        return set()
    if table != tables.PROFILE:
        for child, pk in zip(children, tables.next_ids(table, len(children)), strict=True):
            child.row["id"] = pk
    _seal(children)
    if table != POINTS:
        tables.insert(table, [child.row for child in children])
        return set()
    ordered = sorted(children, key=lambda child: (child.row["kind"], child.row["value"]))
    taken = tables.insert_free(table, [child.row for child in ordered])
    again = [child for child in ordered if child.row["id"] in taken]
    for child in again:
        child.row["identifies"] = False  # somebody else was first since it was looked up
    tables.insert(table, [child.row for child in again])
    return taken


def _update_parties(decider: Decider, records: Sequence[Record]) -> None:
    """Write the columns of changed customers; what their rows say is in the database already."""
    changes: dict[int, dict[str, Any]] = {}
    beside: dict[int, dict[str, Any]] = {}
    for record in records:
        changes[record.id] = columns = changed_columns(record)
        more: dict[str, Any] = {}
        beside[record.id] = more
        if record.employer is not None:
            more["organisation"] = record.employer.name
        if "category_id" in columns:
            more["required"] = decider.lookups.category_rows[columns["category_id"]].required
        if "points" in decider.kept:
            more["point_kinds"] = [child.row["kind"] for child in record.points]
            more["points"] = [child.row["value"] for child in record.points]
        record.version += 1
    rewrite(changes, beside, kept=decider.kept)


def rewrite(
    changes: Mapping[int, dict[str, Any]], beside: Mapping[int, dict[str, Any]], *, kept: Collection[str] = ()
) -> None:
    """Write columns of customers with all that follows from them and from their rows, and count the versions up.

    changes: columns by customer, empty where only his rows changed. beside: what follows of columns that point
    elsewhere and is not in the database yet. kept: what nothing was written of, as `read_rows` takes it.
    """
    if not changes:
        return
    rows = []
    for facts in read_rows(sorted(changes), kept=kept):
        columns = changes[facts["id"]]
        given = columns | beside.get(facts["id"], {})
        if facts["address"] is not None:  # the main address says where he is
            given = {name: value for name, value in given.items() if name not in {"city", "province"}}
        derived = derived_of({**facts, **given})
        rows.append({"id": facts["id"]} | columns | {name: derived[name] for name in DERIVED})
    also = f"version = t.version + 1, changed_at = %s, change_xid = {XID}"
    tables.update(tables.PARTY, rows, also=also, values=[timezone.now()])
    learn_new(row["search"] for row in rows)


def changed_columns(record: Record) -> dict[str, Any]:
    """The columns of a record that are others than before."""
    return {name: record.columns[name] for name, was in record.was.items() if record.columns[name] != was}


@dataclass
class _Words:
    """Words that this process has seen in the vocabulary within some minutes."""

    known: set[str] = field(default_factory=set)
    since: float = 0.0


_words = _Words()


def learn_new(texts: Iterable[str]) -> None:
    """`learn` without asking for the words that were there a moment ago."""
    if time.monotonic() - _words.since > KEPT_FOR or len(_words.known) > MOST_WORDS:
        _words.known, _words.since = set(), time.monotonic()
    known = _words.known
    words = {word for text in texts for word in vocabulary_of(text)} - known
    if words:
        learn([" ".join(words)])
        transaction.on_commit(lambda: known.update(words))
