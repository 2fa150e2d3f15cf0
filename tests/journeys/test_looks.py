"""Every main screen, in both languages, light and dark, desk and phone: no axe violation, no error in the console."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Desks
from tests.journeys.customers import add_customers, add_lead
from tests.journeys.faults import faults
from tests.journeys.stack import Stack

SCREENS = [
    "/cartable/mine/", "/cartable/new/", "/customers/", "/customers/new/", "/customers/trash/", "/customers/access/",
    "/customers/segments/", "/customers/segments/new/", "/customers/shape/categories/", "/customers/shape/fields/new/",
    "/customers/shape/tags/", "/jobs/", "/notifications/", "/profile/", "/profile/security/",
]  # fmt: skip
FOLDERS = [
    f"/cartable/{name}/"
    for name in ("review", "overdue", "referred", "mentions", "snoozed", "copies", "answered", "closed", "all")
]
SETTINGS_OF_WORK = [
    "/cartable/canned/", "/cartable/signatures/", "/cartable/articles/", "/cartable/articles/new/",
    "/cartable/articles/topics/", "/cartable/referrals/", "/cartable/answers/", "/cartable/outward/",
    "/cartable/routing/", "/cartable/routing/new/", "/cartable/routing/try/", "/cartable/routing/people/",
    "/profile/substitutes/", "/cartable/department/view/",
]  # fmt: skip
SALES = [
    "", "list/", "leads/", "months/", "funnel/", "trash/", "approvals/", "new/", "pipelines/", "pipelines/new/",
    "partners/", "partners/new/", "registrations/", "channels/", "channels/new/", "partner-rules/",
    "partner-rules/new/",
]  # fmt: skip
OF_A_DEAL = [
    "", "edit/", "history/", "card/", "tags/", "assign/", "lose/", "split/", "join/", "people/", "shares/", "partners/",
]  # fmt: skip
LEADS = ["lead-forms/", "lead-forms/new/", "assignment/", "assignment/new/"]
ACTIVITIES = [
    "calendar/", "calendar/?view=week", "calendar/?view=day", "calendar/?view=agenda", "list/", "feed/",
    "free/", "trash/", "outcomes/", "outcomes/1/",
]  # fmt: skip
OF_AN_ACTIVITY = ["", "edit/", "complete/", "cancel/", "minutes/"]
FOR_CUSTOMERS = ["/partner/enter/", "/track/", "/help/", "/help/?q=تحویل", "/survey/0-0/"]
DIALOGS = [
    "tree", "history", "tie", "part", "merge", "edit", "confide", "link", "refer", "tags", "snooze", "insert", "print",
]  # fmt: skip
LINKED = {
    "/cartable/articles/": "tr[data-row] a",
    "/cartable/canned/": "td a",
    "/cartable/routing/": "main a.font-semibold",
    "/help/": ".pv-track a",
}  # fmt: skip
OF_A_CUSTOMER = ["", "change/", "history/", "tab/details/"]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FACES = [("fa", "light", DESKTOP), ("en", "dark", PHONE)]  # each language, light and size once: sixty screens
LOOKS = [("fa", "light", DESKTOP), ("fa", "dark", PHONE), ("en", "dark", DESKTOP), ("en", "light", PHONE)]


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS, ids=["fa-desk", "fa-dark-phone", "en-dark", "en-phone"])
def test_no_screen_has_a_fault_for_anybody(
    stack: Stack, desks: Desks, language: str, theme: str, size: dict[str, int]
) -> None:
    page = desks.of("vida")  # her language changes: nobody else in the journeys is she
    add_customers(page, {"name": f"نگین شاهوردی {language} {theme}", "city": "تهران"})
    prefer(page, stack, language, theme)
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(f"{stack.url}/customers/?q=نگین")
    file = page.locator("tr[data-row] a").first.get_attribute("href")
    found = []
    for address in [*SCREENS, *(f"{file}{part}" for part in OF_A_CUSTOMER)]:
        page.goto(stack.url + address)
        page.wait_for_load_state()
        assert page.locator("html").get_attribute("lang") == language
        found += [f"{address}: {fault}" for fault in faults(page)]
    assert found == []
    assert desks.errors == []


@pytest.mark.parametrize(("language", "theme", "size"), FACES, ids=["fa-desk", "en-dark-phone"])
def test_no_screen_of_the_cartable_has_a_fault_for_anybody(
    stack: Stack, desks: Desks, language: str, theme: str, size: dict[str, int]
) -> None:
    page = desks.of("zoya")  # as above: her language is hers alone
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    prefer(page, stack, language, theme)
    here = f"/cartable/{registered(page, stack, f'{language} {theme}')}/"
    addresses = [*FOLDERS, *SETTINGS_OF_WORK, *FOR_CUSTOMERS, here, *(f"{here}{part}/" for part in DIALOGS)]
    for list_, link in LINKED.items():
        page.goto(stack.url + list_)
        addresses.append(str(page.locator(link).first.get_attribute("href")))
    found = []
    for address in addresses:
        answer = page.goto(stack.url + address)
        assert answer and answer.status == (404 if "/survey/" in address else 200), address
        assert page.locator("html").get_attribute("lang") == language, address
        found += [f"{address}: {fault}" for fault in faults(page)]
    assert found == []
    assert [each for each in desks.errors if "404" not in each] == []


@pytest.mark.parametrize(("language", "theme", "size"), FACES, ids=["fa-desk", "en-dark-phone"])
def test_no_screen_of_sales_has_a_fault_for_anybody(
    stack: Stack, desks: Desks, language: str, theme: str, size: dict[str, int]
) -> None:
    page = desks.of("zoya")
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    prefer(page, stack, language, theme)
    lead = add_lead(page, f"کارخانهٔ آفتاب {language}", f"خط تولید {language}")
    found = []
    for address in [*SALES, *LEADS, *(f"{lead}/{part}" for part in OF_A_DEAL)]:
        answer = page.goto(f"{stack.url}/sales/{address}")
        assert answer and answer.status == 200, address
        assert page.locator("html").get_attribute("lang") == language, address
        found += [f"{address}: {fault}" for fault in faults(page)]
    assert found == []
    assert desks.errors == []


@pytest.mark.parametrize(("language", "theme", "size"), FACES, ids=["fa-desk", "en-dark-phone"])
def test_no_screen_of_activities_has_a_fault_for_anybody(
    stack: Stack, desks: Desks, language: str, theme: str, size: dict[str, int]
) -> None:
    page = desks.of("zoya")
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    prefer(page, stack, language, theme)
    here = planned(page, stack, f"بازدید {language}")
    found = []
    for address in [
        *(f"{stack.url}/activities/{each}" for each in ACTIVITIES),
        *(f"{here}{each}" for each in OF_AN_ACTIVITY),
    ]:
        answer = page.goto(address)
        assert answer and answer.status == 200, address
        assert page.locator("html").get_attribute("lang") == language, address
        found += [f"{address}: {fault}" for fault in faults(page)]
    assert found == []
    assert desks.errors == []


def planned(page: Page, stack: Stack, subject: str) -> str:
    """Plan a meeting with a colleague for today, and return the address of its page."""
    page.goto(f"{stack.url}/activities/new/?time=10:00")
    found = faults(page)
    page.fill("#plan input[name=subject]", subject)
    page.locator("#plan button[type=submit]").click()
    page.wait_for_selector("#activity h1")
    assert found == []
    return page.url


def registered(page: Page, stack: Stack, name: str) -> str:
    """Write a call down and return the code of its request."""
    page.goto(f"{stack.url}/cartable/new/")
    page.locator("#entry details.pv-fold summary").click()
    page.fill("#entry input[name=name]", f"پروین خسروی {name}")
    page.fill("#entry input[name=subject]", "پرسش دربارهٔ نصب")
    page.fill("#entry textarea[name=text]", "زمان نصب را پرسید.")
    page.locator("#entry button.btn-primary").click()
    page.wait_for_selector("#detail[data-code]")
    return str(page.locator("#detail").get_attribute("data-code"))


def prefer(page: Page, stack: Stack, language: str, theme: str) -> None:
    """Set language and theme as a person does, on the profile page."""
    page.goto(f"{stack.url}/profile/")
    page.locator(f"input[name=language][value={language}]").check(force=True)
    page.locator(f"input[name=theme][value={theme}]").check(force=True)
    page.locator("main form:has(input[name=language]) button[type=submit]").first.click()
    page.wait_for_load_state()
