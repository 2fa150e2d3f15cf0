"""What workers do for the installation: its kinds of long work are registered by importing their services."""

from peyvand.accounts.services import moving

__all__ = ["moving"]
