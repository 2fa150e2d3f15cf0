"""What axe finds in an open page."""

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page


def faults(page: Page) -> list[str]:
    """Each violation with the first places of it."""
    found = Axe().run(page)["violations"]
    return [f"{fault['id']} {[node['target'] for node in fault['nodes']][:3]}" for fault in found]
