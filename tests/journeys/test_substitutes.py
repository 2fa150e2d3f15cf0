"""Somebody is on leave: her work arrives at her substitute, who acts in her place, and comes back afterwards."""

from playwright.sync_api import expect

from tests.journeys.conftest import Desks
from tests.journeys.days import day
from tests.journeys.faults import faults
from tests.journeys.people import MAILBOX
from tests.journeys.stack import Stack
from tests.journeys.test_main_job import mail, send

SUBJECT = "زمان نصب آب‌شیرین‌کن"


def test_work_arrives_at_the_substitute(stack: Stack, desks: Desks) -> None:
    leila, sara, babak = desks.of("leila"), desks.of("sara"), desks.of("babak")
    leila.goto(f"{stack.url}/cartable/department/")
    send(stack, mail(SUBJECT, "کی برای نصب می‌آیید؟", to=MAILBOX, sender="install@fars.example"))
    leila.locator("a.pv-req", has_text=SUBJECT).click(timeout=15_000)
    expect(leila.locator("#request-head h1")).to_contain_text(SUBJECT)
    code = leila.locator("#detail").get_attribute("data-code")
    leila.keyboard.press("a")
    expect(leila.locator("#request-head")).to_contain_text("در حال بررسی")
    sara.goto(f"{stack.url}/cartable/mine/")
    expect(sara.locator("a.pv-req", has_text=SUBJECT)).to_have_count(0)

    # Leila names Sara from today until the day after tomorrow.
    leila.goto(f"{stack.url}/profile/substitutes/")
    assert faults(leila) == []
    leila.select_option("select[name=substitute]", label="سارا موسوی")
    leila.fill("input[name=first_day]", day(0))
    leila.fill("input[name=last_day]", day(2))
    leila.fill("input[name=note]", "پرونده‌های نصب فوری است.")
    leila.click("main form button.btn-primary")
    expect(leila.locator(".pv-set-row", has_text="سارا موسوی")).to_be_visible()
    assert faults(leila) == []

    # What Leila holds stands on Sara's desk, which says in whose place; who refers to Leila is told of it.
    sara.goto(f"{stack.url}/cartable/mine/")
    sara.locator("a.pv-req", has_text=SUBJECT).click()
    expect(sara.locator("#banners")).to_contain_text("لیلا احمدی")
    assert faults(sara) == []
    sara.fill("#composer-body", "پنج‌شنبه ساعت ده برای نصب می‌آییم.")
    sara.click("#composer-send")
    expect(sara.locator("#detail")).to_contain_text("پاسخ داده شد")
    babak.goto(f"{stack.url}/cartable/department/")
    leila.goto(f"{stack.url}/cartable/{code}/")
    leila.keyboard.press("f")
    leila.fill("#target-search", "لیلا")
    expect(leila.locator("#targets")).to_contain_text("سارا موسوی")
    leila.keyboard.press("Escape")

    # Leila is back sooner: she ends it, and Sara sees nothing of it among her own work.
    leila.goto(f"{stack.url}/profile/substitutes/")
    leila.locator(".pv-set-row", has_text="سارا موسوی").locator("button").click()
    expect(leila.locator(".pv-set-row form")).to_have_count(0)
    sara.goto(f"{stack.url}/cartable/mine/")
    expect(sara.locator("a.pv-req", has_text=SUBJECT)).to_have_count(0)
    assert desks.errors == []
