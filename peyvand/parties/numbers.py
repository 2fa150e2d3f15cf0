"""What protected numbers are found by."""

from peyvand.core import iran
from peyvand.core.secrets import blind_index


def digest_of(kind: str, typed: str) -> str:
    """The blind index of an identifier, however it is typed: of its comparable form, apart for each kind."""
    return blind_index(iran.check(kind, typed).value, f"identifier:{kind}")
