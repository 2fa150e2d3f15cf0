"""Two people at their desks: who looks and who types, putting aside and coming back, one act on many and its undo."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Desks
from tests.journeys.people import MAILBOX, PASSWORD
from tests.journeys.stack import Stack
from tests.journeys.test_main_job import mail, send

SUBJECTS = ("کابل یدکی", "فیلتر روغن", "نشتی شیر")


def opened(page: Page, stack: Stack, subject: str) -> None:
    page.goto(f"{stack.url}/cartable/department/")
    page.click(f"a.pv-req:has-text('{subject}')")
    expect(page.locator("#request-head h1")).to_contain_text(subject)


def test_the_desk_of_two(stack: Stack, desks: Desks) -> None:
    leila, sara = desks.of("leila"), desks.of("sara")
    leila.goto(f"{stack.url}/cartable/department/")
    for number, subject in enumerate(SUBJECTS):
        send(stack, mail(subject, f"{subject} می‌خواهم.", to=MAILBOX, sender=f"p{number}@fars.example"))
        expect(leila.locator("a.pv-req", has_text=subject)).to_be_visible(timeout=30_000)

    # Both open the same request: each sees the other, and who types, without a reload; who leaves is gone at once.
    opened(leila, stack, SUBJECTS[0])
    expect(leila.locator("#presence")).to_be_empty()
    opened(sara, stack, SUBJECTS[0])
    expect(sara.locator("#presence")).to_contain_text("لیلا احمدی")
    expect(leila.locator("#presence")).to_contain_text("سارا موسوی")
    sara.locator("#composer-body").press_sequentially("در حال بررسی", delay=20)
    expect(leila.locator("#presence")).to_contain_text("می‌نویسد")
    sara.goto(f"{stack.url}/cartable/mine/")
    expect(leila.locator("#presence")).to_be_empty()

    # By the keyboard: take it, put it aside until tomorrow; it leaves «mine», the toast takes it back.
    leila.locator("#request-head h1").click()
    leila.keyboard.press("a")
    expect(leila.locator("#request-head")).to_contain_text("در حال بررسی")
    leila.keyboard.press("s")
    leila.click("dialog[open] button[value=tomorrow]")
    expect(leila.locator("#banners")).to_contain_text("به تعویق انداخته‌اید")
    sara.goto(f"{stack.url}/cartable/department/")
    expect(sara.locator("a.pv-req", has_text=SUBJECTS[0])).to_be_visible()
    leila.goto(f"{stack.url}/cartable/mine/")
    expect(leila.locator("a.pv-req", has_text=SUBJECTS[0])).to_have_count(0)
    leila.goto(f"{stack.url}/cartable/snoozed/")
    expect(leila.locator("a.pv-req", has_text=SUBJECTS[0])).to_be_visible()

    # The customer writes: it is back by itself.
    code = leila.locator("a.pv-req", has_text=SUBJECTS[0]).get_attribute("id")
    assert code and re.fullmatch(r"row-14\d\d-\d{6}-\d", code)
    leila.goto(f"{stack.url}/cartable/mine/")
    again = mail(f"Re: {code.removeprefix('row-')}", "خبری نشد؟", to=MAILBOX, sender="p0@fars.example")
    send(stack, again)
    expect(leila.locator("a.pv-req", has_text=SUBJECTS[0])).to_be_visible(timeout=30_000)

    # Two are chosen by the keyboard, closed after a preview, and the toast brings both back.
    leila.goto(f"{stack.url}/cartable/department/")
    for subject in SUBJECTS[1:]:
        leila.locator("a.pv-req", has_text=subject).focus()
        leila.keyboard.press("x")
    expect(leila.locator("[data-bulk-count]")).to_have_text("۲")
    leila.click(".pv-bulk button[value=close]")
    leila.click("dialog[open] .btn-primary")
    expect(leila.locator("dialog[open]")).to_contain_text("تغییر می‌کند")
    leila.click("dialog[open] [data-go]")
    for subject in SUBJECTS[1:]:
        expect(leila.locator("a.pv-req", has_text=subject)).to_have_count(0)
    leila.click(".pv-toast [data-undo]")
    for subject in SUBJECTS[1:]:
        expect(leila.locator("a.pv-req", has_text=subject)).to_be_visible()

    # From one request to the next without the list.
    leila.locator("a.pv-req").first.click()
    expect(leila.locator("#detail[data-code]")).to_be_visible()
    first = leila.locator("#detail").get_attribute("data-code")
    leila.locator("#request-head h1").click()
    leila.keyboard.press(".")
    expect(leila.locator("#detail")).not_to_have_attribute("data-code", str(first))
    leila.keyboard.press(",")
    expect(leila.locator("#detail")).to_have_attribute("data-code", str(first))

    # What was written survives the end of the session: after the login it stands in the composer again.
    leila.fill("#composer-body", "این متن نباید گم شود")
    leila.context.clear_cookies(name="peyvand")
    leila.click("#composer-send")
    leila.wait_for_url(lambda url: "/accounts/login" in url)
    leila.fill("input[name=login]", "leila")
    leila.fill("input[name=password]", PASSWORD)
    leila.press("input[name=password]", "Enter")
    expect(leila.locator("#composer-body")).to_have_value("این متن نباید گم شود")
    assert not [each for each in desks.errors if "401" not in each]
