"""The importer of customers: what the preview shows and what the run writes, block by block."""

from collections.abc import Sequence
from typing import Any

from peyvand.accounts.models import User
from peyvand.core.imports.types import Action, CellVerdict, Marks, Outcome, Plan, Row, RowOutcome, RowVerdict
from peyvand.core.models import LongJob
from peyvand.parties.importing import matching, showing, tables
from peyvand.parties.importing.deciding import Block, Decider, Decision
from peyvand.parties.importing.marking import marks_of
from peyvand.parties.importing.records import Child, Record
from peyvand.parties.importing.touching import Touched, touched_by
from peyvand.parties.importing.writing import Written, changed_columns, facts_of, write

TRIES = 4
CHANGED = frozenset({Action.ADD, Action.UPDATE})
# What is known of a row without being written by anybody: it says nothing about who touched it since.
_UNTOLD = frozenset({"created_at", "cipher"})


class RacedTooOften(Exception):
    """Others changed the customers of a block again and again while it was decided; the slice is tried again later."""


def check(actor: User, plan: Plan, rows: Sequence[Row]) -> list[RowVerdict]:
    """Say what would become of rows. Errors: NotAllowed, Invalid when the plan cannot be followed."""
    decider = Decider(actor, plan, is_preview=True)
    return [_verdict(decider, decision) for decision in decider.decide(rows)]


def _verdict(decider: Decider, decision: Decision) -> RowVerdict:
    given, record = decision.given, decision.record
    after = {}
    if record is not None and decision.action in CHANGED | {Action.UNCHANGED}:
        after = showing.texts(decider.lookups, record, given)
        if decision.action is Action.ADD:
            facts = facts_of(decider, record)
            decision.warnings += showing.gaps(facts, facts["required"])
    problems = {(column, key): sentence for column, key, sentence in given.problems}
    if decision.blame[1]:
        problems.setdefault(decision.blame, decision.problems[-1])
    cells = [
        CellVerdict(each.column, each.spec.key, decision.before.get(each.spec.key, ""), after.get(each.spec.key, ""),
                    problems.pop((each.column, each.spec.key), ""))
        for each in given.values
    ]  # fmt: skip
    cells += [CellVerdict(column, key, problem=sentence) for (column, key), sentence in problems.items()]
    return RowVerdict(
        number=given.number,
        action=decision.action,
        ref=record.id or None if record is not None else None,
        label=record.name if record is not None else "",
        cells=cells,
        problems=decision.problems,
        warnings=decision.warnings,
        keys=[matching.hashed(value) for value in matching.key_values(given, key)] if (key := decider.plan.key) else (),
    )


def apply(actor: User, plan: Plan, rows: Sequence[Row], job: LongJob) -> Outcome:
    """Write the rows of a block in the transaction it is called in; say what became of each, in their order.

    Errors: NotAllowed, Invalid when the plan cannot be followed any more.
    """
    decider = _decider_of(actor, plan, job)
    work = Work(decider, rows)
    for _try in range(TRIES):
        work.settle()
        outcome = work.write()
        if outcome is not None:
            decider.note(outcome)
            return outcome
    raise RacedTooOften


class Work:
    """The rows of one block on their way into the database."""

    def __init__(self, decider: Decider, rows: Sequence[Row]) -> None:
        self.decider, self.givens = decider, decider.parser.read(rows)
        self.decisions: list[Decision] = []

    def settle(self) -> Block:
        """Decide what becomes of the rows."""
        block = self.decider.block(self.givens)
        self.decisions = block.decide()
        return block

    def decide(self) -> Marks:
        """Decide anew; return the marks of all that the decision rests on and will change."""
        return marks_of(self.settle(), self.decisions)

    def write(self) -> Outcome | None:
        """Write what was decided; None, with nothing written, when somebody has changed a customer since."""
        if not _hold([each.record for each in self.decisions if each.action is Action.UPDATE and each.record]):
            return None
        return _outcome(self.decisions, write(self.decider, self.decisions))


_touched: dict[int, tuple[int, Touched]] = {}  # by work: the slice that may go on with it


