"""The business's own rules of routing: when one fits, and where what it takes goes. Pure; the facts are given.

Rules are asked in their order and the first that fits and leads somewhere decides. One that leads to nobody (a closed
or empty department, a vacant post, somebody who left) is passed over, and the decision says so. What no rule takes
goes as `routing.route` says.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import cached_property
from typing import Any

from peyvand.cartable.routing import Asked, ChannelFacts, KindFacts, Places, Route, route
from peyvand.cartable.types import Target, TargetKind
from peyvand.core.text import normalise_email
from peyvand.core.working_time import WorkCalendar
from peyvand.parties.types import normalise_address

LANGUAGES = ("fa", "ar", "en")
HOURS = ("working", "outside", "holiday")
SHARES = ("turns", "least_busy")

_LATIN = re.compile(r"[A-Za-z]+")
_ARABIC_SCRIPT = re.compile(r"[\u0621-\u064a\u066e-\u06d3]+")
_PERSIAN_LETTERS, _ARABIC_LETTERS = "پچژگ", "ةىأإ"
_PERSIAN_WORDS = frozenset({"است", "را", "که", "از", "به", "در", "این", "می"})
_ARABIC_WORDS = frozenset({"في", "من", "على", "هذا", "لم", "أن", "إلى"})


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What a request must be: every condition that says something must hold, by any of its values.

    senders, recipients: addresses («a@x.ir»), domains («x.ir») or numbers; words: at the beginning of a word of the
    subject or the first 600 letters, folded; without: none of these may occur; hours: one of HOURS; days: weekdays
    (Monday is 0) and start to end («22:00» to «06:00» passes midnight), in the organisation's zone.
    """

    channels: tuple[int, ...] = ()
    mediums: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    categories: tuple[int, ...] = ()
    branches: tuple[int, ...] = ()
    kinds: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    hours: str = ""
    days: tuple[int, ...] = ()
    start: str = ""
    end: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Conditions":
        """Read what `to_json` wrote."""
        read: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in data.items()}
        return cls(**read)

    def to_json(self) -> dict[str, Any]:
        """Only what says something."""
        found = {key: list(value) if isinstance(value, tuple) else value for key, value in vars(self).items()}
        return {key: value for key, value in found.items() if value}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Where it goes: to a department, branch, post or person (empty: as without the rule), as what, how urgent, read by
    which officer; share: who of the department gets it, by turns or the least busy, of those with the skill; empty:
    everybody there sees it until somebody takes it.
    """

    to: str = ""  # «department:3»
    kind: int | None = None
    priority: str = ""
    officer: int | None = None
    share: str = ""
    skill: int | None = None

    @property
    def target(self) -> Target | None:
        return Target.parse(self.to) if self.to else None

    def to_json(self) -> dict[str, Any]:
        return {key: value for key, value in vars(self).items() if value}


@dataclass(kw_only=True)
class Incoming:
    """What rules ask of a request; text: folded; typed: as it was written; at: when it came."""

    channel_id: int | None = None
    medium: str = ""
    sender: str = ""
    recipients: Sequence[str] = ()
    text: str = ""
    typed: str = ""
    category_id: int | None = None
    branch_id: int | None = None
    kind_id: int | None = None
    at: datetime
    calendar: WorkCalendar

    @cached_property
    def local(self) -> datetime:
        return self.at.astimezone(self.calendar.zone)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Every beginning of every word, made once: a word of a rule is then one look-up."""
        return frozenset(word[:n] for word in set(self.text.split(" ")) for n in range(1, len(word) + 1))

    @cached_property
    def language(self) -> str:
        return language_of(self.typed)

    @cached_property
    def address(self) -> str:
        return folded_address(self.sender)

    @cached_property
    def reached(self) -> tuple[str, ...]:
        return tuple(folded_address(each) for each in self.recipients)


def language_of(text: str) -> str:
    """«fa», «ar» or «en» (Latin letters) by script and by the words that only one of them has; "" without letters."""
    latin, arabic = sum(map(len, _LATIN.findall(text))), sum(map(len, _ARABIC_SCRIPT.findall(text)))
    if not latin and not arabic:
        return ""
    if latin > arabic:
        return "en"
    words = text.split()
    persian = sum(map(text.count, _PERSIAN_LETTERS)) + sum(word in _PERSIAN_WORDS for word in words)
    said = sum(word in _ARABIC_WORDS or (len(word) > 3 and word.startswith("ال")) for word in words)
    return "ar" if sum(map(text.count, _ARABIC_LETTERS)) + said > persian else "fa"


