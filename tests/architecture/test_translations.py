"""Every sentence that the product can say has its Persian: of templates, of Python, of refusals."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import polib
from django.utils.translation.template import templatize

import peyvand
from peyvand.core.errors import PeyvandError

ROOT = Path(peyvand.__file__).parent
CONTEXT_FIRST = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
ALL = CONTEXT_FIRST | {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"}
TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"\bn?(p?)gettext\({TEXT}(?:, {TEXT})?")

Sentence = tuple[str, str]  # context, text


@cache
def persian() -> frozenset[Sentence]:
    """What all catalogues together translate."""
    entries = [entry for path in ROOT.glob("*/locale/fa/LC_MESSAGES/django.po") for entry in polib.pofile(str(path))]
    told = [entry for entry in entries if entry.msgstr or (entry.msgstr_plural and all(entry.msgstr_plural.values()))]
    return frozenset((entry.msgctxt or "", entry.msgid) for entry in told if not entry.fuzzy)


def of_template(text: str) -> Iterator[Sentence]:
    for context, first, second in IN_TEMPLATE.findall(templatize(text)):
        words = [ast.literal_eval(each) for each in (first, second) if each]
        yield (words[0], words[1]) if context else ("", words[0])


def of_python(text: str) -> Iterator[Sentence]:
    tree = ast.parse(text)
    names = {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in ALL
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            words = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
            if names[node.func.id] in CONTEXT_FIRST and len(words) == 2:
                yield str(words[0]), str(words[1])
            elif names[node.func.id] not in CONTEXT_FIRST and words:
                yield "", str(words[0])


def refusals(kind: type[PeyvandError] = PeyvandError) -> Iterator[type[PeyvandError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from refusals(each)


def without_persian(sentences: Iterator[Sentence]) -> list[Sentence]:
    return sorted({each for each in sentences if each[1] and each not in persian()})


def test_a_sentence_is_found_in_each_form() -> None:
    template = '{% translate "To" context "referral" %}{% blocktranslate with a=b %}In {{ a }}{% endblocktranslate %}'
    assert list(of_template(template)) == [("referral", "To"), ("", "In %(a)s")]
    source = 'from django.utils.translation import pgettext as p, gettext as _n\np("x", "Visit"), _n("Day"), t("no")'
    assert list(of_python(source)) == [("x", "Visit"), ("", "Day")]


def test_every_sentence_of_a_template_has_its_persian() -> None:
    paths = sorted(ROOT.glob("*/templates/**/*.html"))
    missing = {str(path.relative_to(ROOT)): without_persian(of_template(path.read_text())) for path in paths}
    assert {path: sentences for path, sentences in missing.items() if sentences} == {}


def test_every_sentence_of_python_has_its_persian() -> None:
    paths = [path for path in sorted(ROOT.rglob("*.py")) if "tests" not in path.parts]
    missing = {str(path.relative_to(ROOT)): without_persian(of_python(path.read_text())) for path in paths}
    assert {path: sentences for path, sentences in missing.items() if sentences} == {}


def test_every_refusal_has_its_persian() -> None:
    for path in ROOT.glob("*/errors.py"):
        import_module(f"peyvand.{path.parent.name}.errors")
    sentences = (("", (kind.__doc__ or "").strip().splitlines()[0]) for kind in refusals() if kind.__doc__)
    assert without_persian(sentences) == []
