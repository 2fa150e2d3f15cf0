"""Nothing that is told to a page is lost on it: what shows an older text than the last news asks once more."""

from playwright.sync_api import Browser, Page, Route, expect

from peyvand.web import build

HERE = "http://peyvand.example"
PAGE = """<!doctype html><html lang="en"><head><title>Work</title>
<meta name="htmx-config" content='{"defaultSettleDelay":0,"allowEval":false,"includeIndicatorStyles":false}'>
<script src="/htmx.js" defer></script><script src="/app.js" defer></script></head><body>
<script type="application/json" id="pv-settings">{"live": ""}</script>
<main id="main"><p id="work">0</p><button hx-get="/work" hx-target="#main">Open</button></main></body></html>"""
WORK = '<p id="work" hx-get="/work" hx-trigger="pv:fresh" data-live="work" data-every="300" hx-swap="outerHTML">{}</p>'


class Desk:
    """A page that shows how much work there is, and a server that answers when it is told to."""

    def __init__(self, browser: Browser) -> None:
        self.page: Page = browser.new_page()
        self.page.set_default_timeout(5_000)
        self.work = 1
        self.asked: list[tuple[Route, str]] = []
        self.page.route("**/*", self.receive)
        self.page.goto(f"{HERE}/")

    def receive(self, route: Route) -> None:
        """Answer what belongs to the page; a question about the work is read now and answered later."""
        name = route.request.url.removeprefix(f"{HERE}/")
        if name.endswith(".js"):
            text = (build.DIST / name).read_text(encoding="utf-8")
            route.fulfill(body=text, content_type="text/javascript")
        elif name == "work":
            self.asked.append((route, WORK.format(self.work)))
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    def more(self) -> None:
        """More work comes, and the page is told so."""
        self.work += 1
        self.page.evaluate("document.body.dispatchEvent(new CustomEvent('pv:live:work'))")

    def question(self) -> None:
        """Wait until the page asks."""
        for _ in range(100):
            if self.asked:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("the page does not ask")

    def answer(self) -> None:
        """Answer the oldest question with what was true when it was asked."""
        self.question()
        route, text = self.asked.pop(0)
        route.fulfill(body=text, content_type="text/html")

    def shows(self, number: int) -> None:
        expect(self.page.locator("#work")).to_have_text(str(number))

    def opened(self) -> "Desk":
        self.page.get_by_text("Open").click()
        self.answer()
        self.shows(self.work)
        return self


def test_news_while_an_answer_is_under_way_are_asked_for_after_it(browser: Browser) -> None:
    desk = Desk(browser).opened()
    desk.more()
    desk.question()
    desk.more()
    desk.page.wait_for_timeout(600)  # they are read, and the answer is still under way
    desk.answer()
    desk.shows(2)
    desk.answer()
    desk.shows(3)
    desk.page.wait_for_timeout(800)
    assert desk.asked == []  # what is fresh is left alone


def test_news_that_come_close_together_are_asked_for_once_and_none_is_lost_in_the_pause(browser: Browser) -> None:
    desk = Desk(browser).opened()
    desk.more()
    desk.more()
    desk.answer()
    desk.shows(3)
    desk.more()  # within the pause between two questions
    desk.answer()
    desk.shows(4)
    assert desk.asked == []


def test_what_comes_onto_the_page_with_an_older_text_than_the_last_news_asks_too(browser: Browser) -> None:
    desk = Desk(browser).opened()
    desk.page.evaluate("void window.htmx.ajax('GET', '/work', '#main')")
    desk.question()
    desk.more()
    desk.page.wait_for_timeout(400)
    assert len(desk.asked) == 2  # another's question, and its own, whose place will be gone when it is answered
    desk.answer()
    desk.shows(1)
    desk.asked.pop(0)
    desk.answer()
    desk.shows(2)


def test_an_answer_that_failed_is_not_asked_for_in_a_rush_but_at_the_next_news(browser: Browser) -> None:
    desk = Desk(browser).opened()
    desk.more()
    desk.question()
    desk.asked.pop(0)[0].abort()
    desk.page.wait_for_timeout(1_000)
    assert desk.asked == []
    desk.more()
    desk.answer()
    desk.shows(3)
