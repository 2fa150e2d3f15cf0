"""Functions that misbehave, for the tests of the jail."""

import os
import sys
from pathlib import Path


def length(payload: bytes) -> int:
    """Behave."""
    return len(payload)


def obey(payload: bytes) -> str:
    """Do the evil that the payload names."""
    while payload == b"spin":
        pass
    if payload == b"eat":
        return str(len(bytearray(4_000_000_000)))
    if payload == b"exit":
        os._exit(3)
    if payload == b"recurse":
        return obey(payload)
    return _also(payload)


def _also(payload: bytes) -> str:
    if payload == b"raise":
        raise ValueError("no")
    if payload == b"write":
        Path("/tmp/peyvand-jail-must-not-write").write_text("x" * 10)
    if payload == b"print":
        sys.stdout.write("noise")
    return payload.decode()


def world(_: bytes) -> dict[str, object]:
    """Tell what the child knows."""
    return {"django": "django" in sys.modules, "environment": sorted(os.environ), "pid": os.getpid()}


def surrogate(_: bytes) -> str:
    """Return what cannot be encoded."""
    return "a\ud800b"
