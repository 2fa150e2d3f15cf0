"""Rows of one file that mean the same record though they lie in different blocks, for the check of all rows.

The check of a block sees only its own rows. So each block leaves a number for each key of its rows (63 bits of a hash)
and for each record that they fit; when all blocks are there, PostgreSQL finds the numbers that come again. No process
holds the keys of the file, and when they are compared they go.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from peyvand.core.imports.types import BLOCK, Action, RowVerdict
from peyvand.core.models import Import, ImportBlock, ImportKeys

ACTS = tuple(Action)
PLACES = 8  # of a mark: place × 8 + number of the action
FIND = """
WITH told AS MATERIALIZED (
  SELECT k.id, k.number AS block, t.token, k.number::bigint * %(block)s + t.mark / 8 AS row, t.mark %% 8 AS act
  FROM core_importkeys k, unnest(k.tokens, k.marks) AS t(token, mark) WHERE k.of_id = %(of)s
), first AS (
  SELECT token, min(row) AS row FROM told GROUP BY token HAVING min(block) < max(block)
), again AS (
  SELECT told.id, told.block, told.row, told.act, min(first.row) AS earlier
  FROM told JOIN first USING (token) WHERE told.block > first.row / %(block)s
  GROUP BY told.id, told.block, told.row, told.act
), kept AS (
  UPDATE core_importkeys k SET repeats = found.repeats
  FROM (SELECT id, jsonb_object_agg(row %% %(block)s, earlier) AS repeats FROM again GROUP BY id) found
  WHERE k.id = found.id
), marked AS (
  UPDATE core_importblock b
  SET problems = (SELECT array_agg(DISTINCT p ORDER BY p) FROM unnest(b.problems || found.places) p)
  FROM (SELECT block, array_agg((row %% %(block)s)::int) AS places FROM again GROUP BY block) found
  WHERE b.of_id = %(of)s AND b.number = found.block
)
SELECT act, count(*) FROM again GROUP BY act
"""


def note(item: Import, block: ImportBlock, verdicts: Sequence[RowVerdict]) -> None:
    """Keep what no later row of the file may say again: the keys of the rows that are taken, and whom they fit."""
    if block.number == 0:
        item.keys.all().delete()
    tokens: list[int] = []
    marks: list[int] = []
    for verdict in verdicts:
        is_taken = verdict.action is not Action.REFUSE and (verdict.action is not Action.SKIP or verdict.ref)
        if not is_taken or not verdict.keys:
            continue
        own = {_token(key) for key in verdict.keys} | ({-verdict.ref} if verdict.ref else set())
        tokens += own
        marks += [(verdict.number - block.first) * PLACES + ACTS.index(verdict.action)] * len(own)
    if tokens:
        ImportKeys.objects.create(of=item, number=block.number, tokens=tokens, marks=marks)


def _token(key: Any) -> int:
    return int.from_bytes(hashlib.blake2b(repr(key).encode(), digest_size=8).digest()) >> 1


def conclude(item: Import, counts: Mapping[str, int]) -> dict[str, int]:
    """Find the rows that repeat one of an earlier block, and return the counts with these refused."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, {"of": item.pk, "block": BLOCK})
        again = {ACTS[act].value: number for act, number in cursor.fetchall()}
    item.keys.filter(repeats={}).delete()
    item.keys.update(tokens=[], marks=[])
    found = Counter(counts)
    found.subtract(again)
    found[Action.REFUSE.value] += sum(again.values())
    return {act: number for act, number in found.items() if number}


def laid_over(item: Import, block: ImportBlock, verdicts: Sequence[RowVerdict]) -> list[RowVerdict]:
    """The verdicts of a block with what the check of all rows knows; before that check, as they are."""
    known = item.keys.filter(number=block.number).values_list("repeats", flat=True).first() if item.counts else None
    if not known:
        return list(verdicts)
    return [_refused(each, known.get(str(each.number - block.first))) for each in verdicts]


def _refused(verdict: RowVerdict, earlier: int | None) -> RowVerdict:
    """One record is for one row of a file: the first."""
    if earlier is None or verdict.action is Action.REFUSE:
        return verdict
    sentence = _("Data row %(row)s of this file means the same record; this one will not be taken.")
    return replace(verdict, action=Action.REFUSE, problems=[*verdict.problems, sentence % {"row": earlier + 1}])
