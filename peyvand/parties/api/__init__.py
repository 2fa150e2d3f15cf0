"""Customers in the API."""

from peyvand.parties.api import bulk, papers, records, rows, upsert
from peyvand.parties.api.categories import categories
from peyvand.parties.api.custom_fields import fields
from peyvand.parties.api.duplicates import duplicates
from peyvand.parties.api.merges import merges
from peyvand.parties.api.parties import parties
from peyvand.parties.api.quality import quality
from peyvand.parties.api.relations import relation_types
from peyvand.parties.api.segments import segments
from peyvand.parties.api.tags import tags

ROUTERS = {
    "/parties": parties,
    "/merges": merges,
    "/relation-types": relation_types,
    "/categories": categories,
    "/custom-fields": fields,
    "/tags": tags,
    "/segments": segments,
    "/duplicates": duplicates,
    "/quality": quality,
}

__all__ = ["ROUTERS", "bulk", "papers", "records", "rows", "upsert"]
