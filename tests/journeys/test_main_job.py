"""The main job end to end: a real mail becomes a request, is referred, answered, approved, delivered, and continued."""

import re
import smtplib
import time
from email.message import EmailMessage
from email.utils import make_msgid

from playwright.sync_api import Page, expect

from peyvand.channels.tests.dovecot import Dovecot
from tests.journeys.conftest import Desks
from tests.journeys.people import INBOX, MAILBOX
from tests.journeys.stack import Sink, Stack, eventually

WITHIN = 2.0  # seconds from the mail's acceptance to its row in the open cartable


def mail(subject: str, text: str, *, to: str, sender: str = "negar.rostami@arman.example") -> EmailMessage:
    """A customer's mail."""
    written = EmailMessage()
    written["From"] = f"نگار رستمی <{sender}>"
    written["To"] = to
    written["Subject"] = subject
    written["Message-ID"] = make_msgid(domain="arman.example")
    written.set_content(text)
    return written


def send(stack: Stack, written: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", stack.smtp_port, timeout=10) as client:
        client.send_message(written)


def appears(page: Page, subject: str, begun: float) -> None:
    """The row is in the list without a reload, within two seconds of its arrival."""
    expect(page.locator("a.pv-req", has_text=subject)).to_be_visible(timeout=15_000)
    taken = time.monotonic() - begun
    assert taken <= WITHIN, f"it took {taken:.2f} s until «{subject}» was in the cartable"


def test_a_mail_is_referred_answered_approved_delivered_and_continued(
    stack: Stack, sink: Sink, dovecot: Dovecot, desks: Desks
) -> None:
    officer = desks.of("leila")
    officer.goto(f"{stack.url}/cartable/department/")
    expert = desks.of("babak")
    expert.goto(f"{stack.url}/cartable/mine/")

    # One mail by the listener, one put into a mailbox: both appear by themselves.
    first = mail("تأخیر در تحویل سفارش ۳۳۱۲", "سلام. سفارش ما دیروز نرسید. زمان دقیق تحویل را بگویید.", to=MAILBOX)
    send(stack, first)
    appears(officer, "تأخیر در تحویل سفارش ۳۳۱۲", time.monotonic())
    dovecot.deliver("info", bytes(mail("قیمت نمایندگی", "شرایط نمایندگی چیست؟", to=INBOX, sender="mehdi@fars.example")))
    appears(officer, "قیمت نمایندگی", time.monotonic())

    # The officer opens it, sees who it is, and refers it to logistics.
    officer.click("a.pv-req:has-text('تأخیر در تحویل سفارش ۳۳۱۲')")
    expect(officer.locator("#request-head h1")).to_contain_text("تأخیر در تحویل سفارش")
    code = officer.locator("#detail").get_attribute("data-code")
    assert code and re.fullmatch(r"14\d\d-\d{6}-\d", code)
    expect(officer.locator(".pv-ident")).to_contain_text("negar.rostami@arman.example")
    officer.click("#detail a:has-text('ارجاع'), #detail button:has-text('ارجاع')")
    officer.fill("#target-search", "لجستیک")
    expect(officer.locator("#targets label")).to_have_count(1)
    officer.click("#targets label:has-text('لجستیک') input[value^='department:']")
    officer.fill("dialog textarea[name=instruction]", "زمان خروج بار را بپرسید و پاسخ پیشنهادی بنویسید.")
    officer.click("dialog button.btn-primary")
    expect(officer.locator(".pv-thread")).to_contain_text("زمان خروج بار را بپرسید")

    # It appears on the expert's desk; she reads the instruction and drafts an answer.
    expert.goto(f"{stack.url}/cartable/department/")
    expert.click("a.pv-req:has-text('تأخیر در تحویل سفارش ۳۳۱۲')")
    expect(expert.locator(".pv-thread")).to_contain_text("زمان خروج بار را بپرسید")
    expert.fill("#composer-body", "سفارش شما امروز ساعت ۸ از انبار خارج شد و تا ساعت ۱۶ می‌رسد.")
    expert.select_option("#composer-reviewer", label="لیلا احمدی")
    expert.click("#composer-send")
    expect(expert.locator("#detail")).to_contain_text("در انتظار تأیید")

    # The officer finds it under «awaiting review», mends a word, approves it.
    officer.goto(f"{stack.url}/cartable/review/")
    officer.click("a.pv-req:has-text('تأخیر در تحویل سفارش ۳۳۱۲')")
    draft = officer.locator("#composer-body")
    expect(draft).to_have_value(re.compile("ساعت ۸"))
    draft.fill("سرکار خانم رستمی، سفارش شما امروز ساعت ۸ از انبار خارج شد و تا ساعت ۱۶ می‌رسد.")
    officer.click("#reply-form button.btn-primary")

    # The customer gets it, threaded under her own mail.
    def answers() -> list[EmailMessage]:
        """What people wrote; the receipt with the follow-up code went before."""
        return [one for one in sink.to("negar.rostami@arman.example") if not one["Auto-Submitted"]]

    answer = eventually(answers, seconds=10, what="the answer's delivery")[0]
    receipts = [one for one in sink.to("negar.rostami@arman.example") if one["Auto-Submitted"] == "auto-replied"]
    assert [one["Subject"] for one in receipts if code in one["Subject"]]
    assert answer["In-Reply-To"] == first["Message-ID"]
    assert first["Message-ID"] in answer["References"].split()
    body = answer.get_body(("plain",))
    assert body and "سرکار خانم رستمی" in body.get_content()
    expect(officer.locator("#detail")).to_contain_text("پاسخ داده شد")

    # Her reply joins the same request.
    reply = mail("Re: سفارش", "سپاس، رسید.", to=str(answer["Reply-To"] or answer["From"]))
    reply["In-Reply-To"] = answer["Message-ID"]
    reply["References"] = f"{first['Message-ID']} {answer['Message-ID']}"
    send(stack, reply)
    officer.goto(f"{stack.url}/cartable/{code}/")
    expect(officer.locator(".pv-thread")).to_contain_text("سپاس، رسید.", timeout=10_000)
    assert desks.errors == []
