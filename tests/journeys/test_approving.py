"""Answers that others look at first, and answers that are taken back before they go out."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from playwright.sync_api import APIResponse, Page, Route, expect

from tests.journeys.conftest import Desks
from tests.journeys.faults import faults
from tests.journeys.people import MAILBOX
from tests.journeys.stack import Sink, Stack, eventually
from tests.journeys.test_main_job import mail, send

LONG = (
    "جناب آقای بهرامی، با سپاس از نامهٔ شما. قیمت فیلترهای صنعتی در خرید بیش از صد عدد، پانزده درصد کمتر از فهرست "
    "بهاست و تحویل آن ده روز کاری پس از پیش‌پرداخت انجام می‌شود. پیش‌فاکتور رسمی همراه شرایط گارانتی امروز برای شما "
    "فرستاده می‌شود."
)
SECONDS = 6


def opened(page: Page, stack: Stack, subject: str, sender: str) -> str:
    """A customer writes; open the request and return its address."""
    page.goto(f"{stack.url}/cartable/department/")
    send(stack, mail(subject, f"{subject}؛ منتظر پاسخ شما هستم.", to=MAILBOX, sender=sender))
    page.locator("a.pv-req", has_text=subject).click(timeout=15_000)
    expect(page.locator("#request-head h1")).to_contain_text(subject)
    return f"{stack.url}/cartable/{page.locator('#detail').get_attribute('data-code')}/"


@contextmanager
def late_news(page: Page) -> Iterator[None]:
    """What the open request asks anew is answered only at the end, as on a slow line."""
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/live/**", lambda route: held.append((route, route.fetch())))
    yield
    eventually(lambda: page.wait_for_timeout(50) or held, seconds=10, what="the news")
    for route, answer in held:
        route.fulfill(response=answer)
    page.unroute("**/live/**")


def by_people(sink: Sink, address: str) -> list[EmailMessage]:
    """What people wrote to a customer; receipts left out."""
    return [one for one in sink.to(address) if not one["Auto-Submitted"]]


def save_ways(page: Page, stack: Stack, seconds: int) -> None:
    """Say how long answers wait before they go out."""
    page.goto(f"{stack.url}/cartable/answers/")
    page.fill("input[name=undo_seconds]", str(seconds))
    page.locator("form:has(input[name=form][value=ways]) button.btn-primary").click()
    expect(page.locator(".pv-toast")).to_contain_text("ذخیره شد")


def test_two_approve_one_after_another_and_one_returns_it(stack: Stack, sink: Sink, desks: Desks) -> None:
    admin = desks.admin()
    admin.goto(f"{stack.url}/cartable/answers/")
    rule = admin.locator("form:has(input[name=form][value=rule])")
    rule.locator("input[name=name]").fill("پاسخ‌های بلند")
    rule.locator("input[name=min_words]").fill("۳۰")
    rule.locator("select[name=approver_1]").select_option(label="مینا شریفی")
    rule.locator("select[name=approver_2]").select_option(label="ویدا کاظمی")
    rule.locator("button.btn-primary").click()
    expect(admin.locator(".pv-copy", has_text="پاسخ‌های بلند")).to_contain_text("ویدا کاظمی")
    assert faults(admin) == []

    # A long answer asks for both, whatever its writer may send.
    leila, mina, vida = desks.of("leila"), desks.of("mina"), desks.of("vida")
    subject, sender = "قیمت عمدهٔ فیلتر صنعتی", "bahrami@sanat.example"
    address = opened(leila, stack, subject, sender)
    leila.fill("#composer-body", LONG)
    leila.click("#composer-send")
    expect(leila.locator("#request-head")).to_contain_text("در انتظار تأیید")
    assert by_people(sink, sender) == []

    # The first returns it with a reason; its writer finds the reason over her text, mends it and sends it again.
    mina.goto(f"{stack.url}/cartable/review/")
    mina.locator("a.pv-req", has_text=subject).click()
    expect(mina.locator(".pv-turns li")).to_have_count(2)
    assert faults(mina) == []
    mina.click("#reply-form a[href*='/return/']")
    mina.fill("#dialog textarea[name=remark]", "شمارهٔ تماس را هم بنویسید.")
    mina.click("#dialog button.btn-primary")
    expect(mina.locator("#detail")).not_to_contain_text("در انتظار تأیید")
    leila.goto(address)
    expect(leila.locator("#composer")).to_contain_text("شمارهٔ تماس را هم بنویسید.")
    expect(leila.locator("#composer-body")).to_have_value(LONG)
    leila.fill("#composer-body", f"{LONG} تلفن ما ۰۲۱۹۱۰۰۰۰۰۰ است.")
    leila.click("#composer-send")
    expect(leila.locator("#request-head")).to_contain_text("در انتظار تأیید")

    # Both approve in their turn; only then it goes out, once, with the names of both in the history.
    mina.goto(address)
    mina.click("#reply-form button.btn-primary")
    expect(mina.locator(".pv-toast")).to_contain_text("دیگران")
    assert by_people(sink, sender) == []
    vida.goto(f"{stack.url}/cartable/review/")
    vida.locator("a.pv-req", has_text=subject).click()
    expect(vida.locator(".pv-turns li[data-s=given]")).to_contain_text("مینا شریفی")
    vida.click("#reply-form button.btn-primary")
    expect(vida.locator("#detail")).to_contain_text("پاسخ داده شد")
    answers = eventually(lambda: by_people(sink, sender), seconds=10, what="the delivery of the approved answer")
    assert len(answers) == 1
    body = answers[0].get_body(("plain",))
    assert body and "۰۲۱۹۱۰۰۰۰۰۰" in body.get_content()
    admin.locator(".pv-copy", has_text="پاسخ‌های بلند").locator("button").click()
    expect(admin.locator(".pv-copy", has_text="پاسخ‌های بلند")).to_have_count(0)
    assert desks.errors == []


def test_an_answer_is_taken_back_while_it_waits_and_goes_out_once(stack: Stack, sink: Sink, desks: Desks) -> None:
    admin = desks.admin()
    save_ways(admin, stack, SECONDS)
    leila = desks.of("leila")
    sender, text = "moradi@sanat.example", "گارانتی دستگاه شما دو سال است."
    opened(leila, stack, "مدت گارانتی", sender)

    # Sent, and taken back by the toast: the text is where it was, and nothing went out.
    leila.fill("#composer-body", text)
    leila.click("#composer-send")
    leila.locator(".pv-toasts .pv-toast [data-undo]:visible").click()
    expect(leila.locator("#composer-body")).to_have_value(text)
    expect(leila.locator("#detail")).not_to_contain_text("پاسخ داده شد")
    assert by_people(sink, sender) == []

    # Mended and sent again, and now left alone: the customer gets it once, and never the first one.
    leila.fill("#composer-body", f"{text} کارت گارانتی را نگه دارید.")
    with late_news(leila):
        leila.click("#composer-send")
        expect(leila.locator("#composer-body")).to_have_value("")
        leila.fill("#composer-body", "نامهٔ بعدی")
    expect(leila.locator(".pv-delivery[data-s=held]")).to_be_visible()
    expect(leila.locator("#composer-body")).to_have_value("نامهٔ بعدی")  # news take nothing from under one's hands
    assert faults(leila) == []
    eventually(lambda: by_people(sink, sender), seconds=SECONDS + 10, what="the answer's delivery")
    expect(leila.locator(".pv-delivery[data-s=sent]")).to_be_visible(timeout=10_000)
    bodies = [one.get_body(("plain",)) for one in by_people(sink, sender)]
    assert len(bodies) == 1 and bodies[0] and "کارت گارانتی" in bodies[0].get_content()
    save_ways(admin, stack, 0)
    assert desks.errors == []
