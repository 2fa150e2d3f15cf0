"""The portal of partners: in by a link, once; own things only; refused, throttled, taken away."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from peyvand.accounts.models import Notification, User
from peyvand.channels.models import Channel, Message
from peyvand.core.models import OutboxEvent
from peyvand.core.record_fields import Asked, Op, fields_of
from peyvand.parties.file_parts import figures_for
from peyvand.parties.models import Party
from peyvand.parties.registry import references
from peyvand.sales import services
from peyvand.sales.channel_types import Band, RuleDetails, Verdict
from peyvand.sales.errors import KeyUsed
from peyvand.sales.models import (
    Deal,
    DealPartner,
    DealRegistration,
    Partner,
    PartnerNote,
    PartnerSeat,
    SeatKey,
    SeatSession,
)
from peyvand.sales.selectors.channels import won_by_channel
from peyvand.sales.selectors.commissions import month_of
from peyvand.sales.tests.partnering import Two, register, stored, two_partners, within_one_window
from peyvand.sales.tests.selling import House, deal, house
from peyvand.sales.urls import for_partners
from tests.cast import Cast

Drain = Callable[[], int]
Login = Callable[[User], Client]


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


@pytest.fixture
def two(place: House) -> Two:
    return two_partners(place)


def secret_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def inside(two: Two, seat: PartnerSeat) -> Client:
    """A browser of somebody who came in by a link."""
    client = Client()
    address = services.invite_seat(actor=two.house.cast.bob, seat_id=seat.pk)
    client.post(reverse("portal:enter_by", args=[secret_of(address)]))
    return client


TYPED = {
    "kind": "organisation", "name": "کارخانهٔ یخ‌ساز البرز", "product": "خط تولید", "mobile": "09121112233",
    "city": "کرج", "amount": "۵٬۰۰۰٬۰۰۰",
}  # fmt: skip


def test_a_link_lets_in_once_and_looking_at_it_uses_nothing_up(two: Two) -> None:
    client, other = Client(), Client()
    address = services.invite_seat(actor=two.house.cast.bob, seat_id=two.negar.pk)
    page = reverse("portal:enter_by", args=[secret_of(address)])
    assert client.get(page).status_code == client.get(page).status_code == 200
    came = client.post(page)
    assert (came.status_code, came.headers["Location"]) == (303, reverse("portal:home"))
    cookie = came.cookies["partner"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert client.get(reverse("portal:home")).status_code == 200
    assert other.post(page).status_code == 409 and "partner" not in other.cookies
    assert not SeatKey.objects.filter(digest__contains=secret_of(address)).exists()
    assert not SeatSession.objects.filter(digest=cookie.value).exists()


def test_an_old_link_a_newer_one_and_an_invented_one_let_nobody_in(two: Two) -> None:
    first = secret_of(services.invite_seat(actor=two.house.cast.bob, seat_id=two.negar.pk))
    second = secret_of(services.invite_seat(actor=two.house.cast.bob, seat_id=two.negar.pk))
    SeatKey.objects.filter(used_at=None).update(expires_at=timezone.now() - timedelta(seconds=1))
    for secret in (first, second, "x" * 43):
        with pytest.raises(KeyUsed):
            services.enter(secret=secret, place="")


def test_whoever_asks_gets_the_same_answer_and_only_a_partner_gets_mail(two: Two, drain: Drain) -> None:
    Channel.objects.create(
        kind="email", name="m", address="us@company.example", token="t", branch=two.house.cast.tehran,
        settings={"smtp": {"host": "localhost", "port": 25}},
    )  # fmt: skip
    client, page = Client(), reverse("portal:enter")
    csrf = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|content="\w{64}"')
    answers = {csrf.sub("", client.post(page, {"email": each}).text) for each in ("Negar@Nour.example", "x@y.example")}
    assert len(answers) == 1 and not Message.objects.exists()
    assert OutboxEvent.objects.filter(name="sales.portal_link_asked").count() == 2
    drain()
    mail = Message.objects.get(direction="out")
    assert mail.recipients["to"] == ["negar@nour.example"] and "[پیوند پنهان است]" in mail.text
    assert "/partner/enter/" not in mail.text and mail.hidden_words.expires_at == SeatKey.objects.get().expires_at


def test_asking_again_and_again_is_throttled(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    within_one_window(monkeypatch)
    client, page = Client(), reverse("portal:enter")
    codes = [client.post(page, {"email": "negar@nour.example"}).status_code for _n in range(7)]
    assert codes[:5] == [200] * 5 and codes[-1] == 429


def test_who_asks_waits_as_long_for_an_address_of_nobody(two: Two) -> None:
    asked = []
    for email in ("negar@nour.example", "nobody@nour.example"):
        with CaptureQueriesContext(connection) as counted:
            services.ask_for_key(email=email)
        asked.append(len(counted))
    assert asked[0] == asked[1]


def test_no_page_of_the_portal_opens_what_is_another_partners(two: Two, drain: Drain) -> None:
    theirs, month = stored(register(two.saman)), month_of(timezone.localdate())
    rule = RuleDetails(name="ده", bands=(Band(start=0, value=1000),))
    services.save_partner_rule(actor=None, details=rule)
    services.note_to_us(seat=two.saman, deal_id=theirs.deal_id or 0, body="یادداشت محرمانه")
    services.win_deal(actor=two.house.cast.ada, deal_id=theirs.deal_id or 0)
    drain()
    known = {"deal_id": theirs.deal_id, "registration_id": theirs.pk, "month": month, "secret": "x" * 43}
    negar, saman = inside(two, two.negar), inside(two, two.saman)
    secrets = ("یخ‌ساز", "محرمانه", "۵۰۰٬۰۰۰", "500000", "سهند")
    seen = 0
    for pattern in for_partners[0]:
        names = list(pattern.pattern.converters)
        page = reverse(f"portal:{pattern.name}", kwargs={name: known[name] for name in names})
        for ask in (Client.get, Client.post):
            mine, other = (_words(ask(browser, page, {"format": "csv"})) for browser in (saman, negar))
            assert not any(word in other for word in secrets), page
            seen += any(word in mine for word in secrets)
        negar, saman = inside(two, two.negar), inside(two, two.saman)
    assert seen >= 5
    assert not PartnerNote.objects.filter(partner=two.nour).exists()


def _words(response: Any) -> str:
    return b"".join(response).decode() if response.streaming else str(response.text)


def test_leaving_everywhere_ends_a_stolen_stay(two: Two) -> None:
    mine, thief = inside(two, two.negar), Client()
    thief.cookies["partner"] = mine.cookies["partner"].value
    other, home = inside(two, two.saman), reverse("portal:home")
    again = inside(two, two.negar)
    assert thief.get(home).status_code == 200
    again.post(reverse("portal:leave"), {"everywhere": "1"})
    assert [each.get(home).status_code for each in (mine, thief, again, other)] == [303, 303, 303, 200]


def test_a_partner_sees_his_own_and_nothing_else(two: Two) -> None:
    mine, theirs = stored(register(two.negar)), stored(register(two.saman, name="دیگری", mobile="09350000000"))
    ours = deal(two.house, name="معاملهٔ خودمان")
    client = inside(two, two.negar)
    home = client.get(reverse("portal:home")).text
    assert "یخ‌ساز البرز" in home and "دیگری" not in home and "معاملهٔ خودمان" not in home
    assert client.get(reverse("portal:deal", args=[mine.deal_id])).status_code == 200
    for foreign in (theirs.deal_id, ours.pk):
        page = reverse("portal:deal", args=[foreign])
        assert client.get(page).status_code == client.post(page, {"body": "x"}).status_code == 404
    assert client.get(reverse("portal:registration", args=[theirs.pk])).status_code == 404
    assert not PartnerNote.objects.exists()
    staff = [reverse("sales:deal", args=[mine.deal_id]), reverse("sales:partners"), "/api/v1/deals", "/customers/"]
    assert {client.get(each).status_code for each in staff} <= {302, 303, 401, 404}


def test_a_form_sent_twice_is_one_and_says_so(two: Two) -> None:
    client, page = inside(two, two.negar), reverse("portal:register")
    first = client.post(page, TYPED)
    second = client.post(page, TYPED, follow=True)
    assert first.status_code == 303 and second.redirect_chain[0][0] == first.headers["Location"]
    assert DealRegistration.objects.count() == Deal.objects.count() == 1
    assert DealRegistration.objects.get().amount == 50_000_000
    assert client.post(page, TYPED | {"mobile": ""}).status_code == 422


def test_of_whom_a_claim_meets_the_partner_reads_nothing(two: Two, logged_in: Login, drain: Drain) -> None:
    first = stored(register(two.negar, name="شرکت یخ البرز", note="تلفن مدیر ۸۸۷۷"))
    client = inside(two, two.saman)
    shown = client.post(reverse("portal:register"), TYPED | {"product": "دیگر"}, follow=True).text
    for word in ("شرکت یخ البرز", "نور گستر", "۸۸۷۷", "خط تولید"):
        assert word not in shown
    drain()
    work = logged_in(two.house.cast.bob).get(reverse("sales:registrations")).text
    for word in ("نور گستر", "سهند تجارت", "خط تولید", "دیگر"):
        assert word in work
    one = DealRegistration.objects.get(state="conflict")
    services.decide_registration(
        actor=two.house.cast.bob, registration_id=one.pk, verdict=Verdict(answer="share", percent=40)
    )
    shown = client.get(reverse("portal:deal", args=[first.deal_id])).text + client.get(reverse("portal:home")).text
    for word in ("شرکت یخ البرز", "نور گستر", "۸۸۷۷", "خط تولید"):
        assert word not in shown


def test_access_that_is_taken_away_ends_at_once(two: Two) -> None:
    client, home = inside(two, two.negar), reverse("portal:home")
    assert client.get(home).status_code == 200
    services.shut_seat(actor=two.house.cast.bob, seat_id=two.negar.pk)
    assert client.get(home).status_code == 303
    client = inside(two, two.saman)
    Partner.objects.filter(pk=two.sahand.pk).update(contract_to=timezone.localdate() - timedelta(days=1))
    assert client.get(home).status_code == 303


def test_a_stay_ends_when_it_is_left_idle_or_old(two: Two) -> None:
    client, home = inside(two, two.negar), reverse("portal:home")
    SeatSession.objects.update(seen_at=timezone.now() - timedelta(hours=25))
    assert client.get(home).status_code == 303
    client = inside(two, two.negar)
    client.post(reverse("portal:leave"))
    assert client.get(home).status_code == 303
    assert SeatSession.objects.filter(ended_at__isnull=False).count() == 1


def test_notes_pass_both_ways_and_each_side_is_told(two: Two, logged_in: Login, drain: Drain) -> None:
    one = stored(register(two.negar))
    client, page = inside(two, two.negar), reverse("portal:deal", args=[one.deal_id])
    client.post(page, {"body": "مشتری پیش‌فاکتور می‌خواهد"})
    drain()
    told = Notification.objects.filter(user=two.house.cast.alice, url=reverse("sales:deal", args=[one.deal_id]))
    assert told.filter(text__contains="wrote about").count() == 1
    alice = logged_in(two.house.cast.alice)
    assert "پیش‌فاکتور می‌خواهد" in alice.get(reverse("sales:deal", args=[one.deal_id])).text
    alice.post(reverse("sales:note_to_partner", args=[one.deal_id, two.nour.pk]), {"body": "فردا می‌فرستیم"})
    assert "فردا می‌فرستیم" in client.get(page).text
    other = inside(two, two.saman)
    assert other.get(page).status_code == 404


def test_pages_ask_the_same_however_much_there_is(
    two: Two, django_assert_num_queries: DjangoAssertNumQueries, logged_in: Login
) -> None:
    def fill(first: int, count: int) -> None:
        for number in range(first, first + count):
            register(two.negar, product=f"کالا {number}")

    fill(1, 1)
    client, bob = inside(two, two.negar), logged_in(two.house.cast.bob)
    pages = [(client, reverse("portal:home"), 6), (bob, reverse("sales:partners"), 6)]
    pages += [(bob, reverse("sales:partner", args=[two.nour.pk]), 8)]
    for browser, page, _count in pages:
        browser.get(page)
    fill(2, 4)
    for browser, page, count in pages:
        with django_assert_num_queries(count):
            assert browser.get(page).status_code == 200


def test_what_a_partner_typed_is_handed_over_and_erased_with_the_person(two: Two) -> None:
    one = stored(register(two.negar, kind="person", name="نگار رستمی", number="0499370899", note="محرمانه"))
    assert one.party_id is not None
    mine = {each.key: each for each in references() if each.model.startswith("sales.")}
    claims, partners = mine["sales.DealRegistration.party"], mine["sales.Partner.party"]
    assert claims.hand_over is not None and claims.erase is not None and partners.erase is not None
    assert [row["name"] for row in claims.hand_over(one.party_id)] == ["نگار رستمی"]
    assert claims.erase(one.party_id) == {"sales.DealRegistration": 1}
    assert claims.erase(one.party_id) == {"sales.DealRegistration": 0}
    one.refresh_from_db()
    assert (one.name, one.mobile, one.number, one.note, one.keys) == ("—", "", "", "", [])
    partners.erase(two.nour.party_id)
    assert not PartnerSeat.objects.filter(partner=two.nour).exists()
    assert not Partner.objects.get(pk=two.nour.pk).is_active and Party.objects.filter(pk=two.nour.party_id).exists()


def test_segments_and_the_file_know_who_sells_for_us_and_channels_are_summed(two: Two, logged_in: Login) -> None:
    fields = fields_of("parties.Party")
    field, asked = fields["sales.is_partner"], Asked(who=two.house.cast.bob, now=timezone.now())
    sells = set(Party.objects.filter(field.condition(Op.YES, None, asked)).values_list("pk", flat=True))  # type: ignore[misc]
    assert sells == {two.nour.party_id, two.sahand.party_id}
    one = stored(register(two.negar))
    assert one.deal_id is not None
    services.win_deal(actor=two.house.cast.ada, deal_id=one.deal_id)
    direct = deal(two.house, amount=7)
    services.win_deal(actor=two.house.cast.ada, deal_id=direct.pk)
    found = won_by_channel(two.house.cast.ada, timezone.now())
    assert [(each.name, each.count, each.amount) for each in found] == [("نمایندگان", 1, 50_000_000), ("", 1, 7)]
    bob = logged_in(two.house.cast.bob)
    figures = figures_for(two.house.cast.bob, Party.objects.get(pk=two.nour.party_id))
    assert reverse("sales:partner", args=[two.nour.pk]) in [each.url for each in figures]
    rows = DealPartner.objects.filter(partner__party_id=two.nour.party_id, deal__state="won").count()
    assert rows == 1
    deals = bob.get(reverse("sales:list"), {"f": f"partner~is~{two.nour.pk}"}).text
    assert "خط تولید" in deals and "خط دوم" not in deals
