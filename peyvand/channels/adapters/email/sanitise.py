"""A stranger's HTML made harmless: allow-listed tags, no relative address, nothing loaded from elsewhere.

nh3 is quadratic in depth (50,000 nested `<div>` take 20 s), so a linear pass cuts nesting first. Pictures inside the
mail keep their `cid:` address, remote ones get a `cid:` placeholder and are listed. No page loads a `cid:`: what was
pasted into a mail stands among its files.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import nh3

from peyvand.channels.adapters.email import limits

REMOTE = "peyvand-remote-"
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
SELF_CLOSING = frozenset("p li td th tr tbody thead tfoot dt dd option optgroup html body".split())
DROPPED = frozenset("svg math template select frameset noscript plaintext textarea xmp listing".split())
AMPERSANDS = 100_000  # nh3 is quadratic in what it must escape: 400,000 take 3 s, a million no-break spaces 38 s
TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*")

TAGS = frozenset(
    "a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del details "
    "dfn div dl dt em font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp "
    "section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr".split()
)
EVERYWHERE = {"dir", "lang", "style", "align", "title"}
CELL = EVERYWHERE | {"width", "height", "valign", "bgcolor", "colspan", "rowspan"}
ATTRIBUTES: dict[str, set[str]] = {tag: set(EVERYWHERE) for tag in TAGS}
ATTRIBUTES |= {"td": CELL, "th": CELL, "tr": CELL, "table": CELL | {"border", "cellpadding", "cellspacing"}}
ATTRIBUTES |= {"a": EVERYWHERE | {"href"}, "img": EVERYWHERE | {"src", "alt", "width", "height"}}
ATTRIBUTES |= {"font": EVERYWHERE | {"color", "face", "size"}, "ol": EVERYWHERE | {"start", "type"}}
STYLES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-radius",
    "border-right", "border-style", "border-top", "border-width", "color", "direction", "font-family", "font-size",
    "font-style", "font-weight", "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom",
    "margin-left", "margin-right", "margin-top", "max-width", "padding", "padding-bottom", "padding-left",
    "padding-right", "padding-top", "text-align", "text-decoration", "text-indent", "unicode-bidi", "vertical-align",
    "white-space", "width", "word-break",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}

IMAGE = re.compile(r'(<img(?:\s+[a-z-]+="[^"]*")*?\s+src=")cid:([^"]*)(")')
BREAKS = re.compile(r"<(?:br|/p|/div|/tr|/h[1-6]|/li|/blockquote|/table|hr)\b[^>]*>")
CELLS = re.compile(r"</t[dh]>")
ITEM = re.compile(r"<li\b[^>]*>")
ANY_TAG = re.compile(r'<[a-z/][^<>"]*(?:"[^"]*"[^<>"]*)*>')
SPACES = re.compile(r"[ \t\xa0]+")


@dataclass
class Clean:
    """Harmless HTML, and the addresses of pictures that were not loaded, in the order of their placeholders."""

    html: str
    remote: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def sanitise(source: str) -> Clean:
    """Never raises, loads nothing, linear in the length of `source`."""
    result = Clean("")
    if len(source) > limits.HTML_BYTES:
        result.defects.append("html cut")
        source = source[: limits.HTML_BYTES]
    if source.count("&") > AMPERSANDS:
        result.defects.append("html cut")
        head, *rest = source.split("&", AMPERSANDS)
        source = "&".join([head, *rest[:-1]])
    if source.count("\xa0") > AMPERSANDS // 5:
        source = source.replace("\xa0", " ")
    flat, deepest = flatten(source)
    if deepest > limits.HTML_DEPTH:
        result.defects.append("html nested too deep")
    result.html = nh3.clean(
        flat,
        tags=set(TAGS),
        clean_content_tags={"script", "style", "title", "object", "iframe", "video", "audio"},
        attributes=ATTRIBUTES,
        attribute_filter=_filter(result.remote),
        filter_style_properties=STYLES,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return result


def _filter(remote: list[str]) -> "Callable[[str, str, str], str | None]":
    def decide(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "style":
            return None if "url" in value.lower() or "\\" in value else value
        if attribute not in ("src", "href"):
            return value
        scheme = value.strip().partition(":")[0].lower()
        if tag != "img":
            return value if scheme in ("http", "https", "mailto", "tel") else None
        if scheme == "cid":
            return value.strip()
        if scheme not in ("http", "https"):
            return None
        remote.append(value.strip()[:2000])
        return f"cid:{REMOTE}{len(remote) - 1}"

    return decide


def flatten(source: str) -> tuple[str, int]:
    """Drop tags beyond the depth limit, in one pass; also those that switch the parser's mode and could hide depth."""
    out: list[str] = []
    open_tags: dict[str, int] = {}
    position = depth = deepest = 0
    while True:
        start = source.find("<", position)
        stop = source.find(">", start) if start >= 0 else -1
        if start < 0 or stop < 0:
            out.append(source[position:] if start < 0 else source[position:start])
            break
        closing = source.startswith("/", start + 1)
        match = TAG_NAME.match(source, start + 1 + closing)
        if not match:
            out.append(source[position : start + 1])
            position = start + 1
            continue
        change = _depth_change(match.group().lower(), closing, open_tags, depth)
        depth += change or 0
        deepest = max(deepest, depth)
        keep = change is not None and depth <= limits.HTML_DEPTH
        out.append(source[position : stop + 1] if keep else source[position:start])
        position = stop + 1
    return "".join(out), deepest


def _depth_change(name: str, closing: bool, open_tags: dict[str, int], depth: int) -> int | None:
    """+1, 0 or -1; None when the tag is to be dropped."""
    if name in DROPPED:
        return None
    if name in VOID or name in SELF_CLOSING:
        return 0 if depth <= limits.HTML_DEPTH else None
    if not closing:
        open_tags[name] = open_tags.get(name, 0) + 1
        return 1
    if not open_tags.get(name):
        return None
    open_tags[name] -= 1
    return -1


def to_text(clean_html: str) -> str:
    """Readable text from HTML that `sanitise` made; expects its regular output, so plain patterns do."""
    text = re.sub(r"\s+", " ", clean_html)
    text = ITEM.sub("\n• ", CELLS.sub(" ", BREAKS.sub("\n", text)))
    text = html.unescape(ANY_TAG.sub("", text))
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def from_text(text: str) -> str:
    """Text as HTML paragraphs, everything escaped."""
    blocks = [html.escape(block).replace("\n", "<br>") for block in re.split(r"\n{2,}", text.strip()) if block.strip()]
    return "".join(f'<p dir="auto">{block}</p>' for block in blocks)
