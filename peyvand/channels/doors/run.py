"""The process "mail door": the listener and one thread for each mailbox, following the channel table."""

import asyncio
import logging
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import uvloop
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from peyvand.channels import selectors, services
from peyvand.channels.doors.imap import MailboxReader
from peyvand.channels.doors.smtp import Directory, Handler, Listener, Skip
from peyvand.channels.doors.unknown import Counts
from peyvand.channels.doors.writer import GroupWriter

logger = logging.getLogger("peyvand.mail")

REFRESH_SECONDS = 10.0
READ_AGAIN_SECONDS = 1.0  # so often at most for addresses that nobody knows
Config = tuple[int, str, str]


class MailDoor:
    """Both doors. `start`, then `stop`; `serve` does both and waits for the signal in between."""

    def __init__(self, *, bind: str, port: int, lmtp_path: str = "") -> None:
        self.bind = bind
        self.port = port
        self.lmtp_path = lmtp_path
        self.writer = GroupWriter()
        self.handler = Handler(
            writer=self.writer, record=_record, read_again=self._read_again, peers_limited=not _is_local(bind)
        )
        self.readers: dict[int, tuple[Config, MailboxReader]] = {}
        self._servers: list[asyncio.Server] = []
        self._refresher: asyncio.Task[None] | None = None
        self._reading = asyncio.Lock()
        self._read_at = 0.0

    async def start(self) -> None:
        """Open the ports once the channels are known. Raises OSError when a port is taken."""
        loop = asyncio.get_running_loop()
        await self._refresh()
        self.writer.start()
        self._servers.append(await loop.create_server(lambda: self._listener(False), self.bind, self.port, backlog=256))
        if self.lmtp_path:
            self._servers.append(await loop.create_unix_server(lambda: self._listener(True), self.lmtp_path))
            await asyncio.to_thread(Path(self.lmtp_path).chmod, 0o666)  # the folder says who may come
        self.port = self._servers[0].sockets[0].getsockname()[1]
        self._refresher = loop.create_task(self._keep_fresh())
        logger.info("mail door open on %s:%s", self.bind, self.port)

    async def stop(self) -> None:
        """Close the ports, end the threads; what was answered with 250 is committed."""
        for server in self._servers:
            server.close()
        if self._refresher is not None:
            self._refresher.cancel()
            await asyncio.gather(self._refresher, return_exceptions=True)
        await self._write_down()
        for _, reader in self.readers.values():
            reader.stop()
        await self.writer.stop()
        await asyncio.to_thread(self._join)

    async def serve(self) -> None:
        """Run until SIGTERM or SIGINT."""
        done = asyncio.Event()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, done.set)
        await self.start()
        try:
            await done.wait()
        finally:
            await self.stop()

    def _listener(self, lmtp: bool) -> Listener:
        return Listener(self.handler, lmtp=lmtp, hostname=settings.MAIL_DOMAIN)

    def _join(self) -> None:
        for _, reader in self.readers.values():
            reader.join(timeout=5)

    async def _keep_fresh(self) -> None:
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            await self._refresh()
            await self._write_down()

    async def _write_down(self) -> None:
        """Put the tries of unknown addresses into the ledger; while it cannot be written they are kept."""
        counts = self.handler.unknown.take()
        if counts and not await asyncio.to_thread(_count, counts):
            self.handler.unknown.give_back(counts)

    async def _read_again(self) -> None:
        """Read the channel table for an address that nobody knows: it may have been made a moment ago."""
        async with self._reading:
            if time.monotonic() - self._read_at >= READ_AGAIN_SECONDS:
                await self._refresh()

    async def _refresh(self) -> None:
        """Read the channel table: addresses for the listener, mailboxes for the threads."""
        found = await asyncio.to_thread(_read_channels)
        self._read_at = time.monotonic()
        if found is None:
            return
        directory, mailboxes = found
        self.handler.directory = directory
        for channel_id, (config, reader) in list(self.readers.items()):
            if mailboxes.get(channel_id) != config or not reader.is_alive():
                reader.stop()
                del self.readers[channel_id]
        for channel_id, config in mailboxes.items():
            if channel_id not in self.readers:
                reader = MailboxReader(channel_id)
                self.readers[channel_id] = (config, reader)
                reader.start()


def run_door() -> None:
    """Run the mail door of this installation until it is told to stop."""
    sys.setswitchinterval(0.001)  # the loop and the writing thread take turns quickly
    uvloop.run(door_of_settings().serve())


def door_of_settings() -> MailDoor:
    """The door as this installation wants it."""
    return MailDoor(bind=settings.SMTP_BIND, port=settings.SMTP_PORT, lmtp_path=settings.LMTP_SOCKET)


def _read_channels() -> tuple[Directory, dict[int, Config]] | None:
    try:
        channels = list(selectors.mail_channels())
    except (DatabaseError, InterfaceError) as error:
        logger.warning("the channels cannot be read now: %s", str(error).strip())
        return None
    finally:
        connection.close()
    addresses = {channel.address.lower(): channel.pk for channel in channels}
    mailboxes = {
        channel.pk: (channel.pk, repr(channel.settings.get("imap")), channel.secrets)
        for channel in channels
        if channel.settings.get("incoming") == "imap" and channel.settings.get("imap")
    }
    return Directory(addresses, known=True), mailboxes


def _record(skips: list[Skip]) -> None:
    with suppress(DatabaseError, InterfaceError):
        services.record_skips(skips)
    connection.close()


def _count(counts: Counts) -> bool:
    try:
        services.record_counts(place="smtp", reason="unknown_recipient", counts=counts)
    except (DatabaseError, InterfaceError):
        return False
    finally:
        connection.close()
    return True


def _is_local(bind: str) -> bool:
    return bind in ("127.0.0.1", "::1", "localhost")
