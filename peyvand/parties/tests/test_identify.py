"""Finding or creating the person behind an address."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from peyvand.accounts.models import Branch
from peyvand.core.models import OutboxEvent
from peyvand.parties.errors import BadAddress
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.services import identify, identify_many
from peyvand.parties.types import Claim


@pytest.mark.django_db
def test_an_unknown_sender_becomes_a_provisional_person(tehran: Branch) -> None:
    found = identify("email", "Sara@Shop.EXAMPLE", name="  سارا   کريمي ", branch=tehran)
    party = Party.objects.get(pk=found.party_id)
    point = ContactPoint.objects.get(pk=found.contact_point_id)
    assert found.created and party.is_provisional
    assert (party.name, party.branch_id) == ("سارا کریمی", tehran.pk)
    assert (point.typed, point.value) == ("Sara@Shop.EXAMPLE", "sara@shop.example")
    assert OutboxEvent.objects.filter(name="parties.party_created", payload__party_id=party.pk).exists()


@pytest.mark.django_db
def test_the_same_address_in_another_spelling_is_the_same_person() -> None:
    first = identify("phone", "۰۹۱۲ ۰۰۰ ۱۱۲۲")
    again = identify("mobile", "+98 912 000 1122", name="دیگری")
    assert again.party_id == first.party_id and not again.created
    assert Party.objects.get(pk=first.party_id).name == "۰۹۱۲ ۰۰۰ ۱۱۲۲", "a name is not overwritten by a message"


@pytest.mark.django_db
def test_a_shared_address_identifies_nobody() -> None:
    found = identify("phone", "021 8877 0011")
    ContactPoint.objects.filter(pk=found.contact_point_id).update(identifies=False)
    assert identify("phone", "021 8877 0011").party_id != found.party_id


@pytest.mark.django_db
def test_what_is_no_address_is_refused_alone_and_skipped_in_a_batch() -> None:
    with pytest.raises(BadAddress):
        identify("email", "nobody")
    answers = identify_many([Claim(kind="email", value="nobody"), Claim(kind="email", value="a@b.example")])
    assert answers[0] is None and answers[1] is not None


@pytest.mark.django_db
def test_a_batch_takes_a_fixed_number_of_statements(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    claims = [Claim(kind="email", value=f"p{n % 40}@batch.example") for n in range(80)]
    with django_assert_num_queries(10):  # savepoint, look, lock, look, people, addresses, events, release
        found = identify_many(claims)
    assert len({f.party_id for f in found if f}) == 40
    with django_assert_num_queries(3):
        identify_many(claims)


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_the_same_instant_make_one_person() -> None:
    start = Barrier(16)

    def one(number: int) -> int:
        try:
            start.wait(timeout=30)
            with transaction.atomic():
                claims = [Claim(kind="email", value=f"race{(number + k) % 5}@one.example") for k in range(5)]
                return len({found.party_id for found in identify_many(claims) if found})
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(one, range(16))) == {5}
    assert Party.objects.filter(contact_points__value__endswith="@one.example").count() == 5
    assert ContactPoint.objects.filter(value__endswith="@one.example").count() == 5
