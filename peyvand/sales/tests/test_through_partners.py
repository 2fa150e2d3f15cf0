"""Where deals that go through partners are seen: the list, the board, the page of a deal, the file of a customer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from peyvand.accounts.models import RolePermission, User
from peyvand.core.record_fields import Asked, Op, fields_of
from peyvand.parties import timeline
from peyvand.parties.models import Party
from peyvand.sales import services
from peyvand.sales.channel_types import Verdict
from peyvand.sales.models import Deal, DealRegistration, Partner
from peyvand.sales.selectors.board import Wanted, board_of
from peyvand.sales.selectors.channels import partners_shown
from peyvand.sales.selectors.commissions import month_of
from peyvand.sales.tests.partnering import Two, register, stored, two_partners
from peyvand.sales.tests.selling import allow, deal, house
from peyvand.sales.tests.test_commissions import rule
from peyvand.sales.tests.test_portal import inside
from tests.cast import Cast

Login = Callable[[User], Client]
Drain = Callable[[], int]


@pytest.fixture
def two(cast: Cast) -> Two:
    return two_partners(house(cast))


def found(two: Two, key: str, op: Op, value: object) -> set[int]:
    asked = Asked(who=two.house.cast.ada, now=timezone.now())
    condition = fields_of("sales.Deal")[key].condition
    assert condition is not None
    return set(Deal.objects.filter(condition(op, value, asked)).values_list("pk", flat=True))


def test_a_shared_deal_is_found_under_each_of_its_partners(two: Two, logged_in: Login) -> None:
    bob = two.house.cast.bob
    shared, direct = deal(two.house, "سهمی"), deal(two.house, "کار خودمان")
    shares = {two.nour.pk: 60, two.sahand.pk: 40}
    services.set_deal_partners(actor=bob, deal_id=shared.pk, partners=shares)
    for partner in (two.nour, two.sahand):
        assert found(two, "partner", Op.IS, str(partner.pk)) == {shared.pk}
        assert found(two, "partner", Op.IS_NOT, str(partner.pk)) == {direct.pk}
        shown = board_of(two.house.cast.ada, two.house.deals, Wanted(partner_id=partner.pk))
        assert [card.deal.pk for column in shown.columns for card in column.cards] == [shared.pk]
        assert shown.columns[0].sums.count == 1
    assert found(two, "partner_channel", Op.IS, str(two.channel.pk)) == {shared.pk}
    assert found(two, "partner", Op.EMPTY, None) == {direct.pk}
    text = logged_in(bob).get(reverse("sales:board"), {"partner": two.sahand.pk}).text
    assert "سهمی" in text and "کار خودمان" not in text and "همهٔ همکاران" in text
    asked = logged_in(bob).get("/api/v1/deals", {"partner_id": two.sahand.pk, "channel": "partner"})
    assert [one["id"] for one in asked.json()["items"]] == [shared.pk]
    counted = {one.pk: (one.open_deals, one.won) for one in partners_shown(bob)}
    assert counted == {two.nour.pk: (1, 0), two.sahand.pk: (1, 0)}
    listed = logged_in(bob).get(reverse("sales:list"), {"f": f"partner~is~{two.sahand.pk}"}).text
    assert "سهمی" in listed and "کار خودمان" not in listed


def test_the_board_names_only_partners_whom_one_sees(two: Two, logged_in: Login) -> None:
    deal(two.house)
    allow(two.house.cast.charlie, "sales.view", "sales.partners", scope="branch")
    for user, is_named in ((two.house.cast.bob, True), (two.house.cast.charlie, False)):
        text = logged_in(user).get(reverse("sales:board"), {"pipeline": two.house.deals.pk}).text
        assert ("نور گستر" in text) is is_named


def test_what_partners_register_stands_in_the_timeline_and_on_the_deal(two: Two, logged_in: Login) -> None:
    bob, first, second = two.house.cast.bob, stored(register(two.negar)), stored(register(two.saman))
    verdict = Verdict(answer="refuse", remark="مشتری دیگری است")
    services.decide_registration(actor=bob, registration_id=second.pk, verdict=verdict)
    DealRegistration.objects.filter(pk=first.pk).update(exclusive_until=timezone.localdate() - timedelta(days=1))
    services.end_protection()
    party = Party.objects.get(pk=first.party_id)
    allow(two.house.cast.charlie, "sales.partners", "parties.view", scope="branch")
    two.house.cast.charlie.reach = None
    with override("fa"):
        titles = [str(entry.title) for entry in timeline.read(bob, party, only="registrations").entries]
    assert titles == [
        "پایان حفاظت نور گستر: خط تولید",
        "رد ثبت سهند تجارت: خط تولید",
        "ثبت از سوی سهند تجارت: خط تولید",
        "ثبت از سوی نور گستر: خط تولید",
    ]
    assert timeline.read(two.house.cast.charlie, party, only="registrations").entries == []
    text = logged_in(bob).get(reverse("sales:deal", args=[first.deal_id])).text
    assert "مشتری دیگری است" in text and "پایان حفاظت" in text
    RolePermission.objects.filter(permission="sales.partners", role=two.house.cast.alice.grants.get().role).delete()
    alice = logged_in(two.house.cast.alice).get(reverse("sales:deal", args=[first.deal_id])).text
    assert "مشتری دیگری است" not in alice


def test_every_page_of_partners_asks_as_often_for_many_as_for_one(two: Two, logged_in: Login, drain: Drain) -> None:
    rule()
    month, bob = month_of(timezone.localdate()), two.house.cast.bob

    def fill(numbers: range) -> None:
        for number in numbers:
            one = stored(register(two.negar, product=f"کالا {number}"))
            services.win_deal(actor=bob, deal_id=one.deal_id or 0)
            mobile = f"0912 200 {number:04}"
            still = stored(register(two.negar, product=f"باز {number}", mobile=mobile, name=f"مشتری {number}"))
            for product in (f"رقیب {number}", f"دیگر {number}"):
                register(two.saman, product=product, mobile=mobile, name=f"مشتری {number}")
            services.note_to_us(seat=two.negar, deal_id=still.deal_id or 0, body="x")
            refused = DealRegistration.objects.get(product=f"دیگر {number}")
            verdict = Verdict(answer="refuse", remark="x")
            services.decide_registration(actor=bob, registration_id=refused.pk, verdict=verdict)
        drain()

    fill(range(1, 2))
    staff, negar = logged_in(bob), inside(two, two.negar)
    claim = DealRegistration.objects.get(product="باز 1")
    pages = {
        reverse("sales:partners"): staff,
        reverse("sales:partner", args=[two.nour.pk]): staff,
        reverse("sales:registrations"): staff,
        reverse("sales:statements", args=[two.nour.pk]): staff,
        reverse("sales:statement", args=[two.nour.pk, month]): staff,
        reverse("sales:deal", args=[claim.deal_id]): staff,
        reverse("portal:home"): negar,
        reverse("portal:deal", args=[claim.deal_id]): negar,
        reverse("portal:registration", args=[claim.pk]): negar,
        reverse("portal:register"): negar,
        reverse("portal:statements"): negar,
        reverse("portal:statement", args=[month]): negar,
    }
    before = {page: _count(browser, page) for page, browser in pages.items()}
    fill(range(2, 6))
    assert {page: _count(browser, page) for page, browser in pages.items()} == before
    assert max(before.values()) <= 24 and Partner.objects.count() == 2


def _count(browser: Client, page: str) -> int:
    browser.get(page)  # what all processes keep for a while is known now
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200
    return len(asked)
