"""Rules and findings in words: «شهر یکی از تهران، شیراز», «۳ مورد در ۶۰ روز»."""

from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyvand.core import list_state
from peyvand.core.custom_fields import labels_of_removed
from peyvand.core.record_fields import LABELS, Kind, Op, RecordField
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party
from peyvand.parties.segments.aggregates import Aggregate
from peyvand.parties.segments.explaining import Finding
from peyvand.parties.segments.rules import Condition, Group, Leaf, Measured, Related
from peyvand.parties.views.segments.shown import Painter
from peyvand.web.lists.cells import Pen, cell
from peyvand.web.lists.sentences import value_text

DAYS = frozenset({Op.LAST_DAYS, Op.OLDER_DAYS, Op.NEXT_DAYS})


@dataclass(frozen=True)
class Said:
    """A finding for the page: the rule in words, whether it holds, what the party has, and what is within it."""

    text: str
    holds: bool | None
    actual: SafeString | str = ""
    problem: str = ""
    is_group: bool = False
    is_except: bool = False
    match: str = ""
    inner: "list[Said]" = field(default_factory=list)


@dataclass(frozen=True)
class Speaker:
    """Writes the rules of one page for one reader."""

    painter: Painter

    def said(self, finding: Finding, party: Party) -> Said:
        """Return a finding in words."""
        rule = finding.rule
        if isinstance(rule, Group):
            inner = [self.said(each, party) for each in finding.inner]
            return Said(rule.name, finding.holds, "", "", True, rule.is_except, rule.match, inner)
        return Said(self.sentence(rule), finding.holds, self._actual(finding, party), finding.problem)

    def outline(self, group: Group) -> Said:
        """Return a rule in words without anybody in mind."""
        inner = [
            self.outline(rule) if isinstance(rule, Group) else Said(self.sentence(rule), None) for rule in group.rules
        ]
        return Said(group.name, None, "", "", True, group.is_except, group.match, inner)

    def sentence(self, rule: Leaf) -> str:
        """Return one condition as a sentence."""
        if isinstance(rule, Related):
            return self._related(rule)
        known = self._known(rule)
        if known is None:
            name = rule.field if isinstance(rule, Condition) else rule.aggregate
            return _("%(field)s (removed)") % {"field": labels_of_removed(HOST, [name]).get(name, name)}
        parts = [str(known.label), self._operator(rule.op), self._value(known, rule)]
        if isinstance(rule, Measured) and rule.days:
            days = ngettext("in %(n)s day", "in %(n)s days", rule.days) % {"n": self.painter.pen.number(rule.days)}
            parts.append(days)
        return " ".join(part for part in parts if part)

    def _related(self, rule: Related) -> str:
        label = self.painter.relation_label(rule)
        text = _("has: %(relation)s") if rule.have == "some" else _("has none: %(relation)s")
        inner = "" if rule.where is None else "، ".join(self.sentence(each) for each in rule.where.conditions())
        return text % {"relation": label} + (f" ({inner})" if inner else "")

    def _known(self, rule: Condition | Measured) -> RecordField | None:
        if isinstance(rule, Condition):
            return self.painter.compiler.fields.get(rule.field)
        known = self.painter.compiler.aggregates.get(rule.aggregate)
        return None if known is None else as_field(known)

    def _operator(self, op: str) -> str:
        return "" if op not in set(Op) or Op(op) in DAYS else str(LABELS[Op(op)])

    def _value(self, known: RecordField, rule: Condition | Measured) -> str:
        asks = list_state.Condition(known.key, rule.op, rule.values)
        return value_text(known, asks, self.painter.compiler.asked, self.painter.pen)

    def _actual(self, finding: Finding, party: Party) -> SafeString | str:
        """What the party has, as a cell of a list shows it."""
        rule, pen = finding.rule, self.painter.pen
        if finding.problem or isinstance(rule, Group):
            return ""
        if isinstance(rule, Condition):
            known = self.painter.compiler.fields[rule.field]
            pen = self._labelled(known)
            return mark_safe(cell(_Loaded(finding.actual), _reading(known), pen)) or _("empty")  # noqa: S308 - of the kit
        if finding.kind is Kind.MOMENT:
            return escape(pen.date(finding.actual, "datetime")) if finding.actual else _("never")
        return pen.number(finding.actual or 0)

    def _labelled(self, known: RecordField) -> Pen:
        pen = self.painter.pen
        if known.choices is None:
            return pen
        labels = {known.key: {key: str(label) for key, label in known.choices(self.painter.compiler.asked)}}
        return Pen(pen.prefs, pen.asked, labels)


@dataclass(frozen=True)
class _Loaded:
    value: object


def _reading(known: RecordField) -> RecordField:
    """The same field, reading a value that was read before."""
    return RecordField(
        key=known.key, label=known.label, kind=known.kind, unit=known.unit, read=lambda loaded: loaded.value
    )


def as_field(aggregate: Aggregate) -> RecordField:
    """An aggregate as the field that it is compared like."""
    return RecordField(key=aggregate.key, label=aggregate.label, kind=aggregate.kind, read=lambda record: None)
