"""Which request an inbound message belongs to. Pure; the facts are given, signatures have been checked.

In this order: our signed Message-ID, our signed reply address, a known Message-ID, the follow-up code in the subject,
the sender's recent open request. A message joins a request only when its sender already takes part in it: knowing a
code or a Message-ID is not enough, because anybody can know one. Otherwise it opens a request of its own that says
«perhaps belongs to», and a person decides.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

RECENT = timedelta(days=14)
WEAK = frozenset({"code", "recent"})  # evidence that a forged sender could carry


@dataclass(frozen=True, kw_only=True)
class Hints:
    """What a message says about its correspondence: request ids by each kind of evidence, the strongest first."""

    signed: Sequence[int] = ()
    address: Sequence[int] = ()
    known: Sequence[int] = ()
    code: Sequence[int] = ()
    recent: Sequence[int] = ()  # the sender's open requests, newest first

    def ordered(self) -> "list[tuple[str, int]]":
        """(evidence, request id), the strongest first."""
        return [
            *(("message_id", one) for one in self.signed),
            *(("reply_address", one) for one in self.address),
            *(("references", one) for one in self.known),
            *(("code", one) for one in self.code),
        ]


@dataclass(kw_only=True)
class Thread:
    """What threading knows of a request."""

    id: int
    party_id: int | None = None
    is_open: bool = True
    last_activity_at: datetime
    addresses: set[str] = field(default_factory=set)  # who wrote or was written to

    def has(self, sender: str, party_id: int | None) -> bool:
        """Whether this sender takes part: as the request's customer, or by an address in the thread."""
        if not sender:
            return False
        return sender in self.addresses or (party_id is not None and party_id == self.party_id)


@dataclass(frozen=True)
class Match:
    """The decision: join `request_id` because of `by`, or open a new one that is `perhaps_of` another."""

    request_id: int | None = None
    by: str = ""
    perhaps_of: int | None = None


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who writes: `is_forged` when the mail failed its own domain's check (DMARC)."""

    address: str
    party_id: int | None = None
    is_forged: bool = False


def match(hints: Hints, sender: Sender, threads: Mapping[int, Thread], now: datetime) -> Match:
    """Decide where a message belongs."""
    perhaps: int | None = None
    for by, request_id in hints.ordered():
        thread = threads.get(request_id)
        if thread is None:
            continue
        if thread.has(sender.address, sender.party_id) and not (sender.is_forged and by in WEAK):
            return Match(request_id, by)
        perhaps = perhaps or request_id
    if perhaps is not None:
        return Match(perhaps_of=perhaps)
    return _recent(hints.recent, sender, threads, now)


def _recent(ids: Collection[int], sender: Sender, threads: Mapping[int, Thread], now: datetime) -> Match:
    """One recent open request is the one; of several a person decides."""
    found = [
        one
        for one in ids
        if (thread := threads.get(one)) and thread.is_open and now - thread.last_activity_at <= RECENT
    ]
    if len(found) == 1 and not sender.is_forged and threads[found[0]].has(sender.address, sender.party_id):
        return Match(found[0], "recent")
    return Match(perhaps_of=found[0]) if found else Match()
