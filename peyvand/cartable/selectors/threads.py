"""What the database knows of the correspondence that a batch of messages may belong to; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Q

from peyvand.cartable import code
from peyvand.cartable.models import Request, RequestMessage
from peyvand.cartable.threading import RECENT, Hints, Thread
from peyvand.channels.models import Channel, Message
from peyvand.channels.services import threads_named
from peyvand.core.text import normalise_email

BY_HAND = "moved"  # how a message came into its request when a person put it there
MOST_IDS = 50  # references of one message that are looked up

# The two newest open requests of each customer are enough to know whether there is one or several.
RECENT_OPEN = """
    SELECT party.id, found.id FROM unnest(%s::bigint[]) AS party (id), LATERAL (
        SELECT request.id FROM cartable_request request
        WHERE request.party_id = party.id AND request.status <> 'closed' AND request.last_activity_at >= %s
          AND NOT request.needs_review AND request.parent_id IS NULL
        ORDER BY request.opened_at DESC LIMIT 2
    ) AS found
"""


@dataclass(frozen=True)
class Evidence:
    """What one message says: follow-up codes of verified signatures, Message-IDs, codes in the subject."""

    signed: list[str]
    addressed: list[str]
    message_ids: list[str]
    codes: list[str]


@dataclass
class Correspondence:
    """Threads and the ways to find them, for one batch; grows as the batch opens threads of its own."""

    threads: dict[int, Thread] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)
    by_message_id: dict[str, int] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)  # Message-IDs of messages that a person moved to where they are
    recent: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    evidence: dict[int, Evidence] = field(default_factory=dict)

    def hints(self, message: Message, party_id: int | None) -> Hints:
        """The requests that a message points to, by each kind of evidence."""
        said = self.evidence[message.pk]
        nearest = next((one for one in said.message_ids if one in self.by_message_id), "")
        moved = [self.by_message_id[nearest]] if nearest in self.moved else []
        return Hints(
            # What answers a message that a person moved follows it, whatever code was signed when it was sent.
            signed=[*moved, *(self.by_code[one] for one in said.signed if one in self.by_code)],
            address=[self.by_code[one] for one in said.addressed if one in self.by_code],
            known=[self.by_message_id[one] for one in said.message_ids if one in self.by_message_id],
            code=[self.by_code[one] for one in said.codes if one in self.by_code],
            recent=self.recent.get(party_id, []) if party_id is not None else [],
        )

    def open(self, thread: Thread, message: Message, *, joinable: bool) -> None:
        """A message of the batch opens a thread; later ones may join it."""
        if not joinable:
            return
        self.threads[thread.id] = thread
        if thread.party_id is not None:
            self.recent[thread.party_id].insert(0, thread.id)
        self.remember(message, thread.id)

    def remember(self, message: Message, request_id: int) -> None:
        """Answers to this message belong to this thread."""
        if message.message_id:
            self.by_message_id.setdefault(message.message_id, request_id)

    def add_address(self, request_id: int, address: str) -> None:
        """This address has written in this thread."""
        if address and request_id in self.threads:
            self.threads[request_id].addresses.add(address)


def evidence_of(message: Message) -> Evidence:
    """Read what a message says of its correspondence; signatures are verified here, nothing else is believed."""
    named = message.details.get("thread") or {}
    ids = [message.in_reply_to, *reversed([one for one in message.references if isinstance(one, str)])]
    return Evidence(
        signed=threads_named({"signed": named.get("signed") or []}),
        addressed=threads_named({"addresses": named.get("addresses") or []}),
        message_ids=list(dict.fromkeys(one for one in ids if one))[:MOST_IDS],
        codes=code.find_all(message.subject),
    )


def gather(batch: Sequence[tuple[Message, int | None]], now: datetime) -> Correspondence:
    """Read everything that decides where these messages (each with its sender's party) belong."""
    found = Correspondence(evidence={message.pk: evidence_of(message) for message, _party in batch})
    _by_codes(found)
    _by_message_ids(found)
    _by_parties(found, {party for _message, party in batch if party is not None}, now)
    _threads(found)
    _participants(found, batch)
    return found


def _by_codes(found: Correspondence) -> None:
    codes = {one for said in found.evidence.values() for one in (*said.signed, *said.addressed, *said.codes)}
    if codes:
        rows = Request.objects.filter(code__in=codes).values_list("code", "id", "merged_into_id", "parent_id")
        found.by_code = {text: merged or parent or pk for text, pk, merged, parent in rows}


def _by_message_ids(found: Correspondence) -> None:
    ids = {one for said in found.evidence.values() for one in said.message_ids}
    if ids:
        rows = RequestMessage.objects.filter(~Q(message__message_id=""), message__message_id__in=ids)
        places = rows.values_list("message__message_id", "matched_by", "request_id", "request__parent_id")
        for message_id, by, request, parent in places.order_by("id"):
            found.by_message_id.setdefault(message_id, parent or request)
            if by == BY_HAND:
                found.moved.add(message_id)


def _by_parties(found: Correspondence, parties: set[int], now: datetime) -> None:
    if not parties:
        return
    with connection.cursor() as cursor:
        cursor.execute(RECENT_OPEN, [sorted(parties), now - RECENT])
        for party, request in cursor.fetchall():
            found.recent[party].append(request)


def _threads(found: Correspondence) -> None:
    recent = {one for ids in found.recent.values() for one in ids}
    wanted = recent | set(found.by_code.values()) | set(found.by_message_id.values())
    if not wanted:
        return
    rows = Request.objects.filter(pk__in=wanted).values_list("pk", "party_id", "status", "last_activity_at")
    found.threads = {
        pk: Thread(id=pk, party_id=party, is_open=status != Request.Status.CLOSED, last_activity_at=active)
        for pk, party, status, active in rows
    }


def _participants(found: Correspondence, batch: Sequence[tuple[Message, int | None]]) -> None:
    """Read the addresses of those threads whose customer is not the sender; of the others they are not needed."""
    asked: set[int] = set()
    for message, party in batch:
        hints = found.hints(message, party)
        for _by, request_id in hints.ordered():
            thread = found.threads.get(request_id)
            if thread is not None and (party is None or thread.party_id != party):
                asked.add(request_id)
    for request_id, addresses in participants(asked).items():
        found.threads[request_id].addresses |= addresses


def participants(request_ids: Iterable[int]) -> dict[int, set[str]]:
    """The addresses that wrote or were written to in these requests, without our own."""
    ids = set(request_ids)
    if not ids:
        return {}
    ours = {normalise_email(one) for one in Channel.objects.exclude(address="").values_list("address", flat=True)}
    found: dict[int, set[str]] = defaultdict(set)
    rows = RequestMessage.objects.filter(request_id__in=ids).values_list(
        "request_id", "message__direction", "message__sender", "message__recipients"
    )
    for request_id, direction, sender, recipients in rows:
        written = [sender] if direction == Message.Direction.IN else []
        for name in ("to", "cc"):
            written += [one for one in map(_address, recipients.get(name) or []) if one]
        found[request_id] |= {address for one in written if (address := normalise_email(one))}
    return {pk: {one for one in found[pk] if _without_tag(one) not in ours} for pk in found}


def _without_tag(address: str) -> str:
    """`support+r-…@company.ir` is our own address too."""
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _address(recipient: object) -> str:
    """Recipients are stored as addresses, or as {"name", "address"}."""
    if isinstance(recipient, dict):
        return str(recipient.get("address") or "")
    return recipient if isinstance(recipient, str) else ""
