"""A referral to three at once: copies are answered, the original comes back, goes on, and the tree tells who has it."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Desks
from tests.journeys.days import day
from tests.journeys.faults import faults
from tests.journeys.people import MAILBOX
from tests.journeys.stack import Stack
from tests.journeys.test_main_job import mail, send

SUBJECT = "نشتی مخزن سوم"
INSTRUCTION = "علت نشتی را ببینید و نظر بدهید."


def add_copy(page: Page, name: str, kind: str) -> None:
    """Look somebody up in the dialog of a referral and send him a copy."""
    page.fill("#target-search", name)
    button = page.locator(f"#targets button[name=add][value^='{kind}:']")
    expect(button).to_have_count(1)
    button.click()
    expect(page.locator("#copies")).to_contain_text(name)


def choose(page: Page, name: str, kind: str) -> None:
    """Look up who shall hold it next."""
    page.fill("#target-search", name)
    row = page.locator(f"#targets label:has(input[value^='{kind}:'])", has_text=name)
    expect(row).to_have_count(1)
    row.locator("input").check()


def open_tree(page: Page) -> None:
    page.click("#request-head details > summary")
    page.click("#request-head a[href$='/tree/']")
    expect(page.locator("#dialog .pv-tree")).to_be_visible()


def test_the_tree_of_a_referral(stack: Stack, desks: Desks) -> None:
    leila, sara, babak = desks.of("leila"), desks.of("sara"), desks.of("babak")
    leila.goto(f"{stack.url}/cartable/department/")
    send(stack, mail(SUBJECT, "مخزن سوم از دیروز نشتی دارد.", to=MAILBOX, sender="tank@pump.example"))
    leila.locator("a.pv-req", has_text=SUBJECT).click(timeout=15_000)
    expect(leila.locator("#request-head h1")).to_contain_text(SUBJECT)
    code = leila.locator("#detail").get_attribute("data-code")
    address = f"{stack.url}/cartable/{code}/"

    # Babak shall do it; Sara and the whole department get a copy, one of them blind.
    leila.keyboard.press("f")
    expect(leila.locator("#dialog #target-search")).to_be_visible()
    add_copy(leila, "سارا موسوی", "user")
    add_copy(leila, "لجستیک", "department")
    leila.select_option("#dialog select[name^='role-department']", "blind")
    choose(leila, "بابک صدری", "user")
    leila.fill("#dialog textarea[name=instruction]", INSTRUCTION)
    leila.fill("#dialog input[name=due_day]", day(7))
    leila.locator("#dialog input[name=tell_when_done]").check()
    assert faults(leila) == []
    leila.click("#dialog button.btn-primary")
    expect(leila.locator(".pv-thread")).to_contain_text(INSTRUCTION)

    # Sara says what she thinks, and her copy is done.
    sara.goto(address)
    expect(sara.locator("#banners")).to_contain_text("لیلا احمدی")
    sara.click("#banners a[href*='/finish/']")
    sara.fill("#dialog textarea[name=remark]", "به گمان من واشر است.")
    sara.click("#dialog button.btn-primary")
    expect(sara.locator("#banners a[href*='/finish/']")).to_have_count(0)

    # Babak reads the instruction with its deadline, and returns it with a reason.
    babak.goto(f"{stack.url}/cartable/mine/")
    babak.locator("a.pv-req", has_text=SUBJECT).click()
    expect(babak.locator(".pv-thread")).to_contain_text(INSTRUCTION)
    babak.locator(".pv-event a[href*='/referral/']").first.click()
    babak.locator("#dialog a[href*='/return/']").click()
    babak.fill("#dialog textarea[name=remark]", "عکس نشتی را از مشتری بگیرید.")
    assert faults(babak) == []
    babak.click("#dialog button.btn-primary")
    expect(babak.locator(".pv-thread")).to_contain_text("عکس نشتی را از مشتری بگیرید.")

    # It is Leila's again, who was told; the tree shows what came back, what is done and what is still open.
    leila.goto(address)
    open_tree(leila)
    tree = leila.locator("#dialog .pv-tree")
    expect(tree.locator("li")).to_have_count(3)
    expect(tree.locator("li", has_text="بابک صدری")).to_contain_text("برگردانده شد")
    expect(tree.locator("li", has_text="سارا موسوی")).to_contain_text("انجام‌شده")
    expect(tree.locator("li:has(> .pv-tree-n > a:text-is('لجستیک'))")).to_contain_text("رونوشت پنهان")
    holders = leila.locator("#dialog .pv-copies li")
    expect(holders.filter(has_text="لیلا احمدی")).to_contain_text("اکنون نزد او")
    expect(holders.filter(has_text="بابک صدری").locator("bdi")).to_contain_text("دقیقه")
    assert faults(leila) == []
    leila.keyboard.press("Escape")
    expect(leila.locator("#dialog[open]")).to_have_count(0)

    # She refers it to the department; who takes it there stands in the tree as its holder.
    leila.locator("#request-head h1").click()
    leila.keyboard.press("f")
    choose(leila, "لجستیک", "department")
    leila.fill("#dialog textarea[name=instruction]", "عکس پیوست شد.")
    leila.click("#dialog button.btn-primary")
    expect(leila.locator(".pv-thread")).to_contain_text("عکس پیوست شد.")
    babak.goto(address)
    babak.locator("#request-head h1").click()
    babak.keyboard.press("t")
    leila.goto(address)
    open_tree(leila)
    now = leila.locator("#dialog .pv-tree li[aria-current=step]")
    expect(now).to_contain_text("لجستیک")
    expect(now).to_contain_text("عکس پیوست شد.")
    assert desks.errors == []
