"""One port for everything: pages in threads, the live stream on the event loop.

Django's own ASGI handler opens a thread and a database connection per request; here a fixed pool of
threads runs the WSGI application and keeps its connections (docs/adr/0002-asgi-or-wsgi.md has the figures).
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO, cast

from django.conf import settings

from peyvand.config import live
from peyvand.config.wsgi import application as pages

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST_BODY = 2 * settings.UPLOAD_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
IN_MEMORY = 1024 * 1024

threads = ThreadPoolExecutor(max_workers=settings.WEB_THREADS, thread_name_prefix="page")


class BodyTooLarge(Exception):
    """The request is larger than any page or upload may be."""


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] != "http":
        return
    if scope["path"] in live.PATHS:
        await live.answer(scope, receive, send, threads)
        return
    try:
        body, length = await _read_body(receive)
    except BodyTooLarge:
        await _refuse(send)
        return
    with body:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(threads, _answer, _environ(scope, body, length), send, loop)


async def _read_body(receive: Receive) -> tuple[BinaryIO, int]:
    message = await receive()
    if not message.get("more_body"):
        data = message.get("body") or b""
        if len(data) > LARGEST_BODY:
            raise BodyTooLarge
        return io.BytesIO(data), len(data)
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))
    length = 0
    while message["type"] == "http.request":
        data = message.get("body") or b""
        length += len(data)
        if length > LARGEST_BODY:
            file.close()
            raise BodyTooLarge
        file.write(data)
        if not message.get("more_body"):
            break
        message = await receive()
    file.seek(0)
    return file, length


def _environ(scope: Scope, body: BinaryIO, length: int) -> dict[str, Any]:
    """The request as WSGI wants it (PEP 3333)."""
    server = scope.get("server") or ("localhost", settings.PORT)
    client = scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or settings.PORT),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(length) if length else "",
    }
    for name, value in scope["headers"]:
        _add_header(environ, name.decode("latin-1"), value.decode("latin-1"))
    return environ


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    if "_" in name or name == "content-length":
        return  # an underscore would let a client pose as our proxy; the length was counted
    key = "CONTENT_TYPE" if name == "content-type" else "HTTP_" + name.upper().replace("-", "_")
    joint = "; " if name == "cookie" else ","
    environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value


def _answer(environ: dict[str, Any], send: Send, loop: asyncio.AbstractEventLoop) -> None:
    """Run the page in this thread and pass its answer to the event loop."""
    start: dict[str, Any] = {"type": "http.response.start"}

    def start_response(status: str, headers: list[tuple[str, str]], error: object = None) -> Callable[[bytes], None]:
        start["status"] = int(status.split(" ", 1)[0])
        start["headers"] = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return lambda data: None

    response = pages(environ, start_response)
    try:
        if not response.streaming:
            whole = b"".join(cast(Any, response))
            asyncio.run_coroutine_threadsafe(_send_whole(send, start, whole), loop).result()
            return
        asyncio.run_coroutine_threadsafe(_send_one(send, start), loop).result()
        for chunk in cast(Any, response):
            part = {"type": "http.response.body", "body": chunk, "more_body": True}
            asyncio.run_coroutine_threadsafe(_send_one(send, part), loop).result()
        end = {"type": "http.response.body", "body": b"", "more_body": False}
        asyncio.run_coroutine_threadsafe(_send_one(send, end), loop).result()
    finally:
        response.close()


async def _send_one(send: Send, message: MutableMapping[str, Any]) -> None:
    await send(message)


async def _send_whole(send: Send, start: MutableMapping[str, Any], body: bytes) -> None:
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": b"The request is too large.\n", "more_body": False})
