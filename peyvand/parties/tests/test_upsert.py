"""Many customers in one call: each row for itself, the same call again changes nothing."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peyvand.accounts.models import User
from peyvand.parties.models import Party
from peyvand.parties.services import create_party
from peyvand.parties.services.upserting import Done, Match, Mode, UpsertDone, UpsertRow, upsert_parties
from peyvand.parties.types import ContactDetails, PartyDetails

MAIL = ContactDetails(kind="email", typed="negar@arman.example")


def row(name: str, *contacts: ContactDetails, **values: object) -> UpsertRow:
    return UpsertRow(raws={"name": name} | {k: v for k, v in values.items() if k != "id"}, contacts=contacts)  # type: ignore[dict-item]


def run(user: User, *rows: UpsertRow, match: Match = Match.EMAIL, mode: Mode = Mode.BOTH) -> list[UpsertDone]:
    return upsert_parties(actor=user, rows=rows, match=match, mode=mode)


def test_a_new_row_is_added_and_the_same_again_changes_nothing(alice: User) -> None:
    wanted = row("نگار رستمی", MAIL, city="تهران")
    assert [each.done for each in run(alice, wanted)] == [Done.CREATED]
    version = Party.objects.get().version
    assert [each.done for each in run(alice, wanted)] == [Done.UNCHANGED]
    assert Party.objects.get().version == version


def test_a_known_row_gets_new_values_and_keeps_its_other_addresses(alice: User) -> None:
    run(alice, row("نگار رستمی", MAIL))
    mobile = ContactDetails(kind="mobile", typed="09123456789")
    assert run(alice, row("نگار رستمی", MAIL, mobile, city="شیراز"))[0].done is Done.UPDATED
    party = Party.objects.get()
    assert party.city == "شیراز" and party.contact_points.count() == 2


def test_a_bad_row_is_refused_with_its_field_and_the_others_go_through(alice: User) -> None:
    bad = row("ب", ContactDetails(kind="email", typed="b@x.example"), life_cycle="nothing")
    done = run(alice, row("الف", MAIL), bad, row("پ", ContactDetails(kind="email", typed="p@x.example")))
    assert [each.done for each in done] == [Done.CREATED, Done.REFUSED, Done.CREATED]
    assert done[1].error is not None and "life_cycle" in done[1].error.fields
    assert sorted(Party.objects.values_list("name", flat=True)) == ["الف", "پ"]


def test_a_row_that_nothing_recognises_is_refused(alice: User) -> None:
    done = run(alice, row("الف"))
    assert done[0].error is not None and done[0].error.code == "match_missing"


def test_the_mode_is_kept(alice: User) -> None:
    assert run(alice, row("الف", MAIL), mode=Mode.UPDATE)[0].done is Done.REFUSED
    run(alice, row("الف", MAIL))
    assert run(alice, row("ب", MAIL), mode=Mode.ADD)[0].done is Done.REFUSED
    assert Party.objects.get().name == "الف"


def test_a_row_named_by_number_refuses_what_changed_meanwhile(alice: User) -> None:
    party = create_party(actor=alice, details=PartyDetails(name="الف"))
    late = UpsertRow(id=party.pk, version=party.version + 9, raws={"city": "قم"})
    assert run(alice, late, match=Match.ID)[0].done is Done.REFUSED
    assert run(alice, UpsertRow(id=party.pk, raws={"city": "قم"}), match=Match.ID)[0].done is Done.UPDATED


def test_the_customer_of_another_branch_is_neither_found_nor_changed(alice: User, charlie: User) -> None:
    theirs = create_party(actor=charlie, details=PartyDetails(name="الف"), contacts=[MAIL])
    by_mail = run(alice, row("ب", MAIL, city="قم"))[0]
    by_number = run(alice, UpsertRow(id=theirs.pk, raws={"city": "قم"}), match=Match.ID)[0]
    assert by_mail.done is by_number.done is Done.REFUSED
    theirs.refresh_from_db()
    assert (theirs.name, theirs.city) == ("الف", "") and Party.objects.count() == 1


def test_the_api_answers_row_by_row(alice: User, client: Client) -> None:
    client.force_login(alice)
    contacts = [{"kind": "email", "typed": "a@x.example"}]
    rows = [{"fields": {"name": "الف"}, "contacts": contacts}, {"fields": {"name": "ب", "owner.password": "x"}}]
    answer = client.post("/api/v1/parties/upsert", json.dumps({"rows": rows}), content_type="application/json")
    assert answer.status_code == 422
    rows[1] = {"fields": {"name": "ب", "nothing": "x"}, "contacts": [{"kind": "email", "typed": "b@x.example"}]}
    answer = client.post("/api/v1/parties/upsert", json.dumps({"rows": rows}), content_type="application/json")
    assert [each["done"] for each in answer.json()["rows"]] == ["created", "refused"]
    assert "nothing" in answer.json()["rows"][1]["problem"]["fields"]


@pytest.mark.parametrize("count", [2])
def test_the_questions_of_a_row_are_bounded(alice: User, count: int) -> None:
    rows = [row(f"مشتری {n}", ContactDetails(kind="email", typed=f"n{n}@x.example")) for n in range(count)]
    with CaptureQueriesContext(connection) as queries:
        run(alice, *rows)
    assert len(queries) <= 26 * count
