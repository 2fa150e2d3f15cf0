"""What broke merging when somebody tried to: rows that are gone, strays, erasures, decisions, machines."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.models import RolePermission, User
from peyvand.accounts.policies import asked_by
from peyvand.core.models import CustomField
from peyvand.parties.errors import MergedAlready
from peyvand.parties.models import (
    Address,
    Category,
    ContactPoint,
    DuplicatePair,
    Merge,
    MergeRow,
    Party,
    PartyNote,
    Relation,
    RelationType,
    Segment,
)
from peyvand.parties.segments.stored import members_q
from peyvand.parties.services.derived import touch
from peyvand.parties.services.editing import set_field
from peyvand.parties.services.erasing import erase_party, repeat_erasures, tombstones
from peyvand.parties.services.merging import gather_recent, merge_parties, undo_merge
from peyvand.parties.services.merging.proposing import preview_merge
from peyvand.parties.services.merging.strays import gather_strays
from peyvand.parties.services.relations import ensure_relation_types, relate
from peyvand.parties.tests.conftest import MakeParty as Make
from peyvand.parties.tests.test_merging_together import together


def merge(one: Party, *others: Party, **more: Any) -> Merge:
    return merge_parties(actor=None, survivor_id=one.pk, party_ids=[each.pk for each in others], **more)


def pair(one: Party, other: Party, state: str = "open", score: int = 99) -> DuplicatePair:
    first, second = sorted((one, other), key=lambda party: party.pk)
    seen = {"decided_score": score, "decided_reasons": ["name_same", "phone_same"]} if state != "open" else {}
    return DuplicatePair.objects.create(
        first=first, second=second, score=score, reasons=["name_same", "phone_same"], state=state,
        checked_at=timezone.now(), **seen,
    )  # fmt: skip


def phone(party: Party, value: str, **more: Any) -> ContactPoint:
    return ContactPoint.objects.create(party=party, kind="mobile", value=value, typed=value, **more)


# ------------------------------------------------------------------------------------------- undoing after a removal


@pytest.mark.django_db(transaction=True)
def test_a_merge_is_taken_back_after_its_former_category_was_removed(make: Make) -> None:
    one, other = (Category.objects.create(name=name, norm=name) for name in ("یک", "دو"))
    a, b = make("الف", category=one), make("ب", category=other)
    made = merge(a, b, choices={"category": b.pk})
    one.delete()
    undo_merge(actor=None, merge=made)
    a.refresh_from_db()
    b.refresh_from_db()
    assert a.category is None and b.category == other and b.merged_into is None


@pytest.mark.django_db(transaction=True)
def test_a_relation_whose_kind_was_removed_is_left_and_everything_else_comes_back(make: Make) -> None:
    a, b = make("الف"), make("ب")
    kind = RelationType.objects.create(code="zz", name_fa="z", name_en="z", inverse_fa="z", inverse_en="z")
    gone = Relation.objects.create(type=kind, source=a, target=b)
    note = PartyNote.objects.create(party=b, body="یادداشت")
    made = merge(a, b)
    kind.delete()
    undone = undo_merge(actor=None, merge=made)
    note.refresh_from_db()
    assert note.party == b and undone.counts["left"] == [f"parties.Relation:{gone.pk}"]


# ------------------------------------------------------------------------------------------------------------ strays


def test_relations_people_and_links_that_came_late_are_brought_over(make: Make) -> None:
    ensure_relation_types()
    friend = RelationType.objects.get(code="friend")
    link = CustomField.objects.create(host="parties.Party", kind="party", label="پیوند", norm="پیوند")
    a, b, third = make("الف", "organisation"), make("ب", "organisation"), make("سوم")
    made = merge(a, b)
    relation = Relation.objects.create(type=friend, source=b, target=third)
    again = Relation.objects.create(type=friend, source=third, target=b)
    person = make("کارمند", organisation=b, custom={str(link.pk): b.pk})
    assert gather_strays(made.pk) >= 3
    relation.refresh_from_db()
    again.refresh_from_db()
    person.refresh_from_db()
    assert {relation.source_id, relation.target_id} == {a.pk, third.pk}
    assert {again.source_id, again.target_id} == {b.pk, third.pk}  # its like is there already
    assert person.organisation == a and person.custom == {str(link.pk): a.pk}
    assert gather_strays(made.pk) == 0


def test_a_late_address_comes_over_although_the_survivor_has_a_primary_one(make: Make) -> None:
    a, b = make("الف"), make("ب")
    phone(a, "+989121111111", is_primary=True)
    Address.objects.create(party=a, city="تهران", is_primary=True)
    made = merge(a, b)
    point = phone(b, "+989122222222", is_primary=True)
    place = Address.objects.create(party=b, city="شیراز", is_primary=True)
    gather_strays(made.pk)
    point.refresh_from_db()
    place.refresh_from_db()
    assert point.party == place.party == a
    assert a.contact_points.get(is_primary=True).value == "+989121111111"


def test_what_comes_late_to_the_beginning_of_a_chain_reaches_its_end(make: Make) -> None:
    a, b, c = make("الف"), make("ب"), make("پ")
    merge(b, a)
    merge(c, b)
    note = PartyNote.objects.create(party=a, body="دیر")
    assert gather_recent() == 1
    note.refresh_from_db()
    assert note.party == c


def test_nothing_new_is_related_to_a_merged_customer(make: Make) -> None:
    ensure_relation_types()
    a, b, third = make("الف"), make("ب"), make("سوم")
    merge(a, b)
    with pytest.raises(MergedAlready):
        relate(actor=None, party=third, other=b, code="friend", is_source=False)


# --------------------------------------------------------------------------------------- rules that name old numbers


def test_filters_and_segments_that_name_a_merged_customer_mean_the_survivor(
    make: Make, alice: User, client: Client
) -> None:
    RolePermission.objects.update(scope="all")
    link = CustomField.objects.create(host="parties.Party", kind="party", label="پیوند", norm="پیوند")
    a, b, c = (make(name, "organisation") for name in ("الف", "آرمان کهن", "پ"))
    make("کارمند الف", organisation=a)
    make("کارمند ب", organisation=b, custom={str(link.pk): b.pk})
    make("کارمند پ", organisation=c)
    client.force_login(alice)
    by_field = {key: f"{key}~is~{b.pk}" for key in ("organisation", f"custom:{link.pk}")}
    segment = Segment.objects.create(
        name="s", owner=alice, rule={"rules": [{"field": "organisation", "op": "is", "values": [str(b.pk)]}]}
    )

    def found(key: str) -> str:
        return client.get(reverse("parties:list"), {"f": by_field[key]}).content.decode()

    first = merge(a, b)
    second = merge(c, a)
    page = found("organisation")
    assert all(name in page for name in ("کارمند الف", "کارمند ب", "کارمند پ"))
    assert "کارمند ب" in found(f"custom:{link.pk}")
    assert Party.objects.filter(members_q(segment, asked_by(alice))).count() == 3
    undo_merge(actor=None, merge=second)
    undo_merge(actor=None, merge=first)
    page = found("organisation")
    assert "کارمند ب" in page and "کارمند الف" not in page and "آرمان کهن" in page
    assert Party.objects.filter(members_q(segment, asked_by(alice))).count() == 1


# -------------------------------------------------------------------------------------------------- protected numbers


def test_nothing_of_a_protected_number_is_shown_to_who_may_not_reveal_it_and_it_can_be_chosen(
    make: Make, alice: User, client: Client
) -> None:
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.merge", scope="all")
    RolePermission.objects.update(scope="all")
    field = CustomField.objects.create(host="parties.Party", kind="national_id", label="کد", norm="کد")
    key, numbers = f"custom:{field.pk}", ("0013542419", "0079028748")
    a, b = make("الف"), make("ب")
    for party, number in zip((a, b), numbers, strict=True):
        set_field(actor=None, party=party, key=key, raw=number)
    client.force_login(alice)
    shown = preview_merge(actor=alice, party_ids=[a.pk, b.pk])
    line = next(line for line in shown.fields if line.key == key)
    assert line.is_different and {text for _pk, text in line.values} == {"••••••"}
    pages = [client.get(f"/customers/merge/?id={a.pk}&id={b.pk}")]
    made = merge(a, b, choices={key: b.pk})
    assert not any(number in str([row.before, row.after]) for number in numbers for row in MergeRow.objects.all())
    pages.append(client.get(f"/customers/merges/{made.pk}/"))
    set_field(actor=None, party=a, key=key, raw=numbers[0])
    pages.append(client.get(f"/customers/merges/{made.pk}/undo/"))
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200 and "••••••" in text
        assert not any(end in text for end in ("۲۴۱۹", "2419", "۸۷۴۸", "8748"))
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.reveal", scope="all")
    assert "۲۴۱۹" in client.get(f"/customers/merges/{made.pk}/undo/").content.decode()


def test_a_digit_that_is_none_in_a_place_is_no_error_of_ours(make: Make, alice: User, client: Client) -> None:
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.merge", scope="all")
    RolePermission.objects.update(scope="all")
    made = merge(make("الف"), make("ب"))
    client.force_login(alice)
    assert client.post(f"/customers/merges/{made.pk}/undo/", {"field:name": "²"}).status_code == 303


# ------------------------------------------------------------------------------------------------------------ erasing


@pytest.mark.django_db(transaction=True)
def test_an_erasure_at_the_same_moment_is_whole_or_is_told(make: Make) -> None:
    for _round in range(4):
        a, b = make("سارا"), make("راز")
        PartyNote.objects.create(party=b, body="راز")
        found = together(lambda: merge(a, b), lambda: erase_party(actor=None, party=b))  # noqa: B023
        is_left = PartyNote.objects.filter(body="راز").exists()
        assert is_left == isinstance(found[1], MergedAlready), found
        PartyNote.objects.all().delete()


def test_the_old_number_of_a_merged_person_erases_nothing_by_halves(make: Make) -> None:
    a, b = make("سارا"), make("راز")
    PartyNote.objects.create(party=b, body="راز")
    merge(a, b)
    with pytest.raises(MergedAlready):
        erase_party(actor=None, party=b)
    erase_party(actor=None, party=a)
    assert not PartyNote.objects.exists()
    b.refresh_from_db()
    erase_party(actor=None, party=b)  # again: nothing more happens
    assert Party.objects.filter(erased_at=None).count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_backup_from_before_the_merge_is_erased_again_with_all_records_of_the_person(make: Make) -> None:
    a, b = make("سارا"), make("سارا رضایی")
    made = merge(a, b)
    erase_party(actor=None, party=a)
    assert {json.loads(line)["party"] for line in tombstones().read_text().splitlines()} >= {a.pk, b.pk}
    made.delete()  # the backup: two records, not merged yet
    Party.objects.update(name="سارا", erased_at=None, deleted_at=None, merged_into=None)
    assert repeat_erasures() == 2
    assert not Party.objects.filter(name="سارا").exists()


@pytest.mark.django_db(transaction=True)
def test_a_backup_in_which_the_erased_person_is_merged_is_split_and_erases_him_alone(make: Make) -> None:
    a, b = make("سارا"), make("راز")
    PartyNote.objects.create(party=a, body="می‌ماند")
    PartyNote.objects.create(party=b, body="راز")
    tombstones().write_text(json.dumps({"party": b.pk}) + "\n")
    merge(a, b)
    assert repeat_erasures() == 1
    assert [note.body for note in PartyNote.objects.all()] == ["می‌ماند"]
    a.refresh_from_db()
    assert a.erased_at is None and repeat_erasures() == 0


# ------------------------------------------------------------------------------------------------------ main addresses


def place(party: Party, city: str, *, main: bool = False) -> Address:
    return Address.objects.create(party=party, city=city, street=f"خیابان {city}", is_primary=main)


def test_an_address_that_was_made_the_main_one_goes_back_although_another_main_one_stayed(make: Make) -> None:
    a, b = make("الف"), make("ب")
    own, like = place(a, "تهران", main=True), place(b, "تهران", main=True)
    moved = place(b, "شیراز")
    made = merge(a, b)
    Address.objects.filter(pk=own.pk).update(is_primary=False)
    Address.objects.filter(pk=moved.pk).update(is_primary=True)
    undo_merge(actor=None, merge=made)
    moved.refresh_from_db()
    like.refresh_from_db()
    assert (moved.party, moved.is_primary) == (b, False) and like.is_primary


def test_the_main_address_is_chosen_among_rows_that_are_alike_crosswise(make: Make) -> None:
    a, b, c = make("الف"), make("ب"), make("پ")
    place(a, "تهران")
    aside = place(b, "تهران", main=True)
    shared = place(b, "شیراز")
    place(c, "شیراز", main=True)
    touch([a.pk, b.pk, c.pk])
    made = merge(a, b, c, choices={"address": c.pk})
    shared.refresh_from_db()
    assert shared.party == a and shared.is_primary and a.addresses.filter(is_primary=True).count() == 1
    undo_merge(actor=None, merge=made)
    aside.refresh_from_db()
    shared.refresh_from_db()
    assert (aside.is_primary, shared.is_primary, shared.party) == (True, False, b)
