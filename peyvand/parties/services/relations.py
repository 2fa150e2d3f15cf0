"""Relations between parties: noting, changing, ending, removing; and their kinds."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.deadlocks import again_after_deadlock
from peyvand.core.errors import NotFound
from peyvand.core.text import display_norm
from peyvand.parties.errors import EndsBeforeStart, RelatedAlready, RelationLoop, RelationMisfit, RelationOfOne
from peyvand.parties.models import Party, Relation, RelationType
from peyvand.parties.policies import CHANGE, VIEW
from peyvand.parties.relation_types import STARTERS
from peyvand.parties.selectors.relations import fits
from peyvand.parties.services import news
from peyvand.parties.services.derived import touch
from peyvand.parties.services.holding import gone_because

UNDO = "peyvand.parties.relation"
UNDO_FOR = dt.timedelta(minutes=5)
REACHES = """
WITH RECURSIVE chain (id) AS (
    SELECT %(start)s::bigint
    UNION
    SELECT r.target_id FROM parties_relation r JOIN chain c ON r.source_id = c.id
    WHERE r.type_id = %(type)s AND (r.until IS NULL OR r.until >= %(today)s) AND r.id <> %(but)s
)
SELECT EXISTS (SELECT 1 FROM chain WHERE id = %(goal)s)
"""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Since and until which day a relation holds (both days included; None: not known, still), and a word on it."""

    since: dt.date | None = None
    until: dt.date | None = None
    note: str = ""


@again_after_deadlock
@transaction.atomic
def relate(
    *, actor: User | None, party: Party, other: Party, code: str, is_source: bool, terms: Terms | None = None
) -> Relation:
    """Note that `other` is something to `party`: its `is_source` says who is the source of the kind `code`.

    The actor changes the party and sees the other. Errors: NotAllowed, NotFound, RelationOfOne, RelationMisfit,
    RelationLoop, RelatedAlready, EndsBeforeStart.
    """
    _require(actor, party, other)
    kind = RelationType.objects.select_for_update().filter(code=code, is_active=True).first()
    if kind is None:
        raise NotFound
    _hold_both(party, other)
    source, target = (other, party) if is_source else (party, other)
    if kind.is_symmetric and source.pk > target.pk:
        source, target = target, source
    terms = terms or Terms()
    _check(kind, source, target, until=terms.until)
    relation = Relation(type=kind, source=source, target=target, created_by=actor)
    _write(relation, terms)
    _touched(relation)
    return relation


@transaction.atomic
def change_relation(*, actor: User | None, party: Party, relation: Relation, terms: Terms) -> Relation:
    """Change since when, until when and the word on it. Errors: as `relate`."""
    _require(actor, party, relation.target if relation.source_id == party.pk else relation.source)
    kind = RelationType.objects.select_for_update().get(pk=relation.type_id)
    _check(kind, relation.source, relation.target, but=relation.pk, until=terms.until)
    _write(relation, terms)
    _touched(relation)
    return relation


@transaction.atomic
def end_relation(*, actor: User | None, party: Party, relation: Relation, until: dt.date | None = None) -> Relation:
    """It holds no longer: the day before today is its last one, unless another day is given."""
    last = until or timezone.localdate() - dt.timedelta(days=1)
    since = min(relation.since, last) if relation.since else None
    terms = Terms(since=since, until=last, note=relation.note)
    return change_relation(actor=actor, party=party, relation=relation, terms=terms)


@transaction.atomic
def remove_relation(*, actor: User | None, party: Party, relation: Relation) -> None:
    """It was noted by mistake: nothing of it stays but its history. Errors: NotAllowed."""
    _require(actor, party, relation.target if relation.source_id == party.pk else relation.source)
    relation_id, relation.pk = relation.pk, None
    Relation.objects.filter(pk=relation_id).delete()
    _touched(relation)


