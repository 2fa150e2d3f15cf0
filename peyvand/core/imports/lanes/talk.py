"""What a lane and the one that conducts it say to each other: JSON over a pipe, an answer to each order."""

import json
from multiprocessing.connection import Connection
from typing import Any


def say(end: "Connection[Any, Any]", **words: Any) -> None:
    """Send one message. Raises OSError when the other side is gone."""
    end.send_bytes(json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def hear(end: "Connection[Any, Any]") -> dict[str, Any] | None:
    """Wait for a message; None when the other side is gone."""
    try:
        found: dict[str, Any] = json.loads(end.recv_bytes().decode("utf-8", "surrogatepass"))
    except (EOFError, OSError):
        return None
    return found
