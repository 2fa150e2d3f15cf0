"""What segments ask most of a party, in one narrow row, so that a million of them are counted in a quarter second."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BigIntegerField, DateTimeField


class PartyFacts(models.Model):
    """A copy of the narrow columns of a party, kept by triggers of the database (migration `party_facts`).

    It has no index besides its key: a count always reads all of it, in parallel, at the same price for every rule, and
    an update stays on its page. `role_bits` and `consent_bits` are the bits of `segments.bits`. Columns of a fixed
    width come first, because PostgreSQL finds them without walking over the others. Never written by Python.
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
