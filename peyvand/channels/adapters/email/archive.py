"""Is this archive a bomb? Only directories are read.

Little is ever unpacked, and only to look inside archives in archives.
"""

import io
import struct
import zipfile
import zlib

from peyvand.channels.adapters.email import limits


def bomb(data: bytes) -> str:
    """Why the archive must not be kept, or ""."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, limits.ARCHIVE_DEPTH)
    if data.startswith(b"\x1f\x8b") and len(data) > 18:
        unpacked = struct.unpack("<I", data[-4:])[0]
        return _too_much(unpacked, len(data))
    return ""


def _too_much(unpacked: int, packed: int) -> str:
    if unpacked > limits.ARCHIVE_UNPACKED_BYTES and unpacked > limits.ARCHIVE_RATIO * max(packed, 1):
        return f"unpacks to {unpacked // 1_000_000} MB"
    return ""


def _zip(data: bytes, depth: int) -> str:
    if _declared_members(data) > limits.ARCHIVE_MEMBERS:
        return "too many files in the archive"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if reason := _too_much(sum(member.file_size for member in members), len(data)):
                return reason
            return _nested(archive, members, depth)
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        struct.error,
    ):
        return ""  # not a readable archive: nothing will unpack it


def _declared_members(data: bytes) -> int:
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 70_000))
    return struct.unpack("<H", data[at + 10 : at + 12])[0] if 0 <= at <= len(data) - 12 else 0


def _nested(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], depth: int) -> str:
    inner = [member for member in members if member.filename.lower().endswith(".zip")]
    if inner and depth == 0:
        return "archives nested too deep"
    budget = limits.ARCHIVE_LOOK_BYTES
    for member in inner[:20]:
        if member.file_size > budget or member.flag_bits & 1:
            continue
        with archive.open(member) as stream:
            data = stream.read(budget)
        budget -= len(data)
        if reason := _zip(data, depth - 1):
            return reason
    return ""
