"""Merging customers: what moves, what is folded, who may, what old numbers answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from peyvand.accounts.models import RolePermission, User
from peyvand.cartable.models import Request
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.parties.errors import (
    MergedAlready,
    MergedFurther,
    MergeLosesRows,
    MergeOfMixedKinds,
    MergeOfTooFew,
    MergeTooOld,
    MergeUndone,
    SeenDifferently,
)
from peyvand.parties.models import (
    AccessLog,
    Address,
    Consent,
    ContactPoint,
    Merge,
    MergeRow,
    Party,
    PartyNote,
    PartyRole,
    Relation,
    RelationType,
    Segment,
    SegmentMember,
)
from peyvand.parties.registry import Reference
from peyvand.parties.selectors.aliases import aliases_of, survivor_for, survivor_of
from peyvand.parties.services import create_party, identify
from peyvand.parties.services.derived import touch
from peyvand.parties.services.editing import set_field
from peyvand.parties.services.erasing import erase_party
from peyvand.parties.services.merging import forget_old, merge_parties, moving, undo_merge
from peyvand.parties.services.merging.later import later_fields, later_rows
from peyvand.parties.services.merging.strays import gather_strays
from peyvand.parties.services.relations import ensure_relation_types
from peyvand.parties.services.trash import restore_parties
from peyvand.parties.services.upserting import Match, Mode, UpsertRow, upsert_parties
from peyvand.parties.tests.merging import everything
from peyvand.parties.types import ContactDetails, PartyDetails

Make = Callable[..., Party]


@pytest.fixture
def alice(alice: User) -> User:
    """An officer of Tehran who may merge there."""
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.merge", scope="branch")
    return alice


@pytest.fixture
def make(alice: User) -> Make:
    def build(name: str, *contacts: tuple[str, str], **details: Any) -> Party:
        rows = [ContactDetails(kind=kind, typed=value) for kind, value in contacts]
        party = create_party(actor=alice, details=PartyDetails(name=name, **details), contacts=rows)
        party.refresh_from_db()
        return party

    return build


def merge(alice: User | None, one: Party, *others: Party, **more: Any) -> Merge:
    return merge_parties(actor=alice, survivor_id=one.pk, party_ids=[each.pk for each in others], **more)


def test_everything_moves_and_the_old_number_answers(alice: User, make: Make) -> None:
    sara = make("سارا", ("email", "sara@x.example"), city="تهران")
    twin = make("سارا رضایی", ("mobile", "09121234567"), job_title="مدیر")
    note = PartyNote.objects.create(party=twin, author=alice, body="قدیمی")
    made = merge(alice, sara, twin)
    sara.refresh_from_db()
    twin.refresh_from_db()
    assert (sara.name, sara.job_title, sara.city) == ("سارا", "مدیر", "تهران")
    assert made.choices["job_title"] == twin.pk and made.choices["name"] == sara.pk
    assert sara.contact_points.count() == 2 and sara.notes.get() == note
    assert "9121234567" in sara.search
    assert twin.merged_into == sara and twin.deleted_at is not None
    assert survivor_of(twin.pk) == sara.pk and aliases_of(sara.pk) == [twin.pk]
    assert identify("mobile", "0912 123 4567").party_id == sara.pk
    assert list(Party.objects.visible_to(alice)) == [sara]
    assert made.counts["parties.PartyNote"] == {"moved": 1, "folded": 0}


def test_the_same_address_of_both_is_one_and_identifies_once(alice: User, make: Make) -> None:
    sara = make("سارا")
    twin = make("سارا", ("email", "s@x.example"))
    shared = ContactPoint.objects.create(
        party=sara, kind="email", value="s@x.example", typed="S@x.example", identifies=False, use=""
    )
    ContactPoint.objects.filter(party=twin).update(use="work", is_verified=True)
    merge(alice, sara, twin)
    point = sara.contact_points.get()
    assert point == shared and point.identifies and point.is_verified and point.use == "work" and point.is_primary
    assert identify("email", "s@x.example").party_id == sara.pk


def test_the_chosen_values_come_and_one_primary_stays(alice: User, make: Make) -> None:
    sara = make("سارا", ("email", "a@x.example"), honorific="خانم")
    twin = make("سارا رضایی", ("email", "b@x.example"), honorific="مهندس")
    made = merge(alice, sara, twin, choices={"name": twin.pk, "email": twin.pk})
    sara.refresh_from_db()
    assert (sara.name, sara.honorific) == ("سارا رضایی", "خانم")
    assert sara.contact_points.get(is_primary=True).value == "b@x.example"
    assert (made.choices["name"], made.choices["honorific"]) == (twin.pk, sara.pk)


def test_a_name_that_a_channel_made_up_is_never_proposed_before_one_of_a_person(alice: User, make: Make) -> None:
    met = identify("email", "who@x.example", name="who@x.example", branch=alice.branch)
    sara = make("سارا")
    provisional = Party.objects.get(pk=met.party_id)
    merge(alice, provisional, sara)
    provisional.refresh_from_db()
    assert provisional.name == "سارا" and not provisional.is_provisional


def test_roles_of_the_same_days_are_one_period(alice: User, make: Make) -> None:
    sara, twin = make("سارا"), make("سارا")
    PartyRole.objects.create(party=sara, role="customer", since="2024-03-01")
    PartyRole.objects.create(party=twin, role="customer", since="2023-01-01", until="2024-06-01")
    PartyRole.objects.create(party=twin, role="supplier", since="2023-01-01")
    merge(alice, sara, twin)
    periods = sara.role_periods.order_by("role").values_list("role", "since", "until")
    assert [(role, str(since), until) for role, since, until in periods] == [
        ("customer", "2023-01-01", None),
        ("supplier", "2023-01-01", None),
    ]
    sara.refresh_from_db()
    assert sara.roles == ["customer", "supplier"]


def test_relations_to_oneself_twice_and_in_circles_are_folded(alice: User, make: Make) -> None:
    ensure_relation_types()
    friend, referrer = RelationType.objects.get(code="friend"), RelationType.objects.get(code="referrer")
    third, sara, twin = make("سومی"), make("سارا"), make("سارا")
    Relation.objects.create(type=friend, source=sara, target=twin)
    Relation.objects.create(type=friend, source=third, target=sara)
    Relation.objects.create(type=friend, source=third, target=twin)
    Relation.objects.create(type=referrer, source=sara, target=third)
    Relation.objects.create(type=referrer, source=third, target=twin)
    made = merge(alice, twin, sara)
    left = Relation.objects.values_list("type__code", "source", "target").order_by("type__code")
    assert sorted(left) == [("friend", third.pk, twin.pk), ("referrer", third.pk, twin.pk)]
    assert made.counts["parties.Relation"]["folded"] == 3
    undo_merge(actor=alice, merge=made)
    assert Relation.objects.count() == 5


def test_ledgers_are_added_and_their_totals_are_checked(
    alice: User, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    sara, twin = make("سارا"), make("سارا")
    for party, count in ((sara, 3), (twin, 4), (twin, 4)):
        AccessLog.objects.create(party=party, act="viewed", count=count)
    for party in (sara, twin):
        Consent.objects.create(
            party=party, channel="sms", purpose="marketing", is_given=True, source="form", at=sara.created_at
        )
    merge(alice, sara, twin)
    assert sum(AccessLog.objects.filter(party=sara).values_list("count", flat=True)) == 11
    assert sara.consent_rows.count() == 2
    other = make("سارا")
    AccessLog.objects.create(party=other, act="viewed", count=5)

    def short(chosen: object, parties: list[int]) -> dict[str, dict[str, int]]:
        return {"parties.AccessLog.party": {"sum_count": len(parties)}}

    monkeypatch.setattr(moving, "totals", short)
    with pytest.raises(MergeLosesRows):
        merge(alice, sara, other)


def test_a_merge_that_would_lose_a_row_does_nothing(alice: User, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    sara, twin = make("سارا"), make("سارا", ("email", "a@x.example"))
    PartyNote.objects.create(party=twin, body="یکی")
    before = everything()

    def forgetful(reference: Reference, rows: list[int], *, source: int, target: int) -> int:
        return 0

    monkeypatch.setattr(moving, "move_rows", forgetful)
    with pytest.raises(MergeLosesRows) as told:
        merge(alice, sara, twin)
    assert "parties.PartyNote: 1 ≠ 0 + 0" in told.value.fields["rows"]
    assert everything() == before and not Merge.objects.exists()


def test_static_segments_have_the_survivor_once(alice: User, make: Make) -> None:
    sara, twin = make("سارا"), make("سارا")
    both, only = (Segment.objects.create(name=name, kind="static", owner=alice) for name in ("یک", "دو"))
    for segment, party in ((both, sara), (both, twin), (only, twin)):
        SegmentMember.objects.create(segment=segment, party=party)
    merge(alice, sara, twin)
    assert SegmentMember.objects.filter(party=sara).count() == 2


def test_people_of_an_organisation_follow_it(alice: User, make: Make) -> None:
    arman, twin = make("آرمان", kind="organisation"), make("شرکت آرمان", kind="organisation")
    person = make("نگار", organisation_id=twin.pk)
    made = merge(alice, arman, twin)
    person.refresh_from_db()
    assert person.organisation == arman
    undo_merge(actor=alice, merge=made)
    person.refresh_from_db()
    assert person.organisation == twin


def test_what_cannot_be_merged(alice: User, make: Make) -> None:
    sara, arman, twin = make("سارا"), make("آرمان", kind="organisation"), make("سارا")
    with pytest.raises(MergeOfTooFew):
        merge(alice, sara, sara)
    with pytest.raises(MergeOfMixedKinds):
        merge(alice, sara, arman)
    with pytest.raises(NotFound):
        merge_parties(actor=alice, survivor_id=sara.pk, party_ids=[987654321])
    with pytest.raises(SeenDifferently) as told:
        merge(alice, sara, twin, versions={twin.pk: twin.version + 1})
    assert told.value.fields == {str(twin.pk): "سارا"}


def test_nobody_merges_what_he_does_not_see_or_may_not_merge(alice: User, bob: User, charlie: User, make: Make) -> None:
    sara, twin = make("سارا"), make("سارا")
    other = Party.objects.create(name="دیگر", branch=charlie.branch)
    for actor, parties, error in (
        (alice, (sara, other), NotFound),
        (bob, (sara, twin), NotAllowed),
        (charlie, (sara, twin), NotFound),
    ):
        with pytest.raises(error):
            merge(actor, *parties)
    RolePermission.objects.filter(role=alice.grants.get().role, permission="parties.view").update(scope="all")
    alice = User.objects.get(pk=alice.pk)
    with pytest.raises(NotAllowed):
        merge(alice, sara, other)
    assert not Party.objects.filter(merged_into__isnull=False).exists()


def test_the_same_merge_again_is_the_one_that_is_there(alice: User, make: Make) -> None:
    sara, twin, other = make("سارا"), make("سارا"), make("سارا")
    made = merge(alice, sara, twin)
    assert merge(alice, sara, twin) == made
    with pytest.raises(MergedAlready):
        merge(alice, other, twin)
    with pytest.raises(MergedAlready):
        set_field(actor=alice, party=twin, key="job_title", raw="دیر")


def test_chains_answer_with_their_end_and_are_undone_from_it(alice: User, charlie: User, make: Make) -> None:
    a, b, c = make("الف", ("email", "a@x.example")), make("ب"), make("پ")
    first = merge(alice, b, a)
    second = merge(alice, c, b)
    assert survivor_of(a.pk) == survivor_of(b.pk) == c.pk and survivor_of(c.pk) is None
    assert survivor_for(alice, a.pk) == c.pk and survivor_for(charlie, a.pk) is None
    assert identify("email", "a@x.example").party_id == c.pk
    with pytest.raises(MergedFurther) as told:
        undo_merge(actor=alice, merge=first)
    assert told.value.fields == {"merge": str(second.pk)}
    undo_merge(actor=alice, merge=second)
    undo_merge(actor=alice, merge=first)
    assert identify("email", "a@x.example").party_id == a.pk
    with pytest.raises(MergeUndone):
        undo_merge(actor=alice, merge=first)


def test_after_ninety_days_a_merge_stays(alice: User, make: Make) -> None:
    sara, twin = make("سارا"), make("سارا")
    made = merge(alice, sara, twin)
    assert forget_old() == 0 and MergeRow.objects.exists()
    Merge.objects.update(undo_until=made.at)
    with pytest.raises(MergeTooOld):
        undo_merge(actor=alice, merge=made)
    assert forget_old() > 0 and not MergeRow.objects.exists()


def test_merged_customers_are_in_no_trash(alice: User, make: Make) -> None:
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.delete", scope="all")
    sara, twin = make("سارا"), make("سارا")
    merge(alice, sara, twin)
    assert not Party.objects.trash_of(alice).exists()
    assert restore_parties(actor=alice, party_ids=[twin.pk]) == []


def test_an_upsert_by_an_old_number_changes_the_survivor(alice: User, make: Make) -> None:
    sara, twin = make("سارا"), make("سارا")
    merge(alice, sara, twin)
    row = UpsertRow(id=twin.pk, raws={"job_title": "وکیل"})
    (done,) = upsert_parties(actor=alice, rows=[row], match=Match.ID, mode=Mode.UPDATE)
    sara.refresh_from_db()
    assert done.party_id == sara.pk and sara.job_title == "وکیل"


def test_what_came_later_asks_where_it_belongs(alice: User, make: Make) -> None:
    sara = make("سارا", ("email", "a@x.example"), job_title="مدیر")
    twin = make("ثریا", ("email", "b@x.example"), honorific="خانم")
    made = merge(alice, sara, twin)
    old = PartyNote.objects.create(party=sara, author=alice, body="برای سارا")
    new = PartyNote.objects.create(party=sara, author=alice, body="برای ثریا")
    point = ContactPoint.objects.create(party=sara, kind="mobile", value="+989120000000", typed="0912", is_primary=True)
    Party.objects.filter(pk=sara.pk).update(honorific="دکتر", job_title="معاون")
    rows = {row.row: row for row in later_rows(made)}
    fields = {field.field: field.proposed for field in later_fields(made)}
    assert {row.proposed for row in rows.values()} == {sara.pk} and len(rows) == 3
    assert fields == {"honorific": twin.pk, "job_title": sara.pk}
    undo_merge(
        actor=alice,
        merge=made,
        places={rows[new.pk].key: twin.pk, rows[point.pk].key: twin.pk, "field:job_title": twin.pk},
    )
    sara.refresh_from_db()
    twin.refresh_from_db()
    assert sara.notes.get() == old and twin.notes.get() == new
    assert twin.contact_points.count() == 2 and sara.contact_points.get().value == "a@x.example"
    assert (sara.job_title, sara.honorific) == ("مدیر", "")
    assert (twin.job_title, twin.honorific) == ("معاون", "دکتر")


def test_a_row_that_was_written_while_the_merge_ran_is_brought_over(alice: User, make: Make) -> None:
    sara, twin = make("سارا", ("email", "a@x.example")), make("سارا")
    ContactPoint.objects.create(party=twin, kind="email", value="a@x.example", typed="a", identifies=False)
    made = merge(alice, sara, twin)
    note = PartyNote.objects.create(party=twin, body="در راه")
    assert gather_strays(made.pk) == 1 and gather_strays(made.pk) == 0
    note.refresh_from_db()
    assert note.party == sara and twin.contact_points.count() == 1


def test_no_word_of_a_merged_person_is_left(alice: User, make: Make) -> None:
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.erase", scope="all")
    sara, twin = make("سارا-راز", ("email", "raz@x.example")), make("ثریا-راز", ("email", "raz2@x.example"))
    ContactPoint.objects.create(party=sara, kind="email", value="raz2@x.example", typed="raz2", identifies=False)
    Address.objects.create(party=twin, street="کوچه راز", city="تهران", is_primary=True)
    touch([sara.pk, twin.pk])
    merge(alice, sara, twin)
    Address.objects.update(street="کوچه راز دو")
    erase_party(actor=alice, party=sara)
    with connection.cursor() as cursor:
        names = [n for n in connection.introspection.table_names() if not n.startswith(("procrastinate_", "django_"))]
        for name in names:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM \"{name}\" t")
            text = cursor.fetchone()[0]
            assert name == "parties_word" or ("راز" not in text and "raz" not in text), name
    assert not MergeRow.objects.exists() and survivor_for(alice, twin.pk) is None


def test_requests_are_registered_to_move() -> None:
    known = {each.key: each for each in moving.movable()}
    assert known["cartable.Request.party"].place is not None
    assert Request._meta.get_field("party").related_model is Party
