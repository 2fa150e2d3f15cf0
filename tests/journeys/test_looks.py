"""Every main screen, in both languages, light and dark, desk and phone: no axe violation, no error in the console."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import Desks
from tests.journeys.customers import add_customers
from tests.journeys.stack import Stack

SCREENS = [
    "/cartable/mine/", "/cartable/new/", "/customers/", "/customers/new/", "/customers/trash/", "/customers/access/",
    "/customers/segments/", "/customers/segments/new/", "/customers/shape/categories/", "/customers/shape/fields/new/",
    "/customers/shape/tags/", "/jobs/", "/notifications/", "/profile/", "/profile/security/",
]  # fmt: skip
OF_A_CUSTOMER = ["", "change/", "history/", "tab/details/"]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
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
        for fault in Axe().run(page)["violations"]:
            places = [node["target"] for node in fault["nodes"]][:3]
            found.append(f"{address}: {fault['id']} {fault['help']} {places}")
    assert found == []
    assert desks.errors == []


def prefer(page: Page, stack: Stack, language: str, theme: str) -> None:
    """Set language and theme as a person does, on the profile page."""
    page.goto(f"{stack.url}/profile/")
    page.locator(f"input[name=language][value={language}]").check(force=True)
    page.locator(f"input[name=theme][value={theme}]").check(force=True)
    page.locator("main form:has(input[name=language]) button[type=submit]").first.click()
    page.wait_for_load_state()
