"""Fixtures of the journeys: the running product, a real browser, a customer's mail server, a Dovecot mailbox."""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from peyvand.channels.tests.dovecot import Dovecot, open_dovecot
from tests.journeys.chromium import CHROMIUM, QUIET
from tests.journeys.people import PASSWORD
from tests.journeys.stack import Sink, Stack

FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def sink() -> Iterator[Sink]:
    """The customers' mail server."""
    server = Sink()
    server.controller.start()
    yield server
    server.controller.stop()


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A real IMAP server with the mailbox of INBOX."""
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    with open_dovecot(home) as server:
        server.add_user("info")
        yield server
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def stack(sink: Sink, dovecot: Dovecot) -> Iterator[Stack]:
    """Peyvand, started by `peyvand up`, with the company of company.py."""
    with data_folder() as data:
        running = Stack(data=data)
        try:
            running.start()
            running.make_company(sink=sink.port, imap=dovecot.port, imap_password="secret")
            yield running
        finally:
            running.stop()


@contextmanager
def data_folder() -> Iterator[Path]:
    """A folder that also another user can reach: PostgreSQL does not run as root. Kept when JOURNEYS names a place."""
    kept = os.environ.get("JOURNEYS")
    data = Path(kept or tempfile.mkdtemp(prefix="peyvand-"))
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o755)
    yield data
    if not kept:
        shutil.rmtree(data)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium; of one module, for its event loop must not outlive the journeys in this process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=QUIET)
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Keep with a test whether it failed, for `desks`."""
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def desks(request: pytest.FixtureRequest, browser: Browser, stack: Stack) -> Iterator["Desks"]:
    """Log people in, each in a browser of their own; a failed test shows what they saw last."""
    made = Desks(browser, stack)
    yield made
    for number, context in enumerate(made.contexts):
        if request.node.stash.get(FAILED, False):
            show(context, stack.data / f"{request.node.name}-{number}.png")
        context.close()


def show(context: BrowserContext, place: Path) -> None:
    """Draw the last page of a browser; one that cannot be drawn any more must not hide why the test failed."""
    try:
        context.pages[-1].screenshot(path=place)
    except (Error, IndexError) as error:
        logging.getLogger(__name__).warning("no picture of %s: %s", place.name, error)


class Desks:
    """People at their desks; `errors` collects what a page complained about."""

    def __init__(self, browser: Browser, stack: Stack) -> None:
        self.browser, self.stack = browser, stack
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def of(self, username: str, password: str = PASSWORD) -> Page:
        """Log `username` in by the login page and return the page that opens."""
        page = self.stranger(username)
        page.goto(f"{self.stack.url}/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    def admin(self) -> Page:
        """Log the first administrator in, with the password that the start showed."""
        return self.of("admin", self.stack.admin_password)

    def stranger(self, name: str = "customer") -> Page:
        """Open a fresh browser in which nobody is logged in."""
        context = self.browser.new_context(locale="fa-IR", viewport={"width": 1440, "height": 900})
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"{name}: {error}"))
        page.on("console", lambda line: self.errors.append(f"{name}: {line.text}") if line.type == "error" else None)
        return page
