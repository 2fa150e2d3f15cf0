"""The XML of CalDAV (RFC 4791, RFC 4918, RFC 6578) as far as a calendar is read: pure, bytes in and bytes out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml import ElementTree, common

DAV, CAL, CS = "DAV:", "urn:ietf:params:xml:ns:caldav", "http://calendarserver.org/ns/"
MOST_BYTES = 256 * 1024
NONE_OF_XML = "\ufffe\uffff"  # and what is below a space
for _prefix, _space in (("D", DAV), ("C", CAL), ("CS", CS)):
    register_namespace(_prefix, _space)


def dav(name: str) -> str:
    """A name of WebDAV."""
    return f"{{{DAV}}}{name}"


def cal(name: str) -> str:
    """A name of CalDAV."""
    return f"{{{CAL}}}{name}"


def cs(name: str) -> str:
    """A name of the calendar server's own extension, which phones ask for."""
    return f"{{{CS}}}{name}"


Value = str | list[Element]


class NotUnderstood(Exception):
    """The body is no XML, or asks for something that is no report on a calendar."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a program asks: `report` is the name of its REPORT or "" for PROPFIND; no names means everything usual.

    start, end: only what takes place between them. component: only VEVENT, or only VTODO. token: where it left off.
    """

    report: str = ""
    names: tuple[str, ...] = ()
    hrefs: tuple[str, ...] = ()
    component: str = ""
    start: datetime | None = None
    end: datetime | None = None
    token: str = ""


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One thing at an address, with what is known of it: text, or elements of an empty answer."""

    href: str
    values: Mapping[str, Value] = field(default_factory=dict)
    is_missing: bool = False


REPORTS = ("calendar-query", "calendar-multiget", "sync-collection")


def read(body: bytes, *, is_report: bool) -> Question:
    """Read what is asked. Raises NotUnderstood."""
    if not body.strip():
        if is_report:
            raise NotUnderstood
        return Question()
    try:
        root = ElementTree.fromstring(body[: MOST_BYTES + 1] if len(body) <= MOST_BYTES else b"")
    except (ElementTree.ParseError, common.DefusedXmlException, ValueError) as error:
        raise NotUnderstood from error
    name = root.tag.rpartition("}")[2]
    if is_report and name not in REPORTS:
        raise NotUnderstood
    asked = root.find(dav("prop"))
    return Question(
        report=name if is_report else "",
        names=tuple(one.tag for one in asked)[:100] if asked is not None else (),
        hrefs=tuple((one.text or "").strip() for one in root.findall(dav("href")))[:5000],
        token=(root.findtext(dav("sync-token")) or "").strip(),
        **_filter(root),
    )


def _filter(root: Element) -> dict[str, Any]:
    inner = root.find(f"{cal('filter')}/{cal('comp-filter')}/{cal('comp-filter')}")
    if inner is None:
        return {}
    span = inner.find(cal("time-range"))
    found: dict[str, Any] = {"component": inner.get("name", "").upper()}
    if span is not None:
        found |= {"start": _moment(span.get("start")), "end": _moment(span.get("end"))}
    return found


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise NotUnderstood from error


def write(resources: Iterable[Resource], names: tuple[str, ...], *, token: str = "") -> bytes:
    """A multistatus: of each resource what was asked, and what it does not have."""
    root = Element(dav("multistatus"))
    for one in resources:
        answer = SubElement(root, dav("response"))
        SubElement(answer, dav("href")).text = one.href
        if one.is_missing:
            SubElement(answer, dav("status")).text = "HTTP/1.1 404 Not Found"
        else:
            _stats(answer, one, names)
    if token:
        SubElement(root, dav("sync-token")).text = token
    return _bytes(root)


def _stats(answer: Element, one: Resource, names: tuple[str, ...]) -> None:
    wanted = names or tuple(name for name in one.values if name != cal("calendar-data"))
    for status, group in (
        ("200 OK", [name for name in wanted if name in one.values]),
        ("404 Not Found", [name for name in wanted if name not in one.values]),
    ):
        if not group:
            continue
        stat = SubElement(answer, dav("propstat"))
        prop = SubElement(stat, dav("prop"))
        for name in group:
            _put(SubElement(prop, name), one.values.get(name, ""))
        SubElement(stat, dav("status")).text = f"HTTP/1.1 {status}"


def _put(element: Element, value: Value) -> None:
    if isinstance(value, str):
        element.text = "".join(char for char in value if (char >= " " and char not in NONE_OF_XML) or char in "\t\n\r")
    else:
        element.extend(value)


def refusal(name: str) -> bytes:
    """The body of an answer that names the broken condition."""
    root = Element(dav("error"))
    SubElement(root, name)
    return _bytes(root)


def _bytes(root: Element) -> bytes:
    text: str = tostring(root, encoding="unicode")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + text.encode()


def at(href: str) -> list[Element]:
    """An address as a value."""
    found = Element(dav("href"))
    found.text = href
    return [found]


def kinds(*names: str) -> list[Element]:
    """Empty elements as a value."""
    return [Element(name) for name in names]


def components(*names: str) -> list[Element]:
    """Which kinds of entries a calendar holds."""
    return [Element(cal("comp"), {"name": name}) for name in names]


def reports() -> list[Element]:
    """Which reports a calendar answers."""
    found = []
    for name in (cal("calendar-query"), cal("calendar-multiget"), dav("sync-collection")):
        one = Element(dav("supported-report"))
        SubElement(SubElement(one, dav("report")), name)
        found.append(one)
    return found


def read_only() -> list[Element]:
    """What the reader may do: read."""
    found = []
    for name in ("read", "read-current-user-privilege-set"):
        one = Element(dav("privilege"))
        SubElement(one, dav(name))
        found.append(one)
    return found
