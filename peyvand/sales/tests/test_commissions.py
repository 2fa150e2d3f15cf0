"""Commissions: the closest rule, whole Rials, a ledger that says what the won deals say, statements that stay."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid, NotFound
from peyvand.sales import services
from peyvand.sales.channel_types import Band, RuleDetails
from peyvand.sales.commission import Case, Terms, closest, value_of, worth
from peyvand.sales.errors import AlreadyDecided, RuleUsed
from peyvand.sales.models import CommissionEntry, CommissionStatement, Deal, DealPartner, Partner, PartnerRule
from peyvand.sales.selectors.commissions import month_after, month_of, month_shown, months_of, terms_of, trial
from peyvand.sales.services.partner_rules import save_partner_rule
from peyvand.sales.tests.partnering import Two, two_partners
from peyvand.sales.tests.selling import House, deal, house
from peyvand.sales.tests.test_portal import inside
from peyvand.sales.types import DealDetails
from tests.cast import Cast

Drain = Callable[[], int]
Login = Callable[[User], Client]
CASE = Case(partner=1, level="gold", channel=2, pipeline=3, amount=1_000_000, day=date(2026, 11, 30))
TENTH = ((0, 1000),)


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


@pytest.fixture
def two(place: House) -> Two:
    return two_partners(place)


def terms(**more: object) -> Terms:
    return Terms(**({"id": 1, "way": "percent", "bands": TENTH} | more))  # type: ignore[arg-type]


def rule(**more: object) -> PartnerRule:
    bands = (Band(start=0, value=500), Band(start=1_000_000, value=1000))
    return save_partner_rule(actor=None, details=RuleDetails(**({"name": "پله‌ای", "bands": bands} | more)))  # type: ignore[arg-type]


def through(two: Two, amount: int, shares: dict[Partner, int] | None = None) -> Deal:
    """An open deal of alice's that goes through partners."""
    one = deal(two.house, amount=amount)
    partners = {partner.pk: percent for partner, percent in (shares or {two.nour: 100}).items()}
    return services.set_deal_partners(actor=two.house.cast.bob, deal_id=one.pk, partners=partners)


def earned(partner: Partner) -> int:
    total: int = CommissionEntry.objects.filter(partner=partner).aggregate(total=Sum("amount"))["total"] or 0
    return total


def test_the_closest_rule_holds_then_the_newest_and_only_within_its_days() -> None:
    anybody, channel = terms(), terms(id=2, channel=2, pipeline=3)
    level, named = terms(id=3, level="gold"), terms(id=4, partner=1)
    assert closest([named, level, channel, anybody], CASE) == named
    assert closest([level, channel, anybody], CASE) == level
    assert closest([channel, anybody], CASE) == channel
    assert closest([terms(id=5, since=date(2026, 1, 1)), terms(id=6, since=date(2026, 6, 1))], CASE).id == 6  # type: ignore[union-attr]
    assert (
        closest([terms(until=date(2026, 11, 29)), terms(since=date(2026, 12, 1)), terms(level="silver")], CASE) is None
    )
    assert closest([terms(since=CASE.day, until=CASE.day)], CASE) is not None


def test_the_step_in_which_the_amount_lies_holds_for_all_of_it() -> None:
    steps = terms(bands=((0, 500), (1_000_000, 1000)))
    assert [value_of(steps, amount) for amount in (0, 999_999, 1_000_000, 5_000_000)] == [500, 500, 1000, 1000]
    assert worth(steps, CASE) == 100_000
    assert worth(terms(way="fixed", bands=((0, 7),)), CASE) == 7


@given(
    amount=st.integers(0, 10**17), value=st.integers(0, 10_000),
    percents=st.lists(st.integers(1, 100), min_size=1, max_size=5).filter(lambda found: sum(found) <= 100),
)  # fmt: skip
def test_the_parts_are_never_more_than_the_whole_and_lose_less_than_a_rial_each(
    amount: int, value: int, percents: list[int]
) -> None:
    parts = [
        worth(terms(bands=((0, value),)), Case(**(CASE.__dict__ | {"amount": amount, "percent": percent})))
        for percent in percents
    ]
    whole = amount * value * sum(percents) / 1_000_000
    assert all(part >= 0 for part in parts) and sum(parts) * 1_000_000 <= amount * value * sum(percents)
    assert whole - sum(parts) <= len(parts) + whole * 1e-9


