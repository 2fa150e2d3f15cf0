"""Two requests are one: merged after a look, found by the old code, and taken back with the mail that came since."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Desks
from tests.journeys.faults import faults
from tests.journeys.people import MAILBOX
from tests.journeys.stack import Stack
from tests.journeys.test_main_job import mail, send

FIRST, SECOND = "پمپ شمارهٔ ۷ صدا می‌دهد", "دربارهٔ پمپ خانم رستمی"
HUSBAND = "hamed.rostami@khane.example"


def opened(page: Page, stack: Stack, subject: str, *, sender: str) -> str:
    """Send a mail, open its request and return its code."""
    send(stack, mail(subject, f"{subject}؛ لطفاً بررسی کنید.", to=MAILBOX, sender=sender))
    row = page.locator("a.pv-req", has_text=subject)
    expect(row).to_be_visible(timeout=15_000)
    row.click()
    expect(page.locator("#request-head h1")).to_contain_text(subject)
    code = page.locator("#detail").get_attribute("data-code")
    assert code
    return code


def choose(page: Page, words: str) -> None:
    """Open an entry of the «more» menu in its dialog."""
    page.locator("#request-head details > summary").click()
    page.locator("#request-head .pv-pop a", has_text=words).click()
    expect(page.locator("#dialog .pv-dlg-h")).to_be_visible()


def test_requests_are_merged_and_the_merge_is_taken_back(stack: Stack, desks: Desks) -> None:
    page = desks.of("leila")
    page.goto(f"{stack.url}/cartable/department/")
    one = opened(page, stack, FIRST, sender="negar.r@pump.example")
    other = opened(page, stack, SECOND, sender=HUSBAND)

    # She looks the first one up by its code, sees what will become of both, lets the first live on, and merges.
    choose(page, "ادغام")
    page.fill("#dialog input[name=q]", one)
    expect(page.locator("#others label")).to_have_count(1)
    expect(page.locator("#others")).to_contain_text(FIRST)
    page.locator("#others input[name=other]").check()
    assert faults(page) == []
    page.click("#dialog button.btn-primary")
    page.locator(f"#dialog input[name=survivor][value='{one}']").check()
    expect(page.locator(f"#dialog input[name=survivor][value='{one}']")).to_be_checked()
    expect(page.locator("#dialog")).to_contain_text("۹۰ روز")
    assert faults(page) == []
    page.click("#dialog button.btn-primary")
    expect(page.locator("#detail")).to_have_attribute("data-code", one)
    expect(page.locator(".pv-thread")).to_contain_text(SECOND)
    expect(page.locator("section#ties")).to_contain_text(other)
    assert faults(page) == []

    # The old code leads here, and mail that names it arrives here.
    page.goto(f"{stack.url}/cartable/{other}/")
    expect(page.locator("#detail")).to_have_attribute("data-code", one)
    send(stack, mail(f"Re: [{other}]", "هنوز صدا می‌دهد.", to=MAILBOX, sender=HUSBAND))
    expect(page.locator(".pv-thread")).to_contain_text("هنوز صدا می‌دهد.", timeout=15_000)

    # It was a mistake: she takes it back, and the later mail goes where its code points.
    page.locator("section#ties a", has_text="برگرداندن").click()
    expect(page.locator("#dialog select[name^=place-]")).to_contain_text(other)
    assert faults(page) == []
    page.click("#dialog button.btn-primary")
    expect(page.locator("section#ties")).to_have_count(0)
    expect(page.locator(".pv-thread")).not_to_contain_text(SECOND)
    page.goto(f"{stack.url}/cartable/{other}/")
    expect(page.locator("#detail")).to_have_attribute("data-code", other)
    expect(page.locator(".pv-thread")).to_contain_text("هنوز صدا می‌دهد.")

    # The second mail speaks of something else: it becomes a request of its own.
    choose(page, "جدا کردن")
    page.locator("#dialog input[name=messages]").last.check()
    page.fill("#dialog input[name=subject]", "صدای پمپ پس از تعمیر")
    assert faults(page) == []
    page.click("#dialog button.btn-primary")
    expect(page.locator("#request-head h1")).to_contain_text("صدای پمپ پس از تعمیر")

    # A part of it goes to logistics; it does not close over it without a reason.
    choose(page, "زیردرخواست")
    page.fill("#dialog input[name=title]", "پمپ یدکی هست؟")
    page.fill("#dialog input[name=who]", "لجستیک")
    expect(page.locator("#targets label")).to_have_count(1)
    page.locator("#targets input[value^='department:']").check()
    assert faults(page) == []
    page.click("#dialog button.btn-primary")
    expect(page.locator("section#ties")).to_contain_text("پمپ یدکی هست؟")
    assert faults(page) == []
    page.keyboard.press("e")
    expect(page.locator("#dialog textarea[name=remark]")).to_be_visible()
    page.fill("#dialog textarea[name=remark]", "مشتری پمپ تازه خرید")
    page.click("#dialog button.btn-primary")
    expect(page.locator("#request-head")).to_contain_text(re.compile("بسته"))
    assert desks.errors == []
