"""A meeting: planned by typing, a guest asked by mail, dragged, answered by mail, and minuted into a task."""

import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from playwright.sync_api import expect

from tests.journeys.conftest import Desks
from tests.journeys.people import MAILBOX
from tests.journeys.stack import Sink, Stack, eventually

TEHRAN = ZoneInfo("Asia/Tehran")
GUEST = "mehrdad.kiani@guests.example"


def test_a_guest_is_asked_answers_by_mail_and_decisions_become_tasks(stack: Stack, sink: Sink, desks: Desks) -> None:
    page = desks.of("leila")
    today = datetime.now(TEHRAN).date()
    day = next(each for each in (today + timedelta(days=n) for n in range(1, 9)) if each.weekday() == 0)
    page.goto(f"{stack.url}/activities/new/?day={day}&time=10:00")
    page.fill("#plan input[name=subject]", "نشست با مهمان بیرونی")
    page.locator("#plan details.pv-card summary").first.click()
    page.fill("#plan textarea[name=emails]", f"مهرداد کیانی <{GUEST}>")
    page.locator("#plan button[type=submit]").click()
    expect(page.locator("#activity h1")).to_have_text("نشست با مهمان بیرونی")
    address = page.url
    first = eventually(lambda: sink.to(GUEST), seconds=10, what="the invitation")[0]
    assert asked(first)["SEQUENCE"] == 0

    page.goto(f"{stack.url}/activities/calendar/?day={day}")
    page.locator(".pv-ev", has_text="نشست با مهمان").drag_to(page.locator(f"[data-day='{day + timedelta(days=1)}']"))
    expect(page.locator(f"[data-day='{day + timedelta(days=1)}'] .pv-ev")).to_contain_text("نشست با مهمان")
    second = eventually(lambda: sink.to(GUEST)[1:], seconds=10, what="the changed invitation")[0]
    moved = asked(second)
    assert moved["SEQUENCE"] == 1 and moved["DTSTART"].dt > asked(first)["DTSTART"].dt

    with smtplib.SMTP("127.0.0.1", stack.smtp_port, timeout=10) as client:
        client.send_message(answer_of(second))
    page.goto(address)
    expect(page.locator("#activity")).to_contain_text("پاسخ داد", timeout=10_000)
    expect(page.locator("#activity aside")).to_contain_text("می‌آید")

    page.goto(f"{address}minutes/")
    page.fill("textarea[name=body]", "قرار شد نمونه فرستاده شود.")
    page.fill("input[name=decisions-0-text]", "نمونه برای مهمان فرستاده شود")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#activity")).to_contain_text("نمونه برای مهمان فرستاده شود")
    page.goto(f"{stack.url}/activities/list/?q=نمونه")
    expect(page.locator("main")).to_contain_text("نمونه برای مهمان فرستاده شود")
    assert desks.errors == []


def asked(mail: EmailMessage) -> Any:
    """The meeting that a mail asks to."""
    part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    return Calendar.from_ical(part.get_content()).walk("VEVENT")[0]


def answer_of(mail: EmailMessage) -> EmailMessage:
    """What the calendar of the guest sends when he accepts."""
    event = asked(mail)
    event.pop("ATTENDEE")
    event.add("attendee", f"mailto:{GUEST}", parameters={"PARTSTAT": "ACCEPTED"})
    found = Calendar()
    found.add("prodid", "-//guests//")
    found.add("version", "2.0")
    found.add("method", "REPLY")
    found.add_component(event)
    out = EmailMessage(policy=SMTP)
    out["From"], out["To"], out["Subject"] = GUEST, MAILBOX, "Accepted"
    out["Message-ID"] = make_msgid(domain="guests.example")
    out.set_content("He accepts.")
    out.add_alternative(found.to_ical().decode(), subtype="calendar", charset="utf-8", params={"method": "REPLY"})
    return out
