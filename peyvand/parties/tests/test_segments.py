"""Segments as they are kept: who may change them, broken ones, members by hand, figures in the background."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from peyvand.accounts.models import Branch, User
from peyvand.accounts.policies import asked_by
from peyvand.core.errors import Conflict, Invalid, NotAllowed, NotFound
from peyvand.core.models import CustomField
from peyvand.parties.models import Party, PartyNote, Segment, SegmentMember, SegmentSize
from peyvand.parties.segments import BadRule, read
from peyvand.parties.segments.explaining import explain
from peyvand.parties.segments.stored import members_q, segment_condition, size_of
from peyvand.parties.services import segment_sizes
from peyvand.parties.services import segments as services
from peyvand.parties.services.segments import SegmentDetails
from peyvand.parties.tests.conftest import make_user

pytestmark = pytest.mark.django_db
ALL = {"parties.view": "branch", "parties.segments": "branch", "parties.segment": "branch"}


@pytest.fixture
def sara(tehran: Branch) -> User:
    return make_user("sara", tehran, ALL)


@pytest.fixture
def darius(tabriz: Branch) -> User:
    return make_user("darius", tabriz, ALL)


def of_city(city: str = "تهران") -> dict[str, Any]:
    return {"rules": [{"field": "city", "op": "is", "values": [city]}]}


def made(user: User, rule: dict[str, Any] | None = None, **more: Any) -> Segment:
    return services.make_segment(actor=user, details=SegmentDetails(name="s", rule=rule or of_city(), **more))


def party(user: User, name: str = "p", city: str = "تهران") -> Party:
    return Party.objects.create(name=name, sort_key=name, city=city, branch=user.branch)


def test_only_who_may_changes_a_segment(sara: User, darius: User, tehran: Branch) -> None:
    segment = made(sara)
    reader = make_user("reader", tehran, {"parties.view": "branch", "parties.segments": "branch"})
    for stranger in (darius, reader):
        for act in (services.delete_segment, services.duplicate_segment):
            if act is services.duplicate_segment and stranger is darius:
                continue
            with pytest.raises(NotAllowed):
                act(actor=stranger, segment=segment)
    with pytest.raises(NotFound):
        segment_condition(segment.pk, asked_by(darius))


def test_a_segment_whose_field_is_gone_is_an_error_and_neither_all_nor_nobody(sara: User) -> None:
    field = CustomField.objects.create(host="parties.Party", kind="text", label="n", norm="n")
    rule = {"rules": [{"field": f"custom:{field.pk}", "op": "filled", "values": []}]}
    segment = made(sara, rule)
    assert size_of(segment, asked_by(sara)) == 0
    CustomField.objects.filter(pk=field.pk).delete()
    Segment.objects.filter(pk=segment.pk).update(rule={"rules": [{"field": "gone", "op": "is", "values": ["1"]}]})
    segment.refresh_from_db()
    for ask in (size_of, members_q):
        with pytest.raises(BadRule) as caught:
            ask(segment, asked_by(sara))
        assert "rules.0" in caught.value.fields
    segment_sizes.recount_segment(segment)
    segment.refresh_from_db()
    assert segment.size is None and segment.counted_at is not None
    renamed = services.change_segment(
        actor=sara, segment=segment, details=SegmentDetails(name="other", rule=segment.rule), version=None
    )
    assert renamed.name == "other"


def test_a_frozen_segment_keeps_its_members_and_then_follows_the_hand(sara: User, darius: User) -> None:
    one, other = party(sara, "one"), party(sara, "two", "شیراز")
    hidden = party(darius, "hidden", "شیراز")
    segment = made(sara)
    with pytest.raises(Conflict):
        services.add_members(actor=sara, segment=segment, party_ids=[other.pk])
    services.freeze_segment(actor=sara, segment=segment, version=None)
    segment.refresh_from_db()
    Party.objects.filter(pk=one.pk).update(city="قم")
    assert size_of(segment, asked_by(sara)) == 1
    assert services.add_members(actor=sara, segment=segment, party_ids=[other.pk, one.pk, hidden.pk]) == 1
    assert set(Party.objects.filter(members_q(segment, asked_by(sara)))) == {one, other}
    assert services.remove_members(actor=sara, segment=segment, party_ids=[one.pk, 10**9]) == 1
    with pytest.raises(Conflict):
        services.freeze_segment(actor=sara, segment=segment, version=None)
    copy = services.duplicate_segment(actor=sara, segment=segment)
    assert [row.party_id for row in SegmentMember.objects.filter(segment=copy)] == [other.pk]


def test_figures_are_counted_when_customers_changed_and_once_a_day(sara: User, darius: User) -> None:
    segment = made(sara)
    party(sara)
    party(darius)
    assert segment_sizes.recount_segments() is False
    segment.refresh_from_db()
    assert segment.size == 2
    assert not segment_sizes.stale_segments(timezone.now()).exists()
    party(sara)
    Segment.objects.update(counted_xid=0)  # in a test all is one transaction
    assert not segment_sizes.stale_segments(timezone.now()).exists()  # it is not long ago
    assert segment_sizes.stale_segments(timezone.now() + dt.timedelta(minutes=6)).exists()
    segment_sizes.recount_segment(segment)
    segment_sizes.recount_segment(segment)
    assert [row.size for row in SegmentSize.objects.filter(segment=segment)] == [3]
    Segment.objects.update(counted_at=timezone.now() - dt.timedelta(days=1))
    assert segment_sizes.stale_segments(timezone.now()).exists()


def test_the_explanation_tells_each_rule_and_what_is_there(sara: User) -> None:
    someone = party(sara, "one", "شیراز")
    PartyNote.objects.create(party=someone, body="n")
    rule = read(
        {
            "match": "any",
            "rules": [
                {"field": "city", "op": "is", "values": ["تهران"]},
                {"aggregate": "notes", "op": "more", "values": ["0"], "days": 9},
                {"except": True, "rules": [{"field": "gone", "op": "is", "values": ["1"]}]},
            ],
        }
    )
    finding = explain(rule, asked_by(sara), someone)
    city, notes, unless = finding.inner
    assert (city.holds, city.actual) == (False, "شیراز")
    assert (notes.holds, notes.actual) == (True, 1)
    assert unless.inner[0].problem and finding.holds is None
    whole = explain(read({"match": "any", "rules": rule.to_json()["rules"][:2]}), asked_by(sara), someone)
    assert whole.holds is True


def test_a_protected_field_is_asked_only_by_who_may_see_it(sara: User, tehran: Branch) -> None:
    rule = {"rules": [{"field": "national_id", "op": "filled", "values": []}]}
    with pytest.raises(BadRule):
        made(sara, rule)
    keeper = make_user("keeper", tehran, ALL | {"parties.reveal": "branch"})
    segment = made(keeper, rule)
    with pytest.raises(Invalid, match="not kept"), translation.override("en"):
        made(keeper, {"rules": [{"field": "national_id", "op": "is", "values": ["0499370899"]}]})
    assert "0499370899" not in str(list(Segment.objects.values_list("rule")))
    with pytest.raises(BadRule):
        size_of(segment, asked_by(sara))
