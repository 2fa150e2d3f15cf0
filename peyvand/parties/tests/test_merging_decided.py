"""What people decided about pairs outlives merging and its undo, and binds machines."""

import pytest

from peyvand.accounts.models import RolePermission, User
from peyvand.core.models import Setting
from peyvand.parties.models import DuplicateKey, DuplicatePair, Merge, Party
from peyvand.parties.selectors.duplicates import groups_of
from peyvand.parties.services.duplicates import merge_automatically, merge_group
from peyvand.parties.services.duplicates.following import _look_at
from peyvand.parties.services.merging import undo_merge
from peyvand.parties.tests.conftest import MakeParty as Make
from peyvand.parties.tests.test_merging_attacked import merge, pair, phone


def test_not_the_same_outlives_the_merge_of_a_whole_group_and_its_undo(make: Make) -> None:
    a, b, c = (make("سارا رضایی") for _ in range(3))
    for one, other, state in ((a, b, "open"), (b, c, "open"), (a, c, "not_same")):
        pair(one, other, state)
    made = merge_group(actor=None, party_ids=[a.pk, b.pk, c.pk])
    undo_merge(actor=None, merge=made)
    assert DuplicatePair.objects.get(first=a, second=c).state == "not_same"


def test_who_is_not_the_same_as_a_merged_customer_is_not_the_same_as_the_survivor(make: Make) -> None:
    a, b, c = (make("سارا رضایی") for _ in range(3))
    phone(a, "+989121111111")
    phone(b, "+989121111111", identifies=False)
    DuplicateKey.objects.create(key=0, party_id=0)
    decided = pair(a, b, "not_same", 82)
    made = merge(c, a)
    _look_at({party.pk: party.sort_key for party in (b, c)})
    decided.refresh_from_db()
    assert (decided.first_id, decided.second_id, decided.state) == (b.pk, c.pk, "not_same")
    assert not DuplicatePair.objects.filter(state="open", first=b, second=c).exists()
    undo_merge(actor=None, merge=made)
    decided.refresh_from_db()
    assert (decided.first_id, decided.second_id, decided.state) == (a.pk, b.pk, "not_same")


def test_a_decision_closes_the_open_pair_of_the_survivor_and_the_undo_opens_it(make: Make) -> None:
    a, b, c = (make("سارا رضایی") for _ in range(3))
    pair(a, b, "not_same")
    waiting = pair(b, c)
    made = merge(c, a)
    waiting.refresh_from_db()
    assert waiting.state == "not_same" and waiting.decided_score == 99
    undo_merge(actor=None, merge=made)
    waiting.refresh_from_db()
    assert waiting.state == "open" and waiting.decided_score is None


def test_a_card_never_joins_two_who_are_not_the_same_by_a_third(make: Make, alice: User) -> None:
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.duplicates", scope="all")
    RolePermission.objects.update(scope="all")
    a, b, c, d = (make("سارا رضایی") for _ in range(4))
    lead = pair(a, b)
    pair(b, c, score=90)
    pair(b, d, score=80)
    pair(a, c, "not_same")
    (card,) = groups_of(alice, [lead])
    assert sorted(card.ids) == [a.pk, b.pk, d.pk]


# ----------------------------------------------------------------------------------------------------------- machines


@pytest.fixture
def automatic(db: None) -> None:
    Setting.objects.create(name="parties.duplicates", value={"automatic": True, "threshold": 80})


def twins(make: Make) -> tuple[Party, Party]:
    a, b = make("سارا رضایی"), make("سارا رضایی")
    phone(a, "+989121111111")
    phone(b, "+989121111111", identifies=False)
    return a, b


def test_a_machine_never_joins_what_a_person_took_apart(automatic: None, make: Make, alice: User) -> None:
    a, b = twins(make)
    other = make("دیگر")
    undo_merge(actor=None, merge=merge(a, b))
    merge(other, a)  # it lives on in another one
    left = pair(other, b)
    Party.objects.filter(pk=other.pk).update(name="سارا رضایی")
    merge_automatically()
    left.refresh_from_db()
    assert left.is_left_to_people and Merge.objects.standing().count() == 1


def test_a_machine_looks_again_before_it_merges(automatic: None, make: Make) -> None:
    a, b = twins(make)
    stale = pair(a, b)
    Party.objects.filter(pk=b.pk).update(name="حسین کریمی")  # edited since the pair was found
    merge_automatically()
    assert not Merge.objects.exists()
    left = DuplicatePair.objects.filter(pk=stale.pk).first()
    assert left is None or left.score < 80
    Party.objects.filter(pk=b.pk).update(name="سارا رضایی")
    DuplicatePair.objects.all().delete()
    pair(a, b)
    merge_automatically()
    assert Merge.objects.count() == 1
