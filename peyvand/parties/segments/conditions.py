"""From a rule to a condition of the database: every word of a rule is looked up in a registry, none becomes a name."""

from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.field_values import parse_value
from peyvand.core.list_state import may_use
from peyvand.core.record_conditions import DAY, days_of, midnight
from peyvand.core.record_fields import Asked, Everyone, Op, RecordField, fields_of
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party, PartyFacts, PartyQuerySet, Relation, RelationType
from peyvand.parties.segments import aggregates, narrow
from peyvand.parties.segments.aggregates import Aggregate
from peyvand.parties.segments.rules import BadRule, Condition, Group, Leaf, Measured, Related, Rule

NOTHING = Q(pk__in=[])
ANY = "any"


@dataclass
class Compiler:
    """Turns the rules of one question into conditions; what cannot be used is noted by its path.

    of_facts: the conditions are of PartyFacts, else of Party. Both have the party's id as their key.
    """

    asked: Asked
    of_facts: bool = False
    fields: dict[str, RecordField] = field(default_factory=lambda: fields_of(HOST))
    aggregates: dict[str, Aggregate] = field(default_factory=aggregates.known)
    problems: dict[str, str] = field(default_factory=dict)
    _types: dict[str, RelationType] | None = None

    def condition(self, rule: Rule) -> Q:
        """Return the condition of a rule; nothing, with a problem, where it cannot be used."""
        if isinstance(rule, Group):
            return self.group(rule)
        try:
            return self._leaf(rule) or ~NOTHING  # an empty condition holds for all, also beside an «or»
        except Invalid as error:
            self.problems[rule.path] = error.message
            return NOTHING

    def group(self, group: Group) -> Q:
        """All or any of its rules, without its «except» groups; what says nothing is left out."""
        said = [rule for rule in group.rules if not (isinstance(rule, Group) and rule.is_empty)]
        asks = sorted([self.condition(rule) for rule in said if not _takes_away(rule)], key=narrow.cost)
        found = reduce(or_, asks, Q())
        away = sorted([self.condition(rule) for rule in said if _takes_away(rule)], key=narrow.cost)
        joined = asks if group.match == "all" else [found] if asks else []
        parts = [*joined, *(~each for each in away)]
        return reduce(and_, sorted(parts, key=narrow.cost), Q())

    def checked(self, group: Group) -> Q:
        """The condition of a group. Raises BadRule that names every rule which cannot be used."""
        found = self.group(group)
        if self.problems:
            path, text = next(iter(self.problems.items()))
            raise BadRule(_("Rule %(path)s: %(why)s") % {"path": spoken(path), "why": text}, fields=self.problems)
        return found

    def _leaf(self, rule: Leaf) -> Q:
        if isinstance(rule, Condition):
            return self._field(rule)
        return self._measured(rule) if isinstance(rule, Measured) else self._related(rule)

    def _field(self, rule: Condition) -> Q:
        found = self.fields.get(rule.field)
        if found is None or found.condition is None:
            raise Invalid(_("There is no such field; it may have been removed."))
        if not self._is_open(found):
            raise Invalid(_("You have no permission for this field."))
        if rule.op not in {str(op) for op in found.asked_by}:
            raise Invalid(_("This field is not compared in this way."))
        op = Op(rule.op)
        q = found.condition(op, parse_value(found, op, rule.values, self.asked), self.asked)
        return narrow.carried(q) if self.of_facts else narrow.certain(q)

    def _is_open(self, known: RecordField | Aggregate) -> bool:
        if isinstance(self.asked.who, Everyone):
            return True
        return may_use(known, self.asked) if isinstance(known, RecordField) else self._may(known.permission)

    def _may(self, permission: str) -> bool:
        return not permission or self.asked.may(permission)

    def _measured(self, rule: Measured) -> Q:
        found = self.aggregates.get(rule.aggregate)
        if found is None:
            raise Invalid(_("There is no such figure; it may have been removed."))
        if not self._is_open(found):
            raise Invalid(_("You have no permission for this field."))
        if rule.op not in {str(op) for op in found.asked_by}:
            raise Invalid(_("This field is not compared in this way."))
        if rule.days is not None and not found.has_window:
            raise Invalid(_("This figure is not counted within days."))
        op = Op(rule.op)
        value = parse_value(_as_field(found), op, rule.values, self.asked)
        rows = rows_of(found, self.asked, rule.days)
        return (
            latest(found, rows, op, value, self.asked)
            if found.at and op not in _COUNTS
            else counted(found, rows, op, value)
        )

    def _related(self, rule: Related) -> Q:
        rows = self.relations(rule)
        sides = {"from": ("source",), "to": ("target",), "both": ("source", "target")}[self.side(rule)]
        inner = Compiler(self.asked, fields=self.fields, aggregates=self.aggregates, problems=self.problems)
        others = None if rule.where is None else inner.group(rule.where)
        found = [self._one_side(rows, side, others) for side in sides]
        wanted = reduce(or_, found)
        return ~wanted if rule.have == "none" else wanted

    def relations(self, rule: Related) -> QuerySet[Relation]:
        """The relations that a rule speaks of, as they are today."""
        today = midnight_day(self.asked)
        rows = Relation.objects.filter(Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today))
        if rule.relation == ANY:
            return rows
        known = self.types.get(rule.relation)
        if known is None:
            raise Invalid(_("There is no such kind of relation; it may have been removed."))
        return rows.filter(type=known)

    def side(self, rule: Related) -> str:
        """Where the party stands; a symmetric relation has no sides."""
        known = self.types.get(rule.relation)
        return "both" if known is None or known.is_symmetric else rule.side

    @property
    def types(self) -> dict[str, RelationType]:
        """The kinds of relations by their code."""
        if self._types is None:
            self._types = {each.code: each for each in RelationType.objects.all()}
        return self._types

    def _one_side(self, rows: QuerySet[Relation], side: str, others: Q | None) -> Q:
        other = "target" if side == "source" else "source"
        reached = seen_by(self.asked)
        if others is not None:
            reached = reached.filter(others)
        return Q(Exists(rows.filter(**{side: OuterRef("pk"), f"{other}__in": reached.values("pk")})))


