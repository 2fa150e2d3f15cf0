"""What a customer does without a login: follow his request by its code, and say how content he was."""

import re
from email.message import EmailMessage

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Desks
from tests.journeys.faults import faults
from tests.journeys.people import MAILBOX
from tests.journeys.stack import Sink, Stack, eventually
from tests.journeys.test_main_job import mail, send

REFUSED = "درخواستی با این کد و این نشانی پیدا نشد"
MOBILE = "09121110447"
# The four hours after closing pass at once: what is due then is asked now.
FOUR_HOURS_LATER = """
import django; django.setup()
from django.utils import timezone
from peyvand.cartable.models import Survey
from peyvand.cartable.services.surveys import send_due_surveys
print(Survey.objects.filter(state="waiting").update(due_at=timezone.now()))
send_due_surveys()
"""
SURVEY = re.compile(r"/survey/\S+")


def body_of(one: EmailMessage) -> str:
    """The text of a mail."""
    body = one.get_body(("plain",))
    return body.get_content() if body else ""


def follow(page: Page, code: str, contact: str) -> None:
    page.fill("input[name=code]", code)
    page.fill("input[name=contact]", contact)
    page.click("main button.btn-primary")
    page.wait_for_load_state()


def test_a_customer_follows_his_request_by_code_and_phone(stack: Stack, desks: Desks) -> None:
    leila = desks.of("leila")
    leila.goto(f"{stack.url}/cartable/new/")
    leila.locator("#entry details summary", has_text="مشتری تازه").click()
    leila.fill("#entry input[name=name]", "هما رضوانی")
    leila.fill("#entry input[name=phone]", MOBILE)
    leila.fill("#entry input[name=subject]", "سرویس دورهٔ دوم")
    leila.fill("#entry textarea[name=text]", "می‌پرسد سرویس دوم کی است.")
    leila.click("#entry button.btn-primary")
    expect(leila.locator("#request-head h1")).to_contain_text("سرویس دورهٔ دوم")
    code = leila.locator("#detail").get_attribute("data-code")
    assert code

    # In a browser where nobody is logged in: a wrong phone and a code that is nobody's get the same sentence.
    page = desks.stranger()
    page.goto(f"{stack.url}/track/")
    assert faults(page) == []
    follow(page, code, "09121110448")
    refused = page.locator("main form").inner_text()
    assert REFUSED in refused
    expect(page.locator("main")).not_to_contain_text("رضوانی")
    follow(page, "1405-999999-1", MOBILE)
    assert page.locator("main form").inner_text() == refused

    # The right pair, in Persian digits: where it stands, and nothing that a colleague wrote.
    follow(page, code, "۰۹۱۲۱۱۱۰۴۴۷")
    steps = page.locator(".pv-track li")
    expect(steps.nth(0)).to_have_attribute("data-s", "done")
    expect(page.locator("main")).to_contain_text(code)
    expect(page.locator("main")).not_to_contain_text("لیلا")
    expect(page.locator("main")).not_to_contain_text("سرویس دوم کی است")
    assert faults(page) == []
    leila.keyboard.press("e")
    expect(leila.locator("#request-head")).to_contain_text("بسته")
    page.goto(f"{stack.url}/track/?code={code}")
    follow(page, code, MOBILE)
    expect(steps.last).to_have_attribute("data-s", "done")

    # Who tries on and on is asked to wait, also with the right phone.
    page.goto(f"{stack.url}/track/")
    for number in range(12):
        follow(page, code, f"0912111{number:04}")
    follow(page, code, MOBILE)
    expect(page.locator("main")).not_to_contain_text(REFUSED)
    expect(page.locator(".pv-track")).to_have_count(0)
    assert [each for each in desks.errors if "422" not in each] == []


def test_a_low_score_brings_the_request_back(stack: Stack, sink: Sink, desks: Desks) -> None:
    admin = desks.admin()
    admin.goto(f"{stack.url}/cartable/outward/")
    admin.check("input[name=survey]")
    admin.click("main form button.btn-primary")
    expect(admin.locator(".pv-toast")).to_contain_text("ذخیره شد")
    leila, subject, sender = desks.of("leila"), "صدای کمپرسور", "sohrab@khane.example"
    leila.goto(f"{stack.url}/cartable/department/")
    send(stack, mail(subject, "کمپرسور صدا می‌دهد.", to=MAILBOX, sender=sender))
    leila.locator("a.pv-req", has_text=subject).click(timeout=15_000)
    expect(leila.locator("#request-head h1")).to_contain_text(subject)
    leila.keyboard.press("a")
    expect(leila.locator("#request-head")).to_contain_text("در حال بررسی")
    leila.keyboard.press("e")
    expect(leila.locator("#request-head")).to_contain_text("بسته")
    eventually(lambda: stack.run("-c", FOUR_HOURS_LATER).strip() != "0", seconds=20, what="the plan of the question")

    # The customer is asked by mail, opens its link in a browser of his own, and is not content.
    found = eventually(
        lambda: [match[0] for one in sink.to(sender) if (match := SURVEY.search(body_of(one)))],
        seconds=20,
        what="the question by mail",
    )
    page = desks.stranger()
    page.goto(f"{stack.url}{found[0]}")
    assert faults(page) == []
    page.check("input[name=score][value='1']")
    page.fill("textarea[name=words]", "هنوز صدا می‌دهد و کسی نیامد.")
    page.click("main button.btn-primary")
    expect(page.locator("main")).to_contain_text("سپاس")
    assert faults(page) == []
    page.goto(f"{stack.url}{found[0]}")
    expect(page.locator("main form")).to_have_count(0)

    # It is on its officer's desk again, with his words.
    leila.goto(f"{stack.url}/cartable/mine/")
    leila.locator("a.pv-req", has_text=subject).click()
    expect(leila.locator(".pv-thread")).to_contain_text("هنوز صدا می‌دهد و کسی نیامد.")
    admin.goto(f"{stack.url}/cartable/outward/")
    admin.uncheck("input[name=survey]")
    admin.click("main form button.btn-primary")
    assert [each for each in desks.errors if "422" not in each] == []
