"""Why a party is in a segment or not: each rule with whether it holds and what the party really has."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q

from peyvand.core.record_fields import Asked, Kind
from peyvand.parties.models import Party, PartyFacts
from peyvand.parties.segments.conditions import Compiler, rows_of
from peyvand.parties.segments.rules import Condition, Group, Leaf, Measured, Related, Rule


@dataclass
class Finding:
    """What a rule says of one party. holds: None where the rule cannot be used (`problem`) or says nothing.

    actual: the value as Python has it (a number for figures and relations), of what `kind` says.
    """

    rule: Rule
    holds: bool | None = None
    actual: Any = None
    kind: Kind | None = None
    problem: str = ""
    inner: list["Finding"] = field(default_factory=list)


def explain(rule: Group, asked: Asked, party: Party) -> Finding:
    """Ask every rule of one party that its reader may see: one query for all rules, one for its fields.

    A broken rule is told as such, and whatever depends on it is None.
    """
    compiler = Compiler(asked, of_facts=True)
    leaves = list(_own(rule))
    asks = {leaf.path: compiler.condition(leaf) for leaf in leaves}
    truth = _ask(party, {path: q for path, q in asks.items() if path not in compiler.problems})
    record = _loaded(compiler, leaves, party)
    return _group(rule, truth, compiler, record)


def hold_of(wanted: dict[int, Q], party_id: int) -> set[int]:
    """Which of several conditions over PartyFacts hold for a party, in one query."""
    truth = _ask_facts(party_id, {f"s{key}": q for key, q in wanted.items()})
    return {key for key in wanted if truth[f"s{key}"]}


def _own(group: Group) -> Iterator[Leaf]:
    for rule in group.rules:
        if isinstance(rule, Group):
            yield from _own(rule)
        else:
            yield rule


def _ask(party: Party, asks: dict[str, Q]) -> dict[str, bool]:
    names = {path: f"r{n}" for n, path in enumerate(asks)}
    found = _ask_facts(party.pk, {names[path]: q for path, q in asks.items()})
    return {path: found[name] for path, name in names.items()}


def _ask_facts(party_id: int, asks: dict[str, Q]) -> dict[str, bool]:
    if not asks:
        return {}
    figures = {name: Count("party_id", filter=q) if q else Count("party_id") for name, q in asks.items()}
    found = PartyFacts.objects.filter(party_id=party_id).aggregate(**figures)
    return {name: bool(number) for name, number in found.items()}


def _loaded(compiler: Compiler, leaves: list[Leaf], party: Party) -> Party:
    """The party with everything that its fields read, in one query and what they prefetch."""
    rows = Party.objects.filter(pk=party.pk)
    for key in {leaf.field for leaf in leaves if isinstance(leaf, Condition)}:
        known = compiler.fields.get(key)
        if known is not None and known.load is not None:
            rows = known.load(rows)
    return rows.get()


def _group(group: Group, truth: dict[str, bool], compiler: Compiler, party: Party) -> Finding:
    inner = [
        _group(rule, truth, compiler, party) if isinstance(rule, Group) else _leaf(rule, truth, compiler, party)
        for rule in group.rules
    ]
    return Finding(rule=group, holds=_together(group, inner), inner=inner)


def _together(group: Group, inner: list[Finding]) -> bool | None:
    """Whether a group holds, as `Compiler.group` has it; None when a broken rule decides."""
    said = [each for each in inner if not (isinstance(each.rule, Group) and each.rule.is_empty)]
    asks = [each.holds for each in said if not _takes_away(each)]
    away = [each.holds for each in said if _takes_away(each)]
    if any(holds is None for holds in (*asks, *away)):
        return None
    found = (any(asks) if group.match == "any" else all(asks)) if asks else True
    return found and not any(away)


def _takes_away(finding: Finding) -> bool:
    return isinstance(finding.rule, Group) and finding.rule.is_except


def _leaf(rule: Leaf, truth: dict[str, bool], compiler: Compiler, party: Party) -> Finding:
    found = Finding(rule=rule, problem=_problem(rule, compiler))
    if not found.problem:
        found.holds = truth[rule.path]
        found.actual, found.kind = _actual(rule, compiler, party)
    return found


def _problem(rule: Leaf, compiler: Compiler) -> str:
    if rule.path in compiler.problems:
        return compiler.problems[rule.path]
    within = f"{rule.path}."
    return next((text for path, text in compiler.problems.items() if path.startswith(within)), "")


def _actual(rule: Leaf, compiler: Compiler, party: Party) -> tuple[Any, Kind]:
    if isinstance(rule, Condition):
        known = compiler.fields[rule.field]
        return known.read(party), known.kind
    if isinstance(rule, Measured):
        return _figure(rule, compiler, party)
    return _links(rule, compiler, party), Kind.NUMBER


def _figure(rule: Measured, compiler: Compiler, party: Party) -> tuple[Any, Kind]:
    known = compiler.aggregates[rule.aggregate]
    rows = rows_of(known, compiler.asked, rule.days).filter(**{known.to: party.pk})
    if known.kind is Kind.MOMENT:
        return rows.aggregate(found=Max(known.at))["found"], known.kind
    return rows.count(), known.kind


def _links(rule: Related, compiler: Compiler, party: Party) -> int:
    """How many relations of this kind it has with parties that whoever asks may see, whatever these are."""
    rows, side = compiler.relations(rule), compiler.side(rule)
    mine = Q(source=party.pk) if side == "from" else Q(target=party.pk)
    return rows.filter(mine | Q(source=party.pk) if side == "both" else mine).count()
