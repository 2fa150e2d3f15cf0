"""How much of what a category asks for is known of a party. No model here."""

from collections.abc import Collection, Sequence


def compute(required: Sequence[str], filled: Collection[str]) -> tuple[int, list[str]]:
    """Return the percent of the required keys that are filled, and those that are not, in their order."""
    missing = [key for key in dict.fromkeys(required) if key not in filled]
    asked = len(set(required))
    return (100 * (asked - len(missing)) // asked if asked else 100), missing
