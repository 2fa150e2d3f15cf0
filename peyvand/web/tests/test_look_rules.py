"""Rules of the look that no linter knows: logical sides, no inline code, small templates, icons that exist."""

import re
from pathlib import Path

import pytest

from peyvand.web import build
from peyvand.web.icons import is_directional

STATIC = [path for path in build.PACKAGE.glob("*/static/**/*.*") if "dist" not in path.parts]
CSS = sorted([*(build.ASSETS / "css").glob("*.css"), *(path for path in STATIC if path.suffix == ".css")])
SCRIPTS = sorted([*(build.ASSETS / "js").glob("*.js"), *(path for path in STATIC if path.suffix == ".js")])
TEMPLATES = list(build.templates())
PHYSICAL_CSS = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
    r"|(?<![\w-])(?:width|height|min-width|max-width|min-height|max-height)\s*:"
)
PHYSICAL_UTILITY = re.compile(
    r"(?:^|[\s\"'])(?:-?(?:ml|mr|pl|pr)-[\w.\[\]]+|(?:left|right)-[\w.\[\]]+|text-(?:left|right)|border-[lr](?:-\S+)?"
    r"|rounded-[lr](?:-\S+)?|float-(?:left|right))(?=[\s\"']|$)"
)
NAMED_EXCEPTIONS = {
    "text.css": {"text-align: right", "text-align: left"},  # truncated text keeps the page's side
}
CLASS = re.compile(r'class="([^"]*)"')


def names(path: Path) -> str:
    return str(path.relative_to(build.PACKAGE))


@pytest.mark.parametrize("path", CSS, ids=names)
def test_styles_name_logical_sides_only(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"@media[^{]*", "", text)
    found = {" ".join(match.group().split()) for match in PHYSICAL_CSS.finditer(text)}
    assert found <= NAMED_EXCEPTIONS.get(path.name, set())


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_templates_use_logical_utilities_only(path: Path) -> None:
    found = [
        m.group().strip() for classes in CLASS.findall(path.read_text()) for m in PHYSICAL_UTILITY.finditer(classes)
    ]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_templates_are_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 150


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_what_hears_news_loses_none(path: Path) -> None:
    """It hears them by `data-live`: htmx's own pauses and queues lose some (web/assets/js/39-fresh.js)."""
    text = path.read_text()
    assert "pv:live:" not in text
    for tag in re.findall(r"<[^<>]*\sdata-live=[^<>]*", text):
        assert re.search(r'\sid="[\w-]+"', tag)
        assert "pv:fresh" in tag


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_templates_hold_no_inline_style_script_or_handler(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert not re.search(r"\shx-on", text)
    assert "javascript:" not in text
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_alpine_expressions_are_plain_names(path: Path) -> None:
    expressions = re.findall(r'\s(?:x-[\w.:-]+|@[\w.:-]+)="([^"]*)"', path.read_text())
    assert [expression for expression in expressions if not re.fullmatch(r"[A-Za-z_][\w.]*", expression)] == []


def test_every_alpine_component_that_templates_name_is_registered() -> None:
    registered = set(re.findall(r'Alpine\.data\("(\w+)"', "".join(path.read_text() for path in SCRIPTS)))
    used = set(re.findall(r'x-data="(\w+)"', "".join(path.read_text() for path in TEMPLATES)))
    assert used <= registered


def test_every_icon_that_is_named_exists() -> None:
    if not build.TABLER.exists():
        pytest.skip("The front-end packages are not installed.")
    in_templates = {name for path in TEMPLATES for name in re.findall(r'\{% icon "([^"]+)"', path.read_text())}
    in_python = {n for path in build.python_files() for n in re.findall(r'\bicon="([^"]+)"', path.read_text())}
    wanted = in_templates | in_python
    assert sorted(name for name in wanted if not (build.TABLER / "outline" / f"{name}.svg").exists()) == []


def test_the_build_gathers_every_icon_that_is_named() -> None:
    if not build.TABLER.exists():
        pytest.skip("The front-end packages are not installed.")
    icons = build.gather_icons()
    assert {"inbox", "users", "send", "brand-telegram"} <= set(icons)
    assert all("<path" in shapes or "<circle" in shapes or "<rect" in shapes for shapes in icons.values())
    assert all("M0 0h24v24H0z" not in shapes for shapes in icons.values())


@pytest.mark.parametrize(
    "name", ["chevron-left", "arrow-right", "arrow-ramp-right", "send", "logout", "trending-up", "list"]
)
def test_icons_that_point_along_the_line_are_mirrored(name: str) -> None:
    assert is_directional(name)


@pytest.mark.parametrize("name", ["clock", "check", "search", "phone", "brand-telegram", "player-play", "chevron-down"])
def test_icons_that_do_not_point_are_not_mirrored(name: str) -> None:
    assert not is_directional(name)


def test_a_second_build_with_nothing_changed_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"version": "same"}')
    monkeypatch.setattr(build, "MANIFEST", manifest)
    monkeypatch.setattr(build, "_fingerprint", lambda paths: "same")
    monkeypatch.setattr(build, "_install_packages", lambda: pytest.fail("It must not look at Node."))
    assert build.build() is False


def test_the_fingerprint_changes_with_any_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "ROOT", tmp_path)
    file = tmp_path / "a.css"
    file.write_text("a")
    before = build._fingerprint([file])
    file.write_text("ab")
    assert build._fingerprint([file]) != before


def test_scripts_ask_no_foreign_host_and_evaluate_no_text() -> None:
    unwanted = re.compile(r"https?://|\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write")
    assert [path.name for path in SCRIPTS if unwanted.search(path.read_text())] == []
