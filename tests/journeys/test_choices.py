"""What the cartable's script keeps while the page is drawn anew; the script alone, without the product."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

import peyvand.cartable

SCRIPT = Path(peyvand.cartable.__file__).parent / "static" / "cartable" / "cartable.js"
LIST = "<form id='f'><div class='pv-pick' id='targets'>{}</div></form>"
CHOICE = "<label><input type='radio' name='to' value='{}'></label>"
SWAP = """html => {
    const old = document.getElementById('targets');
    old.dispatchEvent(new CustomEvent('htmx:beforeSwap', {bubbles: true, detail: {target: old, xhr: {status: 200}}}));
    old.innerHTML = html;
    old.dispatchEvent(new CustomEvent('htmx:afterSwap', {bubbles: true, detail: {target: old}}));
    return [...document.querySelectorAll('#targets input')].map(each => each.value + (each.checked ? '!' : ''));
}"""


@pytest.mark.parametrize(
    ("found", "kept"), [(["user:2", "user:1"], ["user:2", "user:1!"]), (["user:3"], ["user:1!", "user:3"])]
)
def test_a_choice_made_while_the_search_runs_is_kept(browser: Browser, found: list[str], kept: list[str]) -> None:
    page = browser.new_page()
    page.set_content(LIST.format(CHOICE.format("user:1") + CHOICE.format("user:2")))
    page.add_script_tag(path=SCRIPT)
    page.check("input[value='user:1']")
    assert page.evaluate(SWAP, "".join(CHOICE.format(each) for each in found)) == kept
    page.close()
