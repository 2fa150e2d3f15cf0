"""From the first word of somebody who may buy to the contract: assigned, met, moved by mouse, by keys, on a phone."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Desks
from tests.journeys.customers import add_customers, add_lead
from tests.journeys.faults import faults
from tests.journeys.people import PASSWORD
from tests.journeys.stack import Stack

PHONE = {"width": 390, "height": 844}
TODAY = "۱۴۰۵/۰۹/۰۹"


def test_a_lead_is_assigned_met_moved_in_every_way_and_won(stack: Stack, desks: Desks) -> None:
    manager, officer = desks.of("mina"), desks.of("sara")
    add_customers(manager, {"name": "نسترن کیانی", "kind": "person"})
    found: list[str] = []
    number = add_lead(manager, "گلخانهٔ نسترن", "سامانهٔ آبیاری")
    deal, own = f"{stack.url}/sales/{number}/", f".pv-deal[data-deal='{number}']"

    # It comes to Sara, who meets them and writes down what was said and decided.
    manager.goto(deal)
    menu(manager, "سپردن به دیگری")
    manager.select_option("dialog select[name=owner]", label="سارا موسوی")
    manager.click("dialog button.btn-primary")
    expect(manager.locator("aside", has_text="سارا موسوی").first).to_be_visible()
    officer.goto(deal)
    officer.click("text=برنامه‌ریزی کار")
    met(officer)
    officer.goto(deal)
    expect(officer.locator("main aside")).to_contain_text("بازدید از گلخانه")
    found += faults(officer)

    # The lead becomes a deal; the next stage asks for somebody on the other side, and says so.
    menu(officer, "معامله می‌شود")
    officer.click(".pv-crumbs a >> nth=0")
    board = officer.url
    manager.goto(board)
    card, need, offer, talk = (officer.locator(each) for each in (own, *columns(officer)))
    drag(officer, card, need)
    expect(officer.locator("#toasts")).to_contain_text("هنوز کسی در سمت مشتری")
    expect(need.locator(own)).to_have_count(0)
    add_person(officer, deal)

    # By mouse, taken back once; a colleague's open board follows by itself.
    officer.goto(board)
    drag(officer, card, need)
    expect(need.locator(own)).to_have_count(1)
    theirs = manager.locator(columns(manager)[0])
    expect(theirs.locator(own)).to_have_count(1)
    with answered(officer, "/sales/?pipeline="):
        officer.click("#toasts [data-undo]:visible")
    expect(need.locator(own)).to_have_count(0)
    expect(theirs.locator(own)).to_have_count(0)
    drag(officer, card, need)
    expect(need.locator(own)).to_have_count(1)

    # By keys: lifted, moved to the next column, dropped.
    card.locator("a").first.focus()
    for key in ("Space", "ArrowLeft"):
        officer.keyboard.press(key)
    with answered(officer):
        officer.keyboard.press("Enter")
    expect(offer.locator(own)).to_have_count(1)
    found += faults(officer)

    # On a phone: the day is written on the card, the card is held and pulled over, and it is won.
    phone = on_a_phone(desks, "sara", board)
    on_card(phone.locator(own), "ویرایش سریع")
    phone.fill("dialog input[name=close_on]", "۱۴۰۵/۱۰/۱۵")
    phone.click("dialog[open] h2")  # the days go away
    with answered(phone, "/sales/?pipeline="):
        phone.click("dialog[open] button.btn-primary")
    pull(phone, phone.locator(own))
    expect(phone.locator(columns(phone)[2]).locator(own)).to_have_count(1)
    found += faults(phone)
    phone.goto(deal)
    phone.click("button:has-text('برنده شد')")
    expect(phone.locator("main")).to_contain_text("برنده‌شده")
    found += faults(phone)
    expect(talk.locator(own)).to_have_count(0)
    assert found == []
    assert desks.errors == []


def menu(page: Page, words: str) -> None:
    page.locator(".pv-head details.pv-menu summary").last.click()
    page.locator(".pv-pop:visible .pv-mi", has_text=words).click()


def on_card(card: Locator, words: str) -> None:
    card.locator("details.pv-menu summary").click()
    card.locator(".pv-mi", has_text=words).click()


def columns(page: Page) -> list[str]:
    """The second, third and fourth column of the board."""
    return [f".pv-col[data-stage='{each}']" for each in page.locator(".pv-col").evaluate_all(
        "all => all.slice(1, 4).map((each) => each.dataset.stage)"
    )]  # fmt: skip


def met(page: Page) -> None:
    """Plan a meeting for today, close it, and write its minutes with a decision."""
    page.check("input[name=kind][value=meeting]", force=True)
    page.fill("#plan input[name=subject]", "بازدید از گلخانه")
    page.fill("#plan input[name=day]", TODAY)
    page.fill("#plan input[name=begins]", "09:00")
    page.fill("#plan input[name=ends]", "10:00")
    page.locator("#plan button[type=submit]").click()
    page.locator("a[href$='/minutes/']").first.click()
    page.fill("textarea[name=body]", "سامانه برای دو سالن می‌خواهند.")
    page.locator("input[name$='-text']").first.fill("پیشنهاد قیمت بنویسید")
    page.locator("form.pv-act-form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("سامانه برای دو سالن می‌خواهند.")


def add_person(page: Page, deal: str) -> None:
    """Name somebody on the customer's side."""
    page.goto(deal)
    page.locator("a[href$='/people/']").click()
    page.fill("#person-who", "نسترن کیانی")
    page.locator("#parties label", has_text="نسترن کیانی").first.click()
    page.fill("dialog input[name=role]", "مالک")
    page.click("dialog button.btn-primary")
    expect(page.locator("main aside")).to_contain_text("نسترن کیانی")


@contextmanager
def answered(page: Page, part: str = "/move/") -> Iterator[None]:
    """A card is dropped here; the board has come back when this ends, and stands still."""
    with page.expect_response(lambda answer: part in answer.url):
        yield
    page.wait_for_timeout(300)


def drag(page: Page, card: Locator, column: Locator) -> None:
    """Drag a card into a column with the mouse."""
    start, end = card.bounding_box(), column.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] - 12)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 120, steps=12)
    with answered(page):
        page.mouse.up()


def on_a_phone(desks: Desks, username: str, address: str) -> Page:
    """Log in with a phone, and open a page."""
    context = desks.browser.new_context(locale="fa-IR", viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    desks.contexts.append(context)
    page = context.new_page()
    page.on("pageerror", lambda error: desks.errors.append(f"phone: {error}"))
    page.on("console", lambda line: desks.errors.append(f"phone: {line.text}") if line.type == "error" else None)
    page.goto(f"{desks.stack.url}/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    page.goto(address)
    return page


def pull(page: Page, card: Locator) -> None:
    """Hold a card with a finger and pull it over the edge into the next column."""
    card.evaluate("each => each.closest('.pv-col').scrollIntoView({inline: 'start', block: 'nearest'})")
    page.wait_for_timeout(600)  # columns snap into their place
    box = card.bounding_box()
    assert box
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 12

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": left, "y": top} for left, top in points]}
        )

    touch("touchStart", (x, y))
    page.wait_for_timeout(400)  # a finger that only scrolls does not stay
    for step in range(1, 11):
        touch("touchMove", (x + (8 - x) * step / 10, y))
    page.wait_for_timeout(150)
    with answered(page):
        touch("touchEnd")