def memory_of(relation: Relation) -> str:
    """A signed word from which a relation that is being removed can be brought back for a short while."""
    days = [day.isoformat() if day else "" for day in (relation.since, relation.until)]
    return signing.dumps([relation.type_id, relation.source_id, relation.target_id, *days, relation.note], salt=UNDO)


@transaction.atomic
def restore_relation(*, actor: User, party: Party, memory: str) -> Relation:
    """Bring back a relation of this party that was removed. Errors: NotAllowed, NotFound, as `relate`."""
    try:
        type_id, source_id, target_id, since, until, note = signing.loads(memory, salt=UNDO, max_age=UNDO_FOR)
    except signing.BadSignature as problem:
        raise NotFound from problem
    ends = Party.objects.in_bulk([source_id, target_id])
    kind = RelationType.objects.select_for_update().filter(pk=type_id).first()
    if kind is None or party.pk not in ends or len(ends) < 2:
        raise NotFound
    _require(actor, party, ends[target_id if source_id == party.pk else source_id])
    terms = Terms(since=_day(since), until=_day(until), note=note)
    _check(kind, ends[source_id], ends[target_id], until=terms.until)
    relation = Relation(type=kind, source=ends[source_id], target=ends[target_id], created_by=actor)
    _write(relation, terms)
    _touched(relation)
    return relation


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@transaction.atomic
def ensure_relation_types() -> None:
    """Have the kinds of relations that every installation starts with; what a business changed stays as it is."""
    RelationType.objects.bulk_create(
        [
            RelationType(
                code=one.code, name_fa=one.name[0], name_en=one.name[1], inverse_fa=one.inverse[0],
                inverse_en=one.inverse[1], from_kinds=one.from_kinds, to_kinds=one.to_kinds,
                is_symmetric=one.is_symmetric, is_tree=one.is_tree, is_builtin=True, order=(number + 1) * 10,
            )
            for number, one in enumerate(STARTERS)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _require(actor: User | None, party: Party, other: Party) -> None:
    if actor is not None:
        require(actor, CHANGE, party)
        require(actor, VIEW, other)


def _hold_both(party: Party, other: Party) -> None:
    """Lock both ends, so that neither is merged or thrown away meanwhile. Errors: MergedAlready, NotFound."""
    ids = {party.pk, other.pk}
    held = Party.objects.select_for_update().filter(pk__in=ids, deleted_at=None).order_by("pk")
    gone = ids - {each.pk for each in held}
    if gone:
        raise gone_because(min(gone))


def _check(kind: RelationType, source: Party, target: Party, *, but: int = 0, until: dt.date | None = None) -> None:
    if source.pk == target.pk:
        raise RelationOfOne
    if not (fits(kind.from_kinds, source.kind) and fits(kind.to_kinds, target.kind)):
        raise RelationMisfit
    holds = until is None or until >= timezone.localdate()
    if kind.is_tree and holds and _reaches(kind, target, source, but):
        raise RelationLoop


def _reaches(kind: RelationType, start: Party, goal: Party, but: int) -> bool:
    """Does a chain of open relations of this kind lead from one to the other? The locked kind keeps others out."""
    values: dict[str, Any] = {
        "start": start.pk,
        "goal": goal.pk,
        "type": kind.pk,
        "today": timezone.localdate(),
        "but": but,
    }
    with connection.cursor() as cursor:
        cursor.execute(REACHES, values)
        [found] = cursor.fetchone() or [False]
    return bool(found)


def _write(relation: Relation, terms: Terms) -> None:
    if terms.since and terms.until and terms.until < terms.since:
        raise EndsBeforeStart(fields={"until": str(EndsBeforeStart())})
    relation.since, relation.until = terms.since, terms.until
    relation.note = display_norm(terms.note)[:200]
    try:
        with transaction.atomic():
            relation.save()
    except IntegrityError as error:
        raise RelatedAlready from error


def _touched(relation: Relation) -> None:
    both = (relation.source_id, relation.target_id)
    touch(both)
    news.tell(both)