def folded_address(typed: str) -> str:
    """An e-mail address or a number in the one way in which it is compared."""
    mail = normalise_email(typed)
    if mail:
        return mail
    number = normalise_address("phone", typed)
    return number.value if number else typed.strip().lower()


def folded_pattern(typed: str) -> str:
    """An address of a rule, or «@x.ir» for all addresses of a domain and of those below it."""
    bare = typed.strip().lower().lstrip("@")
    return folded_address(bare) if "@" in bare or not re.search(r"[a-z\u0600-\u06ff]", bare) else f"@{bare}"


def _is_of(address: str, patterns: Sequence[str]) -> bool:
    domain = address.rpartition("@")[2] if "@" in address else ""
    for each in patterns:
        if address == each:
            return True
        if domain and each.startswith("@") and (domain == each[1:] or domain.endswith(f".{each[1:]}")):
            return True
    return False


def _says(words: frozenset[str], phrases: Sequence[str], incoming: Incoming) -> bool:
    if not words.isdisjoint(incoming.beginnings):
        return True
    return any(phrase in f" {incoming.text}" for phrase in phrases)


def _named(typed: Sequence[str]) -> Callable[[Incoming], bool]:
    """Does one of these words, or of these phrases of several words, begin anywhere?"""
    words = frozenset(word for word in typed if " " not in word)
    phrases = [f" {phrase}" for phrase in typed if " " in phrase]
    return lambda incoming: _says(words, phrases, incoming)


def _hours(wanted: str, incoming: Incoming) -> bool:
    if wanted == "holiday":
        return incoming.local.date() in incoming.calendar.holidays
    return incoming.calendar.is_open(incoming.at) is (wanted == "working")


def _between(start: str, end: str, incoming: Incoming) -> bool:
    first, last = time.fromisoformat(start or "00:00"), time.fromisoformat(end or "00:00")
    now = incoming.local.time()
    if last == time(0):
        return now >= first
    return first <= now < last if first < last else now >= first or now < last


Check = tuple[str, Callable[[Incoming], bool]]


def checks_of(conditions: Conditions) -> tuple[Check, ...]:
    """The conditions that say something, the cheapest first, each with its name."""
    one, words, without = conditions, _named(conditions.words), _named(conditions.without)
    known: list[tuple[str, object, Callable[[Incoming], bool]]] = [
        ("channels", one.channels, lambda asked: asked.channel_id in one.channels),
        ("mediums", one.mediums, lambda asked: asked.medium in one.mediums),
        ("categories", one.categories, lambda asked: asked.category_id in one.categories),
        ("branches", one.branches, lambda asked: asked.branch_id in one.branches),
        ("kinds", one.kinds, lambda asked: asked.kind_id in one.kinds),
        ("days", one.days, lambda asked: asked.local.weekday() in one.days),
        ("times", one.start or one.end, lambda asked: _between(one.start, one.end, asked)),
        ("hours", one.hours, lambda asked: _hours(one.hours, asked)),
        ("words", one.words, words),
        ("without", one.without, lambda asked: not without(asked)),
        ("senders", one.senders, lambda asked: _is_of(asked.address, one.senders)),
        ("recipients", one.recipients, lambda asked: any(_is_of(each, one.recipients) for each in asked.reached)),
        ("languages", one.languages, lambda asked: asked.language in one.languages),
    ]
    return tuple((name, check) for name, says, check in known if says)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule made ready: `checks` were built once from its conditions."""

    id: int
    name: str = ""
    version: int = 1
    conditions: Conditions = field(default_factory=Conditions)
    outcome: Outcome = field(default_factory=Outcome)
    checks: tuple[Check, ...] = ()

    def misses(self, incoming: Incoming) -> Iterator[str]:
        """The names of the conditions that do not hold."""
        return (name for name, check in self.checks if not check(incoming))

    def fits(self, incoming: Incoming) -> bool:
        return next(self.misses(incoming), None) is None


def made_ready(*, conditions: Conditions, outcome: Outcome, id: int = 0, name: str = "", version: int = 1) -> Rule:
    """Compile a rule; it is kept and asked of every request."""
    return Rule(id=id, name=name, version=version, conditions=conditions, outcome=outcome, checks=checks_of(conditions))


@dataclass(frozen=True, kw_only=True)
class Receivers:
    """Who is there: departments with people, held posts (→ department, holder), active people (→ department), kinds."""

    manned: frozenset[int] = frozenset()
    posts: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    people: Mapping[int, int | None] = field(default_factory=dict)
    kinds: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A rule that fitted and led nowhere, and why: department, branch, post or person."""

    rule_id: int
    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Where a request goes and why; without `rule` no rule took it. assignee, post: who holds it from the start."""

    route: Route
    rule: Rule | None = None
    skipped: tuple[Skipped, ...] = ()
    priority: str = ""
    assignee_id: int | None = None
    post_id: int | None = None

    @property
    def share(self) -> str:
        """How it is given to one of the department; "" when everybody there sees it, or one holds it already."""
        taken = self.rule is None or self.assignee_id is not None or self.post_id is not None
        return "" if taken or self.rule is None else self.rule.outcome.share


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything that is known besides the request: kinds, places, who is there, and the rules in their order."""

    kinds: Sequence[KindFacts] = ()
    places: Places = field(default_factory=Places)
    receivers: Receivers = field(default_factory=Receivers)
    rules: Sequence[Rule] = ()


