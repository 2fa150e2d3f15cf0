"""Ports of the loopback interface, for servers that live as long as a test or a benchmark."""

import socket


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
