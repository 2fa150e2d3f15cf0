"""From received messages to requests, a batch at a time and each message once.

All questions of a batch are asked together (threads, customers, participants) and all rows are written together, so
that fifty messages cost about as many statements as one. Messages of one sender are serialised by an advisory lock:
two workers never open two requests for two mails that belong together, and a repeated event finds its message placed.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from peyvand.cartable import threading
from peyvand.cartable.models import Request, RequestMessage
from peyvand.cartable.routing import Asked
from peyvand.cartable.selectors import threads
from peyvand.cartable.services import delivery, joining
from peyvand.cartable.services.opening import Opening, open_requests, words_of
from peyvand.channels import claims
from peyvand.channels.events import MessageParsed
from peyvand.channels.models import Message
from peyvand.core import live
from peyvand.core.text import normalise_email
from peyvand.parties.models import Party
from peyvand.parties.services import identify_many
from peyvand.parties.services.reached import note_contact
from peyvand.parties.types import Claim, Identified

NEVER_OPENS = frozenset({"reply", "bounce", "loop", "receipt", "complaint"})
MOST_NAMED = 50  # customers that one piece of news names
OPENS = "opens"  # the decision that a message opens a request


def open_from_messages(events: Sequence[MessageParsed]) -> None:
    """The reaction to messages that were read: each joins its request or opens one. Idempotent."""
    take_in([event.message_id for event in events])


@dataclass(kw_only=True)
class Arrival:
    """A message with what is known of its sender."""

    message: Message
    address: str
    party: Identified | None = None
    party_name: str = ""
    party_branch_id: int | None = None
    party_category_id: int | None = None
    match: threading.Match = field(default_factory=threading.Match)

    @property
    def party_id(self) -> int | None:
        return self.party.party_id if self.party else None

    @property
    def sender(self) -> threading.Sender:
        """An address that was only typed into a form proves no more than one whose mail failed its domain's check."""
        unproved = self.message.medium == Message.Medium.FORM or self.message.details.get("dmarc") == "fail"
        return threading.Sender(address=self.address, party_id=self.party_id, is_forged=unproved)


@transaction.atomic
def take_in(message_ids: Sequence[int]) -> None:
    """Place messages that were received and are in no request yet."""
    now = timezone.now()
    arrivals = _arrivals(message_ids)
    automatic = [one for one in arrivals if one.message.automatic in NEVER_OPENS]
    personal = [one for one in arrivals if one.message.automatic not in NEVER_OPENS]
    _identify(personal)
    plan(personal, now)
    opened = open_requests([_opening(one) for one in personal if one.match.by == OPENS], now)
    temporary = {-position: request for position, request in enumerate(opened, 1)}
    _join([one for one in personal if one.match.by != OPENS], temporary, now)
    delivery.take_in_automatic([one.message for one in automatic])
    _tell(opened)


def _arrivals(message_ids: Sequence[int]) -> list[Arrival]:
    """Load messages in the order of their arrival, lock their senders, leave out what is placed or claimed already."""
    rows = (
        Message.objects.filter(pk__in=set(message_ids) - claims.claimed(message_ids), direction=Message.Direction.IN)
        .exclude(state=Message.State.STORED)
        .select_related("channel")
        .defer("html", "quoted", "error")
        .order_by("pk")
    )
    arrivals = [Arrival(message=row, address=normalise_email(row.sender) or row.sender) for row in rows]
    _lock({one.address or f"message:{one.message.pk}" for one in arrivals})
    placed = set(RequestMessage.objects.filter(message_id__in=message_ids).values_list("message_id", flat=True))
    return [one for one in arrivals if one.message.pk not in placed]


