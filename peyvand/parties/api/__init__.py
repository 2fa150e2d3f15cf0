"""Customers in the API."""

from peyvand.parties.api import bulk, records, upsert
from peyvand.parties.api.categories import categories
from peyvand.parties.api.custom_fields import fields
from peyvand.parties.api.parties import parties
from peyvand.parties.api.tags import tags

ROUTERS = {
    "/parties": parties,
    "/categories": categories,
    "/custom-fields": fields,
    "/tags": tags,
}

__all__ = ["ROUTERS", "bulk", "records", "upsert"]
