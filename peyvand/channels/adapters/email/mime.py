"""The tree of parts (RFC 2045–2046), walked with a stack over byte ranges of the message: no recursion, no copies.

Every leaf knows where its content lies in the raw bytes, so that attachments need not travel out of the jail: the
parent cuts them from the stored message with `content`.
"""

import binascii
import re
from dataclasses import dataclass, field

from peyvand.channels.adapters.email import headers, limits
from peyvand.channels.adapters.email.headers import Fields

UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]{0,200}\r?\n", re.MULTILINE)


@dataclass
class Part:
    """A leaf. `group` is the number of the nearest multipart/alternative above it, 0 when there is none."""

    fields: Fields
    type: str
    parameters: dict[str, str]
    start: int
    end: int
    depth: int
    group: int = 0
    parent: str = ""

    @property
    def encoding(self) -> str:
        """The transfer encoding, lower case."""
        return headers.parameters(self.fields.raw("content-transfer-encoding"))[0][:40]

    @property
    def name(self) -> str:
        """The file name, from the disposition or else from the type; made harmless."""
        _, disposition = headers.parameters(self.fields.raw("content-disposition"))
        return headers.safe_file_name(disposition.get("filename") or self.parameters.get("name") or "")

    @property
    def disposition(self) -> str:
        """`inline`, `attachment` or ""."""
        return headers.parameters(self.fields.raw("content-disposition"))[0]

    @property
    def content_id(self) -> str:
        """The id that `cid:` references use."""
        return headers.clean(self.fields.raw("content-id")[:255].decode("utf-8", "replace")).strip("<> ")


@dataclass
class Tree:
    """All leaves in order, and what was wrong with the structure."""

    fields: Fields
    type: str
    parameters: dict[str, str]
    leaves: list[Part] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Range:
    start: int
    end: int
    depth: int
    group: int
    parent: str


def walk(raw: bytes) -> Tree:
    """Read the structure of a whole message."""
    top = headers.scan(raw)
    kind, parameters = _type(top, "")
    tree = Tree(fields=top, type=kind, parameters=parameters, defects=list(top.defects))
    stack: list[_Range | Part] = []
    groups = _open(raw, Part(top, kind, parameters, top.body, len(raw), 0), tree, stack, 0)
    while stack and len(tree.leaves) < limits.PARTS:
        item = stack.pop()
        if isinstance(item, Part):
            tree.leaves.append(item)
            continue
        block = headers.scan(raw, item.start, item.end)
        tree.defects += block.defects
        kind, parameters = _type(block, item.parent)
        part = Part(block, kind, parameters, block.body, item.end, item.depth, item.group, item.parent)
        groups = _open(raw, part, tree, stack, groups)
    if stack:
        tree.defects.append("too many parts")
    tree.defects = list(dict.fromkeys(tree.defects))[:50]
    return tree


def _type(fields: Fields, parent: str) -> tuple[str, dict[str, str]]:
    kind, parameters = headers.parameters(fields.raw("content-type"))
    if not re.fullmatch(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}", kind):
        kind = "message/rfc822" if parent == "multipart/digest" else "text/plain"
    return kind, parameters


def _open(raw: bytes, part: Part, tree: Tree, stack: list["_Range | Part"], groups: int) -> int:
    """Put a leaf, or the children of a multipart, on the stack; the number of groups so far."""
    children: list[tuple[int, int]] = []
    if part.type.startswith("multipart/"):
        children = _children(raw, part, tree)
        if children and part.depth >= limits.DEPTH:
            tree.defects.append("parts nested too deep")
            children = []
        if not children:
            part.type = "text/plain"  # as the standard library does: nothing a person wrote may vanish
    if not children:
        stack.append(part)
        return groups
    kind = "multipart/" + part.type.partition("/")[2]
    group = part.group
    if kind == "multipart/alternative" and not group:
        groups += 1
        group = groups
    stack.extend(_Range(start, end, part.depth + 1, group, kind) for start, end in reversed(children))
    return groups


def _children(raw: bytes, part: Part, tree: Tree) -> list[tuple[int, int]]:
    boundary = part.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")[:200]
    if not boundary:
        tree.defects.append("multipart without boundary")
        return []
    spans: list[tuple[int, int]] = []
    opened = -1
    closed = False
    position = part.start
    while not closed and len(spans) <= limits.PARTS:
        found = _delimiter(raw, b"--" + boundary, position, part.end)
        if found is None:
            break
        before, position, closed = found
        if opened >= 0:
            spans.append((opened, max(before, opened)))
        opened = position
    if not closed and opened >= 0 and len(spans) <= limits.PARTS:
        spans.append((opened, part.end))
        tree.defects.append("multipart without its end")
    if not spans:
        tree.defects.append("boundary not found")
    return spans


def _delimiter(raw: bytes, mark: bytes, position: int, end: int) -> tuple[int, int, bool] | None:
    """The next delimiter line.

    Where the part before it ends, where the next begins, whether it closes the multipart.
    """
    at = position - 1
    while True:
        at = raw.find(mark, at + 1, end)
        if at < 0:
            return None
        if at > position and raw[at - 1] not in b"\r\n":
            continue
        line, following = headers._line(raw, at, end)
        tail = line[len(mark) :]
        closed = tail.startswith(b"--")
        if tail[2 if closed else 0 :].strip(b" \t"):
            continue
        before = at - 2 if raw[at - 2 : at] == b"\r\n" else at - 1
        return before, following, closed


def content(raw: bytes, start: int, end: int, encoding: str) -> bytes:
    """The decoded bytes of a leaf. Linear; what cannot be decoded comes back as it is."""
    data = raw[start:end]
    if encoding == "base64":
        return headers.base64_bytes(data)
    if encoding in ("quoted-printable", "quopri"):
        return binascii.a2b_qp(data)
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _uudecode(data)
    return data


def _uudecode(data: bytes) -> bytes:
    begin = UU_BEGIN.search(data)
    if not begin:
        return data
    out = bytearray()
    for line in data[begin.end() :].splitlines():
        if line.strip() == b"end":
            break
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            out += _uu_line(line[:wanted])
    return bytes(out)


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""
