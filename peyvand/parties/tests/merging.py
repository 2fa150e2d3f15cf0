"""What tests of merging need: customers with everything that can hang on them, and the whole database as values."""

import datetime as dt
import json
from itertools import combinations
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.cartable.models import Request
from peyvand.core import files
from peyvand.core.models import CustomField
from peyvand.core.secrets import blind_index
from peyvand.parties.models import (
    AccessLog,
    Address,
    Consent,
    ContactPoint,
    DuplicatePair,
    Identifier,
    Party,
    PartyFile,
    PartyNote,
    PartyRole,
    Profile,
    Relation,
    RelationType,
    Segment,
    SegmentMember,
    Tag,
)
from peyvand.parties.services.derived import touch
from peyvand.parties.services.relations import ensure_relation_types

# What a merge and its undo are allowed to leave: history, events, the log of merges, the words of the search.
NOT_COMPARED = ("procrastinate_", "django_", "pghistory_", "core_outbox", "parties_merge", "parties_word")
NEVER_BACK = {"parties_party": ("version", "changed_at", "change_xid"), "parties_partychange": ("xid",)}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but for the history and for what only ever goes up."""
    found = {}
    names = connection.introspection.table_names()
    kept = [name for name in names if not name.startswith(NOT_COMPARED) and not name.endswith("event")]
    with connection.cursor() as cursor:
        for name in sorted(kept):
            cursor.execute(f'SELECT to_jsonb(t) FROM "{name}" t')
            rows = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
            for row in rows:
                for column in NEVER_BACK.get(name, ()):
                    row.pop(column)
            found[name] = sorted(rows, key=json.dumps)
    return found


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> dict[str, Any]:
    """The rows of each table that are in one state only."""
    found = {}
    for name in one:
        gone, new = [r for r in one[name] if r not in other[name]], [r for r in other[name] if r not in one[name]]
        if gone or new:
            found[name] = {"gone": gone, "new": new}
    return found


class House:
    """Customers who share addresses, relations and everything else, as a dice says."""

    def __init__(self, dice: Random, owner: User, kind: str = "person", others: int = 3) -> None:
        self.dice, self.owner, self.kind = dice, owner, kind
        ensure_relation_types()
        self.taken: set[tuple[str, str]] = set()
        self.link = CustomField.objects.create(host="parties.Party", kind="party", label="پیوند", norm="پیوند")
        self.line = CustomField.objects.create(host="parties.Party", kind="text", label="متن", norm="متن")
        choices = [{"id": n, "fa": str(n), "en": str(n), "off": False} for n in (1, 2, 3)]
        self.many = CustomField.objects.create(
            host="parties.Party", kind="choices", label="چند", norm="چند", choices=choices
        )
        self.tags = [Tag.objects.create(name=str(n), norm=str(n)).pk for n in range(3)]
        self.segments = [Segment.objects.create(name=str(n), kind="static", owner=owner) for n in range(2)]
        self.file = files.store(data=b"one", name="a.txt")
        self.orgs = [self.party("سازمان", "organisation") for _ in range(2)]
        self.others = [self.party("دیگری", kind) for _ in range(others)]

    def party(self, name: str, kind: str = "") -> Party:
        """A customer of the owner, without anything."""
        party = Party.objects.create(
            name=name, kind=kind or self.kind, owner=self.owner, branch=self.owner.branch, sort_key=name
        )
        return party

    def some(self, values: list[Any]) -> list[Any]:
        return [value for value in values if self.dice.random() < 0.5]

    def furnished(self, count: int) -> list[Party]:
        """Customers with all kinds of rows, many of which say the same."""
        parties = [self.party(f"نفر {n}") for n in range(count)]
        for party in parties:
            self._fields(party)
            self._rows(party)
        for _ in range(self.dice.randint(0, 8)):
            self._relation(parties)
        for other in self.some([*self.others, *self.orgs]):
            other.custom = {str(self.link.pk): self.dice.choice(parties).pk}
            other.save()
        if self.kind == "organisation":
            for _ in range(2):
                Party.objects.create(name="کارمند", organisation=self.dice.choice(parties), branch=self.owner.branch)
        self._pairs([*parties, *self.others])
        touch(Party.objects.values_list("pk", flat=True))
        return list(Party.objects.filter(pk__in=[party.pk for party in parties]).order_by("pk"))

    def _pairs(self, parties: list[Party]) -> None:
        """Possible duplicates, some of which a person has decided."""
        now = timezone.now()
        for one, other in self.some([pair for pair in combinations(parties, 2) if pair[0].pk < pair[1].pk]):
            decided = {"state": "not_same", "decided_by": self.owner, "decided_at": now, "decided_score": 70}
            more = self.dice.choice([{}, decided])
            DuplicatePair.objects.create(
                first=one, second=other, score=70, reasons=["name_same"], checked_at=now, **more
            )

    def _fields(self, party: Party) -> None:
        dice = self.dice
        party.honorific, party.job_title = dice.choice(["", "مهندس"]), dice.choice(["", "مدیر", "کارمند"])
        party.life_cycle = dice.choice(["potential", "current", "lost"])
        party.city, party.is_provisional = dice.choice(["", "تهران", "شیراز"]), dice.random() < 0.3
        party.preferred_channel = dice.choice(["", "sms", "email"])
        party.tag_ids = self.some(self.tags)
        party.last_contact_at = dice.choice([None, timezone.now() - dt.timedelta(days=dice.randint(1, 9))])
        custom = {str(self.line.pk): dice.choice(["", "یک", "دو"]), str(self.many.pk): self.some([1, 2, 3])}
        custom[str(self.link.pk)] = dice.choice([None, *(other.pk for other in self.others)])
        party.custom = {key: value for key, value in custom.items() if value}
        party.save()
        if dice.random() < 0.6:
            Profile.objects.create(
                party=party, occupation=dice.choice(["", "معلم"]), interests=self.some(["کتاب", "کوه"]),
                children=dice.choice([None, 1, 2]), birth_date=dice.choice([None, dt.date(1370, 1, 1)]),
            )  # fmt: skip

    def _rows(self, party: Party) -> None:
        dice = self.dice
        for value in self.some(["a@x.example", "b@x.example", "c@x.example"]):
            self.point(party, "email", value)
        for value in self.some(["+989121111111", "+989122222222"]):
            self.point(party, "mobile", value)
        for number, street in enumerate(self.some(["یک", "دو", "سه"])):
            use = dice.choice(["", "home", "work"])
            Address.objects.create(party=party, street=street, city="تهران", is_primary=number == 0, use=use)
        self._periods(party)
        self._papers(party)

    def _papers(self, party: Party) -> None:
        dice = self.dice
        for value in self.some(["111", "222"]):
            Identifier.objects.create(party=party, kind="economic", value=value, digest=blind_index(value), shown=value)
        for body in self.some(["یادداشت", "دیگر"]):
            PartyNote.objects.create(party=party, author=self.owner, body=body, is_pinned=dice.random() < 0.3)
        for label in self.some(["", "قرارداد"]):
            PartyFile.objects.create(party=party, file=self.file, label=label)
        for segment in self.some(self.segments):
            SegmentMember.objects.create(party=party, segment=segment)
        point = party.contact_points.first()
        for channel in self.some(["sms", "email"]):
            Consent.objects.create(
                party=party, channel=channel, purpose="marketing", is_given=dice.random() < 0.5, source="form",
                at=timezone.now() - dt.timedelta(days=dice.randint(1, 99)), contact_point=point,
            )  # fmt: skip
        AccessLog.objects.create(party=party, user=self.owner, act="viewed", count=dice.randint(1, 5))

    def _periods(self, party: Party) -> None:
        day = dt.date(2024, 1, 1)
        for role in self.some(["customer", "supplier"]):
            since = day + dt.timedelta(days=self.dice.randint(0, 400))
            until = self.dice.choice([None, since + dt.timedelta(days=self.dice.randint(0, 300))])
            PartyRole.objects.create(party=party, role=role, since=since, until=until)
            if until is not None and self.dice.random() < 0.5:
                PartyRole.objects.create(party=party, role=role, since=until + dt.timedelta(days=5))

    def point(self, party: Party, kind: str, value: str) -> ContactPoint:
        """A contact point; only the first owner of a value is known by it."""
        free = (kind, value) not in self.taken and self.dice.random() < 0.8
        if free:
            self.taken.add((kind, value))
        is_first = not party.contact_points.filter(kind=kind).exists()
        return ContactPoint.objects.create(
            party=party, kind=kind, value=value, typed=value, identifies=free, is_primary=is_first,
            use=self.dice.choice(["", "work"]), is_verified=self.dice.random() < 0.3,
        )  # fmt: skip

    def _relation(self, parties: list[Party]) -> None:
        dice = self.dice
        kinds = (
            ["employee", "referrer", "friend", "parent", "agent"] if self.kind == "person" else ["partner", "supplier"]
        )
        code = dice.choice([*kinds, "referrer"])
        one, other = dice.choice(parties), dice.choice([*parties, *self.others])
        if code == "employee":
            other = dice.choice(self.orgs)
        elif dice.random() < 0.5:
            one, other = other, one
        kind = RelationType.objects.get(code=code)
        if kind.is_symmetric and one.pk > other.pk:
            one, other = other, one
        until = dice.choice([None, None, dt.date(2025, 1, 1)])
        known = Relation.objects.filter(type=kind, source=one, target=other, until=None)
        if one.pk != other.pk and not (until is None and known.exists()):
            since = dice.choice([None, dt.date(2024, 1, 1), dt.date(2024, 6, 1)])
            Relation.objects.create(type=kind, source=one, target=other, since=since, until=until, note="x")


def request_of(party: Party, template: Request) -> Request:
    """Another request of a customer, made of one that is there."""
    Request.objects.filter(pk=template.pk)
    template.pk, template.code = None, f"{template.code[:12]}-{party.pk}"
    template.party, template.branch = party, template.branch
    template.save(force_insert=True)
    return template
