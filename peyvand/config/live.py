"""The live stream: `GET /live` sends notices as they are committed, `GET /live/poll` answers at once.

One LISTEN connection per process feeds every open page. A notice only says what to look at again; which
ones a page hears is decided by its user's audiences when it connects, and asked anew every ten minutes.

    id: 5f2c-17
    data: {"id": "5f2c-17", "topic": "cartable.folders", "data": {}}

A page says how old it is: the number of the last notice it heard, or at first the moment at which the making
of its text began. What was said since then is told to it first, however long it took to load.
After a gap that cannot be filled the topic is "live.resync": the page asks for everything anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import secrets
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import CookieError
from typing import Any
from urllib.parse import parse_qs

import psycopg
from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpRequest, parse_cookie
from django.utils.module_loading import import_string

from peyvand.accounts.models import User
from peyvand.accounts.selectors import live_groups
from peyvand.core.live import CHANNEL

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATHS = ("/live", "/live/poll")
KEPT = 500  # notices kept for pages that come back
HEARTBEAT = 20.0
LONGEST_STREAM = 600.0
SLOW = 100  # notices waiting for one page; then it is dropped and comes back by itself
RESYNC: dict[str, Any] = {"topic": "live.resync", "data": {}}


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What is sent: `number` counts in this process, `to` are the audiences."""

    number: int
    to: frozenset[str]
    body: str
    at: float = field(default_factory=time.time)


@dataclass(kw_only=True, eq=False)
class Page:
    """An open stream; `waiting` is None-terminated when the page is too slow."""

    groups: frozenset[str]
    waiting: asyncio.Queue[Notice | None] = field(default_factory=lambda: asyncio.Queue(SLOW + 1))

    def end(self, _: object = None) -> None:
        """Let the stream end as soon as it looks."""
        with contextlib.suppress(asyncio.QueueFull):
            self.waiting.put_nowait(None)


class Hub:
    """Hears the database and tells the pages of this process."""

    def __init__(self) -> None:
        self.mark = secrets.token_hex(4)
        self.count = 0
        self.kept: deque[Notice] = deque(maxlen=KEPT)
        self.pages: dict[str, set[Page]] = defaultdict(set)
        self.listening_since: float | None = None
        self.listener: asyncio.Task[None] | None = None
        self.heard = asyncio.Event()

    async def ensure_listening(self) -> None:
        if self.listener is None or self.listener.done():
            self.heard.clear()
            self.listener = asyncio.create_task(self._listen(), name="live")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.heard.wait(), timeout=3)

    async def _listen(self) -> None:
        pause = 0.5
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as wire:
                    await wire.execute(f"LISTEN {CHANNEL}")
                    self._begin()
                    pause = 0.5
                    async for message in wire.notifies():
                        self._hear(message.payload)
            except (psycopg.Error, OSError) as error:
                logger.warning("the live stream lost the database: %s", str(error).strip())
            await asyncio.sleep(pause)
            pause = min(pause * 2, 10.0)

    def _begin(self) -> None:
        if self.listening_since is not None:
            self.publish({"all"}, RESYNC)  # whatever was said meanwhile is lost
        self.listening_since = time.time()
        self.heard.set()

    def _hear(self, payload: str) -> None:
        try:
            message = json.loads(payload)
            self.publish(message["to"], {"topic": message["topic"], "data": message["data"]})
        except (ValueError, KeyError, TypeError):
            logger.warning("a notice could not be read: %.200s", payload)

    def publish(self, to: Iterable[str], body: dict[str, Any]) -> None:
        self.count += 1
        text = json.dumps({"id": self.name(self.count), **body}, separators=(",", ":"))
        notice = Notice(number=self.count, to=frozenset(to), body=text)
        self.kept.append(notice)
        for page in set().union(*(self.pages.get(group, ()) for group in notice.to)):
            if page.waiting.qsize() >= SLOW:
                self.leave(page)
                page.end()
            else:
                page.waiting.put_nowait(notice)

    def join(self, page: Page) -> None:
        for group in page.groups:
            self.pages[group].add(page)

    def leave(self, page: Page) -> None:
        for group in page.groups:
            self.pages[group].discard(page)
            if not self.pages[group]:
                del self.pages[group]

    def since(self, last: str, groups: frozenset[str]) -> list[Notice] | None:
        """What a page missed; None when that is not known (any more).

        last: the name of the last notice it heard, or "@" and the moment at which its text was begun, in milliseconds.
        """
        mark, _, number = last.partition("-")
        if mark.startswith("@"):
            return self._since_moment(mark[1:], groups)
        if mark != self.mark or not number.isdecimal():
            return None
        oldest = self.kept[0].number if self.kept else self.count + 1
        if int(number) < oldest - 1:
            return None
        return [notice for notice in self.kept if notice.number > int(number) and notice.to & groups]

    def _since_moment(self, milliseconds: str, groups: frozenset[str]) -> list[Notice] | None:
        if not milliseconds.isdecimal() or self.listening_since is None:
            return None
        begun = int(milliseconds[:18]) / 1000
        forgotten = self.kept[0].at if len(self.kept) == KEPT else self.listening_since
        if begun < forgotten:
            return None
        return [notice for notice in self.kept if notice.at >= begun and notice.to & groups]

    def name(self, number: int) -> str:
        return f"{self.mark}-{number}"


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


