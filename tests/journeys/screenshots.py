"""Draws docs/screenshots anew from the demo company: `python -m tests.journeys.screenshots`.

Every screen in Persian on a desktop in the light; the cartable and the request also in English, in the dark and on a
phone. Pictures have few colours, so that they stay small.
"""

import json
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.chromium import CHROMIUM, QUIET
from tests.journeys.stack import ROOT, Stack

FOLDER = ROOT / "docs" / "screenshots"
DEMO_PASSWORD = "abafarin-demo-1405"
DESKTOP, PHONE = (1440, 900), (390, 844)
COLOURS = 96
TEHRAN = ZoneInfo("Asia/Tehran")


@dataclass(frozen=True)
class Look:
    """One way of looking: language, theme, size."""

    language: str = "fa"
    theme: str = "light"
    size: tuple[int, int] = DESKTOP

    @property
    def name(self) -> str:
        return f"{self.language}-{self.theme}" + ("-phone" if self.size == PHONE else "")


EVERY_LOOK = [Look(a, b, c) for a in ("fa", "en") for b in ("light", "dark") for c in (DESKTOP, PHONE)]
SCREENS = {
    "cartable": "/cartable/department/",
    "request": "/cartable/review/",
    "new-request": "/cartable/new/",
    "customers": "/customers/",
    "customer-form": "/customers/new/",
    "segments": "/customers/segments/",
    "trash": "/customers/trash/",
    "merges": "/customers/merges/",
    "long-work": "/jobs/",
    "notifications": "/notifications/",
    "profile": "/profile/",
    "security": "/profile/access/",
}
SALES = {
    "board": "/sales/",
    "deal": "/sales/{deal}/",
    "deals": "/sales/list/?f=state~any_of~open",
    "deals-by-month": "/sales/months/",
    "funnel": "/sales/funnel/",
    "partners": "/sales/partners/",
    "registrations": "/sales/registrations/",
    "new-deal": "/sales/new/?who=%D9%86%D9%88%D8%B1",
}
MESSY = (
    "نام و نام خانوادگي;موبايل;Email;تاريخ تولد;استان;شهر\r\n"
    "مريم ابراهيمي;9121112233;m.ebrahimi@bam.example;1371/04/09;البرز;کرج\r\n"
    "جواد ملكي;912 33;j.maleki@bam.example;1358/10/22;تهران;تهران\r\n"
    "شهلا اميني;9334501200;shahla@;1364/07/05;فارس;شيراز\r\n"
    "رضا تهراني;9125009081;r.tehrani@sam.example;1370/07/31;تهران;تهران\r\n"
    "لادن پاك‌نيا;9123456789;ladan.p@gol.example;1369/09/11;تهران;تهران\r\n"
)
WORK = {
    "referral-tree": "/cartable/{tree}/tree/",
    "referral": "/cartable/{tree}/",
    "came-back": "/cartable/{bounced}/",
    "approvals": "/cartable/{approvals}/",
    "substitutes": "/profile/substitutes/",
    "canned-answers": "/cartable/canned/",
    "articles": "/cartable/articles/",
    "insert": "/cartable/{tree}/insert/",
    "tracking": "/track/",
    "survey": "/survey/{token}/",
    "help": "/help/",
}
IN_ENGLISH = ("referral-tree", "substitutes", "tracking", "survey", "help")
SHOWN = """
import django; django.setup()
import json
from django.db.models import Count
from peyvand.cartable.models import Endorsement, Referral, Request, Survey
from peyvand.cartable.services.surveys import token_of
trees = Referral.objects.values("request__code").annotate(n=Count("pk")).filter(n__gte=6)
print(json.dumps({
    "tree": trees.order_by("request__code").last()["request__code"],
    "bounced": Request.objects.filter(trouble="bounced", officer__username="leila").latest("pk").code,
    "approvals": Endorsement.objects.filter(state="waiting").latest("pk").answer.request.code,
    "whole": Request.objects.filter(parent__isnull=False, parent__closed_at=None).latest("pk").parent.code,
    "token": token_of(Survey.objects.filter(state="sent").latest("sent_at")),
}))
"""
CALENDAR = {
    "calendar-month": "/activities/calendar/",
    "calendar-week": "/activities/calendar/?view=week&who=team",
    "calendar-day": "/activities/calendar/?view=day&who=team",
    "calendar-agenda": "/activities/calendar/?view=agenda&who=team",
    "activities": "/activities/list/",
    "activity-form": "/activities/new/",
    "free-time": "/activities/free/?guest=2&guest=3&guest=4&day={sunday}",
    "calendar-elsewhere": "/activities/feed/",
}
ADMINISTRATION = {
    "partner-rules": "/sales/partner-rules/",
    "sales-channels": "/sales/channels/",
    "administration": "/administration/",
    "users": "/administration/users/",
    "branches": "/administration/branches/",
    "departments": "/administration/departments/",
    "roles": "/administration/roles/",
    "organisation": "/administration/organisation/",
    "holidays": "/administration/holidays/",
    "queue": "/administration/queue/",
    "changes": "/administration/audit/",
    "whole-export": "/administration/whole-export/",
    "channels": "/channels/",
    "categories": "/customers/shape/categories/",
    "custom-fields": "/customers/shape/fields/",
    "tags": "/customers/shape/tags/",
    "segment": "/customers/segments/new/",
    "routing": "/cartable/routing/",
    "referral-settings": "/cartable/referrals/",
    "answer-settings": "/cartable/answers/",
    "receipts-and-surveys": "/cartable/outward/",
    "signatures": "/cartable/signatures/",
    "routing-trial": "/cartable/routing/try/",
    "routing-people": "/cartable/routing/people/",
    "access-log": "/customers/access/",
    "duplicates": "/customers/duplicates/",
    "duplicate-rules": "/customers/duplicates/rules/",
    "data-quality": "/customers/quality/",
}


