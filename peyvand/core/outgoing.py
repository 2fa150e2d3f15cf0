"""The one door to the outside: a host that people typed becomes an address that may be connected to.

Every address a name stands for must be public; inner ones (loopback, private, link-local, carrier-grade, mapped and
translated spellings of them) are refused unless the administrator listed the host. The caller connects to the returned
address and keeps the host name for the certificate, so that a second look-up cannot lead elsewhere.
"""

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from peyvand.core.errors import PeyvandError, Unavailable

NAME = re.compile(r"(?!.*\.\.)[a-z0-9_][a-z0-9_.-]{0,252}")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class HostRefused(PeyvandError):
    """This host is not reachable from the internet; an administrator can allow it in PEYVAND_ALLOWED_PRIVATE_HOSTS."""

    code = "host_refused"
    status = 422


class HostUnknown(Unavailable):
    """This host name does not exist or cannot be looked up now."""

    code = "host_unknown"


@dataclass(frozen=True)
class Place:
    """Where to connect to: `address` is a number, `host` the name for the certificate and the greeting."""

    host: str
    address: str
    port: int


def resolve_public(host: str, port: int, allow: Sequence[str] | None = None) -> Place:
    """Look a host up and return one address of it, when all its addresses may be connected to.

    allow: host names or addresses exempt from the rule; default `settings.ALLOWED_PRIVATE_HOSTS`.
    Raises HostRefused, and HostUnknown (temporary) when the look-up fails.
    """
    name = _clean(host)
    if not 1 <= port <= 65535:
        raise HostRefused
    addresses = _addresses(name, port)
    allowed = {
        entry.strip().lower().strip("[]") for entry in (settings.ALLOWED_PRIVATE_HOSTS if allow is None else allow)
    }
    if name not in allowed and not all(str(address) in allowed or is_public(address) for address in addresses):
        raise HostRefused
    chosen = next((address for address in addresses if address.version == 4), addresses[0])
    return Place(host=name, address=str(chosen), port=port)


def is_public(address: Address) -> bool:
    """Whether an address lies in the open internet, also when it is wrapped in IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _clean(host: str) -> str:
    name = host.strip().strip("[]").rstrip(".").lower()
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise HostRefused from error
    if not NAME.fullmatch(name):
        raise HostRefused
    return name


def _addresses(name: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostUnknown from error
    numbers = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
    if not numbers:
        raise HostUnknown
    return [ipaddress.ip_address(number) for number in numbers]