async def answer(scope: Scope, receive: Receive, send: Send, threads: ThreadPoolExecutor) -> None:
    """Answer a request to one of PATHS."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    query = {key: values[-1] for key, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
    if scope["method"] != "GET":
        await _plain(send, 405)
        return
    loop = asyncio.get_running_loop()
    groups = await loop.run_in_executor(threads, audiences, headers.get("cookie", ""), query.get("request", ""))
    if groups is None:
        await _plain(send, 401)
        return
    await hub().ensure_listening()
    since = query.get("since", "")
    if scope["path"] == "/live/poll":
        await _poll(send, since, groups)
    else:
        await _stream(receive, send, headers.get("last-event-id", since), groups)


def audiences(cookies: str, request_id: str) -> frozenset[str] | None:
    """Whom this browser may hear as: the groups of its user; None when nobody is logged in."""
    close_old_connections()
    try:
        user = _user(cookies)
        if user is None:
            return None
        groups = set(live_groups(user))
        if request_id.isdecimal() and _may_see_request(user, int(request_id[:18])):
            groups.add(f"request:{request_id}")
        return frozenset(groups)
    except DatabaseError:
        logger.warning("the live stream could not ask who is there")
        return None
    finally:
        close_old_connections()


def _user(cookies: str) -> User | None:
    request = HttpRequest()
    try:
        key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if not key:
        return None
    request.session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")(key)
    user = get_user(request)
    return user if isinstance(user, User) and user.is_active else None


def _may_see_request(user: User, request_id: int) -> bool:
    model = import_string("peyvand.cartable.models.Request")
    return bool(model.objects.visible_to(user).filter(pk=request_id).exists())


async def _poll(send: Send, since: str, groups: frozenset[str]) -> None:
    here = hub()
    missed = here.since(since, groups) if since else []
    notices = [RESYNC] if missed is None else [json.loads(notice.body) for notice in missed]
    body = {"last": here.name(here.count), "messages": notices}
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode(), "more_body": False})


async def _stream(receive: Receive, send: Send, last: str, groups: frozenset[str]) -> None:
    page = Page(groups=groups)
    here = hub()
    here.join(page)
    gone = asyncio.create_task(_wait_gone(receive))
    gone.add_done_callback(page.end)
    try:
        headers = [
            (b"content-type", b"text/event-stream; charset=utf-8"),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        async for chunk in _chunks(here, page, last, gone):
            await send({"type": "http.response.body", "body": chunk.encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    except (OSError, RuntimeError):
        pass  # the browser went away while we wrote
    finally:
        gone.cancel()
        here.leave(page)


async def _chunks(here: Hub, page: Page, last: str, gone: asyncio.Task[None]) -> AsyncIterator[str]:
    """The text of one stream, until the page goes, falls behind, or has been open long enough."""
    end = asyncio.get_running_loop().time() + LONGEST_STREAM
    yield "retry: 2000\n" + _event(here.name(here.count), "")
    missed = here.since(last, page.groups) if last else []
    if missed is None:
        yield _event(here.name(here.count), json.dumps(RESYNC))
    for notice in missed or []:
        yield _event(here.name(notice.number), notice.body)
    while not gone.done() and asyncio.get_running_loop().time() < end:
        try:
            found = await asyncio.wait_for(page.waiting.get(), timeout=HEARTBEAT)
        except TimeoutError:
            yield ": here\n\n"
            continue
        if found is None:
            return
        yield _event(here.name(found.number), found.body)


def _event(name: str, body: str) -> str:
    return f"id: {name}\ndata: {body}\n\n" if body else f"id: {name}\n\n"


async def _wait_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _plain(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _parameters() -> dict[str, Any]:
    parameters = connection.get_connection_params()
    return {key: value for key, value in parameters.items() if key not in {"cursor_factory", "context"}}
