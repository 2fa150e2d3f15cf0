"""Customers in the API."""

from peyvand.parties.api import bulk, records, upsert
from peyvand.parties.api.parties import parties

ROUTERS = {
    "/parties": parties,
}

__all__ = ["ROUTERS", "bulk", "records", "upsert"]
