"""Which letters were meant: Persian mail often names the wrong charset, or none.

The cases that occur in practice: windows-1256 called utf-8 or iso-8859-1, utf-8 called windows-1256, iso-8859-6 from
old gateways, a charset nobody knows, and utf-8 that some relay read as windows-1252 and encoded once more
(«Ø³Ù„Ø§Ù…»). windows-1256 has no ی (U+06CC), so such mail carries ي; display normalisation takes care of that, not
this module.
"""

import codecs
import re
from dataclasses import dataclass

ALIASES = {
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "x-utf-8": "utf-8",
    "cp-1256": "cp1256",
    "x-cp1256": "cp1256",
    "ms-arab": "cp1256",
    "windows1256": "cp1256",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "iso-8859-8-i": "iso8859-8",
    "asmo-708": "iso8859-6",
    "ansi_x3.4-1968": "ascii",
    "x-user-defined": "",
    "unknown-8bit": "",
    "x-unknown": "",
    "default": "",
    "binary": "",
}
SEVEN_BIT = {
    "utf-7",
    "hz",
    "iso2022_jp",
    "iso2022_kr",
    "iso2022_jp_1",
    "iso2022_jp_2",
    "iso2022_jp_3",
    "iso2022_jp_ext",
}
WESTERN = {"ascii", "iso8859-1", "cp1252", "iso8859-15", "latin_1"}
NOT_TEXT = {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined", "mbcs", "oem"}
NOT_TEXT |= {"unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape"}

PERSIAN_COMMON = frozenset("ابپتثجچحخدذرزژسشصضطظعغفقکكگلمنوهیيىئؤأإآةء\u200c،؛؟")
LATIN_ACCENTED = frozenset("àâçéèêëîïôùûüœŒŸ")
HIGH_RUN = re.compile(rb"[\x80-\xff]+")
MOJIBAKE = re.compile("[ÂÃØÙÚÛØÙ][\u0080-\u00bf\u0152-\u0192\u02c6-\u2122]")
SAMPLE = 20_000


@dataclass(frozen=True)
class Decoded:
    """Text, the codec that made it, and why that one when it was not the one named."""

    text: str
    charset: str
    reason: str = ""


def canonical(name: str | None) -> str:
    """Python's name of a text codec, or "" when the label is missing, unknown or not text at all."""
    label = (name or "").strip().strip("\"'").lower()[:60]
    label = ALIASES.get(label, label)
    if not label or "\0" in label:
        return ""
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if found.name in NOT_TEXT or not found._is_text_encoding else found.name


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Bytes → text. Never raises; what cannot be read becomes U+FFFD."""
    label = (declared or "").strip().lower()[:60]
    name = canonical(label)
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _by_mark(data)
    if name in SEVEN_BIT or name.startswith(("utf-16", "utf-32")):
        return _as_named(data, name)
    if data.isascii():
        return Decoded(data.decode("ascii"), name or "ascii", "" if name or not label else f"unknown charset {label}")
    return _mended(_eight_bit(data, name, label))


def _by_mark(data: bytes) -> Decoded:
    name = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-16"
    return Decoded(data.decode(name, "replace"), name, "byte order mark")


def _as_named(data: bytes, name: str) -> Decoded:
    try:
        return Decoded(data.decode(name, "replace"), name)
    except (UnicodeError, ValueError):
        return Decoded(data.decode("ascii", "replace"), "ascii", f"{name} could not be read")


def _eight_bit(data: bytes, name: str, label: str) -> Decoded:
    why = f"named {label}" if label else "no charset named"
    if is_utf8(data):
        return Decoded(data.decode("utf-8"), "utf-8", "" if name == "utf-8" else why)
    if name == "utf-8" and _mostly_utf8(data):
        return Decoded(data.decode("utf-8", "replace"), "utf-8", "damaged utf-8")
    if name and name != "utf-8" and name not in WESTERN and not name.startswith("iso8859-6"):
        return _or_better(data, name, why)
    if name in WESTERN and not _looks_arabic(data):
        return Decoded(data.decode("cp1252", "replace"), name)
    best = max(("cp1256", "iso8859-6"), key=lambda codec: persian_score(data, codec))
    if name.startswith("iso8859-6") and best == "iso8859-6":
        return Decoded(data.decode(name, "replace"), name)
    if not name and not _looks_arabic(data):
        return Decoded(data.decode("cp1252", "replace"), "cp1252", why)
    return Decoded(data.decode(best, "replace"), best, why)


def _or_better(data: bytes, name: str, why: str) -> Decoded:
    """The named single- or multi-byte charset, unless it says cp1256 and only iso-8859-6 gives words."""
    if name == "cp1256" and persian_score(data, "iso8859-6") > persian_score(data, "cp1256") + 0.2:
        return Decoded(data.decode("iso8859-6", "replace"), "iso8859-6", why)
    try:
        return Decoded(data.decode(name, "replace"), name)
    except (UnicodeError, ValueError, NotImplementedError):
        return Decoded(data.decode("cp1256", "replace"), "cp1256", f"{name} could not be read")


def is_utf8(data: bytes) -> bool:
    """Valid UTF-8 with letters outside ASCII. In single-byte text that is next to impossible beyond two letters."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    sample = data[:SAMPLE]
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f" and character != "\ufffd")
    return good > 4 * bad


def _looks_arabic(data: bytes) -> bool:
    """Arabic script comes in runs of high bytes; Western accents stand alone between ASCII letters."""
    runs = [len(run) for run in HIGH_RUN.findall(data[:SAMPLE])]
    if not runs or sum(runs) / len(runs) < 2:
        return False
    return max(persian_score(data, "cp1256"), persian_score(data, "iso8859-6")) > 0.6


def persian_score(data: bytes, codec: str) -> float:
    """The share of high bytes that become Persian letters in `codec`, less what would be out of place among them."""
    text = data[:SAMPLE].decode(codec, "replace")
    high = [character for character in text if character > "\x7f"]
    if not high:
        return 0.0
    good = sum(character in PERSIAN_COMMON for character in high)
    bad = sum(
        2 if character in LATIN_ACCENTED else 3
        for character in high
        if character in LATIN_ACCENTED or character == "\ufffd"
    )
    return (good - bad) / len(high)


def _mended(decoded: Decoded) -> Decoded:
    """Undo utf-8 that was read as windows-1252 (or 1256) and encoded again, when undoing it gives clean Persian."""
    text = decoded.text
    high = sum(1 for character in text[:SAMPLE] if character > "\x7f")
    if high < 4 or len(MOJIBAKE.findall(text[:SAMPLE])) * 3 < high:
        return decoded
    once = bytearray()
    for character in text:
        try:
            once += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return decoded
            once.append(ord(character))
    try:
        mended = bytes(once).decode("utf-8")
    except UnicodeDecodeError:
        return decoded
    return Decoded(mended, decoded.charset, "encoded twice")
