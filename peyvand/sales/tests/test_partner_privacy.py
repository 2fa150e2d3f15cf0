"""What partners and their customers must not lose or learn: erased, throttled, locked out by nobody, kept apart."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.policies import asked_by
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.core.record_fields import fields_of
from peyvand.parties.models import ContactPoint, Identifier
from peyvand.parties.numbers import digest_of
from peyvand.parties.services.erasing import erase_party
from peyvand.sales import services
from peyvand.sales.channel_types import PartnerDetails, Verdict
from peyvand.sales.models import CommissionEntry, Deal, DealRegistration, Partner, PartnerNote, PartnerSeat, SeatKey
from peyvand.sales.services.registrations import decide_registration
from peyvand.sales.statement_sheet import titles
from peyvand.sales.tests.partnering import Two, register, stored, two_partners, within_one_window
from peyvand.sales.tests.selling import allow, deal, house
from peyvand.sales.tests.test_portal import TYPED, inside, secret_of
from tests.cast import Cast


@pytest.fixture
def two(cast: Cast) -> Two:
    return two_partners(house(cast))


def test_a_person_is_erased_in_refused_claims_in_notes_and_as_somebody_of_a_partner(two: Two) -> None:
    refused = [
        stored(register(two.negar, kind="person", name="نگار رستمی", mobile="09123334455")),
        stored(register(two.saman, kind="person", name="ن. رستمی", mobile="", number="0499370899")),
    ]
    deal_id = refused[0].deal_id
    assert deal_id is not None
    services.note_to_us(seat=two.negar, deal_id=deal_id, body="نگار رستمی مرخصی است")
    party = refused[0].party
    assert party is not None
    Identifier.objects.create(
        party=party, kind="national_id", shown="0…9", digest=digest_of("national_id", "0499370899")
    )
    ContactPoint.objects.create(party=party, kind="email", value="saman@sahand.example", typed="x")
    DealRegistration.objects.update(party=None)
    erase_party(actor=None, party=party)
    for one in refused:
        one.refresh_from_db()
        assert (one.name, one.mobile, one.number) == ("—", "", "")
    assert PartnerNote.objects.get().body == "—"
    assert list(PartnerSeat.objects.all()) == [two.negar]


def test_the_list_of_deals_names_only_partners_that_one_may_know(two: Two) -> None:
    cast = two.house.cast
    known = fields_of("sales.Deal")["partner"]
    assert known.choices is not None
    names = {who: [name for _key, name in known.choices(asked_by(who))] for who in (cast.bob, cast.charlie)}
    assert len(names[cast.bob]) == 2 and names[cast.charlie] == []


def test_nobody_is_locked_out_by_who_asks_for_links_in_his_name(two: Two) -> None:
    address = services.invite_seat(actor=two.house.cast.bob, seat_id=two.negar.pk)
    services.ask_for_key(email=two.negar.email)
    client = Client()
    assert client.post(reverse("portal:enter_by", args=[secret_of(address)])).status_code == 303
    assert client.get(reverse("portal:home")).status_code == 200
    services.shut_seat(actor=two.house.cast.bob, seat_id=two.negar.pk)
    assert not SeatKey.objects.filter(seat=two.negar, used_at=None).exists()


def test_who_sells_no_longer_does_not_come_back_by_an_old_cookie(two: Two) -> None:
    client, nour = inside(two, two.negar), two.nour
    for is_active in (False, True):
        details = PartnerDetails(channel_id=nour.channel_id, owner_id=nour.owner_id, is_active=is_active)
        services.save_partner(actor=None, details=details, partner_id=nour.pk)
        assert client.get(reverse("portal:home")).status_code == 303


def test_registering_and_writing_again_and_again_is_throttled(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    within_one_window(monkeypatch)
    client = inside(two, two.negar)
    for number in range(20):
        page = client.post(reverse("portal:register"), TYPED | {"product": f"محصول {number}"})
        assert page.status_code == 303
    assert client.post(reverse("portal:register"), TYPED | {"product": "دیگر"}).status_code == 422
    assert DealRegistration.objects.count() == 20
    assert client.get(reverse("portal:register")).status_code == 200


def test_the_claim_of_a_partner_whom_one_may_not_manage_is_not_refused(two: Two) -> None:
    register(two.negar)
    one = stored(register(two.saman))
    bob = two.house.cast.bob
    for partner, branch in ((two.nour, two.house.cast.shiraz), (two.sahand, bob.branch)):
        Partner.objects.filter(pk=partner.pk).update(owner=None, department=None, branch=branch)
    allow(bob, "sales.partners", "sales.manage_partners", scope="branch")
    Deal.objects.update(state="won", closed_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(NotAllowed):
        decide_registration(actor=bob, registration_id=one.pk, verdict=Verdict(answer="accept", remark=""))
    assert DealRegistration.objects.get(partner=two.nour).state == "accepted"


def test_a_deal_that_is_joined_stays_with_its_partner(two: Two) -> None:
    theirs = stored(register(two.negar)).deal
    assert theirs is not None
    alice = two.house.cast.alice
    ours = deal(two.house, party_id=theirs.party_id)
    services.join_deals(actor=alice, deal_id=ours.pk, others=[theirs.pk])
    ours.refresh_from_db()
    assert (ours.partner_id, ours.channel) == (two.nour.pk, "partner")
    assert inside(two, two.negar).get(reverse("portal:deal", args=[ours.pk])).status_code == 200
    other = deal(two.house, party_id=theirs.party_id)
    services.set_deal_partners(actor=two.house.cast.bob, deal_id=other.pk, partners={two.sahand.pk: 60})
    with pytest.raises(Invalid):
        services.join_deals(actor=alice, deal_id=ours.pk, others=[other.pk])


def test_a_statement_names_only_deals_that_the_reader_sees(two: Two) -> None:
    one = stored(register(two.negar)).deal
    assert one is not None
    entries = [CommissionEntry(deal=one, partner=two.nour)]
    for reader, is_named in ((two.house.cast.bob, True), (two.house.cast.charlie, False)):
        assert [title == one.name for _entry, title in titles(entries, reader=reader)] == [is_named]
    assert titles(entries, reader=two.negar)[0][1] == "خط تولید"