@dataclass(frozen=True, kw_only=True)
class Landing:
    """Where a rule leads; `why` it leads nowhere is one word of `Skipped`."""

    department_id: int | None = None
    assignee_id: int | None = None
    post_id: int | None = None
    why: str = ""


def landing_of(outcome: Outcome, world: World) -> Landing:
    """Find the department, the post or the person that a rule names, if anybody is there."""
    target, there = outcome.target, world.receivers
    if target is None:
        return Landing()
    if target.kind is TargetKind.USER and target.id in there.people:
        return Landing(department_id=there.people[target.id], assignee_id=target.id)
    if target.kind is TargetKind.POST and target.id in there.posts:
        return Landing(department_id=there.posts[target.id][0], post_id=target.id)
    found = _department_of(target, world)
    return Landing(department_id=found) if found is not None else Landing(why=target.kind)


def _department_of(target: Target, world: World) -> int | None:
    """The department itself, or the first one of the branch, when somebody is there."""
    manned = {pk: branch for pk, branch in world.places.departments.items() if pk in world.receivers.manned}
    if target.kind is TargetKind.BRANCH:
        return next((pk for pk, branch in manned.items() if branch == target.id), None)
    return target.id if target.kind is TargetKind.DEPARTMENT and target.id in manned else None


def decide(asked: Asked, incoming: Incoming, channel: ChannelFacts | None, world: World) -> Decision | None:
    """Ask the rules in their order, then the usual way; None only when there is no active department at all.

    A department that somebody asked for is a person's decision and stands above the rules.
    """
    usual = route(asked, channel, world.kinds, world.places)
    if usual is None or usual.reason == "asked" or not world.rules:
        return None if usual is None else Decision(route=usual)
    skipped: list[Skipped] = []
    incoming.kind_id = usual.kind_id
    for rule in world.rules:
        if not rule.fits(incoming):
            continue
        landing = landing_of(rule.outcome, world)
        if landing.why:
            skipped.append(Skipped(rule_id=rule.id, name=rule.name, why=landing.why))
            continue
        return _by_rule(rule, landing, usual, world, tuple(skipped))
    return Decision(route=usual, skipped=tuple(skipped))


def _by_rule(rule: Rule, landing: Landing, usual: Route, world: World, skipped: tuple[Skipped, ...]) -> Decision:
    wanted, places = rule.outcome, world.places
    department = landing.department_id if landing.department_id in places.departments else None
    department = usual.department_id if department is None else department
    found = replace(
        usual,
        department_id=department,
        branch_id=places.departments[department],
        kind_id=wanted.kind if wanted.kind in world.receivers.kinds else usual.kind_id,
        officer_id=wanted.officer if wanted.officer in world.receivers.people else usual.officer_id,
        reason="rule",
    )
    return Decision(
        route=found, rule=rule, skipped=skipped, priority=wanted.priority, assignee_id=landing.assignee_id,
        post_id=landing.post_id,
    )  # fmt: skip
