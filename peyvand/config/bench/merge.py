"""Merging two customers one of whom has ten thousand rows, or two organisations one of which has five thousand people,
and taking it back: time of the whole transaction.

What is measured: wall time, and processor time of Python and of PostgreSQL's process of this connection. The rows are
those of `parties_file` (notes, consents, relations, requests with messages), the other customer has a tenth of them.
"""

import os
import time
from collections.abc import Callable

from django.db import connection, transaction

from peyvand.cartable.models import RequestMessage
from peyvand.config.bench import parties_file
from peyvand.parties.models import Consent, ContactPoint, Party, PartyNote, Relation
from peyvand.parties.services.derived import derive
from peyvand.parties.services.merging import merge_parties, undo_merge
from peyvand.parties.services.merging.moving import count_rows, movable

SECONDS = 2.0
ROUNDS = 5
ROWS = 10_000
SHARE = 10
_TICK = os.sysconf("SC_CLK_TCK")
_COPIES = """
INSERT INTO parties_partynote (party_id, author_id, body, mentioned, is_pinned, version, created_at)
SELECT %(to)s, author_id, body, mentioned, false, 1, created_at FROM parties_partynote
WHERE party_id = %(of)s AND id %% %(share)s = 0;
INSERT INTO parties_consent (party_id, channel, purpose, is_given, source, text_version, at)
SELECT %(to)s, channel, purpose, is_given, source, text_version, at FROM parties_consent
WHERE party_id = %(of)s AND id %% %(share)s = 0;
INSERT INTO parties_relation (type_id, source_id, target_id, note, created_at)
SELECT type_id, source_id, %(to)s, note, created_at FROM parties_relation
WHERE target_id = %(of)s AND id %% %(share)s = 0;
"""


PEOPLE, ORGANISATION = 5_000, "bench-people"
_PEOPLE = """
INSERT INTO parties_party (name, kind, branch_id, owner_id, organisation_id, search, sort_key, first_name, last_name,
       honorific, job_title, city, province, life_cycle, roles, tag_ids, custom, consents, preferred_channel,
       completeness, missing, is_provisional, version, created_at, changed_at, change_xid)
SELECT 'همکار ' || i, 'person', branch_id, owner_id, id, '', %(key)s || i, '', '', '', 'کارشناس ' || i %% 50, 'تهران',
       'تهران', 'current', '{}', '{}', '{}', '{}', '', 0, '{}', false, 1, now(), now(), 0
FROM generate_series(1, %(people)s) i, parties_party WHERE id = %(of)s;
INSERT INTO parties_contactpoint (party_id, kind, "use", typed, value, identifies, identified, is_primary, is_verified,
       created_at, bounce_reason)
SELECT id, 'mobile', '', '', '+98' || 7000000000 + id, true, false, true, false, now(), ''
FROM parties_party WHERE organisation_id = %(of)s;
INSERT INTO parties_relation (type_id, source_id, target_id, note, created_at)
SELECT (SELECT id FROM parties_relationtype WHERE code = 'employee'), id, %(of)s, '', now()
FROM parties_party WHERE organisation_id = %(of)s;
"""


def run(*, say: Callable[[str], None]) -> bool:
    """Print the median times of both merges and of taking them back; return whether all are within the budget."""
    _user, large = parties_file._filled()
    return _measured(_small(large), large, say) & _measured(*_organisations(large), say)


def _measured(small: Party, large: Party, say: Callable[[str], None]) -> bool:
    rows = count_rows(movable(), [large.pk])
    rows["cartable.RequestMessage"] = RequestMessage.objects.filter(party=large).count()  # a trigger moves them
    total = sum(rows.values())
    if total < ROWS:
        say(f"{large.name} has {total:,} rows, not {ROWS:,}: an earlier run was cut off; remove the folder")
        return False
    say(f"{total:,} rows of {large.name}: " + ", ".join(f"{n:,} {name}" for name, n in rows.items() if n))
    taken: dict[str, list[tuple[float, float, float]]] = {"merge": [], "undo": []}
    for _round in range(ROUNDS):
        with transaction.atomic():
            made, spent = _timed(lambda: merge_parties(actor=None, survivor_id=small.pk, party_ids=[large.pk]))
            taken["merge"].append(spent)
            _undone, spent = _timed(lambda made=made: undo_merge(actor=None, merge=made))  # type: ignore[misc]
            taken["undo"].append(spent)
    for name, times in taken.items():
        wall, python, server = sorted(times)[ROUNDS // 2]
        say(f"{name}: median {wall:.2f} s (Python {python:.2f} s, PostgreSQL {server:.2f} s), budget {SECONDS} s")
    return all(sorted(times)[ROUNDS // 2][0] <= SECONDS for times in taken.values())


def _timed(act: Callable[[], object]) -> tuple[object, tuple[float, float, float]]:
    server, python, wall = _server_time(), time.process_time(), time.perf_counter()
    done = act()
    spent = (time.perf_counter() - wall, time.process_time() - python, _server_time() - server)
    return done, spent


def _server_time() -> float:
    """Processor seconds of the process that serves this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [number] = cursor.fetchone()
    with open(f"/proc/{number}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _organisations(like: Party) -> tuple[Party, Party]:
    """Two organisations with people, of whom the second has the most; made once."""
    return _employer(like, f"{ORGANISATION}-few", PEOPLE // SHARE), _employer(like, ORGANISATION, PEOPLE)


def _employer(like: Party, key: str, people: int) -> Party:
    name = f"فولاد {people}"
    known = Party.objects.filter(name=name, owner=like.owner_id).first()
    if known is not None:
        return known
    with transaction.atomic(), connection.cursor() as cursor:
        made = Party.objects.create(
            name=name, kind=like.kind, sort_key=key, branch_id=like.branch_id, owner_id=like.owner_id
        )
        for statement in _PEOPLE.strip().removesuffix(";").split(";\n"):
            cursor.execute(statement, {"of": made.pk, "people": people, "key": key})
        derive(Party.objects.filter(organisation=made).values_list("pk", flat=True))
        for model in (Party, ContactPoint, Relation):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return made


def _small(large: Party) -> Party:
    """The other customer, made once."""
    name = "صنعتی آرمان"
    known = Party.objects.filter(name=name, owner=large.owner_id).first()
    if known is not None:
        return known
    small = Party.objects.create(
        name=name,
        kind=large.kind,
        sort_key=f"{parties_file.NAME}-small",
        branch_id=large.branch_id,
        owner_id=large.owner_id,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _COPIES.strip().removesuffix(";").split(";\n"):
            cursor.execute(statement, {"of": large.pk, "to": small.pk, "share": SHARE})
        for model in (PartyNote, Consent, Relation):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return small
