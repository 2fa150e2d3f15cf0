"""What import graphs do not see: foreign keys, templates, partials, writes to other apps' tables."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

PACKAGE = Path(__file__).parents[2] / "peyvand"
LAYERS = [
    {"core"},
    {"accounts"},
    {"web", "api"},
    {"channels", "parties"},
    {"cartable", "activities"},
    {"sales"},
    {"config"},
]
HEIGHT = {app: height for height, names in enumerate(LAYERS) for app in names}
OWN = [app for app in apps.get_app_configs() if app.name.startswith("peyvand.")]

INCLUDE = re.compile(r"""\{%\s*(?:include|extends)\s+["']([a-z_]+)/([^"'#]+)(?:#([\w-]+))?["']""")
PARTIAL_DEFINED = re.compile(r"""\{%\s*partialdef\s+([\w-]+)""")
PARTIAL_NAMED = re.compile(r"""["']([a-z_]+/[\w/.-]+\.html)#([\w-]+)["']""")
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "update", "delete"}


def may_know(app: str, other: str) -> bool:
    return app == other or HEIGHT[other] < HEIGHT[app]


def templates() -> Iterator[Path]:
    yield from PACKAGE.glob("*/templates/**/*.html")


def sources() -> Iterator[Path]:
    for path in PACKAGE.glob("**/*.py"):
        if not {"tests", "migrations", "bench", "demo"} & set(path.relative_to(PACKAGE).parts):
            yield path


def test_every_app_has_its_layer() -> None:
    assert {app.label for app in OWN} <= HEIGHT.keys()


def test_foreign_keys_point_down() -> None:
    up = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for app in OWN
        for model in app.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and field.related_model._meta.app_label in HEIGHT
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
        and not may_know(app.label, field.related_model._meta.app_label)
    ]
    assert up == []


def test_templates_point_down() -> None:
    up = [
        f"{path.relative_to(PACKAGE)} → {app}/{name}"
        for path in templates()
        for app, name, _ in INCLUDE.findall(path.read_text(encoding="utf-8"))
        if app in HEIGHT and not may_know(path.relative_to(PACKAGE).parts[0], app)
    ]
    assert up == []


def test_every_partial_that_is_named_exists() -> None:
    defined = {
        (str(path.relative_to(PACKAGE)).split("/templates/")[1], name)
        for path in templates()
        for name in PARTIAL_DEFINED.findall(path.read_text(encoding="utf-8"))
    }
    named = {
        pair for path in [*templates(), *sources()] for pair in PARTIAL_NAMED.findall(path.read_text(encoding="utf-8"))
    }
    assert named - defined == set()


def test_templates_are_short() -> None:
    long = [str(path.relative_to(PACKAGE)) for path in templates() if len(path.read_text("utf-8").splitlines()) > 150]
    assert long == []


def test_files_are_short() -> None:
    long = [str(path.relative_to(PACKAGE)) for path in sources() if len(path.read_text("utf-8").splitlines()) > 400]
    assert long == []


def written_models(path: Path) -> Iterator[tuple[str, str]]:
    """(app, model) of each model of another module on whose manager a writing method is called."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    origin = {
        alias.asname or alias.name: node.module.split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and re.fullmatch(r"peyvand\.\w+\.models", node.module)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            root: ast.expr = node.func.value
            while isinstance(root, ast.Attribute | ast.Call):
                root = root.value if isinstance(root, ast.Attribute) else root.func
            if isinstance(root, ast.Name) and root.id in origin:
                yield origin[root.id], root.id


def test_apps_write_only_their_own_tables() -> None:
    """Core's rows (files, settings, idempotency keys) serve every app, so they are everybody's."""
    foreign = [
        f"{path.relative_to(PACKAGE)} writes {app}.{model}"
        for path in sources()
        for app, model in written_models(path)
        if app not in {"core", path.relative_to(PACKAGE).parts[0]} and path.relative_to(PACKAGE).parts[0] != "config"
    ]
    assert foreign == []


def test_no_template_runs_inline_code() -> None:
    inline = re.compile(r"<script(?![^>]*\b(?:src=|type=[\"']application/json))[^>]*>|\son\w+=|\sstyle=|<style", re.I)
    bad = [
        f"{path.relative_to(PACKAGE)}: {found.group(0)}"
        for path in templates()
        if (found := inline.search(path.read_text(encoding="utf-8")))
    ]
    assert bad == []


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "misc"])
def test_no_module_has_a_name_that_says_nothing(word: str) -> None:
    assert [str(path) for path in sources() if path.stem == word] == []
