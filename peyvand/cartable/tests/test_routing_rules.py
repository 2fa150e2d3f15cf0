"""When a rule fits, where it leads, and what is said of rules that lead nowhere."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from peyvand.cartable.routing import Asked, ChannelFacts, KindFacts, Places
from peyvand.cartable.routing_rules import (
    Conditions,
    Incoming,
    Outcome,
    Receivers,
    Rule,
    World,
    decide,
    folded_pattern,
    language_of,
    made_ready,
)
from peyvand.core.text import search_norm
from peyvand.core.working_time import IRANIAN_HOURS, WorkCalendar

TEHRAN = ZoneInfo("Asia/Tehran")
CALENDAR = WorkCalendar(TEHRAN, IRANIAN_HOURS, {date(2026, 12, 1)})
SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=TEHRAN)
WORLD = World(
    kinds=[KindFacts(id=1, words=("شکایت",))],
    places=Places(departments={10: 1, 20: 1, 30: 2}, officers=frozenset({5})),
    receivers=Receivers(
        manned=frozenset({10, 20}), posts={7: (20, 6)}, people={5: 10, 6: 20, 8: None}, kinds=frozenset({1, 2})
    ),
)
RELATIONS = ChannelFacts(branch_id=1, department_id=10, officer_id=5)


def incoming(text: str = "", **values: Any) -> Incoming:
    values = {"at": SATURDAY, "calendar": CALENDAR, **values}
    return Incoming(text=search_norm(text), typed=text, **values)


def fits(asked: Incoming, **conditions: Any) -> bool:
    return made_ready(conditions=Conditions(**conditions), outcome=Outcome()).fits(asked)


def test_words_are_found_in_any_spelling_at_the_beginning_of_a_word() -> None:
    words = (search_norm("مرجوعی"), search_norm("پس گرفتن"))
    assert fits(incoming("كالاي مرجوعي ما"), words=words)
    assert fits(incoming("پس‌گرفتن کالا"), words=(search_norm("پس‌گرفتن"),))
    assert not fits(incoming("نامرجوعی"), words=words)
    assert not fits(incoming("مرجوعی فوری"), words=words, without=(search_norm("فوری"),))


def test_addresses_domains_and_numbers() -> None:
    from_arman = incoming(sender="Negar@Sales.Arman.Example")
    assert fits(from_arman, senders=(folded_pattern("negar@sales.arman.example"),))
    assert fits(from_arman, senders=(folded_pattern("arman.example"),))
    assert fits(from_arman, senders=(folded_pattern("@sales.arman.example"),))
    assert not fits(from_arman, senders=(folded_pattern("man.example"),))
    assert fits(incoming(sender="۰۹۱۲ ۳۴۵ ۶۷۸۹"), senders=(folded_pattern("+98 912 345 6789"),))
    to_sales = incoming(recipients=["x@y.example", "Sales@company.example"])
    assert fits(to_sales, recipients=(folded_pattern("sales@company.example"),))
    assert not fits(incoming(), recipients=(folded_pattern("sales@company.example"),))


@pytest.mark.parametrize(
    "text, language",
    [
        ("سلام، سفارش ما هنوز نرسیده است", "fa"),
        ("سلام سفارش ما كه نرسيده است", "fa"),  # typed on an Arabic keyboard
        ("السلام عليكم، أريد شراء هذا الجهاز من الشركة", "ar"),
        ("Dear Sirs, please quote for model RO-50", "en"),
        ("درخواست قیمت برای RO-50 و RO-75", "fa"),
        ("123 - ۴۵۶", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "at, conditions, expected",
    [
        ("2026-11-28 10:00", {"hours": "working"}, True),
        ("2026-11-28 17:00", {"hours": "working"}, False),
        ("2026-11-28 17:00", {"hours": "outside"}, True),
        ("2026-11-27 10:00", {"hours": "outside"}, True),  # Friday
        ("2026-12-01 10:00", {"hours": "outside"}, True),  # a holiday
        ("2026-12-01 10:00", {"hours": "holiday"}, True),
        ("2026-11-28 10:00", {"hours": "holiday"}, False),
        ("2026-11-28 23:00", {"start": "22:00", "end": "06:00"}, True),
        ("2026-11-28 05:59", {"start": "22:00", "end": "06:00"}, True),
        ("2026-11-28 06:00", {"start": "22:00", "end": "06:00"}, False),
        ("2026-11-28 12:00", {"start": "09:00"}, True),
        ("2026-11-28 12:00", {"end": "12:00"}, False),
        ("2026-11-28 12:00", {"days": (5,)}, True),
        ("2026-11-28 12:00", {"days": (4,)}, False),
    ],
)
def test_hours(at: str, conditions: dict[str, Any], expected: bool) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=TEHRAN).astimezone(UTC)
    assert fits(incoming(at=moment), **conditions) is expected


def test_all_conditions_must_hold_and_what_fails_is_named() -> None:
    rule = made_ready(
        conditions=Conditions(channels=(3,), categories=(9,), branches=(1,), mediums=("mail",)), outcome=Outcome()
    )
    asked = incoming(channel_id=3, category_id=9, branch_id=1, medium="mail")
    assert rule.fits(asked)
    assert list(rule.misses(replace(asked, category_id=None, medium="form"))) == ["mediums", "categories"]
    assert made_ready(conditions=Conditions(), outcome=Outcome()).fits(asked)


def rule(number: int, to: str = "", words: tuple[str, ...] = (), **outcome: Any) -> Rule:
    return made_ready(
        id=number, name=f"R{number}", conditions=Conditions(words=words), outcome=Outcome(to=to, **outcome)
    )


def decided(rules: list[Rule], asked: Asked | None = None, channel: ChannelFacts | None = RELATIONS) -> Any:
    asked = asked or Asked()
    found = decide(asked, replace(incoming(), text=asked.text), channel, replace(WORLD, rules=rules))
    assert found is not None
    return found


def test_the_first_rule_that_fits_decides() -> None:
    best = rule(2, "department:20", kind=2, priority="high", officer=6)
    rules = [rule(1, "department:10", ("فاکتور",)), best, rule(3)]
    found = decided(rules)
    assert (found.rule.id, found.route.department_id, found.route.kind_id, found.priority) == (2, 20, 2, "high")
    assert (found.route.officer_id, found.route.reason) == (6, "rule")
    assert decided(rules, Asked(text="فاکتور")).rule.id == 1


def test_posts_persons_and_branches_receive() -> None:
    to_post = decided([rule(1, "post:7")])
    assert (to_post.route.department_id, to_post.post_id, to_post.assignee_id) == (20, 7, None)
    to_person = decided([rule(1, "user:6", share="turns")])
    assert (to_person.route.department_id, to_person.assignee_id, to_person.share) == (20, 6, "")
    assert decided([rule(1, "user:8")]).route.department_id == 10  # who is in no department works where it is
    assert decided([rule(1, "branch:1")]).route.department_id == 10


@pytest.mark.parametrize("to", ["department:30", "department:99", "post:8", "user:99", "branch:2"])
def test_a_rule_that_leads_nowhere_is_passed_over_and_says_so(to: str) -> None:
    found = decided([rule(1, to), rule(2, "department:20")])
    assert (found.rule.id, [(each.rule_id, each.why) for each in found.skipped]) == (2, [(1, to.partition(":")[0])])
    alone = decided([rule(1, to)])
    assert (alone.rule, alone.route.department_id, alone.route.reason, len(alone.skipped)) == (None, 10, "channel", 1)


def test_what_somebody_asked_for_stands_above_rules() -> None:
    found = decided([rule(1, "department:20")], Asked(department_id=10))
    assert (found.rule, found.route.department_id, found.route.reason) == (None, 10, "asked")


def test_kinds_and_officers_that_are_gone_change_nothing() -> None:
    found = decided([rule(1, "department:20", kind=77, officer=77)], Asked(text="شکایت"))
    assert (found.route.kind_id, found.route.officer_id) == (1, 5)


def test_the_kind_that_words_tell_is_a_condition() -> None:
    by_kind = made_ready(id=4, conditions=Conditions(kinds=(1,)), outcome=Outcome(to="department:20"))
    assert decided([by_kind], Asked(text="شکایت")).rule.id == 4
    assert decided([by_kind], Asked(text="سلام")).rule is None


def test_without_any_department_nothing_is_decided() -> None:
    assert decide(Asked(), incoming(), None, World(rules=[rule(1)])) is None


def test_conditions_survive_being_stored() -> None:
    conditions = Conditions(words=("قیمت",), days=(5, 6), start="22:00", channels=(1,))
    assert Conditions.from_json(conditions.to_json()) == conditions
    assert Conditions().to_json() == {} and Outcome().to_json() == {}