def test_a_statement_names_the_day_of_the_win_and_of_a_counter_entry_its_own() -> None:
    noon = datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert CommissionEntry(details={"won_on": "2026-10-05"}, at=noon).day == date(2026, 10, 5)
    assert CommissionEntry(details={"won_on": "2026-10-05"}, at=noon, reverses_id=1).day == date(2026, 11, 30)


def test_a_won_deal_earns_once_and_reopening_takes_it_back(two: Two, drain: Drain) -> None:
    rule()
    one, bob = through(two, 2_000_000), two.house.cast.bob
    services.win_deal(actor=bob, deal_id=one.pk)
    drain()
    assert services.settle_deal(deal_id=one.pk) == []
    entry = CommissionEntry.objects.get()
    assert (entry.partner, entry.amount, entry.month) == (two.nour, 200_000, month_of(timezone.localdate()))
    assert entry.details == {"deal": 2_000_000, "won_on": timezone.localdate().isoformat(), "percent": 100}
    services.reopen_deal(actor=bob, deal_id=one.pk)
    drain()
    assert earned(two.nour) == 0 and CommissionEntry.objects.get(reverses=entry).amount == -200_000
    services.win_deal(actor=bob, deal_id=one.pk)
    services.delete_deal(actor=two.house.cast.ada, deal_id=one.pk)
    drain()
    assert earned(two.nour) == 0
    services.restore_deal(actor=two.house.cast.ada, deal_id=one.pk)
    drain()
    assert earned(two.nour) == 200_000


def test_a_changed_amount_another_partner_and_a_split_share_are_counted_anew(two: Two, drain: Drain) -> None:
    rule()
    one, bob = through(two, 2_000_000), two.house.cast.bob
    services.win_deal(actor=bob, deal_id=one.pk)
    drain()
    details = DealDetails(name="x", amount=900_000, channel="partner")
    services.change_deal(actor=bob, deal_id=one.pk, details=details)
    drain()
    assert earned(two.nour) == 45_000
    services.set_deal_partners(actor=bob, deal_id=one.pk, partners={two.nour.pk: 60, two.sahand.pk: 40})
    drain()
    assert (earned(two.nour), earned(two.sahand)) == (27_000, 18_000)
    services.set_deal_partners(actor=bob, deal_id=one.pk, partners={})
    drain()
    assert (earned(two.nour), earned(two.sahand)) == (0, 0)


def test_nothing_in_the_ledger_is_changed_or_removed(two: Two, drain: Drain) -> None:
    rule()
    services.win_deal(actor=two.house.cast.bob, deal_id=through(two, 2_000_000).pk)
    drain()
    for change in (lambda rows: rows.update(amount=1), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="only_added|Cannot update or delete"), transaction.atomic():
            change(CommissionEntry.objects.all())


