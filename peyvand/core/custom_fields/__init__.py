"""Fields that the business adds to its records: definitions, values, and their place among the registered fields."""

from peyvand.core.custom_fields.conditions import record_field
from peyvand.core.custom_fields.definitions import (
    choices_of,
    field_of,
    fields_for,
    forget,
    id_of,
    key_of,
    label_of,
    labels_of_removed,
)
from peyvand.core.custom_fields.values import Showing, digest_of, fits, is_empty, parse, raw_of, show

__all__ = [
    "Showing",
    "choices_of",
    "digest_of",
    "field_of",
    "fields_for",
    "fits",
    "forget",
    "id_of",
    "is_empty",
    "key_of",
    "label_of",
    "labels_of_removed",
    "parse",
    "raw_of",
    "record_field",
    "show",
]
