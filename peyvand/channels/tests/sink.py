"""A real SMTP server that takes mail for the tests, and misbehaves on request."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import SMTP

Answer = Callable[[str], str | None]


class Sink:
    """Remembers what it took. `on_rcpt` and `on_data` may answer something else; `hold` keeps the last answer back."""

    def __init__(self) -> None:
        self.port = 0
        self.taken: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.on_rcpt: Answer = lambda address: None
        self.on_data: Answer = lambda text: None
        self.hold = threading.Event()
        self.hold.set()
        self.hold_rcpt = threading.Event()
        self.hold_rcpt.set()
        self.has_text = threading.Event()
        self.has_rcpt = threading.Event()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.has_rcpt.set()
        await asyncio.to_thread(self.hold_rcpt.wait, 30)
        answer = self.on_rcpt(address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.on_data(envelope.content)
        if answer:
            return answer
        self.taken.append(envelope.content)
        self.recipients.append(list(envelope.rcpt_tos))
        self.has_text.set()
        await asyncio.to_thread(self.hold.wait, 30)
        return "250 taken"


@contextmanager
def open_sink() -> Iterator[Sink]:
    """A sink on a free port of this machine."""
    sink = Sink()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def listen() -> asyncio.Server:
        return await loop.create_server(lambda: SMTP(sink, loop=loop, enable_SMTPUTF8=True), "127.0.0.1", 0)

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    sink.port = server.sockets[0].getsockname()[1]

    async def end() -> None:
        server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    try:
        yield sink
    finally:
        sink.hold.set()
        sink.hold_rcpt.set()
        asyncio.run_coroutine_threadsafe(end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
