"""Which customer answers for the number of one that was merged."""

from collections.abc import Collection

from django.db import connection

_ROOTS = """
WITH RECURSIVE chain (start, id) AS (
    SELECT id, merged_into_id FROM parties_party WHERE id = ANY(%s) AND merged_into_id IS NOT NULL
    UNION SELECT c.start, p.merged_into_id FROM chain c JOIN parties_party p ON p.id = c.id
    WHERE p.merged_into_id IS NOT NULL
)
SELECT c.start, c.id FROM chain c JOIN parties_party p ON p.id = c.id AND p.merged_into_id IS NULL
"""


def survivors_of(party_ids: Collection[int]) -> dict[int, int]:
    """In whom each of these customers lives on, through any chain of merges; only those that were merged."""
    if not party_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ROOTS, [sorted(party_ids)])
        return {int(start): int(root) for start, root in cursor.fetchall()}


def survivor_of(party_id: int) -> int | None:
    """The customer in which a merged one lives on, through any chain of merges; None when it was not merged."""
    return survivors_of([party_id]).get(party_id)
