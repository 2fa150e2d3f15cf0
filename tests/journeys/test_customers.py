"""A manager shapes the customers: category, field, customer, search, segment, a change of many, undone."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Desks
from tests.journeys.stack import Stack

PEOPLE = ("گیتا خسروانی", "سهراب زرین‌کوب", "منوچهر بیضایی")


def make_category(page: Page, stack: Stack) -> None:
    """A category, and a field with choices that is for it alone."""
    page.goto(f"{stack.url}/customers/shape/categories/new/")
    page.fill("input[name=name]", "نمایندهٔ استان")
    page.click("main form.pv-set button[type=submit]")
    page.goto(f"{stack.url}/customers/shape/fields/new/?kind=choice")
    page.fill("input[name=label]", "نوع قرارداد")
    page.fill("input[name$='-0-fa']", "طلایی")
    page.fill("input[name$='-1-fa']", "نقره‌ای")
    page.click("main form.pv-set button[type=submit]")
    expect(page.locator("main")).to_contain_text("نوع قرارداد")


def add_customer(page: Page, stack: Stack, name: str, mobile: str) -> None:
    """A customer by the form, of that category and with that field."""
    page.goto(f"{stack.url}/customers/new/")
    page.fill("input[name=name]", name)
    page.select_option("select[name=category]", label="نمایندهٔ استان")
    first = page.locator("input[name=contacts-0-typed]")
    page.select_option("select[name=contacts-0-kind]", "mobile")
    first.fill(mobile)
    page.locator("form button.btn-primary[type=submit]").last.click()
    expect(page.locator("h1")).to_contain_text(name)


def test_customers_are_shaped_found_grouped_and_changed_together(stack: Stack, desks: Desks) -> None:
    page = desks.of("mina")
    make_category(page, stack)
    for number, name in enumerate(PEOPLE):
        add_customer(page, stack, name, f"0995000880{number}")

    # The custom field is in the form of a customer of the category.
    page.goto(f"{stack.url}/customers/")
    page.click("tr:has-text('گیتا خسروانی') a")
    page.wait_for_url(re.compile(r"/customers/\d+/"))
    page.goto(f"{page.url.split('?')[0]}change/")
    page.get_by_label("نوع قرارداد").select_option(label="طلایی")
    page.locator("form button.btn-primary[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/customers/\d+/$"))

    # She is found by a misspelt name, by the wrong keyboard, and by a part of the number.
    for question in ("گبتا خسرواني", "'djh", "8800"):
        page.goto(f"{stack.url}/customers/")
        page.fill("#customers-q", question)
        expect(page.locator("#customers tbody tr")).to_have_count(1)
        expect(page.locator("#customers tbody")).to_contain_text("گیتا خسروانی")

    # A segment with a live count.
    page.goto(f"{stack.url}/customers/segments/new/")
    page.fill("#segment-form input[name=name]", "نمایندگان")
    page.click("#segment-rules .pv-rg button:has-text('شرط')")
    page.click("dialog button.pv-mi:has-text('دسته')")
    page.click("#segment-rules .pv-multi summary")
    page.check("#segment-rules .pv-multi input[type=checkbox] >> nth=0")
    expect(page.locator("#segment-live")).to_contain_text("۳")
    page.click("[data-save-segment]")
    expect(page.locator("h1")).to_contain_text("نمایندگان")

    # All of them are changed at once, looked at before, and taken back.
    page.goto(f"{stack.url}/customers/")
    everybody = page.locator("#customers tbody tr").count()
    page.check("[data-check-all]")
    page.click(".pv-bulk button:has-text('چرخهٔ عمر'), .pv-bulk button:has-text('وضعیت')")
    page.select_option("#dialog select[name=raw]", "current")
    page.click("#dialog .btn-primary")
    expect(page.locator("#dialog")).to_contain_text("فعلی")
    page.click("#dialog [data-go]")
    expect(page.locator("#customers tbody .pv-chip:has-text('فعلی')")).to_have_count(everybody)
    page.click(".toast button:has-text('واگرد'), [role=status] button:has-text('واگرد')")
    expect(page.locator("#customers tbody .pv-chip:has-text('فعلی')")).to_have_count(0)
    assert desks.errors == []
