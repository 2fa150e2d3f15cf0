"""Relations, people of organisations and links of custom fields: rows with a customer on either side."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from peyvand.core.custom_fields.hosts import all_hosts, host_of
from peyvand.core.jalali import today
from peyvand.core.models import CustomField
from peyvand.parties.fields import HOST
from peyvand.parties.models import MergeMove, MergeRow, Party, Relation, RelationType
from peyvand.parties.services.derived import derive
from peyvand.parties.services.merging.folding import reference_of
from peyvand.parties.services.merging.journal import Moving, row_of, run
from peyvand.parties.services.merging.moving import note_rows
from peyvand.parties.types import EMPLOYEE

OUT, IN = "parties.Relation.source", "parties.Relation.target"
RELATION = "parties.Relation"
# As they will be: with the survivor on both sides (of oneself), or the like of another. Open ones count once for a
# kind and two parties, ended ones once for their days, too.
_NEW_ENDS = """
WITH ends AS (
    SELECT r.id, r.type_id, r.since, r.until, t.is_symmetric, r.source_id, r.target_id,
           CASE WHEN r.source_id = ANY(%s) THEN %s ELSE r.source_id END AS s,
           CASE WHEN r.target_id = ANY(%s) THEN %s ELSE r.target_id END AS t,
           %s IN (r.source_id, r.target_id) AS own
    FROM parties_relation r JOIN parties_relationtype t ON t.id = r.type_id
    WHERE r.source_id = ANY(%s) OR r.target_id = ANY(%s)
), sided AS (
    SELECT *, CASE WHEN is_symmetric THEN least(s, t) ELSE s END AS new_s,
           CASE WHEN is_symmetric THEN greatest(s, t) ELSE t END AS new_t
    FROM ends
)
SELECT id, new_s, new_t, s = t AS of_oneself, own, (new_s, new_t) <> (s, t) AS is_turned,
       row_number() OVER (PARTITION BY type_id, new_s, new_t, until, CASE WHEN until IS NULL THEN NULL ELSE since END
                          ORDER BY own DESC, id) AS place
FROM sided ORDER BY id
"""
PEOPLE = "parties.Party.organisation"
# What is written of customers beside a link; nothing of them follows from it.
_ALSO = {HOST: ", version = version + 1, changed_at = now()"}
_UNTOLD = """
UPDATE parties_party p SET organisation_id = %s WHERE p.id = ANY(%s) AND p.organisation_id = %s AND NOT EXISTS (
    SELECT 1 FROM parties_relation r JOIN parties_relationtype t ON t.id = r.type_id
    WHERE r.source_id = p.id AND t.code = %s)
"""
_LOOPS = """
WITH RECURSIVE chain (id) AS (
    SELECT %s::bigint
    UNION
    SELECT r.target_id FROM parties_relation r JOIN chain c ON r.source_id = c.id
    WHERE r.type_id = %s AND (r.until IS NULL OR r.until >= %s) AND r.id <> %s
)
SELECT 1 FROM chain WHERE id = %s
"""


def move_relations(moving: Moving) -> None:
    """Move both sides: what would relate the survivor to itself or say a relation twice is taken away, loops too."""
    moving.found[IN] = _sides(moving, "target")
    ids = list(moving.losers)
    ends = run(
        _NEW_ENDS, ids, moving.survivor, ids, moving.survivor, moving.survivor, moving.everybody, moving.everybody
    )
    twice = {pk for pk, _s, _t, of_oneself, own, _turned, place in ends if of_oneself or (place > 1 and not own)}
    moving.take_away(RELATION, sorted(twice))
    for pk, source, target, _oneself, _own, is_turned, _place in ends:
        if is_turned and pk not in twice:
            moving.change(RELATION, pk, {"source_id": source, "target_id": target})
    run("UPDATE parties_relation SET source_id = %s WHERE source_id = ANY(%s)", moving.survivor, ids)
    run("UPDATE parties_relation SET target_id = %s WHERE target_id = ANY(%s)", moving.survivor, ids)
    _break_loops(moving)
    note_rows(moving, reference_of(OUT))
    note_rows(moving, reference_of(IN))


def move_other_side(moving: Moving) -> None:
    """Nothing: `move_relations` has moved both sides already."""
    moving.found[IN] = {}


def _sides(moving: Moving, side: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Relation.objects.filter(**{f"{side}__in": moving.everybody}).order_by("pk")
    for party, pk in rows.values_list(f"{side}_id", "pk"):
        found[party].append(pk)
    return dict(found)


def _break_loops(moving: Moving) -> None:
    """Take away moved relations of kinds that make trees where the other end stands above and below the survivor."""
    former = {
        (side, pk): party for side in (OUT, IN) for party in moving.losers for pk in moving.found[side].get(party, ())
    }
    held = Q(until=None) | Q(until__gte=today())
    rows = Relation.objects.filter(held, Q(source=moving.survivor) | Q(target=moving.survivor), type__is_tree=True)
    for row in rows.order_by("-pk"):
        is_moved = (OUT, row.pk) in former or (IN, row.pk) in former
        if is_moved and run(_LOOPS, row.target_id, row.type_id, today(), row.pk, row.source_id):
            source, target = former.get((OUT, row.pk), row.source_id), former.get((IN, row.pk), row.target_id)
            Relation.objects.filter(pk=row.pk).update(source=source, target=target)  # remembered as it was
            moving.take_away(RELATION, [row.pk])


def choose_employer(moving: Moving) -> None:
    """Make the chosen customer's employer the one of the survivor: jobs elsewhere end yesterday, as an edit does it."""
    if "organisation" not in moving.choices:
        return
    chosen = Party.objects.filter(pk=moving.choices["organisation"]).values_list("organisation_id", flat=True).get()
    jobs = Relation.objects.filter(Q(until=None) | Q(until__gte=today()), source=moving.survivor, type__code=EMPLOYEE)
    latest = sorted(jobs, key=lambda job: (job.since or dt.date.min, job.pk), reverse=True)
    if not latest or latest[0].target_id == chosen:
        return
    for job in latest:
        if job.target_id == chosen:
            continue
        if job.since is not None and job.since >= today():
            moving.take_away(RELATION, [job.pk])
        else:
            moving.change(RELATION, job.pk, {"until": today() - dt.timedelta(days=1)})
    if chosen is not None and all(job.target_id != chosen for job in latest):
        kind = RelationType.objects.get(code=EMPLOYEE)
        added = Relation.objects.create(
            type=kind, source_id=moving.survivor, target_id=chosen, since=today(), created_by=moving.merge.by
        )
        MergeRow.objects.create(merge=moving.merge, model=RELATION, row=added.pk, after=row_of(RELATION, added.pk))