class _Running(Decider):
    """The decider of one slice; it knows which customers the rows before have touched."""

    def __init__(self, actor: User, plan: Plan, job: LongJob) -> None:
        self._job = job
        self._seen = self._seen_before(job)
        super().__init__(actor, plan, touched=self._seen.among)

    @staticmethod
    def _seen_before(job: LongJob) -> Touched:
        """What the slice before has kept in this process, or else what stands in the blocks."""
        attempt, kept = _touched.pop(job.pk, (-1, None))
        if kept is not None and attempt == job.attempt:
            return kept
        return touched_by(job.pk)

    def note(self, outcome: Outcome) -> None:
        """Remember what a block has touched; the next slice goes on with it only if this one was committed."""
        for row in outcome.rows:
            for ref in row.refs:
                self._seen.add(ref)
            if row.ref is not None:
                self._seen.add(row.ref)
        _touched.clear()
        _touched[self._job.pk] = self._job.attempt + 1, self._seen


def _decider_of(actor: User, plan: Plan, job: LongJob) -> _Running:
    """One for each slice: it hangs on the job's row as this slice has read it."""
    found: Any = vars(job).get("_parties_importing")
    if found is None or found.plan is not plan:
        found = vars(job)["_parties_importing"] = _Running(actor, plan, job)
    return found  # type: ignore[no-any-return]


def _hold(records: Sequence[Record]) -> bool:
    """Lock the records that change, in the order of their ids; False when one is not what was decided on any more."""
    versions = {record.id: record.version for record in records}
    if not versions:
        return True
    rows = tables.run(
        f"SELECT id, version {tables.BY_IDS} WHERE deleted_at IS NULL ORDER BY id FOR UPDATE OF parties_party",
        [tables.array(versions)],
    )
    return dict(rows) == versions


def _outcome(decisions: Sequence[Decision], written: Written) -> Outcome:
    rows, made = [], {id(record) for record in written.made}
    for each in decisions:
        if each.ref is not None:
            rows.append(RowOutcome(each.given.number, each.action, each.ref, "", None, " ".join(each.problems)))
            continue
        record = each.record
        is_met = record is not None and each.action is not Action.REFUSE
        ref = record.id or None if record is not None and is_met else None
        undo = _journal(each.action, record) if record is not None and each.action in CHANGED else None
        employer = record.employer if record is not None and undo is not None else None
        refs = [employer.id] if employer is not None and id(employer) in made else []
        label = record.name if record is not None and each.action in CHANGED else ""
        reason = " ".join(each.problems)
        rows.append(RowOutcome(each.given.number, each.action, ref, label, undo, reason, refs))
    shared = None
    if written.made or written.tags:
        shared = {"made": [[record.id, record.version, record.name] for record in written.made],
                  "tags": sorted(written.tags.values())}  # fmt: skip
    return Outcome(rows, shared)


def _journal(action: Action, record: Record) -> dict[str, object]:
    """What the undo needs: of a new customer its version and notes, of a changed one each row before and after."""
    if action is Action.ADD:
        notes = [child.row["id"] for child in record.notes]
        return {"v": record.version, "notes": notes} if notes else {"v": record.version}
    now = changed_columns(record)
    own = _own_values(record, now)
    rows: list[list[object]] = []
    if now:
        rows.append([tables.PARTY, "update", record.id, {name: record.was[name] for name in now}, now])
    rows += [entry for child in record.children() if (entry := _entry(child)) is not None]
    return {"v": record.version, "rows": rows} | ({"custom": own} if own else {})


def _own_values(record: Record, now: dict[str, Any]) -> dict[str, list[Any]]:
    """The custom fields that changed, each with its values before and after, taken out of the columns."""
    if "custom" not in now:
        return {}
    before, after = record.was["custom"], now.pop("custom")
    return {place: [before.get(place), value] for place, value in after.items() if before.get(place) != value}


def _entry(child: Child) -> list[object] | None:
    pk = child.row[tables.key_of(child.table)]
    if child.act == "update":
        names = [name for name, former in child.was.items() if child.row[name] != former]
        if not names:
            return None
        was = {name: child.was[name] for name in names}
        return [child.table, "update", pk, was, {name: child.row[name] for name in names}]
    if child.act == "delete":
        return [child.table, "delete", pk, child.row, None]
    return [child.table, "insert", pk, None, {k: v for k, v in child.row.items() if k not in _UNTOLD}]
