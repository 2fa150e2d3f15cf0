"""Merged customers: which one answers for an old number, and which numbers one answers for.

Merged customers keep their rows, hidden, with `merged_into`; a table of aliases would say the same, but then the rows
themselves would have to go, and with them the foreign keys of the history, of the change feed and of the undo.
"""

from django.db import connection

from peyvand.accounts.scoping import Who
from peyvand.parties.models import Party
from peyvand.parties.models.survivors import survivor_of, survivors_of

_ALIASES = """
WITH RECURSIVE chain (id) AS (
    SELECT id FROM parties_party WHERE merged_into_id = %s
    UNION SELECT p.id FROM chain c JOIN parties_party p ON p.merged_into_id = c.id
)
SELECT id FROM chain ORDER BY id
"""


def survivor_for(who: Who, party_id: int) -> int | None:
    """The same, for somebody who may see the survivor; None for others."""
    found = survivor_of(party_id)
    if found is None or not Party.objects.visible_to(who).filter(pk=found).exists():
        return None
    return found


def aliases_of(party_id: int) -> list[int]:
    """The numbers of all customers that were merged into this one, and into those."""
    with connection.cursor() as cursor:
        cursor.execute(_ALIASES, [party_id])
        return [int(row[0]) for row in cursor.fetchall()]


__all__ = ["aliases_of", "survivor_for", "survivor_of", "survivors_of"]
