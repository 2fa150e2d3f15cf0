"""A partner registers a deal once; two of them on one customer meet before a person, who decides."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from peyvand.accounts.models import Notification
from peyvand.core.errors import Invalid, NotAllowed, NotFound
from peyvand.parties.models import ContactPoint, Identifier, Party
from peyvand.parties.services.trash import delete_parties
from peyvand.sales import services
from peyvand.sales.channel_types import PartnerDetails, Verdict
from peyvand.sales.errors import AlreadyDecided, PartnerThere, SeatShut
from peyvand.sales.models import Deal, DealPartner, DealRegistration, Partner, PartnerSeat
from peyvand.sales.tests.partnering import Two, register, stored, two_partners
from peyvand.sales.tests.selling import House, deal, house
from peyvand.sales.types import DealDetails
from tests.cast import Cast

Drain = Callable[[], int]
State = DealRegistration.State


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


@pytest.fixture
def two(place: House) -> Two:
    return two_partners(place)


def test_a_claim_that_meets_nobody_is_a_deal_of_the_partner_at_once(two: Two) -> None:
    made = register(two.negar)
    one, made_deal = stored(made), Deal.objects.get()
    assert (made.is_new, one.state, one.deal) == (True, State.ACCEPTED, made_deal)
    assert one.exclusive_until == timezone.localdate() + timedelta(days=90)
    assert (made_deal.partner, made_deal.channel, made_deal.owner) == (two.nour, "partner", two.house.cast.alice)
    assert (made_deal.pipeline, made_deal.amount) == (two.house.deals, 50_000_000)
    assert list(DealPartner.objects.values_list("partner", "percent")) == [(two.nour.pk, 100)]
    party = made_deal.party
    assert (party.name, party.city, party.kind) == ("کارخانهٔ یخ‌ساز البرز", "کرج", "organisation")
    assert ContactPoint.objects.get(party=party).value == "+989121112233"


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"mobile": "+98 912 111 2233", "name": "یخ سازی البرز", "city": ""},
        {"product": "خط توليد ", "note": "باز هم"},
    ],
    ids=["twice", "other spelling, same phone", "arabic letters in the product"],
)
def test_the_same_deal_again_is_the_same_registration(two: Two, again: dict[str, str]) -> None:
    first = register(two.negar)
    second = register(two.negar, **again)
    assert (second.is_new, second.registration.pk) == (False, first.registration.pk)
    assert DealRegistration.objects.count() == Deal.objects.count() == 1


def test_the_same_customer_with_another_product_is_another_deal_and_no_conflict(two: Two) -> None:
    register(two.negar)
    second = register(two.negar, product="سرویس سالانه")
    assert second.is_new and stored(second).state == State.ACCEPTED
    assert Deal.objects.count() == 2 and Deal.objects.values("party").distinct().count() == 1


def test_who_is_known_by_his_national_id_is_that_customer_and_the_number_is_kept_encrypted(two: Two) -> None:
    first = register(two.negar, kind="person", name="نگار رستمی", number="0499370899", mobile="")
    one = stored(first)
    assert "0499370899" not in one.number
    assert one.party is not None and Identifier.objects.get(party=one.party).kind == "national_id"
    again = register(two.negar, kind="person", name="ن. رستمی", number="۰۴۹۹۳۷۰۸۹۹", mobile="", city="")
    assert not again.is_new


def test_two_partners_on_one_customer_meet_and_nobody_is_told_whom(two: Two, drain: Drain) -> None:
    first = register(two.negar)
    second = register(two.saman, name="یخ‌سازی البرز", product="دستگاه دیگر")
    one = stored(second)
    assert (one.state, one.rival_id, one.deal, one.remark) == (State.CONFLICT, first.registration.pk, None, "")
    drain()
    told = Notification.objects.filter(user=two.house.cast.bob, url="/sales/registrations/")
    assert told.count() == 1
    assert Deal.objects.count() == 1


def test_a_customer_on_whom_we_work_ourselves_is_a_conflict_and_an_old_deal_is_none(two: Two) -> None:
    ours = deal(two.house)
    ContactPoint.objects.create(party=two.house.party, kind="mobile", typed="x", value="+989121112233")
    two.house.party.refresh_from_db()
    services_touch(two.house.party)
    assert stored(register(two.negar)).rival_deal == ours
    long_ago = timezone.now() - timedelta(days=200)
    Deal.objects.filter(pk=ours.pk).update(state="won", closed_at=long_ago, opened_at=long_ago)
    other = stored(register(two.saman, product="دیگر"))
    assert other.rival_deal is None and other.rival is not None  # the claim of the first waits


def services_touch(party: Party) -> None:
    """Derive what a customer is compared by, as the services do."""
    from peyvand.parties.services.derived import derive  # noqa: PLC0415

    derive([party.pk])


def conflict(two: Two) -> tuple[DealRegistration, DealRegistration]:
    return stored(register(two.negar)), stored(register(two.saman))


def test_accepting_gives_the_deal_over_and_refuses_the_other_claim(two: Two) -> None:
    first, second = conflict(two)
    one = services.decide_registration(
        actor=two.house.cast.bob, registration_id=second.pk, verdict=Verdict(answer="accept", remark="زودتر رسید")
    )
    made = Deal.objects.get()
    assert (one.state, one.deal, made.partner) == (State.ACCEPTED, made, two.sahand)
    assert dict(DealPartner.objects.values_list("partner", "percent")) == {two.sahand.pk: 100}
    first.refresh_from_db()
    assert first.state == State.REFUSED and first.remark
    with pytest.raises(AlreadyDecided):
        services.decide_registration(
            actor=two.house.cast.bob, registration_id=second.pk, verdict=Verdict(answer="refuse", remark="x")
        )


def test_sharing_leaves_one_deal_with_both(two: Two) -> None:
    first, second = conflict(two)
    services.decide_registration(
        actor=two.house.cast.bob, registration_id=second.pk, verdict=Verdict(answer="share", percent=30)
    )
    assert dict(DealPartner.objects.values_list("partner", "percent")) == {two.nour.pk: 70, two.sahand.pk: 30}
    first.refresh_from_db()
    assert first.state == State.ACCEPTED and Deal.objects.get().partner == two.nour


def test_refusing_needs_a_reason_and_changes_nothing_else(two: Two) -> None:
    _first, second = conflict(two)
    before = list(Deal.objects.values())
    with pytest.raises(Invalid):
        services.decide_registration(
            actor=two.house.cast.bob, registration_id=second.pk, verdict=Verdict(answer="refuse")
        )
    one = services.decide_registration(
        actor=two.house.cast.bob, registration_id=second.pk, verdict=Verdict(answer="refuse", remark="مشتری نور گستر")
    )
    assert one.state == State.REFUSED and list(Deal.objects.values()) == before
    again = register(two.saman)  # after a refusal he may try once more, and it is looked at once more
    assert again.is_new and stored(again).state == State.CONFLICT


def test_only_who_manages_the_partner_decides(two: Two) -> None:
    _first, second = conflict(two)
    for actor, error in ((two.house.cast.alice, NotFound), (two.house.cast.charlie, NotFound)):
        with pytest.raises(error):
            services.decide_registration(actor=actor, registration_id=second.pk, verdict=Verdict(answer="accept"))


def test_a_channel_may_have_every_claim_decided(place: House) -> None:
    two = two_partners(place, accepts_itself=False)
    one = stored(register(two.negar))
    assert one.state == State.SUBMITTED and not Deal.objects.exists() and not Party.objects.filter(name=one.name)
    services.decide_registration(actor=place.cast.bob, registration_id=one.pk, verdict=Verdict(answer="accept"))
    one.refresh_from_db()
    assert one.state == State.ACCEPTED and one.deal is not None and one.party is not None


def test_a_protection_ends_by_itself_and_the_customer_is_free(two: Two) -> None:
    first = stored(register(two.negar))
    DealRegistration.objects.update(exclusive_until=timezone.localdate() - timedelta(days=1))
    Deal.objects.update(opened_at=timezone.now() - timedelta(days=200))
    Deal.objects.filter(pk=first.deal_id).update(state="lost", closed_at=timezone.now() - timedelta(days=150))
    assert services.end_protection() == 1
    assert services.end_protection() == 0
    assert stored(register(two.saman)).state == State.ACCEPTED
    assert register(two.negar).is_new


def test_a_customer_in_the_trash_is_nobodys_and_the_claim_makes_a_new_record(two: Two) -> None:
    first = stored(register(two.negar))
    DealRegistration.objects.update(state=State.EXPIRED, lapsed_at=timezone.now())
    Deal.objects.update(deleted_at=timezone.now())
    delete_parties(actor=two.house.cast.ada, party_ids=[first.party_id or 0])
    second = stored(register(two.saman))
    assert second.state == State.ACCEPTED and second.party_id not in (None, first.party_id)


def test_who_sells_no_longer_keeps_no_customer_but_his_open_deal_is_looked_at(two: Two) -> None:
    first = stored(register(two.negar))
    Partner.objects.filter(pk=two.nour.pk).update(is_active=False)
    met = stored(register(two.saman))
    assert (met.state, met.rival, met.rival_deal) == (State.CONFLICT, None, first.deal)
    Deal.objects.update(state="lost", closed_at=timezone.now(), opened_at=timezone.now() - timedelta(days=200))
    Deal.objects.update(closed_at=timezone.now() - timedelta(days=150))
    assert stored(register(two.saman, product="دیگر")).state == State.ACCEPTED


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"product": ""}, "product"),
        ({"mobile": ""}, "mobile"),
        ({"mobile": "12"}, "mobile"),
        ({"email": "nobody"}, "email"),
        ({"number": "111"}, "number"),
        ({"kind": "household"}, "kind"),
        ({"amount": -1}, "amount"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(two: Two, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        register(two.negar, **wrong)
    assert field in refused.value.fields and not DealRegistration.objects.exists()


def test_a_shut_seat_an_ended_contract_and_a_closed_partner_register_nothing(two: Two) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Partner.objects.filter(pk=two.nour.pk).update(contract_to=yesterday)
    PartnerSeat.objects.filter(pk=two.saman.pk).update(is_active=False)
    for seat in (two.negar, two.saman):
        with pytest.raises(SeatShut):
            register(seat)


def test_a_record_is_one_active_partner_at_a_time(two: Two) -> None:
    details = PartnerDetails(channel_id=two.channel.pk)
    with pytest.raises(PartnerThere):
        services.save_partner(actor=None, details=details, party_id=two.nour.party_id)
    with pytest.raises(NotAllowed):
        services.save_partner(actor=two.house.cast.charlie, details=details, party_id=two.house.party.pk)
    services.save_partner(actor=None, details=replace(details, is_active=False), partner_id=two.nour.pk)
    services.save_partner(actor=None, details=details, party_id=two.nour.party_id)


def test_a_deal_says_through_whom_it_goes_and_a_form_does_not_lose_it(two: Two) -> None:
    one, bob = deal(two.house), two.house.cast.bob
    with pytest.raises(Invalid):
        services.set_deal_partners(actor=bob, deal_id=one.pk, partners={two.nour.pk: 80, two.sahand.pk: 30})
    services.set_deal_partners(actor=bob, deal_id=one.pk, partners={two.nour.pk: 80, two.sahand.pk: 20})
    one.refresh_from_db()
    assert (one.partner, one.channel) == (two.nour, "partner")
    with pytest.raises(Invalid) as refused:
        services.change_deal(actor=bob, deal_id=one.pk, details=DealDetails(name="x"))
    assert "channel" in refused.value.fields
    part = services.split_deal(
        actor=bob,
        deal_id=services.change_deal(
            actor=bob, deal_id=one.pk, details=DealDetails(name="x", channel="partner", amount=100)
        ).pk,
        name="part",
        amount=40,
    )
    assert part.partner == two.nour and DealPartner.objects.filter(deal=part).count() == 2
    left = services.remove_deal_partner(actor=bob, deal_id=one.pk, partner_id=two.nour.pk)
    assert left.partner_id == two.sahand.pk
    assert list(DealPartner.objects.filter(deal=one).values_list("partner", "percent")) == [(two.sahand.pk, 20)]
    services.remove_deal_partner(actor=bob, deal_id=one.pk, partner_id=two.sahand.pk)
    one.refresh_from_db()
    assert (one.partner, one.channel) == (None, "direct")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["one", "two"])
def test_two_that_come_at_the_same_instant(cast: Cast, who: str) -> None:
    """A double click is one registration; two partners are one deal and one conflict."""
    two = two_partners(house(cast))
    seats = [two.negar, two.negar if who == "one" else two.saman]
    together, found = threading.Barrier(2), list[bool]()

    def send(seat: PartnerSeat) -> None:
        try:
            together.wait(timeout=10)
            found.append(register(seat).is_new)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[seat]) for seat in seats]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=30)
    states = sorted(DealRegistration.objects.values_list("state", flat=True))
    assert Deal.objects.count() == Party.objects.filter(name="کارخانهٔ یخ‌ساز البرز").count() == 1
    assert (sorted(found), states) == (
        ([False, True], ["accepted"]) if who == "one" else ([True, True], ["accepted", "conflict"])
    )
