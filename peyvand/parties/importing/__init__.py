"""Bringing customers in from tables of others, and taking that back. Registered in `importer`."""
