"""Every sentence of the kit has its Persian."""

import ast
import re
from pathlib import Path

import polib

from peyvand.web import build

WEB = build.PACKAGE / "web"
CATALOGUE = WEB / "locale" / "fa" / "LC_MESSAGES" / "django.po"
NAMES = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext", "ngettext_lazy"}


def template_messages(path: Path) -> set[str]:
    text = path.read_text()
    found = {match[1] for match in re.findall(r"\{%\s*translate\s+([\"'])(.*?)\1", text)}
    found |= {match[1] for match in re.findall(r"_\(([\"'])(.*?)\1\)", text)}
    blocks = re.findall(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*(?:plural\s*%\}|endblocktranslate)", text, re.DOTALL)
    return found | {re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", block) for block in blocks}


def python_messages(path: Path) -> set[str]:
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    named = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id in NAMES and call.args)
    return {call.args[0].value for call in named if isinstance(call.args[0], ast.Constant)}


def test_every_sentence_has_its_persian() -> None:
    wanted: set[str] = set()
    for path in sorted(WEB.glob("templates/**/*.html")):
        wanted |= template_messages(path)
    for path in sorted(WEB.rglob("*.py")):
        if "tests" not in path.parts:
            wanted |= python_messages(path)
    catalogue = polib.pofile(str(CATALOGUE))
    have = {entry.msgid for entry in catalogue if entry.msgstr or all(entry.msgstr_plural.values() or [""])}
    assert sorted(wanted - have) == []


def test_persian_is_spelt_with_persian_letters() -> None:
    text = "".join(
        entry.msgstr
        for entry in polib.pofile(str(CATALOGUE))
        if entry.msgid != ("The search takes different spellings of a letter as one")
    )
    assert not set(text) & set("يكةى")
    assert "می شود" not in text
