"""The live stream: who hears what, what is caught up after a gap, who is dropped."""

import asyncio
import json
import time
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from peyvand.accounts.models import User
from peyvand.config import asgi, live
from peyvand.config.bench.load import session_of
from peyvand.config.live import Hub, Page
from peyvand.config.tests.test_asgi import answer, request
from peyvand.core.live import notify


def body(topic: str) -> dict[str, Any]:
    return {"topic": topic, "data": {}}


def test_a_page_hears_only_its_audiences() -> None:
    async def scene() -> None:
        hub = Hub()
        mine, other = Page(groups=frozenset({"user:1", "all"})), Page(groups=frozenset({"user:2", "all"}))
        hub.join(mine)
        hub.join(other)
        hub.publish({"user:1", "department:4"}, body("a"))
        hub.publish({"all"}, body("b"))
        hub.leave(other)
        hub.publish({"all"}, body("c"))
        assert [json.loads(mine.waiting.get_nowait().body)["topic"] for _ in range(3)] == ["a", "b", "c"]
        assert other.waiting.qsize() == 1

    asyncio.run(scene())


def test_after_a_gap_only_what_was_missed_is_told_and_an_unknown_gap_asks_for_everything() -> None:
    async def scene() -> None:
        hub = Hub()
        for number in range(live.KEPT + 10):
            hub.publish({"all" if number % 2 else "user:9"}, body("a"))
        me = frozenset({"all"})
        assert [notice.number for notice in hub.since(hub.name(live.KEPT + 6), me)] == [live.KEPT + 8, live.KEPT + 10]
        assert hub.since(hub.name(live.KEPT + 10), me) == []
        assert hub.since(hub.name(3), me) is None
        assert hub.since("another-3", me) is None
        assert hub.since("nonsense", me) is None

    asyncio.run(scene())


def test_a_page_is_told_what_was_said_since_its_text_was_begun_however_long_it_took_to_load() -> None:
    async def scene() -> None:
        hub = Hub()
        me = frozenset({"all"})
        begun = f"@{int(time.time() * 1000)}"
        assert hub.since(begun, me) is None  # it was not listening yet
        hub._begin()
        earlier = f"@{int((time.time() - 60) * 1000)}"
        await asyncio.sleep(0.01)
        begun = f"@{int(time.time() * 1000)}"
        hub.publish({"all"}, body("a"))
        hub.publish({"user:9"}, body("b"))
        assert [notice.number for notice in hub.since(begun, me) or []] == [1]
        assert hub.since(earlier, me) is None
        await asyncio.sleep(0.01)
        assert hub.since(f"@{int(time.time() * 1000)}", me) == []
        assert hub.since("@", me) is None
        for _ in range(live.KEPT):
            hub.publish({"all"}, body("c"))
        assert hub.since(begun, me) is None  # some of it is forgotten

    asyncio.run(scene())


def test_whoever_comes_back_to_the_database_has_every_page_ask_anew() -> None:
    async def scene() -> None:
        hub = Hub()
        page = Page(groups=frozenset({"all"}))
        hub.join(page)
        hub._begin()
        assert page.waiting.empty()
        hub._begin()  # nothing was heard between the two, which does not mean that nothing was said
        assert json.loads(page.waiting.get_nowait().body)["topic"] == "live.resync"

    asyncio.run(scene())


def test_a_page_that_does_not_read_is_dropped() -> None:
    async def scene() -> None:
        hub = Hub()
        slow = Page(groups=frozenset({"all"}))
        hub.join(slow)
        for _ in range(live.SLOW + 5):
            hub.publish({"all"}, body("a"))
        assert slow.waiting.qsize() == live.SLOW + 1
        assert not hub.pages

    asyncio.run(scene())


def test_a_stranger_hears_nothing(db) -> None:
    assert answer(request("/live"))[0] == 401
    assert answer(request("/live/poll"))[0] == 401
    assert answer(request("/live", method="POST"))[0] == 405


def test_what_is_committed_is_heard_and_what_is_rolled_back_is_not(transactional_db) -> None:
    user = User.objects.create(username="alice", full_name="Alice")
    cookie = (b"cookie", f"{settings.SESSION_COOKIE_NAME}={session_of(user)}".encode())
    heard: list[bytes] = []

    async def scene() -> None:
        enough = asyncio.Event()

        async def receive() -> Any:
            await enough.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            heard.append(message.get("body", b""))
            if len(heard) == 2:  # the head and the first id are out
                await asyncio.to_thread(tell)
            if b"second" in heard[-1]:
                enough.set()

        def tell() -> None:
            try:
                with transaction.atomic():
                    notify(topic="first", audience=[f"user:{user.pk}"])
                    transaction.set_rollback(True)
                notify(topic="other", audience=["user:0"])
                notify(topic="second", audience=[f"user:{user.pk}", "user:0"], data={"id": 7})
            finally:
                live.connection.close()

        stream = asgi.application(request("/live", headers=[cookie]), receive, send)
        await asyncio.wait_for(stream, timeout=20)
        listener = live.hub().listener
        assert listener is not None
        listener.cancel()
        await asyncio.gather(listener, return_exceptions=True)

    asyncio.run(scene())
    asgi.threads.submit(lambda: live.connection.close()).result()
    text = b"".join(heard).decode()
    assert '"topic":"second","data":{"id":7}' in text
    assert "first" not in text
    assert "other" not in text


def test_a_long_audience_is_cut_into_several_notices(db, monkeypatch: pytest.MonkeyPatch) -> None:
    notify(topic="cartable", audience=[f"user:{number}" for number in range(3000)])
    notify(topic="cartable", audience=[])