def test_a_later_rule_changes_nothing_that_was_earned_and_a_used_one_only_ends(two: Two, drain: Drain) -> None:
    used = rule()
    one, bob = through(two, 2_000_000), two.house.cast.bob
    services.win_deal(actor=bob, deal_id=one.pk)
    drain()
    rule(partner_id=two.nour.pk, bands=(Band(start=0, value=9000),))
    services.tag_deal(actor=bob, deal_id=one.pk, add=[], remove=[])
    services.settle_deal(deal_id=one.pk)
    assert earned(two.nour) == 200_000
    with pytest.raises(RuleUsed):
        save_partner_rule(actor=None, rule_id=used.pk, details=RuleDetails(name="x", bands=(Band(start=0, value=1),)))
    ended = rule(name="پله‌ای", until=timezone.localdate())
    assert ended.until == timezone.localdate()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"bands": ()}, "bands"),
        ({"bands": (Band(start=5, value=1),)}, "bands"),
        ({"bands": (Band(start=0, value=10_001),)}, "bands"),
        ({"bands": (Band(start=0, value=1), Band(start=0, value=2))}, "bands"),
        ({"name": " "}, "name"),
        ({"level": "iron"}, "level"),
        ({"channel_id": 987}, "channel"),
        ({"since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "until"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(two: Two, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        rule(**wrong)
    assert field in refused.value.fields


ACTS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["win", "win", "reopen", "amount", "share", "trash", "settle"]),
        st.integers(1, 3_000_000),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_the_ledger_is_what_the_rule_gives_for_the_won_deals_whatever_happened(
    two: Two, acts: list[tuple[int, str, int]]
) -> None:
    with transaction.atomic():
        PartnerRule.objects.exists() or rule()
        deals = [through(two, 1_500_000).pk for _n in range(3)]
        for which, act, number in acts:
            _do(two, deals[which], act, number)
            services.settle_deal(deal_id=deals[which])
        found = terms_of(PartnerRule.objects.get())
        for partner in (two.nour, two.sahand):
            won = DealPartner.objects.filter(
                partner=partner, deal__in=deals, deal__state="won", deal__deleted_at=None
            ).values_list("deal__amount", "percent")
            wanted = [amount * value_of(found, amount) * percent // 1_000_000 for amount, percent in won]
            assert earned(partner) == sum(wanted)
        assert CommissionEntry.objects.filter(reverses=None, reversal=None, amount__lte=0).count() == 0
        transaction.set_rollback(True)


def _do(two: Two, deal_id: int, act: str, number: int) -> None:
    one, ada = Deal.objects.get(pk=deal_id), two.house.cast.ada
    if act == "trash" or one.deleted_at is not None:
        (services.delete_deal if one.deleted_at is None else services.restore_deal)(actor=ada, deal_id=deal_id)
    elif act == "win" and one.is_open:
        services.win_deal(actor=ada, deal_id=deal_id)
    elif act == "reopen" and one.state == "won":
        services.reopen_deal(actor=ada, deal_id=deal_id)
    elif act == "amount":
        details = DealDetails(name="x", amount=number, channel="partner")
        services.change_deal(actor=ada, deal_id=deal_id, details=details)
    elif act == "share":
        percent = number % 99 + 1
        partners = {two.nour.pk: percent, two.sahand.pk: 100 - percent}
        services.set_deal_partners(actor=ada, deal_id=deal_id, partners=partners)


def test_a_confirmed_month_stays_and_what_comes_later_stands_in_the_next(two: Two, drain: Drain) -> None:
    rule()
    one, bob, month = through(two, 2_000_000), two.house.cast.bob, month_of(timezone.localdate())
    with pytest.raises(Invalid):
        services.confirm_statement(actor=bob, partner_id=two.nour.pk, month=month)
    services.win_deal(actor=bob, deal_id=one.pk)
    drain()
    made = services.confirm_statement(actor=bob, partner_id=two.nour.pk, month=month)
    assert (made.state, made.total) == ("confirmed", 200_000)
    with pytest.raises(AlreadyDecided):
        services.confirm_statement(actor=bob, partner_id=two.nour.pk, month=month)
    services.reopen_deal(actor=bob, deal_id=one.pk)
    drain()
    assert [(each.number, each.total, each.state) for each in months_of(two.nour)] == [
        (month_after(month), -200_000, "open"),
        (month, 200_000, "confirmed"),
    ]
    with pytest.raises(Invalid):
        services.confirm_statement(actor=bob, partner_id=two.nour.pk, month=month_after(month))
    services.unconfirm_statement(actor=bob, partner_id=two.nour.pk, month=month)
    services.confirm_statement(actor=bob, partner_id=two.nour.pk, month=month)
    paid = services.pay_statement(actor=bob, partner_id=two.nour.pk, month=month, reference="حواله ۱۲")
    assert (paid.state, paid.paid_by, paid.reference) == ("paid", bob, "حواله ۱۲")
    with pytest.raises(AlreadyDecided):
        services.unconfirm_statement(actor=bob, partner_id=two.nour.pk, month=month)
    with pytest.raises(NotFound):
        services.pay_statement(actor=two.house.cast.charlie, partner_id=two.nour.pk, month=month)
    assert CommissionStatement.objects.count() == 1


def test_what_is_left_goes_from_month_to_month_until_it_is_paid(two: Two, drain: Drain) -> None:
    rule()
    bob, month = two.house.cast.bob, month_of(timezone.localdate())
    one, other = through(two, 2_000_000), through(two, 1_000_000)
    services.win_deal(actor=bob, deal_id=one.pk)
    drain()
    services.confirm_statement(actor=bob, partner_id=two.nour.pk, month=month)
    services.win_deal(actor=bob, deal_id=other.pk)
    drain()
    now, then = months_of(two.nour)
    assert (then.carried, then.total, then.paid, then.balance) == (0, 200_000, 0, 200_000)
    assert (now.carried, now.total, now.balance) == (200_000, 100_000, 300_000)
    services.pay_statement(actor=bob, partner_id=two.nour.pk, month=month)
    now, then = months_of(two.nour)
    assert (then.paid, then.balance, now.carried, now.balance) == (200_000, 0, 0, 100_000)
    later = month_shown(two.nour, month_after(month_after(month)))
    assert (later.total, later.carried, later.balance) == (0, 100_000, 100_000)


def test_the_months_go_on_over_the_end_of_a_year() -> None:
    assert (
        month_after(140512) == 140601
        and month_of(date(2027, 3, 20)) == 140512
        and month_of(date(2027, 3, 21)) == 140601
    )


def test_a_rule_that_is_written_late_counts_what_was_won_before(two: Two, drain: Drain) -> None:
    one = through(two, 2_000_000)
    services.win_deal(actor=two.house.cast.bob, deal_id=one.pk)
    drain()
    assert not CommissionEntry.objects.exists()
    late = rule()
    found = trial(terms_of(late), timezone.localdate())
    assert (found.deals, found.amount, found.total) == (1, 2_000_000, 200_000)
    assert services.settle_partner(actor=two.house.cast.bob, partner_id=two.nour.pk) == 1
    assert services.settle_partner(actor=two.house.cast.bob, partner_id=two.nour.pk) == 0


def test_pages_and_files_show_it_to_staff_and_to_its_partner_alone(two: Two, logged_in: Login, drain: Drain) -> None:
    rule(name="=1+1")
    one, bob, month = through(two, 2_000_000), two.house.cast.bob, month_of(timezone.localdate())
    Deal.objects.filter(pk=one.pk).update(name='=HYPERLINK("x")')
    services.win_deal(actor=bob, deal_id=one.pk)
    drain()
    staff, negar, saman = logged_in(bob), inside(two, two.negar), inside(two, two.saman)
    args = [two.nour.pk, month]
    assert "۲۰٬۰۰۰ تومان" in staff.get(reverse("sales:statement", args=args)).text
    assert "۲۰٬۰۰۰ تومان" in staff.get(reverse("sales:statements", args=[two.nour.pk])).text
    assert (
        "۲۰ هزار" in staff.get(reverse("sales:deal", args=[one.pk])).text
        or "۲۰٬۰۰۰" in staff.get(reverse("sales:deal", args=[one.pk])).text
    )
    assert "۲۰٬۰۰۰ تومان" in negar.get(reverse("portal:statement", args=[month])).text
    assert "۲۰٬۰۰۰" not in saman.get(reverse("portal:statement", args=[month])).text
    assert saman.get(reverse("portal:statement", args=[7])).status_code == 404
    for client, page in (
        (staff, reverse("sales:statement_file", args=args)),
        (negar, reverse("portal:statement_file", args=[month])),
    ):
        text = b"".join(client.post(page, {"format": "csv"})).decode()  # type: ignore[arg-type]
        assert "'=HYPERLINK" in text and "'=1+1" in text and "200000" in text and '"مانده","","","","","200000"' in text
        shown = client.get(page.removesuffix("file/")).text
        assert "data-print" in shown and "مانده" in shown and "pv-paper-h" in shown
        assert client.post(page, {"format": "vcf3"}).status_code in (404, 422, 400)
    assert (
        "200000" not in b"".join(saman.post(reverse("portal:statement_file", args=[month]), {"format": "csv"})).decode()
    )  # type: ignore[arg-type]
    act = reverse("sales:act_on_statement", args=args)
    staff.post(act, {"act": "confirm"})
    staff.post(act, {"act": "pay", "reference": "۱۲"})
    assert "پرداخت شد" in negar.get(reverse("portal:statement", args=[month])).text


def test_a_rule_is_written_on_its_page_with_steps_in_any_digits(two: Two, logged_in: Login) -> None:
    ada = logged_in(two.house.cast.ada)
    typed = {"name": "نمایندگان", "purpose": "commission", "way": "percent", "channel": two.channel.pk}
    steps = {"from-1": "0", "value-1": "۲٫۵", "from-2": "۱۰۰٬۰۰۰٬۰۰۰", "value-2": "5", "from-3": "", "value-3": ""}
    assert ada.post(reverse("sales:new_partner_rule"), typed | steps).status_code == 303
    made = PartnerRule.objects.get()
    assert made.bands == [{"from": 0, "value": 250}, {"from": 1_000_000_000, "value": 500}]
    page = ada.get(reverse("sales:partner_rule", args=[made.pk])).text
    assert "۲٫۵" in page or "2.5" in page
    assert ada.post(reverse("sales:new_partner_rule"), typed | {"value-1": "x"}).status_code == 422
    assert ada.get(reverse("sales:partner_rules")).status_code == 200