def main() -> None:
    """Start an installation with the demo company, look at everything, stop it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="peyvand-"))
    data.chmod(0o755)
    stack = Stack(data=data, demo=True)
    stack.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            for look in EVERY_LOOK:
                draw(browser, stack, look)
            draw_administration(browser, stack)
            browser.close()
    finally:
        stack.stop()


def draw(browser: Browser, stack: Stack, look: Look) -> None:
    """Draw what this look is wanted for."""
    full = look == Look()
    page = browser.new_page(
        viewport={"width": look.size[0], "height": look.size[1]},
        color_scheme="dark" if look.theme == "dark" else "light",
        locale="fa-IR" if look.language == "fa" else "en-US",
    )
    page.goto(f"{stack.url}/accounts/login/")
    save(page, "login", look)
    log_in(page, "leila", DEMO_PASSWORD)
    prefer(page, stack, look)
    for name, address in SCREENS.items() if full else list(SCREENS.items())[:4]:
        page.goto(stack.url + address)
        if name == "request":
            page.locator("a.pv-req").first.click()
            page.wait_for_selector("#detail[data-code] .pv-rhead, #detail[data-code] h2")
            page.wait_for_timeout(600)
        save(page, name, look)
    draw_work(page, stack, look)
    draw_merge(page, stack, look)
    draw_import(page, stack, look)
    draw_sales(page, stack, look)
    draw_calendar(page, stack, look)
    page.goto(f"{stack.url}/customers/?sort=-last_contact_at")
    page.locator("tr[data-row] a").first.click()
    page.wait_for_url(re.compile(r"/customers/\d+/"))
    page.wait_for_timeout(800)
    save(page, "customer", look)
    if full:
        page.goto(f"{stack.url}/cartable/department/")
        page.locator("a.pv-req").first.click()
        page.wait_for_selector("#detail[data-code]")
        page.keyboard.press("f")
        page.wait_for_selector("dialog[open] #target-search")
        save(page, "refer", look)
        draw_desk(page, stack, look)
        draw_ties(page, stack, look)
        page.goto(f"{stack.url}/customers/")
        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open]")
        save(page, "palette", look)
    page.context.close()


def draw_work(page: Page, stack: Stack, look: Look) -> None:
    """Draw how colleagues work together, and what customers open: light on a desktop, dark on a phone."""
    if (look.theme == "dark") == (look.size == DESKTOP):
        return
    shown = json.loads(stack.run("-c", SHOWN))
    wanted = WORK if look.language == "fa" else {name: WORK[name] for name in IN_ENGLISH}
    for name, address in wanted.items():
        page.goto(stack.url + address.format(**shown))
        page.wait_for_timeout(600)
        save(page, name, look)


def draw_sales(page: Page, stack: Stack, look: Look) -> None:
    """Draw the board and other ways to look at deals: light on a desktop, dark on a phone."""
    if (look.theme == "dark") == (look.size == DESKTOP):
        return
    page.goto(f"{stack.url}/sales/")
    deal = page.locator(".pv-deal.is-rot").first.get_attribute("data-deal")
    for name, address in SALES.items():
        page.goto(stack.url + address.format(deal=deal))
        save(page, name, look)
    if look == Look():
        page.goto(f"{stack.url}/sales/list/?f=state~any_of~open")
        for number in range(4):
            page.locator("[data-row-check]").nth(number).check()
        page.locator(".pv-bulk button[value=move]").click()
        page.select_option("dialog[open] #bulk-to", index=7)
        page.locator("dialog[open] .btn-primary").click()
        page.wait_for_selector("dialog[open] [data-go]")
        save(page, "many-deals", look)


def draw_calendar(page: Page, stack: Stack, look: Look) -> None:
    """Draw the calendar, activities and free time: light on a desktop, dark on a phone."""
    if (look.theme == "dark") == (look.size == DESKTOP):
        return
    today = datetime.now(TEHRAN).date()
    sunday = today + timedelta(days=6 - today.weekday() or 7)  # everybody meets then
    for name, address in CALENDAR.items():
        page.goto(stack.url + address.format(sunday=sunday))
        page.wait_for_timeout(300)
        save(page, name, look)
    page.goto(f"{stack.url}/activities/list/?view=mine")
    page.locator("tr[data-row] a[href^='/activities/']").first.click()
    page.wait_for_selector("#activity")
    save(page, "activity", look)


def draw_desk(page: Page, stack: Stack, look: Look) -> None:
    """Draw an act on chosen requests with its preview, and the dialog of snoozing; nothing is done."""
    page.goto(f"{stack.url}/cartable/department/")
    for number in range(3):
        page.locator("a.pv-req").nth(number).focus()
        page.keyboard.press("x")
    page.locator(".pv-bulk button[value=refer]").click()
    page.locator("dialog[open] input[name=to]").first.check()
    page.locator("dialog[open] .btn-primary").click()
    page.wait_for_selector("dialog[open] [data-go]")
    save(page, "many-requests", look)
    page.goto(f"{stack.url}/cartable/mine/")
    page.locator("a.pv-req").first.click()
    page.wait_for_selector("#detail[data-code]")
    page.keyboard.press("s")
    page.wait_for_selector("dialog[open] .pv-snooze")
    save(page, "snooze", look)


def draw_ties(page: Page, stack: Stack, look: Look) -> None:
    """Draw a request with its child requests, and the preview of merging it; nothing is merged."""
    code = json.loads(stack.run("-c", SHOWN))["whole"]
    page.goto(f"{stack.url}/cartable/{code}/")
    page.wait_for_selector("section#ties .pv-tree")
    page.wait_for_timeout(600)
    save(page, "child-requests", look)
    page.goto(f"{stack.url}/cartable/{code}/merge/?q=" + quote("تحویل"))
    page.locator("input[name=other]").first.check()
    page.locator("main .btn-primary").first.click()
    page.wait_for_selector("input[name=survivor]")
    save(page, "merge-requests", look)


def draw_merge(page: Page, stack: Stack, look: Look) -> None:
    """Draw the comparison of two customers; nothing is merged."""
    page.goto(f"{stack.url}/customers/?f=kind~is~person")
    links = page.eval_on_selector_all("tr[data-row] a", "found => found.map(each => each.getAttribute('href'))")
    numbers = [found[1] for link in links if (found := re.fullmatch(r"/customers/(\d+)/", link or ""))]
    first, second = list(dict.fromkeys(numbers))[:2]
    page.goto(f"{stack.url}/customers/merge/?id={first}&id={second}")
    save(page, "merge", look)


def draw_import(page: Page, stack: Stack, look: Look) -> None:
    """Draw the steps of an import, and take it back."""
    page.goto(f"{stack.url}/imports/new/parties.Party/")
    save(page, "import-file", look)
    file = {"name": "customers-1405.csv", "mimeType": "text/csv", "buffer": MESSY.replace("ک", "ك").encode("cp1256")}
    page.set_input_files("input[type=file]", files=[file])  # type: ignore[list-item]  # a plain mapping is one, too
    page.wait_for_url("**/columns/", timeout=60_000)
    save(page, "import-columns", look)
    page.click("button[name=go][value=next]")
    page.wait_for_url("**/duplicates/")
    save(page, "import-duplicates", look)
    page.click("button[name=go][value=start]")
    page.wait_for_selector(".pv-steps2 li:last-child[data-s=done]", timeout=60_000)
    page.wait_for_timeout(2500)
    save(page, "import-done", look)
    page.locator("button[value=undo]").first.click()
    page.click("#confirm [data-yes]")
    page.wait_for_url(re.compile(r"/imports/\d+/$"))


def draw_administration(browser: Browser, stack: Stack) -> None:
    """Draw the administration area and the public form, in Persian on a desktop."""
    page = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, locale="fa-IR")
    page.goto(f"{stack.url}/accounts/login/")
    log_in(page, "admin", stack.admin_password)
    stack.run("tests/journeys/doubles.py")
    for name, address in ADMINISTRATION.items():
        page.goto(stack.url + address)
        save(page, name, Look())
    page.goto(f"{stack.url}/channels/")
    page.locator("a:has-text('فرم')").first.click()
    page.wait_for_load_state()
    save(page, "web-form-channel", Look())
    page.goto(stack.url + str(page.locator("a[href*='/forms/']").first.get_attribute("href")).replace(stack.url, ""))
    save(page, "web-form", Look())
    page.context.close()


def log_in(page: Page, username: str, password: str) -> None:
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def prefer(page: Page, stack: Stack, look: Look) -> None:
    """Set language and theme as a person does, on the profile page."""
    page.goto(f"{stack.url}/profile/")
    english = look.language == "en"
    page.locator(f"input[name=language][value={look.language}]").check(force=True)
    page.locator(f"input[name=calendar][value={'gregorian' if english else 'jalali'}]").check(force=True)
    page.locator(f"input[name=digits][value={'latin' if english else 'persian'}]").check(force=True)
    page.locator(f"input[name=theme][value={look.theme}]").check(force=True)
    page.locator("main form:has(input[name=language]) button[type=submit]").first.click()
    page.wait_for_load_state()


def save(page: Page, name: str, look: Look) -> None:
    """Keep a small picture of what is on the screen."""
    page.wait_for_timeout(400)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
    picture.save(FOLDER / f"{name}-{look.name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
