"""What lies beside a party, kept by triggers of the database and never written by Python.

What is asked of all parties at once lies in one narrow row (`PartyFacts`). What changes with nearly every write and has
an index of its own lies apart from the party (`PartyWords`, `PartyChange`), so that a changed party stays on its page:
PostgreSQL writes into all nineteen indexes of a row as soon as one of their columns is another.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import BigIntegerField, DateTimeField


class _Same:
    """What of a party that was read stands in its copy stands in itself."""

    def __init__(self, _field: Any) -> None:
        pass

    def __get__(self, party: Any, _model: Any = None) -> Any:
        return self if party is None else party


class Beside(models.ForeignObject):  # type: ignore[type-arg]
    """The way from a party to its row in `PartyFacts` in conditions and orders: no column, no constraint."""

    forward_related_accessor_class = _Same  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__(
            "parties.PartyFacts",
            on_delete=models.DO_NOTHING,
            from_fields=["id"],
            to_fields=["party_id"],
            related_name="+",
        )

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = True, **options: Any) -> None:
        """Stand beside the columns of the model: no migration, no history and no form knows it."""
        super().contribute_to_class(cls, name, private_only=True, **options)


class PartyFacts(models.Model):
    """A copy of the narrow columns of a party, kept by triggers of the database (migration `party_facts`).

    It has no index besides its key and the one that lists ordered by completeness read: a count reads all of it, in
    parallel, at the same price for every rule, and nearly every update stays on its page. `role_bits` and
    `consent_bits` are the bits of `segments.bits`. Columns of a fixed width come first, because PostgreSQL finds them
    without walking over the others. Never written by Python.
    """

    party_id = BigIntegerField(primary_key=True)
    created_at = DateTimeField()
    last_contact_at = DateTimeField(null=True)
    deleted_at = DateTimeField(null=True)
    category_id = BigIntegerField(null=True)
    branch_id = BigIntegerField(null=True)
    owner_id = BigIntegerField(null=True)
    birth_date = models.DateField(null=True)
    role_bits = models.IntegerField()
    consent_bits = models.IntegerField()
    completeness = models.SmallIntegerField()
    is_provisional = models.BooleanField()
    kind = models.CharField(max_length=12)
    life_cycle = models.CharField(max_length=12)
    gender = models.CharField(max_length=8)
    city = models.CharField(max_length=80)
    province = models.CharField(max_length=80)
    preferred_channel = models.CharField(max_length=12)
    tag_ids = ArrayField(models.IntegerField())
    custom = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["completeness", "party_id"], name="parties_facts_complete")]


class PartyWords(models.Model):
    """The words by which a party is found: those of the first two lines of its search text (migration `beside`)."""

    party_id = BigIntegerField(primary_key=True)
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="parties_words_words")]


class PartyChange(models.Model):
    """The transaction that last wrote a party, in the order of the transactions: the change feed reads along its key.

    `xid` is the party's `change_xid`, and there is one row for each party (migration `beside`).
    """

    pk = models.CompositePrimaryKey("xid", "party_id")
    xid = BigIntegerField()
    party_id = BigIntegerField()
