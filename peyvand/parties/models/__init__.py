"""Who people and organisations are, and how they are reached."""

from peyvand.parties.models.access import AccessLog
from peyvand.parties.models.categories import Category, CategoryField
from peyvand.parties.models.contacts import Address, Consent, ContactPoint, Identifier
from peyvand.parties.models.duplicates import DuplicateKey, DuplicateMark, DuplicatePair, DuplicatePairQuerySet
from peyvand.parties.models.facts import PartyChange, PartyFacts, PartyWords
from peyvand.parties.models.merges import Merge, MergeMove, MergeQuerySet, MergeRow, MergeSource
from peyvand.parties.models.papers import PartyFile, PartyNote
from peyvand.parties.models.party import PARTY_SCOPE, Party, PartyQuerySet, PartyRole, Profile, Tag
from peyvand.parties.models.quality import QualityDay, QualityFigure
from peyvand.parties.models.relations import Relation, RelationType
from peyvand.parties.models.segments import Segment, SegmentMember, SegmentQuerySet, SegmentSize
from peyvand.parties.models.words import Word
from peyvand.parties.types import Role

__all__ = [
    "PARTY_SCOPE",
    "AccessLog",
    "Address",
    "Category",
    "CategoryField",
    "Consent",
    "ContactPoint",
    "DuplicateKey",
    "DuplicateMark",
    "DuplicatePair",
    "DuplicatePairQuerySet",
    "Identifier",
    "Merge",
    "MergeMove",
    "MergeQuerySet",
    "MergeRow",
    "MergeSource",
    "Party",
    "PartyChange",
    "PartyFacts",
    "PartyFile",
    "PartyNote",
    "PartyQuerySet",
    "PartyRole",
    "PartyWords",
    "Profile",
    "QualityDay",
    "QualityFigure",
    "Relation",
    "RelationType",
    "Role",
    "Segment",
    "SegmentMember",
    "SegmentQuerySet",
    "SegmentSize",
    "Tag",
    "Word",
]
