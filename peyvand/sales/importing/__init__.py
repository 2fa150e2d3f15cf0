"""Leads and deals from a file: registered with the core's imports when this package is loaded."""

from peyvand.sales.importing import importer

__all__ = ["importer"]
