"""The listener: other mail servers hand mail to us by SMTP, or a local one by LMTP.

250 is said after the commit, 451 when the database is away, and what we never take (too large, too many recipients,
NUL, an endless header) is refused with a reason and written into the ledger. Recipients are only our own channels:
this door relays nothing; who tries other addresses is counted.
"""

import asyncio
import logging
import re
import time
import uuid
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, AnyStr

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from peyvand.channels.adapters.email import limits
from peyvand.channels.doors.unknown import UnknownAddresses, shown
from peyvand.channels.doors.writer import DatabaseAway, GroupWriter, Unstorable
from peyvand.channels.services import unfit
from peyvand.channels.types import Inbound

logger = logging.getLogger("peyvand.mail")
logging.getLogger("mail.log").setLevel(logging.WARNING)  # the library writes every address of every mail

RECIPIENTS = 100
SESSIONS = 200
SESSIONS_PER_PEER = 40
PROMISED_BYTES = 256 * 1024 * 1024
DATA_SECONDS = 600
SKIPS_PER_MINUTE = 120
DISCARD_BYTES = 200 * 1024 * 1024
CHUNK = 4 * 1024 * 1024

ANSWERS = {
    "too_large": "552 5.3.4 Message larger than 25 MB",
    "too_many_recipients": "554 5.5.3 Too many recipients",
    "nul": "554 5.6.0 The message contains a NUL byte",
    "header_too_large": "554 5.6.0 The header is larger than 256 KB",
}
PLAIN_PATH = re.compile(r'\s*<([^<>@\s"\\]{1,64}@[^<>@\s"\\]{1,255})>(.*)', re.DOTALL)

Skip = tuple[int | None, str, str, str, dict[str, Any]]


@dataclass
class Directory:
    """Which addresses are ours. Replaced as a whole when the channel table was read again.

    Until it was read once nobody is told "no such address": that would send good mail back.
    """

    channels: dict[str, int] = field(default_factory=dict)
    known: bool = False

    def find(self, address: str) -> int | None:
        """The channel of an address, with or without a `+…` part; case does not matter."""
        local, _, domain = address.strip().lower().rpartition("@")
        return self.channels.get(f"{local}@{domain}") or self.channels.get(f"{local.partition('+')[0]}@{domain}")


class Handler:
    """What the door does with each command; shared by all sessions."""

    def __init__(
        self,
        *,
        writer: GroupWriter,
        record: Callable[[list[Skip]], None],
        read_again: Callable[[], Awaitable[None]],
        peers_limited: bool = True,
    ) -> None:
        self.directory = Directory()
        self.writer = writer
        self.record = record
        self.read_again = read_again
        self.peers: Counter[str] = Counter()
        self.peers_limited = peers_limited
        self.promised = 0
        self.unknown = UnknownAddresses()
        self.skipped: deque[float] = deque(maxlen=SKIPS_PER_MINUTE)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Promise room for the announced size, or ask to come back later."""
        size = next((int(one[5:]) for one in options if one.startswith("SIZE=") and one[5:].isdigit()), 0)
        if self.promised + size > PROMISED_BYTES:
            return "452 4.3.1 Too much at once, try again later"
        if isinstance(server, Listener):
            server.promise(size)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take our own addresses, at most 100 for a message."""
        if len(envelope.rcpt_tos) >= RECIPIENTS or getattr(envelope, "too_many", False):
            if not getattr(envelope, "too_many", False):
                envelope.too_many = True  # type: ignore[attr-defined]  # the library's own place for such marks
                await self.skip(session, envelope, "too_many_recipients", {"limit": RECIPIENTS})
            return f"550 5.5.3 Too many recipients, at most {RECIPIENTS}"
        if not self.directory.known:
            return "451 4.3.0 Cannot look up addresses now, try again later"
        if self.directory.find(address) is None:
            await self.read_again()
        if self.directory.find(address) is None:
            self.unknown.note(session.peer, address)
            return "550 5.1.1 No such address here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Store, then say so."""
        raw = bytes(envelope.original_content or b"")
        refusal = _refusal(raw, bool(getattr(envelope, "too_many", False)))
        if refusal:
            reason, answer = refusal
            await self.skip(session, envelope, reason, {"size": len(raw)})
            return answer
        sender = "" if envelope.mail_from in (None, "<>") else str(envelope.mail_from)
        uid = uuid.uuid4().hex
        channels: dict[int, list[str]] = {}
        for address in envelope.rcpt_tos:
            channel = self.directory.find(address)
            if channel is not None:
                channels.setdefault(channel, []).append(address)
        if not channels:
            return "451 4.3.0 Try again later"
        try:
            await self.writer.store(
                [
                    Inbound(channel_id=one, raw=raw, place="smtp", uid=uid, envelope_from=sender, envelope_to=addresses)
                    for one, addresses in channels.items()
                ]
            )
        except DatabaseAway:
            return "451 4.3.0 Cannot store now, try again later"
        except Unstorable:
            await self.skip(session, envelope, "unstorable", {"size": len(raw)})
            return "554 5.6.0 This message cannot be stored"
        return f"250 2.0.0 Stored as {uid}"

    async def skip(self, session: Session, envelope: Envelope, reason: str, details: dict[str, Any]) -> None:
        """Write a refusal into the ledger; a flood of refusals is only logged."""
        now = time.monotonic()
        logger.info("refused from %s: %s", session.peer, reason)
        if len(self.skipped) == SKIPS_PER_MINUTE and now - self.skipped[0] < 60:
            return
        self.skipped.append(now)
        known = (self.directory.find(address) for address in envelope.rcpt_tos)
        details = details | {
            "from": shown(envelope.mail_from or ""),
            "to": [shown(address) for address in envelope.rcpt_tos[:5]],
            "peer": str(session.peer)[:100],
        }
        channel_id = next((one for one in known if one is not None), None)
        line = (channel_id, "smtp", uuid.uuid4().hex, reason, details)
        await asyncio.get_running_loop().run_in_executor(None, self.record, [line])


