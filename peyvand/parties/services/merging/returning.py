"""Giving rows back to a customer that a merge had taken them from."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from peyvand.parties.models import Merge
from peyvand.parties.registry import Reference
from peyvand.parties.services.merging.journal import move_rows, run
from peyvand.parties.services.merging.linking import RELATION

ADDRESS = "parties.Address"
FIRSTS = ("parties.ContactPoint", ADDRESS)  # the customer has a primary one of its own
# On whichever side the survivor stands by now: another merge at the other end may have turned the relation.
_RELATIONS = """
UPDATE parties_relation r SET source_id = n.s, target_id = n.t FROM (
    SELECT o.id, CASE WHEN k.is_symmetric THEN least(e.s, e.t) ELSE e.s END AS s,
           CASE WHEN k.is_symmetric THEN greatest(e.s, e.t) ELSE e.t END AS t
    FROM parties_relation o JOIN parties_relationtype k ON k.id = o.type_id, LATERAL (
        SELECT CASE WHEN o.source_id = %s THEN %s ELSE o.source_id END AS s,
               CASE WHEN o.target_id = %s THEN %s ELSE o.target_id END AS t) e
    WHERE o.id = ANY(%s) AND %s IN (o.source_id, o.target_id)) n
WHERE n.id = r.id
"""


def give_back(reference: Reference, rows: Sequence[int], *, source: int, target: int) -> list[int]:
    """Point rows that are still at `source` to `target`; return those that a constraint keeps where they are."""
    if _are_given(reference, rows, source, target):
        return []
    return [pk for pk in rows if not _are_given(reference, [pk], source, target)]


def _are_given(reference: Reference, rows: Sequence[int], source: int, target: int) -> bool:
    try:
        with transaction.atomic():
            if reference.model == RELATION:
                run(_RELATIONS, source, target, source, target, list(rows), source)
            else:
                _step_back(reference, rows, source, target)
                move_rows(reference, rows, source=source, target=target)
    except IntegrityError:
        return False
    return True


def _step_back(reference: Reference, rows: Sequence[int], source: int, target: int) -> None:
    """One that was made the main one meanwhile is none where one stayed that is."""
    if reference.model in FIRSTS:
        for field in first_of(reference.model, target):
            reference_model(reference.model).filter(field, pk__in=rows, party=source).update(is_primary=False)


def first_of(model: str, party: int) -> list[Q]:
    """Of which rows a customer has a primary one: of all addresses, of contact points of some kinds."""
    mine = reference_model(model).filter(party=party, is_primary=True)
    if model == ADDRESS:
        return [Q()] if mine.exists() else []
    return [Q(kind=kind) for kind in mine.values_list("kind", flat=True)]


def reference_model(label: str) -> Any:
    """The rows of a table by the name of its model."""
    return Merge._meta.apps.get_model(label)._default_manager
