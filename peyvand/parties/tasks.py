"""What workers do for customers: the kinds of long work are registered by importing their services."""

from peyvand.parties.services import bulk, exporting

__all__ = ["bulk", "exporting"]
