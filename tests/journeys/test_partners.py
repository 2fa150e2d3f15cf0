"""Two agents on one customer: in by a link, registered, met, shared, won, and each reads what he earned, alone."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Desks
from tests.journeys.faults import faults
from tests.journeys.stack import Sink, Stack, eventually

MAKE = "import django; django.setup(); from tests.journeys.partners import make; make()"
CUSTOMER, MOBILE = "کارخانهٔ یخ‌ساز البرز", "09121112233"


def test_two_agents_meet_at_one_customer_and_each_reads_his_own_commission(
    stack: Stack, sink: Sink, desks: Desks
) -> None:
    stack.run("-c", MAKE)
    negar, saman, mina = desks.stranger("negar"), desks.stranger("saman"), desks.of("mina")
    found: list[str] = []

    # In by a link that is in the mail alone.
    for page, email in ((negar, "negar@nour.example"), (saman, "saman@sahand.example")):
        enter(page, stack, sink, email)
    found += faults(negar)

    # The first has the customer at once, the second waits and reads of nobody.
    register(negar, stack, "خط تولید")
    expect(negar.locator("main")).to_contain_text("پذیرفته")
    negar.click("main a.btn-primary")
    expect(negar.locator("main h1")).to_have_text("خط تولید")
    register(saman, stack, "دستگاه یخ")
    expect(saman.locator("main")).to_contain_text("در دست بررسی")
    expect(saman.locator("main")).not_to_contain_text("نور گستر")
    found += faults(saman)

    # Who manages them sees both sides, gives the second a share, takes it back, and gives it again.
    for percent in ("40", "30"):
        mina.goto(f"{stack.url}/sales/registrations/")
        waiting = mina.locator("main li.pv-card", has_text="دستگاه یخ")
        expect(waiting).to_contain_text("نور گستر")
        waiting.locator("input[name=percent]").fill(percent)
        waiting.locator("button[value=share]").click()
        expect(mina.locator("#toasts")).to_contain_text("همکاران")
        if percent == "40":
            mina.locator("section button:has-text('برگرداندن تصمیم')").click()
            expect(waiting).to_be_visible()
    found += faults(mina)

    # The deal is won, and each reads in his portal what he earned, and of the other nothing.
    mina.goto(f"{stack.url}/sales/list/?q=خط تولید")
    mina.locator("tbody tr a", has_text="خط تولید").first.click()
    expect(mina.locator("main aside")).to_contain_text("سهند تجارت")
    mina.click("button:has-text('برنده شد')")
    expect(mina.locator("main")).to_contain_text("برنده‌شده")
    for page, amount, foreign in ((negar, "۳٬۵۰۰٬۰۰۰", "۱٬۵۰۰٬۰۰۰"), (saman, "۱٬۵۰۰٬۰۰۰", "۳٬۵۰۰٬۰۰۰")):
        eventually(lambda page=page: is_earned(page, stack), seconds=20, what="the commission")  # type: ignore[misc]
        page.locator("main li a").first.click()
        expect(page.locator("main")).to_contain_text(amount)
        expect(page.locator("main")).not_to_contain_text(foreign)
        found += faults(page)
    saman.emulate_media(media="print")
    expect(saman.locator(".pv-paper-h")).to_be_visible()
    expect(saman.locator("button:visible")).to_have_count(0)
    assert found == []
    assert desks.errors == []


def enter(page: Page, stack: Stack, sink: Sink, email: str) -> None:
    """Ask for a link, wait for the mail, and come in by it."""
    page.goto(f"{stack.url}/partner/")
    page.fill("input[name=email]", email)
    page.click("main button[type=submit]")
    expect(page.locator("main [role=status]")).to_be_visible()
    mail = eventually(lambda: sink.to(email), seconds=20, what=f"the mail to {email}")[-1]
    body = mail.get_body(("plain",))
    assert body is not None
    address = re.search(r"https?://\S+/partner/enter/\S+", body.get_content())
    assert address is not None
    page.goto(address[0])
    page.click("main button[type=submit]")
    expect(page.locator("nav.pv-seg")).to_be_visible()


def register(page: Page, stack: Stack, product: str) -> None:
    """Register a deal with the customer whom both know, of 50 million Toman."""
    page.goto(f"{stack.url}/partner/register/")
    for name, text in (("name", CUSTOMER), ("mobile", MOBILE), ("product", product), ("amount", "50000000")):
        page.fill(f"main [name={name}]", text)
    page.click("main form button[type=submit]")
    expect(page.locator("main h1")).to_have_text(product)


def is_earned(page: Page, stack: Stack) -> bool:
    """Does a month stand in the portal by now?"""
    page.goto(f"{stack.url}/partner/statements/")
    return page.locator("main li a").count() > 0
