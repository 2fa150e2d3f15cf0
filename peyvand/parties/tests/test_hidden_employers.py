"""Whom somebody works for does not come out by a search: an employer whom the reader does not see finds nobody.

alice of Tehran sees `sara`, who works at an organisation of Tabriz. bob sees all, charlie those of Tabriz only.
"""

import pytest
from django.db import connection

from peyvand.accounts.models import RolePermission, User
from peyvand.parties import selectors
from peyvand.parties.models import Party
from peyvand.parties.policies import employer_of
from peyvand.parties.search import cut
from peyvand.parties.selectors.own_words import contains
from peyvand.parties.selectors.trash import in_trash
from peyvand.parties.services.derived import derive
from peyvand.parties.services.trash import delete_party, restore_parties

pytestmark = pytest.mark.django_db
FIRM = "بازرگانی زرین‌کار ۱۲"
QUESTIONS = ("زرین کار", "زرینکار", "زرین", "زرن کار", "سارا زرین", "ایزدی زرین", "بازرگانی", "12")


def made(owner: User, name: str, kind: str = "person", **values: object) -> Party:
    return Party.objects.create(name=name, kind=kind, branch=owner.branch, owner=owner, **values)


@pytest.fixture
def sara(alice: User, bob: User, charlie: User) -> Party:
    for user in (alice, bob, charlie):
        scope = "all" if user is bob else "branch"
        RolePermission.objects.filter(role=user.grants.get().role, permission="parties.view").update(scope=scope)
        RolePermission.objects.update_or_create(
            role=user.grants.get().role, permission="parties.delete", defaults={"scope": scope}
        )
        user.reach = None
    firm = made(charlie, FIRM, "organisation", city="تبریز")
    one = made(alice, "سارا ایزدی", job_title="مدیر بازرگانی", city="تهران", organisation=firm)
    derive([firm.pk, one.pk])
    one.refresh_from_db()
    return one


def hits(user: User, question: str) -> set[str]:
    return {hit.party.name for hit in selectors.ranked(user, question)}


def listed(user: User, question: str) -> set[str]:
    return set(selectors.search(user, question).values_list("name", flat=True))


@pytest.mark.parametrize("question", QUESTIONS)
def test_nobody_is_found_by_the_name_of_a_hidden_employer(sara: Party, alice: User, question: str) -> None:
    own = question == "بازرگانی"  # her work is called so, too
    assert hits(alice, question) == ({sara.name} if own else set())
    assert listed(alice, question) == ({sara.name} if own else set())


@pytest.mark.parametrize("question", ("زرین کار", "زرین", "سارا زرین"))
def test_who_sees_the_employer_finds_its_people(sara: Party, alice: User, bob: User, question: str) -> None:
    assert sara.name in hits(bob, question) and sara.name in listed(bob, question)
    Party.objects.filter(name=FIRM).update(owner=alice, branch=alice.branch)
    assert sara.name in hits(alice, question) and sara.name in listed(alice, question)


@pytest.mark.parametrize("question", ("سارا", "ایزدی سارا", "مدیر تهران", "سارا تهران", "ایزذی"))
def test_her_own_words_find_her_all_the_same(sara: Party, alice: User, question: str) -> None:
    assert hits(alice, question) == listed(alice, question) == {sara.name}


@pytest.mark.parametrize("question", ("زرین کار", "زرین", "زرن کار", "سارا زرین"))
def test_an_employer_in_the_trash_finds_nobody_until_it_is_back(
    sara: Party, alice: User, bob: User, question: str
) -> None:
    firm = Party.objects.get(name=FIRM)
    Party.objects.filter(pk=firm.pk).update(owner=alice, branch=alice.branch)
    for user in (alice, bob):
        assert sara.name in hits(user, question) and sara.name in listed(user, question)
    delete_party(actor=bob, party=firm)
    for user in (alice, bob):
        assert hits(user, question) == listed(user, question) == set()
        assert not Party.objects.filter(contains(user, "زرین"), kind="person").exists()
        assert employer_of(user, Party.objects.get(pk=sara.pk)) is None, "as the page has it"
    restore_parties(actor=bob, party_ids=[firm.pk])
    for user in (alice, bob):
        assert sara.name in hits(user, question) and sara.name in listed(user, question)


def test_the_trash_and_deals_ask_in_the_same_way(sara: Party, alice: User) -> None:
    assert not Party.objects.filter(contains(alice, "زرین"), kind="person").exists()
    assert Party.objects.filter(contains(alice, "ایزد")).exists()
    Party.objects.filter(pk=sara.pk).update(deleted_at=sara.created_at, deleted_by=alice)
    assert not in_trash(alice, question="زرین", by="me").exists()
    assert in_trash(alice, question="سارا", by="me").exists()


@pytest.mark.parametrize(
    "text",
    (
        "علي‌رضا كاظمي", "آرمانِ مؤسّس", "Ünal ÇELİK-Öz", "شماره ۱۲٣ و 45", "رئیس ـ جزء", "خانهٔ شیرۀ ما", "الى ﻻله ﷼",
        "دكتر\u200f نوري\u064b", "بی\u200cبی  ۲٫۵",
    ),
)  # fmt: skip
def test_the_database_folds_as_python_does(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(parties_own_words(%s, '', '', 'x y\nmail\n'))", [text])
        [words] = cursor.fetchone()
    assert set(words) == {*cut(text), "mail"}
