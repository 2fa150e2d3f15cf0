"""Two messy files come in as a person brings them: matched, mended on the page, run, looked at, taken back."""

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from peyvand.core import sheets
from peyvand.core.sheets import Format
from tests.journeys.conftest import Desks
from tests.journeys.stack import Stack

HEAD = ["نام و نام خانوادگي", "موبايل", "ايميل", "تاريخ تولد", "شهر"]
GOOD = [
    ["مريم ابراهيمي", "9121112233", "m.ebrahimi@safe.example", "1371/04/09", "کرج"],
    ["نگار رستمي", "۰۹۳۳ ۴۵۰ ۱۲۰۰", "n.rostami@safe.example", "1364/07/05", "کرج"],
    ["كامران يزداني", "+98 914 880 7761", "k.yazdani@safe.example", "", "کرج"],
]
WRONG_PHONE = ["جواد ملكي", "912 33", "j.maleki@safe.example", "1358/10/22", "کرج"]
WRONG_DATE = ["رضا تهراني", "09125009081", "r.tehrani@safe.example", "1403/12/31", "کرج"]


def cp1256(rows: list[list[str]]) -> bytes:
    """As an old program writes it: semicolons, Arabic letters, no word about its encoding."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().replace("ی", "ي").replace("ک", "ك").encode("cp1256", "replace")


def upload(page: Page, stack: Stack, path: Path) -> None:
    """Press I anywhere, choose the file, wait until its columns are there."""
    page.goto(f"{stack.url}/customers/")
    page.keyboard.press("i")
    page.wait_for_url("**/imports/new/**")
    page.set_input_files("input[type=file]", path)
    page.wait_for_url("**/columns/", timeout=60_000)


def run(page: Page) -> None:
    """From the columns by the duplicates to the end of the run."""
    page.click("button[name=go][value=next]")
    page.wait_for_url("**/duplicates/")
    page.click("button[name=go][value=start]")
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    expect(page.locator("button[value=undo]:has-text('واگرد')")).to_be_visible(timeout=60_000)


def take_back(page: Page) -> None:
    """Undo the import that is shown, and wait for its end."""
    page.click("button[value=undo]:has-text('واگرد')")
    page.click("#confirm [data-yes]")
    expect(page.locator(".pv-job-t")).to_have_text("واگرد شد", timeout=60_000)


def test_messy_files_are_matched_mended_run_and_taken_back(stack: Stack, desks: Desks, tmp_path: Path) -> None:
    old = tmp_path / "مشتريان قديمي.csv"
    old.write_bytes(cp1256([HEAD, *GOOD, WRONG_PHONE]))
    page = desks.of("leila")
    upload(page, stack, old)

    # The columns are recognised by themselves, in spite of encoding and letters.
    chosen = page.locator("#map select[name^=field-]").evaluate_all("all => all.map(each => each.value)")
    assert all(chosen), chosen
    expect(page.locator("#preview")).to_contain_text("مریم ابراهیمی")

    # One phone is wrong: it is mended here, and its row becomes ready.
    page.click("#preview nav a:has-text('خطا')")
    expect(page.locator("#preview tbody")).to_have_count(1)
    page.click("#preview button[value=edit]")
    page.fill("#preview input[name=cell-1]", "09129998877")
    page.keyboard.press("Enter")
    expect(page.locator("#preview tbody")).to_contain_text("تازه")
    run(page)
    first = page.url
    expect(page.locator(".pv-kpis")).to_contain_text("۴")
    page.click(".pv-kpis a >> nth=0")
    page.locator("tr[data-row] a >> nth=0").click()
    page.wait_for_url(re.compile(r"/customers/\d+/"))
    expect(page.locator("h1")).to_contain_text("مریم ابراهیمی")

    # A workbook with a date that does not exist: mended; a row that is here already changes it.
    book = tmp_path / "customers.xlsx"
    again = ["مریم ابراهیمی", "09121112233", "m.ebrahimi@safe.example", "1371/04/10", "کرج"]
    book.write_bytes(b"".join(sheets.whole(Format.XLSX, [HEAD, again, WRONG_DATE])))
    upload(page, stack, book)
    page.click("#preview nav a:has-text('خطا')")
    page.click("#preview button[value=edit]")
    page.fill("#preview input[name=cell-3]", "1403/12/30")
    page.keyboard.press("Enter")
    expect(page.locator("#preview tbody").last).to_contain_text("تازه")
    run(page)
    second = page.url
    expect(page.locator(".pv-kpis")).to_contain_text("به‌روزرسانی")
    page.goto(f"{stack.url}/customers/?q=safe.example")
    expect(page.locator("#customers tbody tr")).to_have_count(5)

    # Both are taken back, the last first: nothing is left of them.
    page.goto(second)
    take_back(page)
    page.goto(f"{stack.url}/customers/?q=safe.example")
    expect(page.locator("#customers tbody tr")).to_have_count(4)
    page.goto(first)
    take_back(page)
    page.goto(f"{stack.url}/customers/?q=safe.example")
    expect(page.locator("#customers tbody tr")).to_have_count(0)
    assert desks.errors == []
