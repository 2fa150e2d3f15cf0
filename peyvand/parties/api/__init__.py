"""Customers in the API."""

from peyvand.parties.api import records
from peyvand.parties.api.parties import parties

ROUTERS = {
    "/parties": parties,
}

__all__ = ["ROUTERS", "records"]
