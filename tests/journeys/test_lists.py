"""A list as one works with it: filter by a sentence, change its parts, save it as a view, choose columns, by keys."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Desks
from tests.journeys.customers import add_customers
from tests.journeys.stack import Stack


def choose_field(page: Page, words: str) -> None:
    """Open «+ filter», type a part of a field's name and press Enter."""
    page.locator(".pv-filters > details > summary").click()
    page.locator(".pv-filter-pop [data-narrow-by]").fill(words)
    page.keyboard.press("Enter")


def test_a_list_is_filtered_saved_and_brought_back(stack: Stack, desks: Desks) -> None:
    page = desks.of("sara")
    add_customers(page, {"name": "گلستان ناب", "city": "نطنز"}, {"name": "بوستان ناب", "city": "نطنز"}, {"name": "ناب"})
    page.goto(f"{stack.url}/customers/")
    choose_field(page, "شهر")
    page.locator(".pv-editor input[name=v]").fill("نطنز")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-row]")).to_have_count(2)
    page.locator(".pv-filters").get_by_text("ذخیرهٔ نما").click()
    page.locator("#view-name").fill("نطنزی‌ها")
    page.keyboard.press("Enter")
    tab = page.locator("#list-tabs a[aria-current]")
    expect(tab).to_contain_text("نطنزی‌ها")
    expect(page.locator("tr[data-row]")).to_have_count(2)

    page.locator(".pv-fchip > a").click()
    expect(page.locator(".pv-fchip")).to_have_count(0)
    expect(page.locator("tr[data-row]").nth(2)).to_be_visible()  # the list without the filter is there
    page.wait_for_load_state()
    page.keyboard.press("Slash")
    expect(page.locator(":focus")).to_have_attribute("name", "q")
    page.keyboard.type("بوستان")
    expect(page.locator("tr[data-row]")).to_have_count(1)

    page.locator(".pv-tab-tool").click()
    page.locator("#dialog").get_by_text("حذف").click()
    expect(page.locator("#list-tabs")).not_to_contain_text("نطنزی‌ها")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status < 400):
        page.locator(".pv-toast button").first.click()
    page.goto(f"{stack.url}/customers/")
    expect(page.locator("#list-tabs")).to_contain_text("نطنزی‌ها")
    assert desks.errors == []


def test_columns_and_rows_are_reached_by_the_keyboard(stack: Stack, desks: Desks) -> None:
    page = desks.of("sara")
    add_customers(page, {"name": "نخستین نشان", "city": "نایین"}, {"name": "دومین نشان", "city": "نایین"})
    page.goto(f"{stack.url}/customers/?f=city~is~نایین")
    page.locator(".pv-filter-tools").get_by_text("ستون‌ها").click()
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status < 400):
        page.locator("#dialog button[value='city:up']").press("Enter")
    # The list behind the dialog follows at once, which changes the address: no sign that «Show» has done its work.
    expect(page.locator("th[data-col=city] ~ th[data-col=phone]")).to_have_count(1)
    page.locator("#dialog .btn-primary").press("Enter")
    expect(page.locator("#dialog .pv-columns")).to_have_count(0)
    expect(page.locator("th[data-col=city] ~ th[data-col=phone]")).to_be_visible()
    page.wait_for_load_state()
    page.locator("body").press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-row-check]:checked")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/customers/\d+/"))
    assert desks.errors == []
