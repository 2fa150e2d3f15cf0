"""The builder's form read as a rule, and what its buttons do to a rule.

The form names every node by its path (`node` = «rules.0.rules.2»); a part of it is `<path>:<part>`. Here a rule is the
JSON of `segments.rules`, which is read and checked afterwards.
"""

import copy
import re
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.field_values import canonical
from peyvand.core.record_fields import Asked, Op, RecordField
from peyvand.parties.segments.conditions import Compiler

MOST_NODES = 200
PATH = re.compile(r"(?:rules\.\d{1,3}|where)(?:\.(?:rules\.\d{1,3}|where))*")
Node = dict[str, Any]


def rule_of(post: QueryDict) -> Node:
    """Return the rule that a form holds, with its groups numbered anew in the order of the page."""
    root: Node = {"match": _match(post.get(":match", "")), "rules": []}
    known: dict[str, Node] = {"": root}
    for path in post.getlist("node")[:MOST_NODES]:
        if not PATH.fullmatch(path) or path in known:
            continue
        above = known.get(re.sub(r"\.?(?:rules\.\d+|where)$", "", path))
        if above is None:
            continue
        node = known[path] = _node(post, path)
        if path.endswith("where"):
            above["where"] = node
        else:
            above.setdefault("rules", []).append(node)
    return root


def _node(post: QueryDict, path: str) -> Node:
    kind, _colon, key = post.get(f"{path}:is", "group").partition(":")
    values = [value.strip() for value in post.getlist(f"{path}:v") if value.strip()]
    if kind == "field":
        return {"field": key, "op": post.get(f"{path}:op", ""), "values": _split(post, path, values)}
    if kind == "aggregate":
        node: Node = {"aggregate": key, "op": post.get(f"{path}:op", ""), "values": values}
        days = post.get(f"{path}:days", "")
        return node | ({"days": days} if days else {})
    if kind == "relation":
        return {
            "relation": key,
            "side": post.get(f"{path}:side", "both"),
            "have": post.get(f"{path}:have", "some"),
        }
    found: Node = {"match": _match(post.get(f"{path}:match", "")), "rules": []}
    if post.get(f"{path}:except"):
        found["except"] = True
    if name := post.get(f"{path}:name", "").strip():
        found["name"] = name[:80]
    return found


def _split(post: QueryDict, path: str, values: list[str]) -> list[str]:
    """Several free values are typed into one box, apart by commas or lines."""
    if not post.get(f"{path}:lines"):
        return values
    return [part.strip() for value in values for part in re.split(r"[،,\n]", value) if part.strip()]


def _match(text: str) -> str:
    return "any" if text == "any" else "all"


def settle(rule: Node, asked: Asked, compiler: Compiler) -> Node:
    """Write values as a rule keeps them, whatever language, calendar and digits they were typed in."""
    for each in (*rule.get("rules", []), rule.get("where")):
        if not isinstance(each, dict):
            continue
        settle(each, asked, compiler)
        known = _known(each, compiler)
        if known is not None and each.get("op") in set(Op):
            try:
                each["values"] = list(canonical(known, Op(each["op"]), each["values"], asked))
            except Invalid:
                continue
    for each in rule.get("rules", []):
        if isinstance(each.get("days"), str):
            each["days"] = _days(each["days"])
    return rule


def _known(node: Node, compiler: Compiler) -> RecordField | None:
    if "aggregate" in node and node["aggregate"] in compiler.aggregates:
        known = compiler.aggregates[node["aggregate"]]
        return RecordField(key=known.key, label=known.label, kind=known.kind, read=lambda record: None)
    return compiler.fields.get(node.get("field", ""))


def _days(text: str) -> int | None:
    digits = "".join(str(int(letter)) for letter in text if letter.isdigit())[:5]
    return int(digits) if digits else None


