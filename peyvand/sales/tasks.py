"""What workers do for sales: long work."""

from peyvand.sales.services import exporting
from peyvand.sales.services.bulk import running

__all__ = ["exporting", "running"]
