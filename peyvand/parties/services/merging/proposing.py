"""Before a merge: who should survive and why, what each field would hold, what would move."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import may, require
from peyvand.core.custom_fields import Showing, field_of, show
from peyvand.core.errors import NotFound
from peyvand.core.jalali import format_date
from peyvand.core.models import CustomField
from peyvand.core.record_fields import Kind, fields_of
from peyvand.parties.errors import MergedAlready, MergeOfMixedKinds, MergeOfTooFew, MergeOfTooMany
from peyvand.parties.fields import HOST
from peyvand.parties.models import Consent, Party, Tag
from peyvand.parties.policies import MERGE
from peyvand.parties.selectors.row_words import address_text, point_text
from peyvand.parties.services.bulk.wording import Words
from peyvand.parties.services.editing import current_raw
from peyvand.parties.services.merging.choosing import NOTHING, keys_of, proposed, value_of
from peyvand.parties.services.merging.journal import model_of
from peyvand.parties.services.merging.merge import MOST, merge_parties
from peyvand.parties.services.merging.moving import movable

HIDDEN = "••••••"  # of a protected number, for who may not reveal it, not even its end
EXACT_UP_TO = 2000  # rows; of more it is only counted how many lie at the others
LABELS = {
    "address": gettext_lazy("City"),
    "preferred_channel": gettext_lazy("Preferred channel"),
    "founded_on": gettext_lazy("Founded on"),
    "lifestyle": gettext_lazy("Lifestyle"),
    "values": gettext_lazy("Values"),
    "personality": gettext_lazy("Personality"),
    "motivations": gettext_lazy("Motivations"),
    "pains": gettext_lazy("Pains"),
}
REASONS = {
    "confirmed": gettext_lazy("a person has confirmed it"),
    "complete": gettext_lazy("its record is the most complete"),
    "identified": gettext_lazy("it has the most identifying numbers"),
    "history": gettext_lazy("it has the longest history"),
    "oldest": gettext_lazy("it is the oldest"),
    "chosen": gettext_lazy("you have chosen it"),
}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Who should survive. reason: a key of REASONS, the first rule in which it stands before the others."""

    survivor_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class FieldLine:
    """A field: what each customer has, and from whom it comes. values: by customer, empty texts where unknown.

    is_different: is there anything to choose? Protected numbers that the reader may not reveal look alike, and are not.
    """

    key: str
    label: str
    values: Sequence[tuple[int, str]]
    chosen: int
    is_different: bool

    @property
    def result(self) -> str:
        """What the survivor will have."""
        return dict(self.values).get(self.chosen, "")


@dataclass(frozen=True, kw_only=True)
class JoinedLine:
    """What is joined: each value once, with the customers that it comes from."""

    label: str
    items: Sequence[tuple[str, Sequence[int]]]

    def of(self, party_id: int) -> list[str]:
        """What one customer has of it."""
        return [text for text, owners in self.items if party_id in owners]


@dataclass(frozen=True, kw_only=True)
class MovedLine:
    """How many rows of a kind come to the survivor, and how many say the same as another."""

    label: str
    moved: int
    folded: int


