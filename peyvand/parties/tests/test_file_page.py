"""The file of one customer: what it shows to whom, and what it costs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peyvand.accounts.models import RolePermission, User
from peyvand.parties.models import AccessLog, Party, PartyNote
from peyvand.parties.services.notes import add_note
from peyvand.parties.services.papers import add_file

Login = Callable[[User], Client]


@pytest.fixture
def party(alice: User) -> Party:
    return Party.objects.create(
        name="نگار رستمی", sort_key="negar", branch=alice.branch, owner=alice, roles=["customer"],
        life_cycle="dissatisfied", completeness=60, missing=["email"], version=1,
    )  # fmt: skip


def text_of(client: Client, url: str, **headers: str) -> str:
    answer = client.get(url, headers={"Accept-Language": "en", **headers})
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def test_the_file_says_who_it_is_and_what_happened(alice: User, party: Party, logged_in: Login) -> None:
    add_note(actor=alice, party=party, body="به او زنگ بزنید")
    page = text_of(logged_in(alice), f"/customers/{party.pk}/")
    for word in ("نگار رستمی", "به او زنگ بزنید", "tl-today", "notes-"):
        assert word in page


def test_the_menus_lead_where_the_reader_may_go(alice: User, bob: User, party: Party, logged_in: Login) -> None:
    granted = ("parties.erase", "parties.delete", "parties.audit")
    for key in ("parties.view", *granted):
        RolePermission.objects.get_or_create(role=bob.grants.get().role, permission=key, defaults={"scope": "all"})
    RolePermission.objects.filter(role=alice.grants.get().role, permission__in=granted).delete()
    own = [f"/customers/{party.pk}/{page}/" for page in ("personal-data", "delete")]
    for user, expected in ((bob, True), (alice, False)):
        client = logged_in(user)
        file, customers = text_of(client, f"/customers/{party.pk}/"), text_of(client, "/customers/")
        assert f"/customers/{party.pk}/history/" in file
        assert [f'"{url}"' in file for url in own] == [expected, expected]
        assert [f'"{url}"' in customers for url in ("/customers/trash/", "/customers/access/")] == [expected, expected]


def test_who_may_not_see_the_customer_sees_nothing_of_the_file(charlie: User, party: Party, logged_in: Login) -> None:
    client = logged_in(charlie)
    paths = ("", "events/", "tab/files/", "tab/details/", "colleagues/", "files/", "relations/", "beside/", "figures/")
    assert [client.get(f"/customers/{party.pk}/{path}").status_code for path in paths] == [404] * len(paths)


def test_a_look_is_noted_once_an_hour(alice: User, party: Party, logged_in: Login) -> None:
    client = logged_in(alice)
    for path in ("", "", "tab/files/"):
        client.get(f"/customers/{party.pk}/{path}")
    assert AccessLog.objects.filter(party=party, user=alice, act="viewed").count() == 1


def test_the_cards_beside_the_line_come_after_the_page(alice: User, party: Party, logged_in: Login) -> None:
    client = logged_in(alice)
    assert f'hx-get="/customers/{party.pk}/beside/"' in text_of(client, f"/customers/{party.pk}/")
    cards = text_of(client, f"/customers/{party.pk}/beside/")
    assert "relations-title" in cards and "pv-quality" in cards


def test_the_figures_come_after_the_page_and_without_scripts_within_it(
    alice: User, party: Party, logged_in: Login
) -> None:
    client = logged_in(alice)
    page = text_of(client, f"/customers/{party.pk}/")
    assert f'hx-get="/customers/{party.pk}/figures/"' in page and "کیفیت داده" not in page
    figures = text_of(client, f"/customers/{party.pk}/figures/")
    assert "کیفیت داده" in figures and '<dl class="pv-kstrip" id="figures"' in figures
    assert f"/customers/{party.pk}/?figures=1" in page
    assert "کیفیت داده" in text_of(client, f"/customers/{party.pk}/?figures=1")


def test_counts_of_tabs_come_with_the_figures(alice: User, party: Party, logged_in: Login) -> None:
    add_file(actor=alice, party=party, upload=SimpleUploadedFile("a.txt", b"words"))
    client = logged_in(alice)
    assert '<span id="tab-count-files" hx-preserve="true"></span>' in text_of(client, f"/customers/{party.pk}/")
    assert '<span class="pv-count" id="tab-count-files" hx-swap-oob="true">۱</span>' in text_of(
        client, f"/customers/{party.pk}/figures/"
    )


@pytest.mark.parametrize("key", ["files", "relations", "details"])
def test_every_tab_is_a_page_and_a_part(key: str, alice: User, party: Party, logged_in: Login) -> None:
    client = logged_in(alice)
    assert "pv-c360-h" in text_of(client, f"/customers/{party.pk}/tab/{key}/")
    part = text_of(client, f"/customers/{party.pk}/tab/{key}/", **{"HX-Request": "true"})
    assert part.lstrip().startswith('<div id="party-tab"')


def test_an_unknown_tab_is_not_found(alice: User, party: Party, logged_in: Login) -> None:
    assert logged_in(alice).get(f"/customers/{party.pk}/tab/secrets/").status_code == 404


def test_older_entries_come_with_the_next_page(alice: User, party: Party, logged_in: Login) -> None:
    for number in range(30):
        note = PartyNote.objects.create(party=party, author=alice, body=f"note {number:02}")
        PartyNote.objects.filter(pk=note.pk).update(created_at=timezone.now() - timedelta(days=number))
    client = logged_in(alice)
    first = client.get(f"/customers/{party.pk}/")
    cursor = first.context["timeline"].next
    older = text_of(client, f"/customers/{party.pk}/events/?before={cursor}")
    assert "note 29" in older and "note 00" not in older
    assert "note 29" in text_of(client, f"/customers/{party.pk}/?before={cursor}")


def test_only_what_is_new_is_sent_to_an_open_page(alice: User, party: Party, logged_in: Login) -> None:
    client = logged_in(alice)
    add_note(actor=alice, party=party, body="first words")
    newest = client.get(f"/customers/{party.pk}/").context["timeline"].newest
    add_note(actor=alice, party=party, body="second words")
    fresh = text_of(client, f"/customers/{party.pk}/events/?since={newest}")
    assert "second words" in fresh and "first words" not in fresh
    assert '<li id="tl-today" hx-swap-oob="delete">' in fresh


def test_a_longer_line_costs_no_more_queries(alice: User, party: Party, logged_in: Login) -> None:
    client = logged_in(alice)
    Party.objects.filter(pk=party.pk).update(missing=[])  # their names may ask for custom fields, now and then
    client.get(f"/customers/{party.pk}/")
    costs = []
    for _round in range(2):
        for number in range(5):
            add_note(actor=alice, party=party, body=f"note {number}")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/customers/{party.pk}/")
        costs.append(len(seen))
    assert costs[0] == costs[1] == 8, [query["sql"][:90] for query in seen.captured_queries]
