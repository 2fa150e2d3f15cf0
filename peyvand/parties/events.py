"""What happened to parties."""

from dataclasses import dataclass
from typing import ClassVar

from peyvand.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PartyCreated(Event):
    """A customer was added by a person, or met by a channel for the first time (`provisional`).

    quiet: he came with an import that wants no rules and no notifications; reactions that tell or do something to
    anybody leave such an event alone, those that only keep figures and indexes do not.
    """

    name: ClassVar = "parties.party_created"
    party_id: int
    provisional: bool = False
    quiet: bool = False


@dataclass(frozen=True, kw_only=True)
class PartyChanged(Event):
    """What we know about a customer, or how he is reached, changed. quiet: as of `PartyCreated`."""

    name: ClassVar = "parties.party_changed"
    party_id: int
    quiet: bool = False


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
class PartyMerged(Event):
    """Customers became one: all that belonged to `merged_ids` is the survivor's, their numbers answer with it."""

    name: ClassVar = "parties.party_merged"
    merge_id: int
    survivor_id: int
    merged_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PartyUnmerged(Event):
    """A merge was taken back: `merged_ids` are customers of their own again."""

    name: ClassVar = "parties.party_unmerged"
    merge_id: int
    survivor_id: int
    merged_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SegmentChanged(Event):
    """A segment was made, or its rule, members or existence changed."""

    name: ClassVar = "parties.segment_changed"
    segment_id: int
