"""Customers that a journey needs before it begins."""

from playwright.sync_api import Page

ADD = """async ([token, rows]) => {
    for (const row of rows) await fetch('/api/v1/parties', {method: 'POST', body: JSON.stringify(row),
        headers: {'X-CSRFToken': token, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID()}});
}"""

LEAD = """async ([token, who, name]) => {
    const ask = async (path) => (await fetch('/api/v1' + path)).json();
    const [party] = (await ask('/parties?q=' + encodeURIComponent(who))).items;
    const leads = (await ask('/pipelines')).find((each) => each.kind === 'lead');
    const lead = {party_id: party.id, pipeline_id: leads.id, name, amount: 900000000, source: 'نمایشگاه'};
    const made = await fetch('/api/v1/deals', {method: 'POST', body: JSON.stringify(lead),
        headers: {'X-CSRFToken': token, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID()}});
    return (await made.json()).id;
}"""


def add_customers(page: Page, *rows: dict[str, str]) -> None:
    """Add customers by the API, as who is logged in on this page."""
    token = page.locator('meta[name="csrf-token"]').get_attribute("content")
    page.evaluate(ADD, [token, list(rows)])


def add_lead(page: Page, who: str, what: str) -> str:
    """A lead of a new customer comes in by the API, nobody's yet; return its number."""
    add_customers(page, {"name": who, "kind": "organisation"})
    token = page.locator('meta[name="csrf-token"]').get_attribute("content")
    return str(page.evaluate(LEAD, [token, who, what]))
