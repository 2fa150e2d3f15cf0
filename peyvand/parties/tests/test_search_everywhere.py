"""The palette and the API ask one search; what it finds is marked, and what may not be seen is not there."""

from typing import Any

import pytest
from django.test import Client

from peyvand.accounts.models import User
from peyvand.accounts.types import Scope
from peyvand.api.testing import Caller, everything, make_user
from peyvand.parties.models import Identifier, Party
from peyvand.parties.selectors import ranked
from peyvand.parties.services import create_party
from peyvand.parties.services.identifiers import add_identifier
from peyvand.parties.types import ContactDetails, IdentifierDetails, PartyDetails
from peyvand.web.palette import marked

pytestmark = pytest.mark.django_db
MOBILE = ContactDetails(kind="mobile", typed="0912 345 6789")
NATIONAL_ID = "0084575948"


def negar_of(user: User) -> Party:
    details = PartyDetails(name="نگار رستمی", branch_id=user.branch_id, owner_id=user.pk)
    return create_party(actor=None, details=details, contacts=[MOBILE])


def found(call: Caller, question: str, **more: Any) -> list[tuple[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in {"q": question, **more}.items())
    answer = call.get(f"/search?{query}")
    assert answer.status_code == 200, answer.content
    return [(row["kind"], row["id"]) for row in answer.json()["items"]]


def test_the_api_searches_everything_that_the_caller_may_see() -> None:
    call, stranger = Caller(make_user(permissions=everything())), Caller(make_user(permissions=everything(Scope.OWN)))
    nobody = Caller(make_user())
    party = negar_of(call.user)
    for question in ("نکار رستمی", "nkar", "0912345", "۶۷۸۹", "kدhv"):
        assert (("customers", party.pk) in found(call, question)) is (question not in {"nkar", "kدhv"}), question
        assert found(stranger, question) == found(nobody, question) == []
    assert found(call, "نگار", kind="requests") == found(call, "نگار", kind="none") == []
    assert call.get("/search").status_code == 422
    assert call.get(f"/search?q={'x' * 301}").status_code == 422
    assert call.get("/parties?q=نکار رستمی").json()["items"][0]["id"] == party.pk


def test_the_palette_marks_what_was_meant(alice: User) -> None:
    create_party(actor=alice, details=PartyDetails(name="نگار رستمی"), contacts=[MOBILE])
    client = Client()
    client.force_login(alice)
    assert "نگار <mark>رستمی</mark>" in client.get("/palette", {"q": "رصتمی"}).text
    assert "<mark>" in client.get("/palette", {"q": "0912345"}).text
    assert client.get("/palette", {"q": "نگار\x00"}).status_code == 200


def test_words_and_numbers_are_marked_where_they_begin() -> None:
    assert marked("نگار رستمی", "رستمی نگار") == "<mark>نگار</mark> <mark>رستمی</mark>"
    assert marked("شرستمی <رستمی>", "رصتمی", ("رستمی",)) == "شرستمی &lt;<mark>رستمی</mark>&gt;"
    assert marked("۰۹۱۲ ۳۴۵ ۶۷۸۹", "0912345") == "۰<mark>۹۱۲ ۳۴۵</mark> ۶۷۸۹"
    assert marked("x", "😀") == "x"


def test_a_protected_number_finds_only_for_those_who_may_see_it() -> None:
    some = everything() | {}
    del some["parties.reveal"]
    may, may_not = make_user(permissions=everything()), make_user(permissions=some)
    own = make_user(permissions=everything(Scope.OWN))
    party = negar_of(may)
    typed = IdentifierDetails(kind=Identifier.Kind.NATIONAL_ID, typed=NATIONAL_ID)
    add_identifier(actor=None, party=party, details=typed)
    assert [hit.party for hit in ranked(may, "۰۰۸۴۵۷۵۹۴۸")] == [party]
    assert [hit.party for hit in ranked(may, "008457594-8")] == [party]
    assert NATIONAL_ID not in ranked(may, NATIONAL_ID)[0].value
    assert ranked(may_not, NATIONAL_ID) == ranked(own, NATIONAL_ID) == ranked(may, NATIONAL_ID[:9]) == []
    assert NATIONAL_ID not in Party.objects.get(pk=party.pk).search


def test_a_public_number_is_found_and_a_sheba_with_spaces(alice: User) -> None:
    call = make_user(permissions=everything())
    party = negar_of(call)
    for kind, typed in (("legal_id", "10380284790"), ("sheba", "IR820540102680020817909002")):
        add_identifier(actor=None, party=party, details=IdentifierDetails(kind=kind, typed=typed, insist=True))
    assert [hit.party for hit in ranked(call, "10380284790")] == [party]
    assert [hit.party for hit in ranked(call, "IR82 0540 1026 8002 0817 9090 02")] == [party]


def test_a_search_takes_few_queries(alice: User, django_assert_max_num_queries: Any) -> None:
    create_party(actor=alice, details=PartyDetails(name="نگار رستمی"), contacts=[MOBILE])
    ranked(alice, "نگار")
    for question, most in (("نگار رستمی", 4), ("نگار رصتمی", 5), ("هیچ کس نیست", 6), ("0912345", 9)):
        with django_assert_max_num_queries(most):
            ranked(alice, question)