@dataclass(frozen=True, kw_only=True)
class MergePreview:
    """Everything that a person looks at before merging."""

    proposal: Proposal
    survivor: Party
    records: Sequence[Party]
    fields: Sequence[FieldLine]
    joined: Sequence[JoinedLine]
    moved: Sequence[MovedLine]
    choices: Mapping[str, int]
    versions: Mapping[int, int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why this one is proposed, or that it was chosen."""
        return str(REASONS[self.proposal.reason if self.proposal.survivor_id == self.survivor.pk else "chosen"])


def propose_survivor(records: Sequence[Party]) -> Proposal:
    """Who should survive: confirmed before provisional; then the most complete, the one with the most identifying
    numbers, the one with the most rows, the oldest."""
    numbers = dict(
        model_of("parties.Identifier")
        ._default_manager.filter(party__in=records)
        .values_list("party_id")
        .annotate(n=Count("pk"))
    )
    history = rows_of(records)
    rules: dict[str, Callable[[Party], Any]] = {
        "confirmed": lambda party: not party.is_provisional,
        "complete": lambda party: party.completeness,
        "identified": lambda party: numbers.get(party.pk, 0),
        "history": lambda party: history.get(party.pk, 0),
        "oldest": lambda party: (-party.created_at.timestamp(), -party.pk),
    }
    ordered = sorted(records, key=lambda party: [rule(party) for rule in rules.values()], reverse=True)
    first, second = ordered[0], ordered[1]
    reason = next(name for name, rule in rules.items() if rule(first) != rule(second))
    return Proposal(survivor_id=first.pk, reason=reason)


def rows_of(records: Iterable[Party]) -> dict[int, int]:
    """How many rows each of these customers has anywhere."""
    ids, found = [party.pk for party in records], dict[int, int]()
    for reference in movable():
        if not reference.label:
            continue
        rows = model_of(reference.model)._base_manager.filter(**{f"{reference.field}__in": ids})
        for party, number in rows.values_list(reference.field).annotate(n=Count("pk")).order_by():
            found[party] = found.get(party, 0) + number
    return found


def mergeable(actor: User, ids: Sequence[int]) -> list[Party]:
    """The customers that the actor wants to merge, in the order he named them, if all of this may be.

    Errors: NotFound, NotAllowed, MergeOfTooFew, MergeOfTooMany, MergeOfMixedKinds, MergedAlready.
    """
    wanted = list(dict.fromkeys(ids))
    if len(wanted) < 2:
        raise MergeOfTooFew
    if len(wanted) > MOST:
        raise MergeOfTooMany
    rows = Party.objects.visible_to(actor).filter(pk__in=wanted).select_related("profile", "organisation")
    found = {party.pk: party for party in rows.prefetch_related("contact_points", "addresses", "identifiers")}
    if set(found) != set(wanted):
        gone = Party.objects.filter(pk__in=wanted, merged_into__isnull=False)
        raise MergedAlready if any(may(actor, MERGE, party) for party in gone) else NotFound
    for party in found.values():
        require(actor, MERGE, party)
    if len({party.kind for party in found.values()}) > 1:
        raise MergeOfMixedKinds
    return [found[pk] for pk in wanted]


def preview_merge(
    *,
    actor: User,
    party_ids: Sequence[int],
    survivor_id: int | None = None,
    choices: Mapping[str, int] | None = None,
    favoured_id: int | None = None,
) -> MergePreview:
    """Say what a merge would make of these customers; nothing is changed.

    survivor_id: None takes the proposed one. favoured_id: whose values are proposed wherever it has them, instead of
    the survivor's. Errors: as `mergeable`, Invalid for a choice that is none.
    """
    records = mergeable(actor, party_ids)
    proposal = propose_survivor(records)
    known = {party.pk: party for party in records}
    survivor = known.get(survivor_id or 0) or known[proposal.survivor_id]
    ordered = sorted(records, key=lambda party: party.pk != survivor.pk)
    chosen = proposed(sorted(ordered, key=lambda party: party.pk != favoured_id), choices)
    return MergePreview(
        proposal=proposal,
        survivor=survivor,
        records=records,
        fields=list(_fields(actor, records, chosen)),
        joined=_joined(records),
        moved=_moved(actor, ordered, chosen),
        choices=chosen,
        versions={party.pk: party.version for party in records},
    )


def _fields(actor: User, records: Sequence[Party], chosen: Mapping[str, int]) -> Iterable[FieldLine]:
    writer = FieldWords(actor)
    for key in keys_of(records):
        values = [(party.pk, writer.text(party, key)) for party in records]
        found = {writer.compared(party, key) for party in records} - {""}
        yield FieldLine(
            key=key, label=writer.label(key), values=values, chosen=chosen[key], is_different=len(found) > 1
        )


class FieldWords:
    """Writes the values of fields that are chosen in a merge, for one reader."""

    def __init__(self, actor: User) -> None:
        self.actor, self.words, self.fields = actor, Words(actor), fields_of(HOST)
        self.may_reveal = may(actor, "parties.reveal")

    def compared(self, party: Party, key: str) -> str:
        """What tells two values apart: the text, of a protected number its fingerprint, of a link its number."""
        value = value_of(party, key)
        if isinstance(value, dict) and "digest" in value:
            return str(value["digest"])
        is_linked = key in self.fields and self.fields[key].kind is Kind.PARTY and value not in NOTHING
        return f"#{getattr(value, 'pk', value)}" if is_linked else self.text(party, key)

    def label(self, key: str) -> str:
        """The name of a field."""
        return str(LABELS[key]) if key in LABELS else self.words.label(key)

    def text(self, party: Party, key: str) -> str:
        """What a customer has in a field, as people read it."""
        value = value_of(party, key)
        if value in NOTHING and key != "life_cycle":
            return ""
        custom = field_of(HOST, key)
        if custom is not None and custom.kind == CustomField.Kind.NATIONAL_ID and not self.may_reveal:
            return HIDDEN
        if custom is not None:
            lang = self.actor.language
            calendar = "jalali" if lang == "fa" else "gregorian"
            return show(custom, value, how=Showing(lang=lang, calendar=calendar, who=self.actor))
        if key == "address":
            return "، ".join(part for part in (party.province, party.city) if part)
        if key == "preferred_channel":
            return str(dict(Consent.Channel.choices).get(party.preferred_channel, party.preferred_channel))
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            user = self.actor
            return format_date(value, calendar=user.calendar, lang=user.language, style="numeric", digits=user.digits)
        return self.words.value(key, current_raw(party, key)) if key in self.fields else str(value)


def _joined(records: Sequence[Party]) -> list[JoinedLine]:
    """Contact points, addresses, numbers, tags and roles with whom each comes from."""
    tags = dict(Tag.objects.filter(pk__in={pk for party in records for pk in party.tag_ids}).values_list("pk", "name"))
    lines = {
        _("Contact points"): [
            (point_text(point), party.pk) for party in records for point in party.contact_points.all()
        ],
        _("Addresses"): [(address_text(address), party.pk) for party in records for address in party.addresses.all()],
        _("Numbers"): [(number.shown, party.pk) for party in records for number in party.identifiers.all()],
        _("Tags"): [(tags.get(pk, ""), party.pk) for party in records for pk in party.tag_ids],
    }
    found = []
    for label, pairs in lines.items():
        owners: dict[str, list[int]] = {}
        for text, pk in pairs:
            owners.setdefault(text, []).append(pk)
        if owners:
            found.append(JoinedLine(label=label, items=list(owners.items())))
    return found


def _moved(actor: User, ordered: Sequence[Party], choices: Mapping[str, int]) -> list[MovedLine]:
    """Found out by merging and taking it back, while there are not too many rows for that."""
    if sum(rows_of(ordered).values()) > EXACT_UP_TO:
        others = rows_by_label(ordered[1:])
        return [MovedLine(label=label, moved=number, folded=0) for label, number in others.items()]
    with transaction.atomic():
        ids = [party.pk for party in ordered]
        made = merge_parties(actor=actor, survivor_id=ids[0], party_ids=ids[1:], choices=choices)
        transaction.set_rollback(True)
    return counted(made.counts)


def counted(counts: Mapping[str, Mapping[str, int]]) -> list[MovedLine]:
    """The counts of a merge with the names of the kinds of rows."""
    labels = {reference.model: str(reference.label) for reference in movable() if reference.label}
    return [
        MovedLine(label=labels[model], moved=each["moved"], folded=each["folded"])
        for model, each in counts.items()
        if model in labels
    ]


def rows_by_label(records: Sequence[Party]) -> dict[str, int]:
    """How many rows of each kind lie at these customers together."""
    ids, found = [party.pk for party in records], dict[str, int]()
    for reference in movable():
        if reference.label:
            rows = model_of(reference.model)._base_manager.filter(**{f"{reference.field}__in": ids})
            found[str(reference.label)] = found.get(str(reference.label), 0) + rows.count()
    return {label: number for label, number in found.items() if number}
