"""What happened to parties."""

from dataclasses import dataclass
from typing import ClassVar

from peyvand.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PartyCreated(Event):
    """A customer was added by a person, or met by a channel for the first time (`provisional`)."""

    name: ClassVar = "parties.party_created"
    party_id: int
    provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class PartyChanged(Event):
    """What we know about a customer, or how he is reached, changed."""

    name: ClassVar = "parties.party_changed"
    party_id: int


@dataclass(frozen=True, kw_only=True)
class PartyDeleted(Event):
    """A customer went into the trash."""

    name: ClassVar = "parties.party_deleted"
    party_id: int


@dataclass(frozen=True, kw_only=True)
class PartyRestored(Event):
    """A customer came back from the trash."""

    name: ClassVar = "parties.party_restored"
    party_id: int


@dataclass(frozen=True, kw_only=True)
class PartyErased(Event):
    """All personal data of a customer were erased for ever; the empty row stays for the figures."""

    name: ClassVar = "parties.party_erased"
    party_id: int


@dataclass(frozen=True, kw_only=True)
class SegmentChanged(Event):
    """A segment was made, or its rule, members or existence changed."""

    name: ClassVar = "parties.segment_changed"
    segment_id: int
