"""Customers in the API."""

from peyvand.parties.api.parties import parties

ROUTERS = {
    "/parties": parties,
}
