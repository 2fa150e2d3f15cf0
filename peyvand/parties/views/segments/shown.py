"""What the builder shows of a rule: boxes of rows, each with its operators, its inputs and what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.jalali import parse_date
from peyvand.core.list_state import may_use
from peyvand.core.record_fields import LABELS, WITHOUT_VALUE, Kind, Op, RecordField
from peyvand.parties.models import RelationType
from peyvand.parties.segments.aggregates import Aggregate
from peyvand.parties.segments.conditions import Compiler
from peyvand.parties.segments.rules import DEEPEST, Condition, Group, Leaf, Measured, Related, Rule
from peyvand.web.lists.cells import Pen
from peyvand.web.lists.lookups import lookup_of

SEARCH_FROM = 9
DAYS = frozenset({Op.LAST_DAYS, Op.OLDER_DAYS, Op.NEXT_DAYS})
SEVERAL = frozenset({Op.ANY_OF, Op.NONE_OF})


@dataclass(frozen=True)
class Option:
    """One choice of a value or an operator."""

    key: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class Row:
    """One condition. shape of its input: days, number, date, options, lookup, lines, text or nothing."""

    path: str
    what: str
    label: str
    icon: str
    ops: list[Option] = field(default_factory=list)
    shape: str = "nothing"
    values: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    unit: str = ""
    has_window: bool = False
    days: str = ""
    problem: str = ""
    is_last: bool = False
    is_double: bool = False
    haves: list[Option] = field(default_factory=list)
    side: str = ""
    where: "Box | None" = None

    is_box = False

    @property
    def ident(self) -> str:
        return self.path.replace(".", "-")

    @property
    def first(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def second(self) -> str:
        return self.values[1] if len(self.values) > 1 else ""

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_on]

    @property
    def has_search(self) -> bool:
        return len(self.options) >= SEARCH_FROM


@dataclass(frozen=True)
class Box:
    """A group. depth: 1 is the whole rule, whose children are the boxes of the page."""

    path: str
    number: int
    match: str
    is_except: bool
    name: str
    depth: int
    rows: "list[Row | Box]"
    is_where: bool = False

    is_box = True

    @property
    def ident(self) -> str:
        return self.path.replace(".", "-")

    @property
    def may_nest(self) -> bool:
        return self.depth < DEEPEST

    @property
    def has_switch(self) -> bool:
        return len(self.rows) > 1 or not self.is_except


@dataclass(frozen=True)
class Painter:
    """Makes the boxes of one page for one reader."""

    compiler: Compiler
    pen: Pen
    problems: Mapping[str, str] = field(default_factory=dict)

    def box(self, group: Group, *, depth: int = 1, number: int = 0, is_where: bool = False) -> Box:
        """Return a group with everything in it."""
        rows: list[Row | Box] = []
        for at, rule in enumerate(group.rules):
            is_last = at == len(group.rules) - 1
            rows.append(
                self.box(rule, depth=depth + 1, number=at + 1)
                if isinstance(rule, Group)
                else self.row(rule, depth=depth, is_last=is_last)
            )
        return Box(group.path, number, group.match, group.is_except, group.name, depth, rows, is_where)

    def row(self, rule: Leaf, *, depth: int, is_last: bool) -> Row:
        """Return a condition with its inputs; one whose field is gone keeps its word and says so."""
        problem = self.problems.get(rule.path, "")
        if isinstance(rule, Related):
            return self._related(rule, problem, depth, is_last)
        known: RecordField | Aggregate | None
        if isinstance(rule, Condition):
            known, what = self.compiler.fields.get(rule.field), f"field:{rule.field}"
        else:
            known, what = self.compiler.aggregates.get(rule.aggregate), f"aggregate:{rule.aggregate}"
        if known is None:
            return Row(rule.path, what, what.partition(":")[2], "alert-circle", problem=problem or _("Removed"))
        return self._row(rule, known, what, problem, is_last)

    def _row(
        self, rule: Condition | Measured, known: RecordField | Aggregate, what: str, problem: str, is_last: bool
    ) -> Row:
        op = _operator(known, rule.op)
        shape = shape_of(known, op)
        return Row(
            path=rule.path,
            what=what,
            label=str(known.label),
            icon=known.icon or ICONS.get(known.kind, "filter"),
            ops=[Option(str(each), str(LABELS[each]), each is op) for each in _offered(known)],
            shape=shape,
            values=[self.typed(known.kind, shape, value) for value in rule.values],
            options=self._options(known, shape, rule.values),
            unit=_("days") if shape == "days" else str(known.unit),
            has_window=isinstance(known, Aggregate) and known.has_window,
            days=self.pen.digits(str(rule.days)) if isinstance(rule, Measured) and rule.days else "",
            problem=problem,
            is_last=is_last,
            is_double=op is Op.BETWEEN,
        )

    def _options(self, known: RecordField | Aggregate, shape: str, values: Sequence[str]) -> list[Option]:
        if shape == "options" and isinstance(known, RecordField) and known.choices is not None:
            return [Option(key, str(label), key in values) for key, label in known.choices(self.compiler.asked)]
        lookup = lookup_of(known.kind)
        if shape != "lookup" or lookup is None:
            return []
        names = lookup.names(self.compiler.asked, values)
        return [Option(key, names.get(key, "—"), True) for key in values]

    def typed(self, kind: Kind, shape: str, value: str) -> str:
        """Write a kept value as its reader would type it; anything else as it is."""
        if shape == "date":
            try:
                return self.pen.date(parse_date(value), "numeric")
            except Invalid:
                return value
        return self.pen.digits(value) if shape in {"days", "number"} else value

    def _related(self, rule: Related, problem: str, depth: int, is_last: bool) -> Row:
        where = None if rule.where is None else self.box(rule.where, depth=depth + 1, is_where=True)
        haves = [("some", _("has")), ("none", _("has none"))]
        return Row(
            path=rule.path,
            what=f"relation:{rule.relation}",
            label=self.relation_label(rule),
            icon="link",
            shape="relation",
            haves=[Option(key, label, key == rule.have) for key, label in haves],
            side=rule.side,
            where=where,
            problem=problem,
            is_last=is_last,
        )

    def relation_label(self, rule: Related) -> str:
        known = self.compiler.types.get(rule.relation)
        return (
            relation_name(known, rule.side) if known else _("Any relation") if rule.relation == "any" else rule.relation
        )


ICONS = {
    Kind.NUMBER: "hash", Kind.MONEY: "coin", Kind.DATE: "calendar", Kind.MOMENT: "calendar", Kind.YES_NO: "check",
    Kind.CHOICE: "list", Kind.CHOICES: "list-check", Kind.PARTY: "users", Kind.USER: "user", Kind.PHONE: "phone",
    Kind.EMAIL: "mail", Kind.URL: "link", Kind.TEXT: "letter-case", Kind.LONG_TEXT: "letter-case",
}  # fmt: skip


def relation_name(known: RelationType, side: str) -> str:
    """What a relation is called from the side of the party."""
    is_persian = (get_language() or "fa").startswith("fa")
    if side == "to" and not known.is_symmetric:
        return known.inverse_fa if is_persian else known.inverse_en
    return known.name_fa if is_persian else known.name_en


def shape_of(known: RecordField | Aggregate, op: Op) -> str:
    """Which input a value of a field has under an operator."""
    if op in WITHOUT_VALUE:
        return "nothing"
    if op in DAYS:
        return "days"
    if isinstance(known, RecordField) and known.choices is not None:
        return "options"
    if lookup_of(known.kind) is not None:
        return "lookup"
    by_kind = {Kind.NUMBER: "number", Kind.MONEY: "number", Kind.DATE: "date", Kind.MOMENT: "date"}
    return by_kind.get(known.kind, "lines" if op in SEVERAL else "text")


def _offered(known: RecordField | Aggregate) -> list[Op]:
    """The operators of a row: where several choices can be ticked, «is one of» serves for «is»."""
    offered = list(known.asked_by)
    if isinstance(known, Aggregate) or known.choices is None:
        return offered
    hidden = {Op.IS: Op.ANY_OF, Op.IS_NOT: Op.NONE_OF}
    return [each for each in offered if hidden.get(each) not in offered]


def _operator(known: RecordField | Aggregate, text: str) -> Op:
    offered = _offered(known)
    wider = {"is": Op.ANY_OF, "is_not": Op.NONE_OF}
    if text in wider and text not in {str(each) for each in offered} and wider[text] in offered:
        return wider[text]
    return Op(text) if text in {str(each) for each in offered} else offered[0]


@dataclass(frozen=True)
class Pickable:
    """Something that a condition can be about. what: as `posted` takes it («field~city»)."""

    what: str
    label: str
    icon: str


def pickables(compiler: Compiler) -> list[tuple[str, list[Pickable]]]:
    """Everything that a condition can ask, in its groups."""
    groups: dict[str, list[Pickable]] = {}
    everything: list[RecordField | Aggregate] = [*compiler.fields.values(), *compiler.aggregates.values()]
    for known in everything:
        if not known.asked_by or not _may(known, compiler):
            continue
        kind = "field" if isinstance(known, RecordField) else "aggregate"
        icon = known.icon or ICONS.get(known.kind, "filter")
        groups.setdefault(str(known.group), []).append(Pickable(f"{kind}~{known.key}", str(known.label), icon))
    groups[_("Relations")] = [
        Pickable("relation~any~both", _("Any relation"), "link"),
        *_relations(compiler.types.values()),
    ]
    return list(groups.items())


def _relations(types: Iterable[RelationType]) -> list[Pickable]:
    found = []
    for each in sorted(types, key=lambda one: (one.order, one.pk)):
        if not each.is_active:
            continue
        sides = ("both",) if each.is_symmetric else ("from", "to")
        found += [Pickable(f"relation~{each.code}~{side}", relation_name(each, side), "link") for side in sides]
    return found


def _may(known: RecordField | Aggregate, compiler: Compiler) -> bool:
    if isinstance(known, RecordField):
        return may_use(known, compiler.asked)
    return not known.permission or compiler.asked.may(known.permission)


def problems_of(rule: Group, compiler: Compiler) -> dict[str, str]:
    """What is wrong with each condition of a rule, by its path."""
    compiler.group(rule)
    return dict(compiler.problems)


def first_rule(rule: Group) -> Group:
    """Return a rule as the builder shows it: groups only, loose conditions in one group of their own."""
    loose: list[Rule] = [each for each in rule.rules if not isinstance(each, Group)]
    boxes: list[Rule] = [each for each in rule.rules if isinstance(each, Group)]
    if not loose and boxes:
        return rule
    return Group(match=rule.match, rules=(Group(match=rule.match, rules=tuple(loose)), *boxes))
