"""Opening a file of a whole installation: nothing of it is believed before the passphrase has proved its list.

Then the list says which parts there are, how long each is and its SHA-256: no other entry, no other size is read, so
that neither a bomb nor a swapped part comes in.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from peyvand.core.moving.errors import Damaged, NotOurs
from peyvand.core.moving.sealing import Seal
from peyvand.core.moving.taking import FORMAT, FORMAT_VERSION, HEADER, MANIFEST, SIGNATURE

MOST_HEADER = 1_000_000
MOST_MANIFEST = 200_000_000
CHUNK = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError)


@dataclass(frozen=True)
class Part:
    """Some rows of one table."""

    name: str
    table: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What the file says of itself, proved by the passphrase."""

    version: str
    made_at: str
    migrations: frozenset[tuple[str, str]]
    tables: dict[str, Any]
    sequences: dict[str, int | None]
    parts: tuple[Part, ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Raises NotOurs for another shape."""
        try:
            found = json.loads(data)
            if (found["format"], found["format_version"]) != (FORMAT, FORMAT_VERSION):
                raise NotOurs
            return cls(
                version=str(found["version"]),
                made_at=str(found["made_at"]),
                migrations=frozenset((app, name) for app, name in found["migrations"]),
                tables=dict(found["tables"]),
                sequences=dict(found["sequences"]),
                parts=tuple(Part(*each) for each in found["parts"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise NotOurs from error

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(part.rows for part in self.parts)


class Opened:
    """A file whose list is proved; its parts are read one by one."""

    def __init__(self, path: Path, passphrase: str) -> None:
        """Raises NotOurs, WrongPassphrase, Damaged."""
        try:
            self.zip = zipfile.ZipFile(path)
        except BROKEN as error:
            raise NotOurs from error
        header = self._header()
        self.seal = Seal.of(passphrase, str(header["salt"]))
        self.keys = str(header["keys"])
        manifest = self._small(MANIFEST, MOST_MANIFEST)
        self.seal.check(manifest, self._small(SIGNATURE, MOST_HEADER).decode("ascii", "replace"))
        self.manifest = Manifest.read(manifest)
        self._check_entries()

    def lines(self, part: Part) -> Iterator[bytes]:
        """Yield the rows of a part, each as one line of JSON. Raises Damaged when they are not what the list says."""
        digest, count, left = hashlib.sha256(), 0, b""
        try:
            with self.zip.open(part.name) as stream:
                while chunk := stream.read(CHUNK):
                    digest.update(chunk)
                    *whole, left = (left + chunk).split(b"\n")
                    count += len(whole)
                    yield from whole
        except BROKEN as error:
            raise Damaged from error
        if left or count != part.rows or digest.hexdigest() != part.sha256:
            raise Damaged

    def _header(self) -> dict[str, Any]:
        try:
            header = json.loads(self._small(HEADER, MOST_HEADER))
            is_ours = header["format"] == FORMAT and header["format_version"] == FORMAT_VERSION
        except (ValueError, KeyError, TypeError) as error:
            raise NotOurs from error
        if not is_ours or not {"salt", "keys"} <= header.keys():
            raise NotOurs
        return dict(header)

    def _small(self, name: str, most: int) -> bytes:
        """An entry that must not be longer than `most`, whatever it says of itself."""
        try:
            with self.zip.open(name) as stream:
                data = stream.read(most + 1)
        except (KeyError, *BROKEN) as error:
            raise NotOurs from error
        if len(data) > most:
            raise NotOurs
        return data

    def _check_entries(self) -> None:
        """No entry more, none less, none twice, each as long as the list says."""
        found = [(each.filename, each.file_size) for each in self.zip.infolist()]
        known = {part.name: part.size for part in self.manifest.parts}
        apart = {HEADER, MANIFEST, SIGNATURE}
        rows = [each for each in found if each[0] not in apart]
        if len(found) != len(known) + len(apart) or dict(rows) != known or len(rows) != len(known):
            raise Damaged