class Listener(SMTP):
    """aiosmtpd with a DATA that takes long lines, needs constant memory for what it refuses, and speaks LMTP."""

    line_length_limit = 2_000

    def __init__(self, handler: Handler, *, lmtp: bool = False, hostname: str) -> None:
        super().__init__(
            handler,
            data_size_limit=limits.MESSAGE_BYTES,
            enable_SMTPUTF8=True,
            hostname=hostname,
            ident="Peyvand",
            timeout=120,
        )
        self.handler = handler
        self.lmtp = lmtp
        self.promised = 0
        self.peer = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count sessions, in all and of one peer; beyond the limit the connection is closed at once."""
        super().connection_made(transport)
        name = transport.get_extra_info("peername")
        self.peer = str(name[0]) if isinstance(name, tuple) else "local"
        self.handler.peers[self.peer] += 1
        limited = self.handler.peers_limited and self.handler.peers[self.peer] > SESSIONS_PER_PEER
        if limited or self.handler.peers.total() > SESSIONS:
            if isinstance(transport, asyncio.Transport):
                transport.write(b"421 4.7.0 Too many connections, try again later\r\n")
            transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """Give back what the session held."""
        self.promise(0)
        self.handler.peers[self.peer] -= 1
        if self.handler.peers[self.peer] <= 0:
            del self.handler.peers[self.peer]
        super().connection_lost(error)

    def promise(self, size: int) -> None:
        """Hold room for one message; 0 gives it back."""
        self.handler.promised += size - self.promised
        self.promised = size

    async def push(self, status: AnyStr) -> None:
        """Answer; a refusal for an announced size never reaches a hook, so it is recorded here."""
        if isinstance(status, str) and status.startswith("552 Error: message size") and self.session and self.envelope:
            await self.handler.skip(self.session, self.envelope, "too_large", {"announced": True})
            await super().push(ANSWERS["too_large"])
            return
        await super().push(status)

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """The library's grammar is slow; nearly every path is a plain one."""
        plain = PLAIN_PATH.fullmatch(arg or "")
        return (plain.group(1), plain.group(2)) if plain else super()._getaddr(arg)

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:
        """The greeting of LMTP (RFC 2033)."""
        await super().smtp_EHLO(arg)

    async def smtp_DATA(self, arg: str) -> None:
        """RFC 5321 §4.1.1.4, read in chunks; one answer, or for LMTP one for each recipient."""
        if await self.check_helo_needed():
            return
        if self.envelope is None or not self.envelope.rcpt_tos:
            too_many = getattr(self.envelope, "too_many", False)
            await self.push(ANSWERS["too_many_recipients"] if too_many else "503 5.5.1 Need RCPT first")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        answers = len(self.envelope.rcpt_tos) if self.lmtp else 1
        try:
            raw = await asyncio.wait_for(self._read_text(), DATA_SECONDS)
        except (TimeoutError, _TooMuch):
            await self.push("421 4.4.2 Too slow or too much")
            if self.transport is not None:
                self.transport.close()
            return
        status = await self._stored(raw)
        self.promise(0)
        self.envelope = self._create_envelope()
        for _ in range(answers):
            await self.push(status)

    async def _stored(self, raw: bytes | None) -> str:
        if self.session is None or self.envelope is None:
            return "451 4.3.0 Try again later"
        if raw is None:
            await self.handler.skip(self.session, self.envelope, "too_large", {"announced": False})
            return ANSWERS["too_large"]
        self.envelope.original_content = raw
        return await self.handler.handle_DATA(self, self.session, self.envelope)

    async def _read_text(self) -> bytes | None:
        """The text up to the lone dot, dots removed; None when it is too large (then it is read and thrown away)."""
        chunks = bytearray(b"\r\n")  # so that a dot on the very first line is found like any other
        total = 0
        while True:
            data = await self._reader.read(CHUNK)
            self._reset_timeout()
            if not data:
                raise asyncio.CancelledError
            look = max(0, len(chunks) - 4)
            chunks += data
            end = chunks.find(b"\r\n.\r\n", look)
            if end >= 0:
                rest = bytes(chunks[end + 5 :])
                if rest:  # pipelined commands: the reader is empty here, so they come first again
                    self._reader.feed_data(rest)
                too_large = total + end > limits.MESSAGE_BYTES
                del chunks[end:]
                return None if too_large else _undotted(chunks)
            if total + len(chunks) > limits.MESSAGE_BYTES:
                total += len(chunks) - 4
                del chunks[:-4]
                if total > DISCARD_BYTES:
                    raise _TooMuch


class _TooMuch(Exception):
    """Somebody does not stop talking."""


def _undotted(chunks: bytearray) -> bytes:
    """Take the added dots away (RFC 5321 §4.5.2) and the line end that was put in front."""
    return bytes(chunks.replace(b"\r\n..", b"\r\n."))[2:] + b"\r\n"


def _refusal(raw: bytes, too_many: bool) -> tuple[str, str] | None:
    reason = "too_many_recipients" if too_many else unfit(raw)
    return (reason, ANSWERS[reason]) if reason else None
