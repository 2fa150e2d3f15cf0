"""Writing keys and pairs, set by set."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from peyvand.parties.matching import Record, Verdict, compare_possible, keys_of
from peyvand.parties.models import DuplicateKey, DuplicatePair
from peyvand.parties.selectors.likeness import Pair, crowded_among, records_of

MUCH = 15  # points of new evidence after which «not the same» is asked again
_COPY = "COPY parties_duplicatekey (key, party_id) FROM STDIN"
_KEYS = """
INSERT INTO parties_duplicatekey (key, party_id) SELECT unnest(%s::bigint[]), unnest(%s::bigint[])
ON CONFLICT DO NOTHING
"""
# What a person decided stays, unless the evidence changed much; a pair that was merged and lives again is open again.
_PAIRS = """
INSERT INTO parties_duplicatepair AS known (first_id, second_id, score, reasons, contradicts, state, decided_reasons,
                                            is_left_to_people, found_at, checked_at)
SELECT first_id, second_id, score, string_to_array(reasons, ' '), contradicts, 'open', '{}', false, %s, %s
FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::text[], %s::bool[])
     AS found (first_id, second_id, score, reasons, contradicts)
ON CONFLICT (first_id, second_id) DO UPDATE SET
    score = EXCLUDED.score, reasons = EXCLUDED.reasons, contradicts = EXCLUDED.contradicts,
    checked_at = EXCLUDED.checked_at,
    state = CASE WHEN known.state = 'merged' THEN 'open'
                 WHEN known.state = 'not_same' AND EXCLUDED.score >= known.decided_score + %s
                      AND NOT EXCLUDED.reasons <@ known.decided_reasons THEN 'open'
                 ELSE known.state END
"""


def write_keys(records: Iterable[Record], *, replacing: bool) -> None:
    """Store what some customers are compared by. replacing: what was stored of them goes first."""
    found = [(key, record.id) for record in records for key in keys_of(record)]
    if replacing:
        DuplicateKey.objects.filter(party_id__in={party for _key, party in found}).delete()
    _add(found)


def copy_keys(lines: bytes) -> None:
    """Store keys that `matching.desk` made: at once, or one by one when some are known already.

    They are when changes were followed while a look through all stood still.
    """
    try:
        with transaction.atomic(), connection.wrap_database_errors, connection.cursor() as cursor:
            with cursor.copy(_COPY) as copy:
                copy.write(lines)
    except IntegrityError:
        _add([(int(key), int(party)) for key, _tab, party in (line.partition(b"\t") for line in lines.splitlines())])


def _add(found: Collection[tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [[key for key, _party in found], [party for _key, party in found]])


def weigh(pairs: Collection[Pair], records: Mapping[int, Record]) -> dict[Pair, Verdict]:
    """Compare pairs whose records are known, and return those that are possible."""
    known = dict(records)
    alive = [pair for pair in pairs if pair[0] in known and pair[1] in known]
    crowded = crowded_among(alive, known)
    found = {pair: compare_possible(known[pair[0]], known[pair[1]], crowded) for pair in alive}
    return {pair: verdict for pair, verdict in found.items() if verdict is not None}


def write_pairs(found: Mapping[Pair, Verdict], now: dt.datetime) -> None:
    """Store pairs with their points; see `_PAIRS` for what stays."""
    if not found:
        return
    ordered = sorted(found)
    verdicts = [found[pair] for pair in ordered]
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS,
            [
                now,
                now,
                [one for one, _other in ordered],
                [other for _one, other in ordered],
                [verdict.score for verdict in verdicts],
                [" ".join(verdict.reasons) for verdict in verdicts],
                [verdict.contradicts for verdict in verdicts],
                MUCH,
            ],
        )


def weigh_again(pair: DuplicatePair) -> Verdict | None:
    """Compare a pair as its customers are now, and store that; None when it is none any more, then an open one goes."""
    ends = (pair.first_id, pair.second_id)
    found = weigh([ends], records_of(ends))
    write_pairs(found, timezone.now())
    if ends not in found:
        DuplicatePair.objects.filter(pk=pair.pk, state=DuplicatePair.State.OPEN).delete()
    return found.get(ends)


def drop_unconfirmed(party_ids: Collection[int], now: dt.datetime) -> None:
    """Delete open pairs of these customers that were not found again at `now`."""
    old = DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN, checked_at__lt=now)
    old.filter(Q(first__in=party_ids) | Q(second__in=party_ids)).delete()


def forget(party_ids: Collection[int]) -> None:
    """Forget what customers were compared by: they are in the trash, or erased."""
    DuplicateKey.objects.filter(party_id__in=party_ids).delete()


def forget_all(party_id: int) -> int:
    """Forget keys and pairs of a customer whose data are erased; return how many rows that were."""
    keys = DuplicateKey.objects.filter(party_id=party_id).delete()[0]
    return keys + DuplicatePair.objects.filter(Q(first=party_id) | Q(second=party_id)).delete()[0]
