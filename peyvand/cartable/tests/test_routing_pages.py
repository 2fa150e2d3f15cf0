"""The pages and the API of routing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import User
from peyvand.api.testing import Caller
from peyvand.cartable import services
from peyvand.cartable.models import RoutingRule, Seat, Skill
from peyvand.cartable.routing_rules import Outcome
from peyvand.cartable.services import rehearsing, ruling
from peyvand.cartable.tests.desk import as_actor, mailbox, opened
from peyvand.cartable.tests.test_ruling import rule_of, to, worked
from peyvand.core.models import LongJob
from tests.cast import Cast

Login = Callable[[User], Client]


@pytest.fixture
def browser(cast: Cast, logged_in: Login) -> Client:
    return logged_in(cast.ada)


def test_a_rule_is_written_tried_and_switched_on(cast: Cast, browser: Client) -> None:
    channel = mailbox(cast)
    opened(channel)
    form = {
        "name": "نرسیده", "words": "نرسيده،\nتاخیر", "channels": [str(channel.pk)], "days": ["5", "4"],
        "start": "۰۰:۰۰",
        "to": to(cast.logistics), "share": "turns", "priority": "high",
    }  # fmt: skip
    answer = browser.post(reverse("cartable:new_rule"), form)
    rule = RoutingRule.objects.get()
    assert answer.headers["Location"] == reverse("cartable:rule", args=[rule.pk])
    assert rule.conditions == {
        "channels": [channel.pk], "words": ["نرسیده", "تاخیر"], "days": [5, 4], "start": "00:00"
    }  # fmt: skip
    assert (rule.outcome, rule.is_active) == (
        {"to": to(cast.logistics), "share": "turns", "priority": "high"},
        False,
    )
    browser.post(reverse("cartable:rehearse_rule", args=[rule.pk]))
    worked(LongJob.objects.get())
    page = browser.get(reverse("cartable:rule", args=[rule.pk])).content.decode()
    assert "تدارکات" in page and 'id="dry-run"' in page and "تأخیر در تحویل سفارش" not in page  # it came on a Monday
    browser.post(reverse("cartable:switch_rule", args=[rule.pk]), {"on": "1"})
    rule.refresh_from_db()
    assert rule.is_active
    assert "نرسیده" in browser.get(reverse("cartable:rules")).content.decode()


def test_the_dry_run_names_requests(cast: Cast, browser: Client) -> None:
    request = opened(mailbox(cast))
    rule = rule_of(cast, to(cast.logistics), on=False)
    worked(rehearsing.start_rehearsal(actor=cast.ada, rule_id=rule.pk))
    page = browser.get(reverse("cartable:rule", args=[rule.pk])).content.decode()
    assert request.code in page and reverse("cartable:any", args=[request.code]) in page


def test_the_form_says_what_is_wrong(cast: Cast, browser: Client) -> None:
    answer = browser.post(reverse("cartable:new_rule"), {"name": "x", "start": "25:99"})
    assert answer.status_code == 422 and "08:30" in answer.content.decode()
    rule = rule_of(cast, to(cast.logistics))
    stale = browser.post(reverse("cartable:rule", args=[rule.pk]), {"name": "y", "version": "1"})
    rule.refresh_from_db()
    assert stale.status_code == 422 and rule.name != "y"


def test_order_by_keys_and_by_dragging(cast: Cast, browser: Client) -> None:
    ids = [rule_of(cast, name=name).pk for name in ("یک", "دو", "سه")]

    def order() -> list[int]:
        return list(RoutingRule.objects.order_by("position").values_list("pk", flat=True))

    browser.post(reverse("cartable:order_rules"), {"rule": ids, "move": f"{ids[2]}:up"})
    assert order() == [ids[0], ids[2], ids[1]]
    browser.post(reverse("cartable:order_rules"), {"rule": ids[::-1], "apply": "1"})
    assert order() == ids[::-1]
    browser.post(reverse("cartable:order_rules"), {"rule": ids[::-1], "move": f"{ids[0]}:down"})
    assert order() == ids[::-1]


def test_a_rule_that_names_something_gone_is_marked(cast: Cast, browser: Client) -> None:
    rule = rule_of(cast, to(cast.after_sales))  # nobody works there
    marked = 'data-c="bad"'
    assert marked in browser.get(reverse("cartable:rules")).content.decode()
    assert marked in browser.get(reverse("cartable:rule", args=[rule.pk])).content.decode()
    ruling.change_rule(
        actor=cast.ada, rule_id=rule.pk, wanted=ruling.Wanted(name="x", outcome=Outcome(to=to(cast.logistics)))
    )
    assert marked not in browser.get(reverse("cartable:rules")).content.decode()


def test_deleted_restored_and_taken_back(cast: Cast, browser: Client) -> None:
    rule = rule_of(cast, to(cast.logistics), name="اول")
    form = {"name": "دوم", "to": to(cast.sales), "version": str(rule.version)}
    browser.post(reverse("cartable:rule", args=[rule.pk]), form)
    browser.post(reverse("cartable:rule_back", args=[rule.pk, rule.version]))
    browser.post(reverse("cartable:rule_delete", args=[rule.pk]))
    assert browser.get(reverse("cartable:rule", args=[rule.pk])).status_code == 404
    assert reverse("cartable:rule_restore", args=[rule.pk]) in browser.get(reverse("cartable:rules")).content.decode()
    browser.post(reverse("cartable:rule_restore", args=[rule.pk]))
    found = RoutingRule.objects.get()
    assert (found.name, found.outcome, found.deleted_at) == ("اول", {"to": to(cast.logistics)}, None)


def test_a_message_is_tried_without_being_stored(cast: Cast, browser: Client) -> None:
    rule_of(cast, to(cast.after_sales), name="خالی")
    rule_of(cast, to(cast.logistics), name="قیمت‌ها", words=("قیمت",))
    rule_of(cast, to(cast.logistics), name="شکایت‌ها", words=("شکایت",))
    rule_of(cast, to(cast.sales), name="خاموش", on=False)
    form = {"channel": mailbox(cast).pk, "text": "شکایت داریم", "time": "۲۳:۰۰"}
    page = browser.post(reverse("cartable:rule_trial"), form).content.decode()
    assert "آن را می‌گیرد" in page and "تدارکات" in page
    assert "برقرار نیست:" in page and "کنار گذاشته شد" in page and "جور است، ولی خاموش است" in page
    assert browser.post(reverse("cartable:rule_trial"), {}).status_code == 422


def test_skills_and_capacity(cast: Cast, browser: Client) -> None:
    browser.post(reverse("cartable:rule_people"), {"name": "عربی"})
    skill = Skill.objects.get()
    assert browser.post(reverse("cartable:rule_people"), {"name": "عربی"}).status_code == 422
    browser.post(reverse("cartable:rule_seat", args=[cast.alice.pk]), {"capacity": "۱۲", "skills": [skill.pk]})
    seat = Seat.objects.get()
    assert (seat.user, seat.capacity, seat.skills) == (cast.alice, 12, [skill.pk])
    browser.post(reverse("cartable:rule_seat", args=[cast.alice.pk]), {"capacity": "x"})
    assert "12" in browser.get(reverse("cartable:rule_people")).content.decode()
    browser.post(reverse("cartable:remove_skill", args=[skill.pk]))
    assert not Skill.objects.exists() and Seat.objects.get().skills == []


def test_how_much_somebody_holds_tells_nothing_of_confidential_requests(cast: Cast, browser: Client) -> None:
    olivia = as_actor(cast.olivia)
    held = [opened(mailbox(cast), f"{number}@arman.example") for number in range(2)]
    for one in held:
        services.take(actor=olivia, request_id=one.pk)

    def shown() -> int:
        rows = browser.get(reverse("cartable:rule_people")).context["rows"]
        return next(row.load for row in rows if row.user == cast.olivia)

    assert shown() == 2
    services.confide(actor=olivia, request_id=held[0].pk, confidential=True)
    assert shown() == 1


def test_the_request_says_why_it_is_there(cast: Cast, logged_in: Login) -> None:
    rule_of(cast, to(cast.after_sales), name="خالی")
    rule_of(cast, to(cast.logistics), name="به نوبت", share="turns")
    request = opened(mailbox(cast))
    page = logged_in(cast.bob).get(reverse("cartable:earlier", args=[request.code])).content.decode()
    assert "طبق قاعدهٔ «به نوبت» به تدارکات رفت." in page and "نوبت بابک صدری بود." in page
    assert "قاعدهٔ «خالی» هم جور بود" in page


def test_pages_cost_a_fixed_number_of_queries(
    cast: Cast, browser: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    rule_of(cast, to(cast.logistics))
    request = opened(mailbox(cast))
    pages = [reverse("cartable:rules"), reverse("cartable:rule_people"), reverse("cartable:rule_trial")]
    pages += [reverse("cartable:rule", args=[RoutingRule.objects.get().pk])]
    for url in pages:
        browser.get(url)
    for _n in range(5):
        rule_of(cast, to(cast.logistics), officer=cast.bob.pk)
    for url, most in zip(pages, (18, 14, 17, 20), strict=True):
        with django_assert_max_num_queries(most):
            browser.get(url)
    with django_assert_max_num_queries(12):
        browser.get(reverse("cartable:earlier", args=[request.code]))


def test_the_api_does_all_of_it(cast: Cast) -> None:
    call = Caller(cast.ada)
    body = {
        "name": "نرسیده",
        "conditions": {"words": ["نرسيده"], "hours": ""},
        "outcome": {"to": to(cast.logistics), "share": "turns"},
    }
    made = call.post("/routing/rules", body).json()
    assert (made["is_active"], made["conditions"], made["lost"]) == (False, {"words": ["نرسیده"]}, [])
    assert call.post("/routing/rules", body | {"outcome": {"to": "department:999"}}).status_code == 422
    assert call.post("/routing/rules", body | {"outcome": {"to": "room:1"}}).status_code == 422
    assert call.post(f"/routing/rules/{made['id']}/switch", {"is_active": True}).json()["is_active"]
    second = call.post("/routing/rules", body | {"name": "دوم"}).json()
    assert call.post("/routing/order", {"ids": [second["id"], made["id"]]}).status_code == 204
    assert [row["name"] for row in call.get("/routing/rules").json()] == ["دوم", "نرسیده"]
    assert call("DELETE", f"/routing/rules/{second['id']}").status_code == 204
    assert call.get(f"/routing/rules/{second['id']}").status_code == 404
    assert call.post(f"/routing/rules/{second['id']}/restore").json()["name"] == "دوم"
    skill = call.post("/routing/skills", {"name": "عربی"}).json()
    seat = call("PUT", f"/routing/people/{cast.alice.pk}", {"capacity": 3, "skills": [skill["id"]]}).json()
    assert seat == {"user_id": cast.alice.pk, "capacity": 3, "skills": [skill["id"]]}
    request = opened(mailbox(cast))
    job = call.post(f"/routing/rules/{made['id']}/dry-run").json()["job_id"]
    assert worked(LongJob.objects.get(pk=job)).result["taken"] == 1
    why = call.get(f"/requests/{request.pk}/routing").json()
    assert (why["reason"], why["rule_id"], why["department_id"]) == ("rule", made["id"], cast.logistics.pk)
    assert why["user_id"] == request.assignee_id and "«نرسیده»" in why["sentences"][0]
    assert Caller(cast.charlie).get(f"/requests/{request.pk}/routing").status_code == 404


def test_a_list_of_rules_costs_the_same_however_long(
    cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    call = Caller(cast.ada)
    for _n in range(6):
        rule_of(cast, to(cast.logistics), officer=cast.bob.pk)
    call.get("/routing/rules")
    with django_assert_max_num_queries(16):
        assert len(call.get("/routing/rules").json()) == 6
