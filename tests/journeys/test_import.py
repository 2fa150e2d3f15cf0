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

LIST = "/customers/?f=city~is~فردیس"
HEAD = ["نام و نام خانوادگي", "موبايل", "ايميل", "تاريخ تولد", "شهر"]
GOOD = [
    ["مريم ابراهيمي", "9121112233", "m.ebrahimi@safe.example", "1371/04/09", "فردیس"],
    ["نگار رستمي", "0933-450-1200", "n.rostami@safe.example", "1364/07/05", "فردیس"],
    ["كامران يزداني", "+98 914 880 7761", "k.yazdani@safe.example", "", "فردیس"],
]
WRONG_PHONE = ["جواد ملكي", "912 33", "j.maleki@safe.example", "1358/10/22", "فردیس"]
WRONG_DATE = ["رضا تهراني", "۰۹۱۲ ۵۰۰ ۹۰۸۱", "r.tehrani@safe.example", "1403/12/31", "فردیس"]


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
    expect(page.locator(".pv-job-t")).to_have_text("واگردشده", timeout=60_000)


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
    again = ["مریم ابراهیمی", "09121112233", "m.ebrahimi@safe.example", "1371/04/10", "فردیس"]
    twin = ["مریم ابراهیمی", "09121112299", "maryam@safe.example", "1371/04/10", "فردیس"]
    book.write_bytes(b"".join(sheets.whole(Format.XLSX, [HEAD, again, twin, WRONG_DATE])))
    upload(page, stack, book)
    page.click("#preview nav a:has-text('خطا')")
    expect(page.locator("#preview tbody")).to_have_count(1)
    page.click("#preview button[value=edit]")
    page.fill("#preview input[name=cell-3]", "1403/12/30")
    page.keyboard.press("Enter")
    expect(page.locator("#preview tbody").last).to_contain_text("تازه")
    run(page)
    second = page.url
    expect(page.locator(".pv-kpis")).to_contain_text("به‌روزرسانی")
    page.goto(stack.url + LIST)
    expect(page.locator("#customers tbody tr")).to_have_count(6)

    # Two of them are the same person: they become one, and two again.
    twins = page.locator("#customers tbody tr", has_text="مریم ابراهیمی").locator("[data-row-check]")
    expect(twins).to_have_count(2)
    for box in twins.all():
        box.check()
    page.click(".pv-bulk button:has-text('یکی کردن'), .pv-bulk a:has-text('یکی کردن')")
    page.click("#merge button.btn-primary")
    page.click("#confirm [data-yes]")
    page.wait_for_url(re.compile(r"/customers/\d+/$"))
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status < 400):
        page.locator(".pv-toast button[data-undo]:visible").first.click()
    page.goto(stack.url + LIST)
    expect(page.locator("#customers tbody tr")).to_have_count(6)

    # Both imports are taken back, the last first; those who were one for a while go, too, and nobody is left.
    for address, count in ((second, 4), (first, 0)):
        page.goto(address)
        take_back(page)
        page.goto(f"{address}results/?only=left")
        expect(page.locator("tr[data-row]")).to_have_count(0)
        page.goto(stack.url + LIST)
        expect(page.locator("#customers tbody tr")).to_have_count(count)
    assert desks.errors == []
