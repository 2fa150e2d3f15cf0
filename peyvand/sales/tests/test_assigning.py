"""Who gets a lead that nobody has: by territory, source, in turn, by load; nobody on leave; never into a hole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from peyvand.accounts.leave import forget_away
from peyvand.accounts.models import Notification, Substitution, User
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.parties.models import Party
from peyvand.sales import assignment, services
from peyvand.sales.assignment import Facts, Rule, Seller, fits, pick
from peyvand.sales.errors import NameTaken, RuleChanged
from peyvand.sales.events import DealOpened
from peyvand.sales.models import Assigned, AssignmentRule, Deal, DealSpan
from peyvand.sales.services import telling
from peyvand.sales.services.assigning import NOBODY, assign_opened
from peyvand.sales.tests.selling import House, allow, deal, house
from peyvand.sales.types import AssignmentDetails, DealDetails
from tests.cast import Cast

Drain = Callable[[], int]


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


def lead(place: House, source: str = "") -> Deal:
    """One that came from outside: nobody has it."""
    details = DealDetails(name="از بیرون", source=source)
    return services.open_deal(actor=None, party_id=place.party.pk, pipeline_id=place.leads.pk, details=details)


def rule(place: House, name: str = "همه", **more: object) -> AssignmentRule:
    return services.save_assignment_rule(actor=place.cast.ada, details=AssignmentDetails(name=name, **more))  # type: ignore[arg-type]


def owners(*deals: Deal) -> list[User | None]:
    return [Deal.objects.get(pk=one.pk).owner for one in deals]


def away(person: User, substitute: User) -> None:
    today = timezone.localdate()
    Substitution.objects.create(
        person=person, substitute=substitute, first_day=today, last_day=today + timedelta(days=3)
    )
    forget_away()


def test_a_rule_fits_when_every_condition_that_says_something_holds() -> None:
    fold = assignment.search_norm
    facts = Facts(pipeline_id=1, branch_id=7, province="آذربايجان شرقي", city="تبريز", source="وب‌سایت، پیوند بالا")
    said = Rule(id=1, name="r", pipelines={1}, branches={7}, provinces={fold("آذربایجان شرقی")}, cities={fold("تبریز")})
    assert fits(Rule(id=1, name="all"), facts) and fits(said, facts)
    assert fits(replace(said, sources={fold("وب‌سایت")}), facts) and not fits(replace(said, sources={"نمایشگاه"}), facts)
    for change in ({"pipelines": {2}}, {"branches": {8}}, {"provinces": {"فارس"}}, {"cities": {"شیراز"}}):
        assert not fits(replace(said, **change), facts)  # type: ignore[arg-type]


def test_turns_go_to_who_waited_longest_and_load_to_who_has_the_fewest() -> None:
    early, late = Seller(id=1, last=5.0, load=9), Seller(id=2, last=8.0, load=1)
    turns = Rule(id=1, name="r")
    assert pick(turns, [late, early]) == (1, "") and pick(replace(turns, share="least"), [early, late]) == (2, "")
    assert pick(replace(turns, most=9), [early, late]) == (2, "")
    assert pick(replace(turns, most=1), [early, late]) == (None, assignment.FULL)
    assert pick(turns, [replace(early, is_away=True)]) == (None, assignment.AWAY)
    assert pick(turns, []) == (None, assignment.NOBODY)


def test_leads_from_outside_go_in_turn_and_each_is_told(place: House, drain: Drain) -> None:
    cast = place.cast
    rule(place, people=[cast.alice.pk, cast.bob.pk])
    made = []
    for _number in range(4):
        made.append(lead(place))
        drain()
    first, second = owners(*made[:2])
    assert {first, second} == {cast.alice, cast.bob} and owners(*made[2:]) == [first, second]
    assert Notification.objects.filter(user=cast.alice, kind=telling.KIND).count() == 2
    noted = Assigned.objects.get(deal=made[0])
    assert noted.reason == "rule" and noted.details["rule"] == "همه" and noted.owner == first
    assert DealSpan.objects.get(deal=made[0], until=None).owner == first
    assign_opened(DealOpened(deal_id=made[0].pk))
    assert Assigned.objects.count() == 4 and owners(made[0]) == [first]


def test_the_first_rule_that_fits_decides_and_the_order_can_be_changed(place: House, drain: Drain) -> None:
    cast = place.cast
    Party.objects.filter(pk=place.party.pk).update(city="تبریز")
    rule(place, "تبریز", cities=["تبريز"], people=[cast.bob.pk])
    second = rule(place, "همه", people=[cast.alice.pk])
    one = lead(place)
    drain()
    services.move_assignment_rule(actor=cast.ada, rule_id=second.pk, is_up=True)
    two = lead(place)
    drain()
    assert owners(one, two) == [cast.bob, cast.alice]


def test_who_is_on_leave_or_full_gets_nothing_and_the_log_says_so(place: House, drain: Drain) -> None:
    cast = place.cast
    rule(place, "آلاله", people=[cast.alice.pk])
    rule(place, "بابک", people=[cast.bob.pk], most=1)
    services.set_fallback_owner(actor=cast.ada, user_id=cast.olivia.pk)
    allow(cast.olivia, "sales.view")
    away(cast.alice, cast.bob)
    one, two = lead(place), None
    drain()
    two = lead(place)
    drain()
    assert owners(one, two) == [cast.bob, cast.olivia]
    noted = Assigned.objects.get(deal=two)
    assert noted.reason == "fallback"
    assert noted.details["skipped"] == [{"rule": "آلاله", "why": "away"}, {"rule": "بابک", "why": "full"}]


def test_without_rule_and_fallback_those_who_may_assign_are_told(place: House, drain: Drain) -> None:
    cast = place.cast
    one = lead(place)
    drain()
    assert owners(one) == [None] and Assigned.objects.get(deal=one).reason == "nobody"
    told = set(Notification.objects.filter(text=NOBODY).values_list("user", flat=True))
    assert cast.ada.pk in told and cast.charlie.pk not in told
    assert Deal.objects.get(pk=one.pk).branch == cast.alice.branch


def test_what_somebody_has_stays_his(place: House, drain: Drain) -> None:
    rule(place, people=[place.cast.bob.pk])
    one = deal(place)
    drain()
    assert owners(one) == [place.cast.alice] and not Assigned.objects.exists()


def test_only_who_configures_everywhere_writes_rules_and_wrong_ones_say_why(place: House) -> None:
    cast = place.cast
    good = AssignmentDetails(name="همه", people=[cast.bob.pk])
    for somebody in (cast.alice, cast.bob, cast.olivia, cast.charlie):
        with pytest.raises(NotAllowed):
            services.save_assignment_rule(actor=somebody, details=good)
        with pytest.raises(NotAllowed):
            services.set_fallback_owner(actor=somebody, user_id=somebody.pk)
    for wrong in (
        replace(good, name=" "),
        replace(good, share="dice"),
        replace(good, most=0),
        replace(good, people=[]),
    ):
        with pytest.raises(Invalid):
            services.save_assignment_rule(actor=cast.ada, details=wrong)
    made = services.save_assignment_rule(actor=cast.ada, details=good)
    with pytest.raises(NameTaken):
        services.save_assignment_rule(actor=cast.ada, details=good)
    with pytest.raises(RuleChanged):
        services.save_assignment_rule(actor=cast.ada, details=good, rule_id=made.pk, version=99)
    with pytest.raises(Invalid):
        services.set_fallback_owner(actor=cast.ada, user_id=cast.olivia.pk + 10_000)
    services.delete_assignment_rule(actor=cast.ada, rule_id=made.pk)
    assert AssignmentRule.objects.get().deleted_at is not None