def _lock(senders: Iterable[str]) -> None:
    keys = sorted(
        int.from_bytes(hashlib.sha256(f"cartable:{sender}".encode()).digest()[:8], "big", signed=True)
        for sender in senders
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS k(key)", [keys])


def _identify(arrivals: Sequence[Arrival]) -> None:
    """Find or create the customers behind all senders at once."""
    known = [one for one in arrivals if one.message.state != Message.State.NEEDS_REVIEW and one.address]
    found = identify_many(
        [
            Claim(
                kind="email" if "@" in one.address else "phone",
                value=one.message.sender,
                name=one.message.sender_name,
                branch_id=one.message.channel.branch_id,
            )
            for one in known
        ]
    )
    for one, party in zip(known, found, strict=True):
        one.party = party
    ids = {one.party_id for one in known if one.party_id is not None}
    note_contact({party.party_id for party in found if party is not None and not party.created}, timezone.now())
    rows = Party.objects.filter(pk__in=ids).values_list("pk", "name", "branch_id", "category_id")
    named = {pk: (name, branch, category) for pk, name, branch, category in rows}
    for one in known:
        if one.party_id in named:
            one.party_name, one.party_branch_id, one.party_category_id = named[one.party_id]


def plan(arrivals: Sequence[Arrival], now: datetime) -> None:
    """Decide for each message, in order; what opens a request takes a negative number that later ones may join."""
    facts = threads.gather([(one.message, one.party_id) for one in arrivals], now)
    opened = 0
    for one in arrivals:
        if one.message.state != Message.State.NEEDS_REVIEW:
            one.match = threading.match(facts.hints(one.message, one.party_id), one.sender, facts.threads, now)
        if one.match.request_id is not None:
            facts.add_address(one.match.request_id, one.address)
            facts.remember(one.message, one.match.request_id)
            continue
        opened += 1
        one.match = threading.Match(-opened, OPENS, one.match.perhaps_of)
        thread = threading.Thread(
            id=-opened, party_id=one.party_id, last_activity_at=now, addresses={one.address} - {""}
        )
        facts.open(thread, one.message, joinable=one.message.state != Message.State.NEEDS_REVIEW)


def _opening(one: Arrival) -> Opening:
    message = one.message
    perhaps = one.match.perhaps_of
    asked_kind, asked_department = message.details.get("kind_id"), message.details.get("department_id")
    return Opening(
        message=message,
        asked=Asked(
            text=words_of(message),
            kind_id=asked_kind if isinstance(asked_kind, int) else None,
            department_id=asked_department if isinstance(asked_department, int) else None,
            party_branch_id=one.party_branch_id,
            party_category_id=one.party_category_id,
        ),
        party_id=one.party_id,
        party_name=one.party_name,
        matched_by=() if one.party is None or one.party.created else ("email" if "@" in one.address else "mobile",),
        needs_review=message.state == Message.State.NEEDS_REVIEW,
        perhaps_of_id=perhaps if perhaps is not None and perhaps > 0 else None,
        perhaps_of_place=-perhaps - 1 if perhaps is not None and perhaps < 0 else None,
        opened_at=message.created_at,
    )


def _join(arrivals: Sequence[Arrival], temporary: dict[int, Request], now: datetime) -> None:
    joined: dict[int, list[joining.Joined]] = defaultdict(list)
    for one in arrivals:
        request_id = one.match.request_id or 0
        real = temporary[request_id].pk if request_id < 0 else request_id
        joined[real].append(joining.Joined(message=one.message, by=one.match.by))
    joining.join(joined, now)


def _tell(opened: Sequence[Request]) -> None:
    """One piece of news for all that was opened."""
    if not opened:
        return
    audience = {f"department:{request.department_id}" for request in opened}
    audience |= {f"user:{request.officer_id}" for request in opened if request.officer_id}
    data: dict[str, str | int] = {"count": len(opened), "request": opened[-1].pk}
    parties = sorted({request.party_id for request in opened if request.party_id is not None})
    if parties:
        data["party"] = ",".join(map(str, parties[:MOST_NAMED]))
    live.notify(topic="cartable.opened", audience=sorted(audience), data=data)
