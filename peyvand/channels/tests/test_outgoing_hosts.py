"""No spelling of an inner address gets through the outgoing door."""

import socket
from typing import Any

import pytest

from peyvand.core.outgoing import HostRefused, HostUnknown, resolve_public


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "0177.0.0.1", "2130706433", "127.1", "0x7f.1", "0x7f000001", "[::1]",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "fd00::1", "fe80::1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "224.0.0.1", "255.255.255.255", "localhost", "localhost.", "LOCALHOST", "::", "198.18.0.1",
        "240.0.0.1",
    ],
)  # fmt: skip
def test_inner_addresses_are_refused_in_every_spelling(host: str) -> None:
    with pytest.raises((HostRefused, HostUnknown)):
        resolve_public(host, 25, allow=[])


@pytest.mark.parametrize(
    "host",
    ["", " ", "a b", "a/b", "http://x", "x@y", "-", "a..b\r\nx", "\u0000", "a" * 300, "a\u200bb c", "a" * 252 + "!"],
)
def test_what_is_no_host_name_is_refused(host: str) -> None:
    with pytest.raises((HostRefused, HostUnknown)):
        resolve_public(host, 25, allow=[])


def found(*addresses: str) -> Any:
    def getaddrinfo(*args: Any, **kwargs: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 25)) for address in addresses]

    return getaddrinfo


def test_a_name_that_also_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", found("93.184.216.34", "10.0.0.5"))
    with pytest.raises(HostRefused):
        resolve_public("mail.example.com", 25, allow=[])
    assert resolve_public("mail.example.com", 25, allow=["mail.example.com"]).port == 25
    assert resolve_public("mail.example.com", 25, allow=["10.0.0.5"]).host == "mail.example.com"


def test_a_public_name_gives_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", found("93.184.216.34"))
    place = resolve_public(" Mail.Example.COM. ", 465, allow=[])
    assert (place.host, place.address, place.port) == ("mail.example.com", "93.184.216.34", 465)


def test_an_administrator_may_allow_an_own_server() -> None:
    assert resolve_public("localhost", 25, allow=["localhost"]).address in ("127.0.0.1", "::1")
    assert resolve_public("127.0.0.1", 25, allow=["127.0.0.1"]).address == "127.0.0.1"


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_is_a_port(port: int) -> None:
    with pytest.raises(HostRefused):
        resolve_public("localhost", port, allow=["localhost"])
