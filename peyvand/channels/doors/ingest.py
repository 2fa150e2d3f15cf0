"""Stored mail as if it came in now: a file, a folder of files, a Maildir, or an mbox. Resumable: what is in stays in.

Each message goes to the channel it was addressed to, or to the one given. Files are read one at a time; an mbox is
walked by its `From ` lines without loading it.
"""

import hashlib
import mmap
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from peyvand.channels import selectors, services
from peyvand.channels.adapters.email import addresses, headers, limits
from peyvand.channels.models import Channel
from peyvand.channels.types import Inbound
from peyvand.core.errors import NotFound

BATCH_MESSAGES = 200
BATCH_BYTES = 16 * 1024 * 1024
FROM_LINE = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n")
TO_FIELDS = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")


@dataclass
class Tally:
    """What an ingest did."""

    stored: int = 0
    repeated: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    @property
    def seen(self) -> int:
        """Everything that was looked at."""
        return self.stored + self.repeated + sum(self.skipped.values())


Progress = Callable[[Tally], None]


def ingest(path: Path | str, channel: Channel | None = None, progress: Progress | None = None) -> Tally:
    """Store every message under `path`. Without `channel` each goes to the one it was addressed to, else to the first.

    Raises NotFound when there is no e-mail channel.
    """
    channels = list(selectors.mail_channels().order_by("pk"))
    default = channel or next(iter(channels), None)
    if default is None:
        raise NotFound
    by_address = {} if channel else {one.address.lower(): one.pk for one in channels}
    tally = Tally()
    waiting: list[Inbound] = []
    held = 0
    for name, raw in messages_in(Path(path)):
        target = _target(raw, by_address) or default.pk
        reason = services.unfit(raw) if raw.strip(b"\0\r\n\t ") else "empty"
        if reason:
            details = {"size": len(raw)}
            services.record_skip(channel_id=target, place="file", uid=name, reason=reason, details=details)
            tally.skipped[reason] = tally.skipped.get(reason, 0) + 1
            continue
        waiting.append(Inbound(channel_id=target, raw=raw, place="file", uid=name))
        held += len(raw)
        if len(waiting) >= BATCH_MESSAGES or held >= BATCH_BYTES:
            _keep(waiting, tally, progress)
            waiting, held = [], 0
    _keep(waiting, tally, progress)
    return tally


def messages_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """(a stable name, the bytes) of every message; a file that is too large comes empty-handed."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
                yield from _in_file(file)
    else:
        yield from _in_file(path)


def _in_file(file: Path) -> Iterator[tuple[str, bytes]]:
    size = file.stat().st_size
    if size == 0:
        return
    with file.open("rb") as stream:
        if stream.read(5) != b"From ":
            stream.seek(0)
            raw = stream.read(limits.MESSAGE_BYTES + 1)
            yield _name(file, 0, raw), raw
            return
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield from _in_mbox(file, data)


def _name(file: Path, start: int, raw: bytes) -> str:
    """What the ledger calls a message: files of equal name and mailboxes that were filled anew are told apart."""
    digest = hashlib.sha256(str(file.resolve()).encode("utf-8", "surrogateescape"))
    digest.update(raw)
    return f"{file.name[-120:]}@{start}:{digest.hexdigest()[:32]}"


def _in_mbox(file: Path, data: mmap.mmap) -> Iterator[tuple[str, bytes]]:
    starts: list[tuple[int, int]] = []
    for match in FROM_LINE.finditer(data):
        if starts:
            yield _piece(file, data, starts[-1], match.start())
        starts = [(match.start(), match.end())]
    if starts:
        yield _piece(file, data, starts[-1], len(data))


def _piece(file: Path, data: mmap.mmap, start: tuple[int, int], end: int) -> tuple[str, bytes]:
    raw = data[start[1] : min(end, start[1] + limits.MESSAGE_BYTES + 1)]
    return _name(file, start[0], raw), re.sub(rb"(?m)^>(>*From )", rb"\1", raw)


def _target(raw: bytes, by_address: dict[str, int]) -> int | None:
    if not by_address:
        return None
    fields = headers.scan(raw)
    for name in TO_FIELDS:
        for box in addresses.parse(fields.raw(name)):
            local, _, domain = box["address"].lower().rpartition("@")
            found = by_address.get(f"{local.partition('+')[0]}@{domain}")
            if found:
                return found
    return None


def _keep(waiting: list[Inbound], tally: Tally, progress: Progress | None) -> None:
    if not waiting:
        return
    for received in services.receive_batch(waiting):
        if received.repeated:
            tally.repeated += 1
        else:
            tally.stored += 1
    if progress:
        progress(tally)
