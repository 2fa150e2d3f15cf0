"""What workers do for customers: the kinds of long work are registered by importing their services."""

from peyvand.parties.services import bulk, categories, exporting, field_kinds, tags

__all__ = ["bulk", "categories", "exporting", "field_kinds", "tags"]
