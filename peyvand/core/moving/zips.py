"""A zip written piece by piece, each by a slice of long work in whatever process: entries first, the directory last.

Format: APPNOTE 6.3.10 §4.3 (entries), §4.5.3 and §4.3.14 (sizes and offsets beyond 4 GB). Every entry is compressed as
a whole before it is written, so that its sizes stand before it.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

SMALL = 0xFFFFFFFF
STAMP = 0x21  # 1 January 1980: the same rows are the same bytes
LEVEL = 3


class Entry(NamedTuple):
    """What the directory says of one file in the zip."""

    name: str
    crc: int
    packed: int
    size: int
    offset: int


def written(name: str, data: bytes, offset: int) -> tuple[bytes, Entry]:
    """Return the bytes of an entry that begins at `offset`, and what the directory says of it."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    entry = Entry(name, zlib.crc32(data), len(packed), len(data), offset)
    head = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, STAMP, entry.crc, entry.packed, entry.size, len(name), 0
    )
    return head + name.encode("ascii") + packed, entry


def directory(entries: Sequence[Entry], start: int) -> bytes:
    """Return the end of the zip, which begins at `start`."""
    body = b"".join(map(_line, entries))
    count = len(entries)
    wide = b""
    if start > SMALL or count > 0xFFFF:
        wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(body), start)
        wide += struct.pack("<4sLQL", b"PK\x06\x07", 0, start + len(body), 1)
    few = min(count, 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, few, few, len(body), min(start, SMALL), 0)
    return body + wide + end


def _line(entry: Entry) -> bytes:
    extra = struct.pack("<2HQ", 1, 8, entry.offset) if entry.offset > SMALL else b""
    version = 45 if extra else 20
    return (
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", version, version, 0, 8, 0, STAMP, entry.crc, entry.packed, entry.size,
            len(entry.name), len(extra), 0, 0, 0, 0, min(entry.offset, SMALL),
        )
        + entry.name.encode("ascii")
        + extra
    )  # fmt: skip