def move_people(moving: Moving) -> None:
    """The people of merged organisations belong to the survivor, in one write each: every index of them costs.

    Relations have moved before, and the survivor has its name already.
    """
    reference = reference_of(PEOPLE)
    note_rows(moving, reference)
    for party in moving.losers:
        follow_employer(moving.found[reference.key].get(party, []), source=party, target=moving.survivor)


def follow_employer(people: list[int], *, source: int, target: int) -> None:
    """Have people whose employer was merged or split belong to the other one; most are told by their relation."""
    run(_UNTOLD, target, people, source, EMPLOYEE)
    derive(people, is_changed=True)


def gather_relations(sources: Sequence[int], target: int) -> int:
    """Bring over relations that were noted of merged customers meanwhile, but for those that `target` has already."""
    moved = 0
    for row in Relation.objects.filter(Q(source__in=sources) | Q(target__in=sources)).order_by("pk"):
        one, other = (target if pk in sources else pk for pk in (row.source_id, row.target_id))
        if row.type.is_symmetric and one > other:
            one, other = other, one
        like = Relation.objects.filter(type=row.type_id, source=one, target=other, until=row.until)
        loops = row.type.is_tree and run(_LOOPS, other, row.type_id, today(), row.pk, one)
        if one != other and not loops and not like.exists():
            Relation.objects.filter(pk=row.pk).update(source=one, target=other)
            derive([pk for pk in (one, other) if pk != target], is_changed=True)
            moved += 1
    return moved


def gather_people(sources: Sequence[int], target: int) -> int:
    """Have people who were noted at merged organisations meanwhile belong to `target`; return how many."""
    moved = 0
    for party in sources:
        people = Party.objects.filter(organisation=party).order_by("pk").select_for_update()
        ids = list(people.values_list("pk", flat=True))
        follow_employer(ids, source=party, target=target)
        moved += len(ids) - Party.objects.filter(organisation=party, pk__in=ids).count()
    return moved


def gather_links(sources: Sequence[int], target: int) -> int:
    """Have custom fields that were pointed to merged customers meanwhile point to `target`; return how many."""
    moved = 0
    for field in _links():
        rows = host_of(field.host).rows
        if field.host == HOST:
            rows = rows.exclude(pk__in=[target, *sources]).filter(erased_at=None, merged_into=None)
        for party, ids in _pointing(rows, field.pk, sources):
            point_links(field.pk, ids, source=party, target=target)
            moved += len(ids)
    return moved


def move_links(moving: Moving) -> None:
    """Custom fields of others, of whatever kind of record, that point to a merged customer point to the survivor."""
    for field in _links():
        rows = host_of(field.host).rows
        rows = rows.exclude(pk__in=moving.everybody) if field.host == HOST else rows
        for party, ids in _pointing(rows, field.pk, moving.losers):
            moving.note(f"custom:{field.pk}", party, MergeMove.Act.MOVED, ids)
            point_links(field.pk, ids, source=party, target=moving.survivor)


def point_links(field_id: int, rows: list[int], *, source: int, target: int) -> None:
    """Point a custom field of these records from one customer to another, where it still points to the first."""
    field = CustomField.objects.filter(pk=field_id).first() if rows else None
    if field is None:
        return
    host = host_of(field.host)
    done = run(
        f"UPDATE {host.table} SET custom = jsonb_set(custom, ARRAY[%s], to_jsonb(%s::bigint))"  # noqa: S608  # our own
        f"{_ALSO.get(field.host, '')} WHERE id = ANY(%s) AND custom -> %s = to_jsonb(%s::bigint) RETURNING id",
        str(field_id), target, rows, str(field_id), source,
    )  # fmt: skip
    if field.host not in _ALSO:
        host.touched(sorted(pk for (pk,) in done))


def _links() -> QuerySet[CustomField]:
    """The fields of every kind of record that point to a customer."""
    hosts = [host.key for host in all_hosts()]
    return CustomField.objects.filter(host__in=hosts, kind=CustomField.Kind.PARTY).order_by("pk")


def _pointing(rows: QuerySet[Any], field_id: int, parties: Sequence[int]) -> list[tuple[int, list[int]]]:
    """The records whose field points to these customers, by customer: read once for all of them."""
    wanted = Q(pk__in=[])
    for party in parties:
        wanted |= Q(custom__contains={str(field_id): party})
    found: dict[int, list[int]] = defaultdict(list)
    for pk, custom in rows.filter(wanted).order_by("pk").values_list("pk", "custom"):
        found[custom[str(field_id)]].append(pk)
    return sorted(found.items())