def acted(rule: Node, act: str, compiler: Compiler) -> Node:
    """Return a rule after a button: `verb:path:what`. Unknown words change nothing. Raises Invalid with the reason."""
    verb, path, what = (*act.split(":", 2), "", "")[:3]
    changed = copy.deepcopy(rule)
    work = ACTS.get(verb)
    if work is None or (path and not PATH.fullmatch(path)):
        return changed
    try:
        work(changed, path, what, compiler)
    except (KeyError, IndexError, TypeError) as error:
        raise Invalid(_("This was changed meanwhile; look at it again.")) from error
    return changed


def at(rule: Node, path: str) -> Node:
    """The node of a path. Raises KeyError, IndexError, TypeError where there is none."""
    node: Any = rule
    for part in path.split(".") if path else ():
        node = node[int(part)] if part.isdigit() else node[part]
    if not isinstance(node, dict):
        raise KeyError(path)
    return node


def _place(rule: Node, path: str) -> tuple[list[Node], int]:
    above, _dot, number = path.rpartition(".")
    holder = above.removesuffix("rules").rstrip(".")
    return at(rule, holder)["rules"], int(number)


def _add(rule: Node, path: str, what: str, compiler: Compiler) -> None:
    at(rule, path)["rules"].append(_made(what, compiler))


def _made(what: str, compiler: Compiler) -> Node:
    """A new node: `group`, `except`, `field~key`, `aggregate~key` or `relation~code~side`."""
    kind, _tilde, key = what.partition("~")
    if kind == "field":
        ops = compiler.fields[key].asked_by
        first = Op.ANY_OF if Op.ANY_OF in ops and compiler.fields[key].choices is not None else ops[0]
        return {"field": key, "op": str(first), "values": []}
    if kind == "aggregate":
        return {"aggregate": key, "op": str(compiler.aggregates[key].asked_by[0]), "values": []}
    if kind == "relation":
        code, _tilde, side = key.partition("~")
        return {"relation": code, "side": side or "both", "have": "some"}
    group: Node = {"match": "any" if kind == "except" else "all", "rules": []}
    return group | {"except": True} if kind == "except" else group


def _what(rule: Node, path: str, what: str, compiler: Compiler) -> None:
    rules, number = _place(rule, path)
    rules[number] = _made(what, compiler)


def _remove(rule: Node, path: str, what: str, compiler: Compiler) -> None:
    if path.endswith("where"):
        at(rule, path.removesuffix("where").rstrip(".")).pop("where")
        return
    rules, number = _place(rule, path)
    rules.pop(number)


def _copy(rule: Node, path: str, what: str, compiler: Compiler) -> None:
    rules, number = _place(rule, path)
    rules.insert(number + 1, copy.deepcopy(rules[number]))


def _up(rule: Node, path: str, what: str, compiler: Compiler) -> None:
    rules, number = _place(rule, path)
    if number:
        rules[number - 1], rules[number] = rules[number], rules[number - 1]


def _down(rule: Node, path: str, what: str, compiler: Compiler) -> None:
    rules, number = _place(rule, path)
    if number + 1 < len(rules):
        rules[number + 1], rules[number] = rules[number], rules[number + 1]


def _move(rule: Node, path: str, what: str, compiler: Compiler) -> None:
    """Put a node where another stands; `what` is the path of that place as it was before."""
    if not PATH.fullmatch(what) or what.endswith("where") or f"{what}.".startswith(f"{path}."):
        return
    rules, number = _place(rule, path)
    others, place = _place(rule, what)
    others.insert(min(place, len(others)), rules[number])
    rules.pop(number + 1 if others is rules and place <= number else number)


def _rematch(rule: Node, path: str, what: str, compiler: Compiler) -> None:
    at(rule, path)["match"] = _match(what)


def _where(rule: Node, path: str, what: str, compiler: Compiler) -> None:
    at(rule, path).setdefault("where", {"match": "all", "rules": []})


def _value(rule: Node, path: str, what: str, compiler: Compiler) -> None:
    at(rule, path)["values"] = [what]


ACTS = {
    "add": _add, "what": _what, "remove": _remove, "copy": _copy, "up": _up, "down": _down, "move": _move,
    "match": _rematch, "where": _where, "value": _value,
}  # fmt: skip
