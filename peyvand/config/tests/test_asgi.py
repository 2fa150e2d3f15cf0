"""The bridge between the event loop and the pages."""

import asyncio
import io
from typing import Any

import pytest

from peyvand.config import asgi


def request(path: str, *, method: str = "GET", headers: list[tuple[bytes, bytes]] | None = None) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"a=1",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("localhost", 80),
        "client": ("10.0.0.9", 5),
        "headers": [(b"host", b"localhost"), *(headers or [])],
    }


def answer(scope: dict[str, Any], *parts: bytes) -> tuple[int, dict[bytes, bytes], bytes]:
    """Ask the application with a body in parts; return status, headers, body."""
    sent: list[Any] = []
    left = [{"type": "http.request", "body": part, "more_body": i < len(parts) - 1} for i, part in enumerate(parts)]

    async def receive() -> Any:
        return left.pop(0) if left else {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(asgi.application(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(m.get("body", b"") for m in sent[1:])


def test_a_page_is_answered(db) -> None:
    status, headers, body = answer(request("/healthz"))
    assert (status, headers[b"content-type"], body) == (200, b"application/json", b'{"status": "ok"}')


def test_a_body_in_parts_reaches_the_page_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def echo(environ: dict[str, Any], start_response: Any) -> Any:
        start_response("200 OK", [])
        return Whole([environ["wsgi.input"].read() + environ["CONTENT_LENGTH"].encode()])

    monkeypatch.setattr(asgi, "pages", echo)
    assert answer(request("/x", method="POST"), b"ab", b"cd", b"e")[2] == b"abcde5"


def test_a_body_that_is_too_large_is_refused_before_any_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "LARGEST_BODY", 10)
    monkeypatch.setattr(asgi, "pages", lambda *_: pytest.fail("the page ran"))
    assert answer(request("/x", method="POST"), b"123456", b"789012")[0] == 413
    assert answer(request("/x", method="POST"), b"12345678901")[0] == 413


def test_a_streamed_answer_arrives_in_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    def page(environ: dict[str, Any], start_response: Any) -> Any:
        start_response("200 OK", [("X-One", "1")])
        return Streamed([b"a", b"b"])

    monkeypatch.setattr(asgi, "pages", page)
    assert answer(request("/x")) == (200, {b"x-one": b"1"}, b"ab")


def test_nobody_can_pose_as_our_proxy_with_an_underscore() -> None:
    scope = request("/ب", headers=[(b"x_forwarded_for", b"1.1.1.1"), (b"cookie", b"a=1"), (b"cookie", b"b=2")])
    environ = asgi._environ(scope, io.BytesIO(), 0)
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/ب"
    assert environ["REMOTE_ADDR"] == "10.0.0.9"


class Whole(list[bytes]):
    streaming = False

    def close(self) -> None: ...


class Streamed(Whole):
    streaming = True
