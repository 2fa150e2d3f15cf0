"""Customers that a journey needs before it begins."""

from playwright.sync_api import Page

ADD = """async ([token, rows]) => {
    for (const row of rows) await fetch('/api/v1/parties', {method: 'POST', body: JSON.stringify(row),
        headers: {'X-CSRFToken': token, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID()}});
}"""


def add_customers(page: Page, *rows: dict[str, str]) -> None:
    """Add customers by the API, as who is logged in on this page."""
    token = page.locator('meta[name="csrf-token"]').get_attribute("content")
    page.evaluate(ADD, [token, list(rows)])
