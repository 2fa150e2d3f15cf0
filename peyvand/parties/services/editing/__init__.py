"""Writing the fields of a customer by their keys: cells, forms, bulk work, the API, imports and undo use only this."""

from peyvand.parties.services.editing.base import Raw
from peyvand.parties.services.editing.fields import current_raw, parse, set_field, set_fields, write_fields

__all__ = ["Raw", "current_raw", "parse", "set_field", "set_fields", "write_fields"]