def condition_of(rule: Group, asked: Asked) -> Q:
    """The condition of a rule over Party, for any list of parties. Raises BadRule where a rule cannot be used."""
    inner = PartyFacts.objects.filter(Compiler(asked, of_facts=True).checked(rule))
    return Q(pk__in=inner.values("party_id"))


def seen_by(asked: Asked) -> PartyQuerySet:
    """The parties that count for whoever asks."""
    kept = Party.objects.filter(deleted_at=None)
    return kept if isinstance(asked.who, Everyone) else Party.objects.visible_to(asked.who)


def rows_of(aggregate: Aggregate, asked: Asked, days: int | None) -> QuerySet[Any]:
    """The child rows of an aggregate, within the last days when a window is given."""
    rows = aggregate.rows(asked).order_by()
    return rows if days is None else rows.filter(**{f"{aggregate.at}__gte": asked.now - days * DAY})


def counted(aggregate: Aggregate, rows: QuerySet[Any], op: Op, value: Any) -> Q:
    """Parties by the number of rows; those without any have zero."""
    least, most = _bounds(op, value)
    if most is not None and most < max(least, 0):
        return NOTHING
    more_than_most = None if most is None else _having(aggregate, rows, n__gt=most)
    if least <= 0:
        return ~more_than_most if more_than_most is not None else Q()
    if most is None:
        return _having(aggregate, rows, n__gte=least)
    return _having(aggregate, rows, n__gte=least, n__lte=most)


def latest(aggregate: Aggregate, rows: QuerySet[Any], op: Op, value: Any, asked: Asked) -> Q:
    """Parties by the moment of their newest row."""
    some = _some(aggregate, rows)
    if op in {Op.EMPTY, Op.FILLED}:
        return ~some if op is Op.EMPTY else some
    first, last = days_of(op, value, asked)
    found = some if first is None else _some(aggregate, rows.filter(**{f"{aggregate.at}__gte": midnight(first)}))
    if last is None:
        return found
    return found & ~_some(aggregate, rows.filter(**{f"{aggregate.at}__gte": midnight(last + DAY)}))


_COUNTS = frozenset(aggregates.COUNTED)


def _bounds(op: Op, value: Any) -> tuple[int, int | None]:
    """The least and the most number of rows that a comparison means."""
    match op:
        case Op.MORE:
            return int(value) + 1, None
        case Op.LESS:
            return 0, -int(-value // 1) - 1
        case Op.BETWEEN:
            return -int(-value[0] // 1), int(value[1])
    return (int(value), int(value)) if value == int(value) else (1, 0)


def _some(aggregate: Aggregate, rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(**{aggregate.to: OuterRef("pk")})))


def _having(aggregate: Aggregate, rows: QuerySet[Any], **bounds: int) -> Q:
    """Parties whose number of rows lies within bounds, as one grouped subquery behind an EXISTS that can be negated."""
    if bounds == {"n__gte": 1} or bounds == {"n__gt": 0}:
        return _some(aggregate, rows)
    grouped = rows.filter(**{f"{aggregate.to}__isnull": False}).values(aggregate.to).annotate(n=Count("pk"))
    wanted = grouped.filter(**bounds).values(aggregate.to)
    return Q(Exists(PartyFacts.objects.filter(party_id=OuterRef("pk"), party_id__in=wanted)))


def _takes_away(rule: Rule) -> bool:
    return isinstance(rule, Group) and rule.is_except


def _as_field(aggregate: Aggregate) -> RecordField:
    return RecordField(key=aggregate.key, label=aggregate.label, kind=aggregate.kind, read=_nothing)


def _nothing(_record: Any) -> None:
    return None


def midnight_day(asked: Asked) -> Any:
    """The day on which a rule is asked."""
    return days_of(Op.LAST_DAYS, 0, asked)[1]


def spoken(path: str) -> str:
    """Write a path as people count: «rules.0.rules.2» is «1.3»."""
    return ".".join(str(int(part) + 1) for part in path.split(".") if part.isdigit()) or path
