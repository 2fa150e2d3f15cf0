"""The rule of a segment as plain data: groups of conditions, read from JSON and written back, within limits.

    {"match": "all", "rules": [
        {"field": "city", "op": "any_of", "values": ["تهران"]},
        {"aggregate": "cartable.requests", "op": "more", "values": ["2"], "days": 60},
        {"relation": "employee", "side": "to", "have": "some", "where": {"match": "all", "rules": […]}},
        {"match": "any", "except": true, "name": "…", "rules": […]}]}

A party is in a group when all (or any) of its rules hold and none of its «except» groups does. A group without
rules says nothing. Broken words are found by `conditions`; here only the shape is read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.record_fields import WITHOUT_VALUE, Op

DEEPEST = 4
MOST_RULES = 60
MOST_VALUES = 50
LONGEST_VALUE = 200
LONGEST_WORD = 80
LONGEST_WINDOW = 3660
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # half-spaces and marks of direction are letters of Persian text
MATCHES = ("all", "any")
SIDES = ("to", "from", "both")
HAVES = ("some", "none")


class BadRule(Invalid):
    """A rule of this segment cannot be used."""

    code = "bad_rule"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A field of the registry compared with values, as they were written."""

    path: str
    field: str
    op: str
    values: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"field": self.field, "op": self.op, "values": list(self.values)}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """An aggregate over what happened with a party (within the last `days`) compared with values."""

    path: str
    aggregate: str
    op: str
    values: tuple[str, ...] = ()
    days: int | None = None

    def to_json(self) -> dict[str, Any]:
        days = {} if self.days is None else {"days": self.days}
        return {"aggregate": self.aggregate, "op": self.op, "values": list(self.values), **days}


@dataclass(frozen=True, kw_only=True)
class Related:
    """Has some (or no) relation of a type today; side: where the party stands in it; `where`: what the other is.

    relation: the code of a type, or "any".
    """

    path: str
    relation: str
    side: str = "both"
    have: str = "some"
    where: "Group | None" = None

    def to_json(self) -> dict[str, Any]:
        where = {} if self.where is None else {"where": self.where.to_json()}
        return {"relation": self.relation, "side": self.side, "have": self.have, **where}


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rules of which all or any must hold; an «except» group takes away from the group that it stands in."""

    path: str = ""
    match: str = "all"
    is_except: bool = False
    name: str = ""
    rules: tuple["Rule", ...] = ()

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"match": self.match, "rules": [rule.to_json() for rule in self.rules]}
        if self.is_except:
            found["except"] = True
        if self.name:
            found["name"] = self.name
        return found

    def conditions(self) -> Iterator["Leaf"]:
        """Every rule in it that is no group, those of related parties included."""
        for rule in self.rules:
            if isinstance(rule, Group):
                yield from rule.conditions()
            else:
                yield rule
                if isinstance(rule, Related) and rule.where is not None:
                    yield from rule.where.conditions()

    @property
    def is_empty(self) -> bool:
        """Does it say nothing?"""
        return next(self.conditions(), None) is None


Leaf: TypeAlias = Condition | Measured | Related
Rule: TypeAlias = Leaf | Group


def read(data: Any) -> Group:
    """Read a rule from JSON. Raises BadRule that names the path of what has a wrong shape or is too much."""
    group = _group(data, "", 1)
    if sum(1 for _each in group.conditions()) > MOST_RULES:
        raise _bad("", _("A segment has at most %(most)s conditions.") % {"most": MOST_RULES})
    return group


def _rule(data: Any, path: str, depth: int) -> Rule:
    if not isinstance(data, Mapping):
        raise _bad(path, _("This is no rule."))
    if "field" in data:
        return Condition(
            path=path, field=_word(data, "field", path), op=_word(data, "op", path), values=_values(data, path)
        )
    if "aggregate" in data:
        return Measured(
            path=path,
            aggregate=_word(data, "aggregate", path),
            op=_word(data, "op", path),
            values=_values(data, path),
            days=_days(data.get("days"), path),
        )
    if "relation" in data:
        return _related(data, path, depth)
    return _group(data, path, depth)


def _group(data: Any, path: str, depth: int) -> Group:
    if not isinstance(data, Mapping):
        raise _bad(path, _("This is no rule."))
    if depth > DEEPEST:
        raise _bad(path, _("Groups can stand at most %(most)s deep in one another.") % {"most": DEEPEST})
    rules = data.get("rules", [])
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        raise _bad(path, _("The rules of a group are a list of at most %(most)s.") % {"most": MOST_RULES})
    start = f"{path}." if path else ""
    return Group(
        path=path,
        match=_one_of(data.get("match", "all"), MATCHES, path),
        is_except=data.get("except", False) is True,
        name=_text(data.get("name", ""), path, LONGEST_WORD),
        rules=tuple(
            _rule(rule, f"{start}rules.{n}", depth + 1 if _is_group(rule) else depth) for n, rule in enumerate(rules)
        ),
    )


def _is_group(data: Any) -> bool:
    return isinstance(data, Mapping) and not ({"field", "aggregate", "relation"} & data.keys())


def _related(data: Mapping[str, Any], path: str, depth: int) -> Related:
    where = data.get("where")
    return Related(
        path=path,
        relation=_word(data, "relation", path),
        side=_one_of(data.get("side", "both"), SIDES, path),
        have=_one_of(data.get("have", "some"), HAVES, path),
        where=None if where is None else _group(where, f"{path}.where", depth + 1),
    )


def _values(data: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """The values as texts; one value may stand without a list, as `value`."""
    given = data.get("values", data.get("value", []))
    listed = given if isinstance(given, list) else [] if given is None else [given]
    if len(listed) > MOST_VALUES:
        raise _bad(path, _("These are too many values."))
    return tuple(_value(each, path) for each in listed)


def _value(given: Any, path: str) -> str:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise _bad(path, _("A value is a text or a number."))
    return _text(str(given), path, LONGEST_VALUE)


def _word(data: Mapping[str, Any], key: str, path: str) -> str:
    return _text(data.get(key, ""), path, LONGEST_WORD)


def _text(given: Any, path: str, longest: int) -> str:
    if not isinstance(given, str) or CONTROL.search(given):
        raise _bad(path, _("A text was expected here."))
    if len(given) > longest:
        raise _bad(path, _("This value is too long."))
    return given.strip()


def _one_of(given: Any, known: tuple[str, ...], path: str) -> str:
    if given not in known:
        raise _bad(path, _("This is no rule."))
    return str(given)


def _days(given: Any, path: str) -> int | None:
    if given is None or given == "":
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= LONGEST_WINDOW:
        raise _bad(path, _("Write a whole number of days."))
    return given


def _bad(path: str, text: str) -> BadRule:
    return BadRule(text, fields={path or "rule": text})


def finished(group: Group) -> Group:
    """Return a group without the conditions that still wait for their value, as a live count takes it."""
    kept = [_finished(rule) for rule in group.rules]
    return replace(group, rules=tuple(rule for rule in kept if rule is not None))


def _finished(rule: Rule) -> Rule | None:
    if isinstance(rule, Group):
        return finished(rule)
    if isinstance(rule, Related):
        return rule if rule.where is None else replace(rule, where=finished(rule.where))
    needed = 0 if rule.op in WITHOUT_VALUE else 2 if rule.op == Op.BETWEEN else 1
    return rule if len([value for value in rule.values if value]) >= needed else None
