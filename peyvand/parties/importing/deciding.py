"""What becomes of each row of a block: found by its key, laid over its record, or refused with a sentence.

The preview and the run decide here, so that they say the same. Nothing is written.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.accounts.scoping import within
from peyvand.core.imports.types import Action, FieldRule, Mode, Plan, Row
from peyvand.core.text import search_norm
from peyvand.parties.importing import matching, showing, wording
from peyvand.parties.importing.laying import COLUMNS, GROUPS, Desk, Laid, Refused, lay, lay_employer
from peyvand.parties.importing.parsing import Given, Parser
from peyvand.parties.importing.proving import columns_of, glance
from peyvand.parties.importing.records import Child, Record, load, new_record
from peyvand.parties.models import PARTY_SCOPE, Party, RelationType
from peyvand.parties.numbers import digest_of
from peyvand.parties.policies import CHANGE, VIEW
from peyvand.parties.types import EMPLOYEE

IMPORT = "parties.import"
UNSEEN = gettext_noop("It fits a customer whom you may not see.")
KNOWN = gettext_noop("This customer is there already; the import only adds new ones.")
UNCHANGEABLE = gettext_noop("You may see this customer, but not change it.")
# What of a customer follows from which parts; where none of them is written it stays as it is.
_FOLLOWS = {"roles": {"roles"}, "consents": {"consent", "consents"}, "employer": {"employer"}}
Touched = Callable[[Collection[int]], Collection[int]]


@dataclass(slots=True)
class Decision:
    """One row: what becomes of it, on which record, and what is to be said."""

    given: Given
    action: Action = Action.UNCHANGED
    record: Record | None = None
    ref: int | None = None  # of a row that says nothing new
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    laid: Laid | None = None
    before: dict[str, str] = field(default_factory=dict)
    blame: tuple[int, str] = (-1, "")


@dataclass(slots=True)
class _Place:
    owner_id: int | None
    branch_id: int | None


class Reach:
    """What the actor reaches with a permission, asked once for each pair of owner and branch."""

    def __init__(self, actor: User, permission: str) -> None:
        self.actor, self.permission = actor, permission
        self._known: dict[tuple[int | None, int | None], bool] = {}

    def __call__(self, owner: int | None, branch: int | None) -> bool:
        pair = (owner, branch)
        if pair not in self._known:
            place: Any = _Place(owner, branch)
            self._known[pair] = within(self.actor, self.permission, place, PARTY_SCOPE)
        return self._known[pair]


def nothing_touched(_ids: Collection[int]) -> Collection[int]:
    """A preview: no row was written yet."""
    return ()


class Decider:
    """Decides block after block of one import. Errors: NotAllowed, Invalid when the plan cannot be followed."""

    def __init__(
        self, actor: User, plan: Plan, *, is_preview: bool = False, touched: Touched = nothing_touched
    ) -> None:
        require(actor, IMPORT)
        self.actor, self.plan, self.is_preview, self.touched = actor, plan, is_preview, touched
        self.parser = Parser(actor, plan)
        self.lookups = self.parser.lookups
        self.may_view, self.may_change = Reach(actor, VIEW), Reach(actor, CHANGE)
        parts = self.parser.parts
        names = [name for part in parts for name in COLUMNS.get(part, ())]
        names += [spec.name for spec in self.parser.specs if spec.part in {"column", "link"}]
        self.columns = list(dict.fromkeys(names))
        self.groups = list(dict.fromkeys(GROUPS[part] for part in parts if part in GROUPS))
        self.kept = {name for name, of in _FOLLOWS.items() if not of & parts}
        if "points" in self.groups:
            self.kept.add("points")
        self.glanced = columns_of(self.parser.specs)
        self.employee = RelationType.objects.filter(code=EMPLOYEE).values_list("pk", flat=True).first()

    def decide(self, rows: Sequence[Row], givens: Sequence[Given] | None = None) -> list[Decision]:
        """Decide the rows of a block, in their order; organisations first, so that their people find them."""
        return self.block(self.parser.read(rows) if givens is None else givens).decide()

    def block(self, givens: Sequence[Given]) -> "Block":
        """Read what lies in the database now about the customers that these rows mean."""
        return Block(self, givens)


class Block:
    """The rows of one block and what was read for them."""

    def __init__(self, decider: Decider, givens: Sequence[Given]) -> None:
        self.of, self.plan = decider, decider.plan
        self.givens = givens
        key = self.plan.key
        self.keys = [matching.key_values(given, key) if key and not given.problems else [] for given in givens]
        self.points = matching.Points(self._addresses())
        self.found = matching.find(key, self.keys, self.points)
        self.seen_of = glance(self.found.every(), decider.glanced, self.points.of)
        self.candidates = [self.found.candidates(values, self.seen_of.rows) if values else [] for values in self.keys]
        self.repeated = set(decider.touched(self.seen_of.rows))
        self.proven = self._proven()
        rest = {pk for ids, proven in zip(self.candidates, self.proven, strict=True) if not proven for pk in ids}
        self.records = load(sorted(rest), decider.columns, decider.groups)
        self.desk = Desk(decider.lookups, decider.actor.pk, self.points.owners, employee=decider.employee)
        self.unfinished = self._unfinished([self.records[pk] for pk in self.repeated & self.records.keys()])
        self.seen: dict[Any, int] = {}
        self.used: dict[int, int] = {}  # by record: the row that has it
        self.organisations: dict[str, Record] = {}  # made by rows of this block
        self._read_organisations()

    # ------------------------------------------------------------------------------------------------- reading

    def _addresses(self) -> set[matching.Pair]:
        """All addresses that rows name."""
        if "points" not in self.of.groups:
            return set()
        values = [each.value for given in self.givens for each in given.values if each.spec.part == "point"]
        return {(kind, value) for listed in values for kind, value, _typed in listed}

    def _proven(self) -> list[bool]:
        """Which rows say nothing new of the one customer they mean; a preview shows all of them in full."""
        if self.of.is_preview:
            return [False] * len(self.givens)
        says, repeated, is_add = self.seen_of.says, self.repeated, self.plan.mode is Mode.ADD
        return [
            len(ids) == 1 and ids[0] not in repeated and not given.problems and (is_add or says(ids[0], given))
            for given, ids in zip(self.givens, self.candidates, strict=True)
        ]

    def _read_organisations(self) -> None:
        named = {given.of("employer", "name") for given in self.givens} - {None}
        numbered = {given.of("employer", "legal_id") for given in self.givens} - {None}
        own = set()
        if "employer" in self.of.parser.parts:
            own = {matching.given_name(given) for given in self.givens if given.kind == "organisation"} - {""}
        self.named = matching.organisations_named(named | own)
        self.numbered = matching.organisations_numbered(numbered)
        self.bare = self._bare(own) if own else {}

    def _bare(self, names: set[str]) -> dict[str, Record]:
        """Organisations that rows before have made of a name alone: their own row completes them."""
        single = {norm: rows[0] for norm in map(search_norm, names) if len(rows := self.named.get(norm, [])) == 1}
        fresh = {row[0] for row in single.values() if row[4] == 1}
        fresh &= set(self.of.touched(fresh))
        known = load(sorted(fresh), self.of.columns, self.of.groups)
        unfinished = self._unfinished(list(known.values()))
        return {norm: known[row[0]] for norm, row in single.items() if row[0] in unfinished}

    def _unfinished(self, records: Sequence[Record]) -> set[int]:
        """Organisations of this import that have no more than the name and number by which somebody belongs to them."""
        fresh = [each.id for each in records if each.kind == Party.Kind.ORGANISATION and each.version == 1]
        known = load(fresh, (), ("points", "numbers"))
        return {
            pk
            for pk, each in known.items()
            if not each.points and all(c.row["kind"] == "legal_id" for c in each.numbers)
        }

    # ------------------------------------------------------------------------------------------------- deciding

    def decide(self) -> list[Decision]:
        decisions = [Decision(given) for given in self.givens]
        order = sorted(range(len(decisions)), key=lambda at: self.givens[at].kind != "organisation")
        for at in order:
            decision = decisions[at]
            try:
                self._decide(decision, at)
            except Refused as refusal:
                decision.action = Action.REFUSE
                decision.problems.append(str(refusal))
                decision.blame = (refusal.column, refusal.key)
                decision.laid = None
        return decisions

    def _decide(self, decision: Decision, at: int) -> None:
        given = decision.given
        if given.problems:
            decision.problems += [wording.of_field(key, said) for _column, key, said in given.problems]
            decision.action = Action.REFUSE
            return
        if self.proven[at]:
            self._keep(decision, at)
            return
        record = self._record(given, at)
        decision.record = record
        if record is None:
            self._add(decision)
            return
        if not self.of.may_view(record.columns["owner_id"], record.columns["branch_id"]):
            decision.record = None
            raise Refused(_(UNSEEN))
        if self.plan.mode is Mode.ADD:
            decision.action = Action.SKIP
            decision.problems.append(_(KNOWN))
            return
        self._change(decision, record)

    def _keep(self, decision: Decision, at: int) -> None:
        """A row that says nothing new. Errors: Refused, as of any row of that customer."""
        pk = self.candidates[at][0]
        self._met(decision.given, at)
        self._use(decision.given, pk)
        owner, branch = self.seen_of.rows[pk][:2]
        if not self.of.may_view(owner, branch):
            raise Refused(_(UNSEEN))
        decision.ref = pk
        if self.plan.mode is Mode.ADD:
            decision.action = Action.SKIP
            decision.problems.append(_(KNOWN))
        elif not self.of.may_change(owner, branch):
            raise Refused(_(UNCHANGEABLE))

    def _record(self, given: Given, at: int) -> Record | None:
        """The record that a row means, if it is there. Errors: Refused."""
        if not self.plan.key:
            return None
        if not self.keys[at] and self.plan.mode is not Mode.ADD:
            raise Refused(_("The cell by which customers are found is empty."))
        self._met(given, at)
        candidates = self.candidates[at]
        if len(candidates) > 1:
            raise Refused(self._ambiguous(candidates))
        return self._taken(given, self.records[candidates[0]]) if candidates else self._completed(given)

    def _met(self, given: Given, at: int) -> None:
        """One key is for one row of a file. Errors: Refused."""
        for value in self.keys[at]:
            before = self.seen.setdefault(matching.hashed(value), given.number)
            if before != given.number:
                sentence = _("Data row %(row)s of this file has the same key; this one was not taken.")
                raise Refused(sentence % {"row": before + 1})

    def _use(self, given: Given, pk: int) -> None:
        """One customer is for one row of a file. Errors: Refused."""
        before = self.used.setdefault(pk, given.number)
        if before != given.number:
            sentence = _("Data row %(row)s of this file is of the same customer; this one was not taken.")
            raise Refused(sentence % {"row": before + 1})

    def _taken(self, given: Given, record: Record) -> Record:
        """A record that a row means, for this row alone. Errors: Refused."""
        if record.id in self.repeated and record.id not in self.unfinished:
            raise Refused(_("Another row of this file has the same key; this one was not taken."))
        self._use(given, record.id)
        return record

    def _completed(self, given: Given) -> Record | None:
        """An organisation that a person's row has named before its own row came."""
        if given.kind != "organisation" or not self.bare:
            return None
        found = self.bare.pop(search_norm(matching.given_name(given)), None)
        return found

    def _ambiguous(self, candidates: Sequence[int]) -> str:
        if not self.of.is_preview:  # kept with the import for weeks: without names
            return _("It fits %(count)s customers.") % {"count": len(candidates)}
        seen = [self.records[pk] for pk in candidates]
        names = [each.name for each in seen if self.of.may_view(each.columns["owner_id"], each.columns["branch_id"])]
        sentence = _("It fits %(count)s customers: %(names)s.")
        return sentence % {"count": len(candidates), "names": "، ".join(names[:3]) or "…"}

    def _add(self, decision: Decision) -> None:
        given = decision.given
        if self.plan.mode is Mode.UPDATE:
            decision.action = Action.SKIP
            decision.problems.append(_("There is no such customer; the import only changes those that are there."))
            return
        record = new_record(given.kind)
        record.columns["owner_id"], record.columns["branch_id"] = self.of.actor.pk, self.of.actor.branch_id
        decision.record = record
        laid = self._laid(decision, record)
        if not record.name:
            raise Refused(_("A customer needs a name."))
        if not self.of.may_change(record.columns["owner_id"], record.columns["branch_id"]):
            raise Refused(_("You may not add customers there."))
        decision.action = Action.ADD
        self._claim(decision, laid)
        if record.kind == Party.Kind.ORGANISATION:
            self.organisations.setdefault(search_norm(record.name), record)

    def _change(self, decision: Decision, record: Record) -> None:
        if not self.of.may_change(record.columns["owner_id"], record.columns["branch_id"]):
            raise Refused(_(UNCHANGEABLE))
        if self.of.is_preview:
            decision.before = showing.texts(self.of.lookups, record, decision.given)
        laid = self._laid(decision, record)
        decision.action = Action.UPDATE if record.is_changed else Action.UNCHANGED
        if decision.action is Action.UPDATE:
            if not self.of.may_change(record.columns["owner_id"], record.columns["branch_id"]):
                raise Refused(_("You may not give this customer to others."))
            record.set("is_provisional", False)
            self._claim(decision, laid)

    def _laid(self, decision: Decision, record: Record) -> Laid:
        laid = lay(self.desk, record, decision.given)
        self._employ(decision, record, laid)
        decision.laid = laid
        decision.warnings += laid.warnings
        return laid

    def _claim(self, decision: Decision, laid: Laid) -> None:
        """What this row takes is taken for the rows after it."""
        for pair in laid.claims:
            self.desk.claimed[pair] = decision.given.number
        if laid.shared and self.of.is_preview:
            decision.warnings += showing.shared(self.of.lookups, laid.shared)

    # ------------------------------------------------------------------------------------------------- employers

    def _employ(self, decision: Decision, record: Record, laid: Laid) -> None:
        given = decision.given
        values = [each for each in given.values if each.spec.part == "employer"]
        if not values:
            return
        if record.kind != Party.Kind.PERSON:
            if record.is_new:
                raise Refused(_("Only a person can belong to an organisation."), values[0].column, values[0].spec.key)
            laid.warnings.append(_("Only a person can belong to an organisation."))
            return
        rule = FieldRule(values[0].rule)
        if rule is not FieldRule.OVERWRITE and record.columns["organisation_id"]:
            return
        lay_employer(self.desk, record, self._organisation(given, values[0].column, values[0].spec.key), rule)

    def _organisation(self, given: Given, column: int, key: str) -> Record:
        name, number = given.of("employer", "name"), given.of("employer", "legal_id")
        rows = self._seen(self.numbered.get(number, ())) if number else []
        norm = search_norm(name) if name else ""
        rows = rows or (self._seen(self.named.get(norm, ())) if name else [])
        if len(rows) > 1:
            sentence = _("%(count)s organisations are called «%(name)s».") % {"count": len(rows), "name": rows[0][1]}
            raise Refused(sentence, column, key)
        if rows:
            return Record("organisation", {"name": rows[0][1]}, pk=rows[0][0], version=rows[0][4])
        if norm in self.organisations:
            return self.organisations[norm]
        if not name:
            raise Refused(_("No organisation has this number; give its name too."), column, key)
        if self.plan.mode is Mode.UPDATE:
            raise Refused(_("There is no organisation «%(name)s».") % {"name": name}, column, key)
        return self._new_organisation(name, number)

    def _seen(
        self, rows: Sequence[tuple[int, str, int | None, int | None, int]]
    ) -> list[tuple[int, str, Any, Any, int]]:
        return [row for row in rows if self.of.may_view(row[2], row[3])]

    def _new_organisation(self, name: str, number: str | None) -> Record:
        record = new_record(Party.Kind.ORGANISATION)
        record.set("name", name)
        record.columns["owner_id"], record.columns["branch_id"] = self.of.actor.pk, self.of.actor.branch_id
        if number:
            record.numbers.append(_legal_id(number, self.desk.now))
        self.organisations[search_norm(name)] = record
        return record


def _legal_id(value: str, now: str) -> Child:
    row = {"kind": "legal_id", "value": value, "cipher": "", "digest": digest_of("legal_id", value),
           "shown": value, "flaw": "", "is_insisted": False, "created_at": now}  # fmt: skip
    return Child("parties_identifier", row, "insert")
