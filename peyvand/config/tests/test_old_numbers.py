"""The number that a customer had before it was merged answers in every app: bodies, questions, files, fields, pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import User
from peyvand.activities import importing as activities
from peyvand.activities.models import Activity
from peyvand.api.testing import Caller, everything, make_user
from peyvand.core.imports.types import Action, ColumnPlan, Mode, Plan, Row
from peyvand.core.models import LongJob
from peyvand.core.record_fields import Kind
from peyvand.core.record_links import names_of
from peyvand.parties.importing import importer as customers
from peyvand.parties.models import Merge, Party, Segment
from peyvand.parties.services.custom_fields import create_custom_field
from peyvand.parties.services.merging import merge_parties, undo_merge
from peyvand.parties.services.merging.strays import gather_strays
from peyvand.parties.shapes import FieldDetails
from peyvand.sales.channel_types import ChannelDetails
from peyvand.sales.importing import importer as deals
from peyvand.sales.models import Deal, DealPerson, Partner
from peyvand.sales.services.channels import save_channel
from peyvand.sales.tests.selling import House, customer, deal, house
from tests.cast import Cast

pytestmark = pytest.mark.django_db
JOB = LongJob()
Login = Callable[[User], Client]


@pytest.fixture
def root() -> User:
    """Somebody who may do everything everywhere."""
    return make_user(permissions=everything(), name="olivia")


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


@pytest.fixture
def old(place: House) -> int:
    """The number of a customer that went into the one of the house, through another."""
    return chain(place)[0].pk


def chain(place: House) -> tuple[Party, list[Merge]]:
    first, second = customer("نور قدیم", place.cast.alice), customer("نور میانه", place.cast.alice)
    made = [merge_parties(actor=None, survivor_id=second.pk, party_ids=[first.pk])]
    return first, [*made, merge_parties(actor=None, survivor_id=place.party.pk, party_ids=[second.pk])]


def one_row(*fields: str, mode: Mode, key: str = "") -> Plan:
    return Plan(mode=mode, key=key, columns=[ColumnPlan(index=at, field=name) for at, name in enumerate(fields)])


def test_bodies_of_the_api_that_name_it_mean_the_survivor(place: House, root: User, old: int) -> None:
    call, now = Caller(root), place.party
    bodies: dict[str, dict[str, Any]] = {
        "/deals": {"party_id": old, "name": "خط نو"},
        "/activities": {"kind": "task", "subject": "پیگیری", "party_id": old},
        "/requests": {"medium": "phone", "subject": "پرسش", "text": "چند؟", "party_id": old},
    }
    for path, body in bodies.items():
        answer = call.post(path, body)
        assert answer.status_code == 201, (path, answer.content)
        assert (answer.json().get("party_id") or answer.json()["party"]["id"]) == now.pk, path
        listed = call.get(f"{path}?party_id={old}").json()["items"]
        assert [row["id"] for row in listed] == [answer.json()["id"]], path
    other = customer("نور دیگر", place.cast.alice)
    person = {"kind": "person", "name": "سارا نوری", "organisation_id": old}
    made = call.post("/parties", person)
    assert made.status_code == 201, made.content
    assert Party.objects.get(pk=made.json()["id"]).organisation == now
    channel = save_channel(actor=None, details=ChannelDetails(name="عاملان", kind="agent"))
    answer = call.post("/sales-partners", {"party_id": old, "channel_id": channel.pk})
    assert answer.status_code == 201 and Partner.objects.get().party == now, answer.content
    opened = call.post("/requests", {"medium": "phone", "subject": "دیگر", "text": "?", "party_id": other.pk}).json()
    moved = call("PUT", f"/requests/{opened['id']}/party", {"party_id": old})
    assert moved.status_code == 200, moved.content
    assert call.get(f"/requests/{opened['id']}").json()["party"]["id"] == now.pk


def test_members_people_and_guests_that_name_it_mean_the_survivor(place: House, root: User, old: int) -> None:
    call, now = Caller(root), place.party
    segment = Segment.objects.create(name="خبرنامه", owner=root, kind="static")
    for act, left in (("add", [now.pk]), ("remove", [])):
        answer = call.post(f"/segments/{segment.pk}/members/{act}", {"party_ids": [old]})
        assert answer.status_code == 200 and answer.json()["changed"] == 1, answer.content
        assert list(segment.members.values_list("party_id", flat=True)) == left
    one = deal(place, by=root)
    answer = call("PUT", f"/deals/{one.pk}/people", {"people": [{"party_id": old}]}, if_match=f'"{one.version}"')
    assert answer.status_code == 200, answer.content
    assert DealPerson.objects.get(deal=one).party == now
    twice = {"people": [{"party_id": old}, {"party_id": now.pk}]}
    assert call("PUT", f"/deals/{one.pk}/people", twice).status_code in (400, 422)
    made = call.post("/activities", {"kind": "task", "subject": "نشست", "guests": [{"party_id": old}]})
    assert made.status_code == 201, made.content
    assert Activity.objects.get(pk=made.json()["id"]).invitees.get().party_id == now.pk


def test_rows_of_files_that_name_it_mean_the_survivor(place: House, root: User, old: int) -> None:
    [deal_row] = deals.apply(root, one_row("name", "party", mode=Mode.ADD), [Row(0, ("خط", str(old)))], JOB).rows
    assert deal_row.action is Action.ADD and Deal.objects.get(pk=deal_row.ref).party == place.party, deal_row.reason
    names = one_row("subject", "kind", "customer", mode=Mode.ADD)
    [task] = activities.apply(root, names, [Row(0, ("پیگیری", "کار", str(old)))], JOB).rows
    assert Activity.objects.get(pk=task.ref).party == place.party
    plan = one_row("id", "city", mode=Mode.BOTH, key="id")
    rows = [Row(0, (str(old), "کاشان"))]
    [seen] = customers.check(root, plan, rows)
    assert (seen.action, seen.ref) == (Action.UPDATE, place.party.pk)
    job = LongJob.objects.create(kind="core.import", owner=root, title="x")
    [done] = customers.apply(root, plan, rows, job).rows
    place.party.refresh_from_db()
    assert (done.action, done.ref, place.party.city) == (Action.UPDATE, place.party.pk, "کاشان")


def test_fields_of_deals_that_point_to_it_go_along_and_come_back(place: House, root: User) -> None:
    link = create_custom_field(actor=None, kind="party", details=FieldDetails(label="معرف"), host="sales.Deal")
    first = customer("نور قدیم", place.cast.alice)
    one = deal(place, custom={str(link.pk): first.pk})
    late = deal(place, "خط دیرتر")
    made = merge_parties(actor=None, survivor_id=place.party.pk, party_ids=[first.pk])
    one.refresh_from_db()
    assert one.custom == {str(link.pk): place.party.pk}
    Deal.objects.filter(pk=late.pk).update(custom={str(link.pk): first.pk})
    assert names_of(Kind.PARTY, root, [first.pk, place.party.pk]) == dict.fromkeys(
        [first.pk, place.party.pk], place.party.name
    )
    assert gather_strays(made.pk) == 1
    late.refresh_from_db()
    assert late.custom == {str(link.pk): place.party.pk}
    undo_merge(actor=None, merge=made)
    one.refresh_from_db()
    assert one.custom == {str(link.pk): first.pk}


def test_pages_that_were_opened_for_it_offer_the_survivor(place: House, root: User, old: int, logged_in: Login) -> None:
    browser = logged_in(root)
    for name in ("sales:new", "sales:new_partner", "activities:new", "cartable:new"):
        path = reverse(name)
        page = browser.get(path, {"party": old})
        assert page.status_code == 200, path
        assert place.party.name in page.content.decode(), path
    assert browser.get(f"/customers/{old}/", follow=True).context["party"] == place.party


def test_an_undone_chain_gives_each_number_back(place: House, root: User) -> None:
    first, made = chain(place)
    for merge in reversed(made):
        undo_merge(actor=None, merge=merge)
    answer = Caller(root).post("/deals", {"party_id": first.pk, "name": "خط نو"})
    assert answer.status_code == 201 and Deal.objects.get(pk=answer.json()["id"]).party_id == first.pk
