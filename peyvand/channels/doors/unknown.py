"""Who tries addresses that nobody has here: counted by day and network, so that a scanner cannot fill the ledger."""

import ipaddress
import re
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

NETWORKS = 500  # lines of one day; whoever comes later is counted together
OTHERS = "others"
UNSHOWN = re.compile(r"[^\x20-\x7e\u0600-\u06ff]")

Counts = dict[str, tuple[int, str]]


class UnknownAddresses:
    """Counts since they were last taken: {"2026-11-22 192.0.2.0/24": (how often, the last address)}."""

    def __init__(self) -> None:
        self._counts: Counts = {}
        self._day = ""
        self._networks: set[str] = set()

    def note(self, peer: object, address: str) -> None:
        """`peer` tried `address`."""
        day = timezone.localdate().isoformat()
        if day != self._day:
            self._day, self._networks = day, set()
        network = network_of(peer)
        if network not in self._networks and len(self._networks) >= NETWORKS:
            network = OTHERS
        self._networks.add(network)
        self._add(f"{day} {network}", 1, shown(address))

    def take(self) -> Counts:
        """What is to be written down, and begin anew."""
        taken, self._counts = self._counts, {}
        return taken

    def give_back(self, counts: Mapping[str, tuple[int, str]]) -> None:
        """It could not be written down now."""
        for line, (count, address) in counts.items():
            self._add(line, count, address)

    def _add(self, line: str, count: int, address: str) -> None:
        self._counts[line] = (self._counts.get(line, (0, ""))[0] + count, address)


def network_of(peer: Any) -> str:
    """The /24 or /64 in which a socket's peer lives; "local" for one of this machine's own files."""
    try:
        address = ipaddress.ip_address(peer[0] if isinstance(peer, tuple) else "")
    except ValueError:
        return "local"
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False))


def shown(address: str) -> str:
    """A stranger's address, fit for a page."""
    return UNSHOWN.sub("?", address)[:200]
