"""From the first word of somebody who may buy to the contract: assigned, met, moved by mouse, by keys, on a phone."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Desks
from tests.journeys.customers import add_customers
from tests.journeys.days import day
from tests.journeys.faults import faults
from tests.journeys.people import PASSWORD
from tests.journeys.stack import Stack, eventually

PHONE = {"width": 390, "height": 844}
MOVING = ".htmx-request, .htmx-swapping, .htmx-settling"


def test_a_lead_is_assigned_met_moved_in_every_way_and_won(stack: Stack, desks: Desks) -> None:
    manager, officer = desks.of("mina"), desks.of("sara")
    add_customers(manager, {"name": "نسترن کیانی", "kind": "person"})
    found: list[str] = []

    # It comes by a public form, and by a rule to Sara, who meets them and writes down what was said and decided.
    write(desks.stranger("visitor"), lead_form(desks.of("zoya"), stack), "گلخانهٔ نسترن")
    deal = eventually(lambda: lead_of(officer, stack, "گلخانهٔ نسترن"), seconds=20, what="the lead")
    number = deal.rstrip("/").rsplit("/", 1)[-1]
    own = f".pv-deal[data-deal='{number}']"
    officer.goto(deal)
    expect(officer.locator("aside", has_text="سارا موسوی").first).to_be_visible()
    expect(officer.locator("main")).to_contain_text("هر روز کاری")
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

    # By keys, when an amount is known, as the stage asks: lifted, moved to the next column, dropped.
    on_card(card, "ویرایش سریع")
    officer.fill("dialog input[name=amount]", "90000000")
    with answered(officer, "/sales/?pipeline="):
        officer.click("dialog[open] button.btn-primary")
    expect(card).to_contain_text("میلیون")
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
    phone.fill("dialog input[name=close_on]", day(30))
    phone.click("dialog[open] h2")  # the days go away
    with answered(phone, "/sales/?pipeline="):
        phone.click("dialog[open] button.btn-primary")
    last = phone.locator(columns(phone)[2])
    pull(phone, phone.locator(own), last)
    expect(last.locator(own)).to_have_count(1)
    found += faults(phone)
    phone.goto(deal)
    phone.click("button:has-text('برنده شد')")
    expect(phone.locator("main")).to_contain_text("برنده‌شده")
    found += faults(phone)
    expect(talk.locator(own)).to_have_count(0)
    assert found == []
    assert [each for each in desks.errors if "422" not in each] == []  # a form that was sent too fast


def lead_form(admin: Page, stack: Stack) -> str:
    """A form that anybody may fill in, and a rule that gives what comes by it to Sara; return the form's address."""
    admin.goto(f"{stack.url}/sales/lead-forms/new/")
    admin.fill("input[name=name]", "درخواست مشاوره")
    admin.fill("input[name=label-1]", "کی زنگ بزنیم؟")
    admin.locator("main form button.btn-primary").click()
    address = admin.locator("#form-address").input_value()
    admin.goto(f"{stack.url}/sales/assignment/new/")
    admin.fill("input[name=name]", "مشاوره به سارا")
    admin.fill("[name=sources]", "درخواست مشاوره")
    admin.select_option("select[name=people]", label="سارا موسوی")
    admin.locator("main form button.btn-primary").click()
    expect(admin.locator("main")).to_contain_text("مشاوره به سارا")
    return address


def write(visitor: Page, address: str, name: str) -> None:
    """Fill a public form in and send it."""
    visitor.goto(address)
    visitor.fill("input[name=name]", name)
    visitor.fill("input[name=mobile]", "09121234571")
    visitor.locator("label", has_text="کی زنگ بزنیم؟").fill("هر روز کاری")
    assert faults(visitor) == []
    eventually(lambda: is_sent(visitor), seconds=10, what="the sending")
    assert faults(visitor) == []


def is_sent(visitor: Page) -> bool:
    """Press send; what is sent in the first two seconds is refused, as programs are that fast."""
    with visitor.expect_navigation():
        visitor.click("button[type=submit]")
    return visitor.url.endswith("/sent/")


def lead_of(officer: Page, stack: Stack, name: str) -> str:
    """The address of the lead of somebody in the list of leads, as soon as it is there."""
    officer.goto(f"{stack.url}/sales/leads/")
    row = officer.locator("#leads tbody tr", has_text=name)
    return f"{stack.url}{row.locator('a').first.get_attribute('href')}" if row.count() else ""


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
    page.fill("#plan input[name=day]", day(0))
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
    expect(page.locator(MOVING)).to_have_count(0)


def drag(page: Page, card: Locator, column: Locator) -> None:
    """Drag a card into a column with the mouse."""
    hold_below(card)
    page.mouse.down()
    end = column.bounding_box()
    assert end
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 120, steps=12)
    expect(column.locator(".pv-deal.is-drag")).to_have_count(1)
    with answered(page):
        page.mouse.up()


def hold_below(card: Locator) -> None:
    """Put the mouse upon the lower edge of a card, where nothing is to be clicked, when the card stands still."""
    card.hover(trial=True)  # a board that is written anew meanwhile is waited for
    box = card.bounding_box()
    assert box
    card.hover(position={"x": box["width"] / 2, "y": box["height"] - 12})


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


def pull(page: Page, card: Locator, column: Locator) -> None:
    """Hold a card with a finger and pull it over the edge into the next column."""
    card.evaluate("each => each.closest('.pv-col').scrollIntoView({inline: 'start', block: 'nearest'})")
    card.element_handle().wait_for_element_state("stable")  # columns snap into their place
    box = card.bounding_box()
    assert box
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 12

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": left, "y": top} for left, top in points]}
        )

    touch("touchStart", (x, y))
    expect(page.locator(".pv-deal.sortable-chosen")).to_have_count(1)  # a finger that only scrolls does not stay
    for step in range(1, 11):
        touch("touchMove", (x + (8 - x) * step / 10, y))
    expect(column.locator(".pv-deal.is-drag")).to_have_count(1)
    with answered(page):
        touch("touchEnd")
