"""In which encoding a file of text is, and text out of it: UTF-8, UTF-16, cp1256, mislabelled and encoded twice.

All bytes are looked at, because a file may be plain ASCII until its last row. Persian text is told from text in the
wrong encoding by its letters: what is right has letters of Persian side by side.
"""

import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SAMPLE = 256 * 1024
MOST_ODD = 0.02  # of the letters beyond ASCII: a UTF-8 file may be cut in a few places, and is still no other
ASCII = bytes(range(128))
COUNTING = "peyvand.count"  # the name of the handler of bytes that are no UTF-8
CODE_PAGES = ("cp1256", "cp1252")

_PERSIAN = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9\u0660-\u0669\u200c]")
_PAIR = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]{2}")
_FOREIGN = re.compile("[\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]")
_COMMON = re.compile("[اآیيىرنمدهتوسبلکكشپچگ]")  # of 100 letters of Persian text about 90 are these


@dataclass(frozen=True, kw_only=True)
class Encoding:
    """name: of Python's codec; bom: its bytes at the begin; repair: what was done to the text before (`REPAIRS`)."""

    name: str
    bom: int = 0
    repair: str = ""
    was_mislabelled: bool = False
    odd: int = 0  # bytes that fit nowhere
    nuls: int = 0

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class Tally:
    """Counts, over all bytes of a file, what speaks for one encoding and against another."""

    def __init__(self) -> None:
        self.head = b""
        self.high = bytearray()  # some of the places with letters beyond ASCII
        handler = f"{COUNTING}.{id(self)}"
        codecs.register_error(handler, self._note_odd)
        self.utf8 = codecs.getincrementaldecoder("utf-8")(handler)
        self.odd = self.beyond = self.nuls = self.size = 0

    def feed(self, data: bytes) -> None:
        """Look at the next piece of the file."""
        if len(self.head) < SAMPLE:
            self.head += data[: SAMPLE - len(self.head)]
        self.size += len(data)
        self.nuls += data.count(0)
        high = data.translate(None, ASCII)
        self.beyond += len(high)
        if high and len(self.high) < SAMPLE:
            at = next(i for i in range(len(data)) if data[i] > 127) if data[0] < 128 else 0
            self.high += data[at : at + SAMPLE // 4] + b"\n"
        if not self._is_other:
            with suppress(UnicodeDecodeError):
                self.utf8.decode(data)

    def _note_odd(self, error: UnicodeError) -> tuple[str, int]:
        """Pass over bytes that are no UTF-8; give up where there are so many that the file plainly is none."""
        if not isinstance(error, UnicodeDecodeError):
            raise error
        self.odd += error.end - error.start
        if self._is_other:
            raise error
        return "", error.end

    @property
    def _is_other(self) -> bool:
        return self.odd > 1000 + MOST_ODD * self.beyond

    def verdict(self) -> Encoding:
        """The encoding that fits best."""
        bom, named = next(((len(mark), name) for mark, name in BOMS if self.head.startswith(mark)), (0, ""))
        found = named if named.startswith("utf-16") and self._is_utf16(named, bom) else self._wide() or self._narrow()
        sample = _decoded(bytes(self.high) if found in CODE_PAGES else self.head[bom:], found)
        if found == "utf-8" and not _FOREIGN.search(sample) and not _PERSIAN.search(sample):
            sample = _decoded(bytes(self.high), found)
        return Encoding(
            name=found,
            bom=bom,
            repair=repair_of(sample),
            was_mislabelled=bool(named) and named != found,
            odd=self.odd if found == "utf-8" else 0,
            nuls=0 if found.startswith("utf-16") else self.nuls,
        )

    def _is_utf16(self, name: str, bom: int) -> bool:
        text = _decoded(self.head[bom:], name)
        return sum(c < "\u0700" or "\u2000" < c < "\u2070" or c > "\ufb00" for c in text) >= 0.9 * len(text)

    def _wide(self) -> str:
        """UTF-16 without a mark shows by every second byte being 0 or the page of Arabic letters."""
        even, odd = self.head[0::2], self.head[1::2]
        if len(odd) < 2:
            return ""
        pages = (b"\x00", b"\x06")
        shares = [sum(half.count(page) for page in pages) / len(half) for half in (even, odd)]
        if max(shares) < 0.6 or min(shares) > 0.3:
            return ""
        return "utf-16-be" if shares[0] > shares[1] else "utf-16-le"

    def _narrow(self) -> str:
        if self.odd <= MOST_ODD * self.beyond:
            return "utf-8"
        # Persian words are runs of letters beyond ASCII, accents of western languages stand alone
        runs = re.findall(rb"[\x80-\xff]+", bytes(self.high))
        long = sum(len(run) for run in runs if len(run) > 1)
        return "cp1256" if long > 0.5 * sum(map(len, runs)) else "cp1252"


def _decoded(data: bytes, name: str) -> str:
    return data.decode(name, "replace")


# Text that was read in the wrong encoding and saved so.


def _back(page: str) -> Callable[[str], bytes]:
    """The bytes that a program took for this code page; what the page has no letter for, it left as it was."""
    table: dict[int, int] = {number: number for number in range(256)}
    for number in range(256):
        try:
            table[ord(bytes([number]).decode(page))] = number
        except UnicodeDecodeError:
            continue

    def encode(text: str) -> bytes:
        # a letter that no byte gives was not read wrongly: it stands for itself
        return b"".join(bytes([table[ord(c)]]) if ord(c) in table else c.encode("utf-8", "replace") for c in text)

    return encode


_FROM_1252, _FROM_1256 = _back("cp1252"), _back("cp1256")
REPAIRS: dict[str, Callable[[str], str]] = {
    "utf8_as_cp1252": lambda text: _FROM_1252(text).decode("utf-8", "replace"),
    "utf8_as_cp1256": lambda text: _FROM_1256(text).decode("utf-8", "replace"),
    "cp1256_as_cp1252": lambda text: _FROM_1252(text).decode("cp1256", "replace"),
}


def repair_of(text: str) -> str:
    """Which repair makes Persian of a sample; empty when it is right as it is."""
    sample = "".join(_PIECES.findall(text))[:20_000]
    if not sample:
        return ""
    before = _quality(sample)
    if before > 0.8:
        return ""
    after = {name: _quality(repair(sample)) for name, repair in REPAIRS.items()}
    best = max(after, key=lambda name: after[name])
    return best if after[best] > before + 0.25 and after[best] > 0.6 else ""


_PIECES = re.compile("[^\\x00-\\x7f]+ ?")


def _quality(text: str) -> float:
    """How much of the text beyond ASCII is Persian as people write it, from 0 to 1."""
    letters = [c for c in text if c > "\x7f" and not c.isspace()]
    if not letters:
        return 0.0
    good = sum(1 for c in letters if _COMMON.match(c) or (_PERSIAN.match(c) and c not in "طظ"))
    return good / len(letters)


class Decoder:
    """Text out of the pieces of a file. state: what it could not yet give out, to go on from there."""

    def __init__(self, encoding: dict[str, Any], state: dict[str, str] | None = None) -> None:
        self.codec = codecs.getincrementaldecoder(encoding["name"])("replace")
        self.to_skip = 0 if state else encoding.get("bom", 0)
        self.repair = REPAIRS.get(encoding.get("repair", ""))
        self.held = state["text"] if state else ""
        if state:
            self.codec.setstate((bytes.fromhex(state["bytes"]), 0))

    @property
    def state(self) -> dict[str, str]:
        return {"bytes": self.codec.getstate()[0].hex(), "text": self.held}

    def feed(self, data: bytes, *, is_last: bool = False) -> str:
        """Decode the next piece; text that needs a repair is given out in whole lines."""
        if self.to_skip:
            data, self.to_skip = data[self.to_skip :], max(0, self.to_skip - len(data))
        text: str = self.codec.decode(data, is_last).replace("\x00", "")
        if self.repair is None:
            return text
        text = self.held + text
        end = len(text) if is_last else text.rfind("\n") + 1
        self.held = text[end:]
        repaired: str = self.repair(text[:end])
        return repaired
