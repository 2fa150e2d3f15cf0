"""Tabler outline icons as inline SVG; the build gathers the named ones into one file."""

import json
import logging
import re
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from peyvand.web import build

logger = logging.getLogger(__name__)

SIZES = (11, 13, 14, 15, 16, 20, 22, 24, 32)
DIRECTIONAL = re.compile(
    r"^(?:(?:arrow|chevron|corner|caret)[a-z-]*-(?:left|right)[a-z-]*|chevrons-(?:left|right)"
    r"|arrow-(?:back|forward)(?:-up)?|send|send-2|login|logout|layout-sidebar|trending-(?:up|down)"
    r"|list(?:-details|-check)?|checklist|external-link|file-import|file-export|message|messages"
    r"|message-(?:plus|circle|2)|indent-(?:increase|decrease)|share-3)$"
)


def icon(name: str, *, size: int = 0, css: str = "", filled: bool = False) -> SafeString:
    """Return the icon as SVG: 18 px unless `size` is one of SIZES; directional ones flip in right-to-left pages.

    An icon that is not known leaves a gap and a warning, never an error page.
    """
    return _drawn(name, size, css, filled)


@lru_cache(maxsize=1024)
def _drawn(name: str, size: int, css: str, filled: bool) -> SafeString:  # the key of the cache
    """A page has dozens of them, and there are few."""
    shapes = _shapes(f"{name}:filled" if filled else name)
    if not shapes:
        logger.warning("There is no icon named %s; is the front end built?", name)
    classes = " ".join(
        part for part in ("ic", "ic-filled" if filled else "", "ic-dir" if is_directional(name) else "", css) if part
    )
    dimension = format_html(' data-size="{}"', size) if size else ""
    return format_html(
        '<svg class="{}"{} viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        classes,
        dimension,
        mark_safe(shapes),  # noqa: S308 - drawn by Tabler, read from our own build
    )


def is_directional(name: str) -> bool:
    """Does this icon point along the line of text?"""
    return bool(DIRECTIONAL.match(name))


@lru_cache(maxsize=1)
def _built() -> dict[str, str]:
    try:
        icons: dict[str, str] = json.loads((build.DIST / "icons.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return icons


@lru_cache(maxsize=1024)
def _shapes(name: str) -> str:
    """Return the drawing: from the build, or in a working copy from the package when the build is older."""
    found = _built().get(name)
    if found is not None:
        return found
    plain, _, style = name.partition(":")
    try:
        return build.icon_shapes(plain, style=style or "outline")
    except OSError:
        return ""
