"""Which bit of `PartyFacts.role_bits` and `.consent_bits` stands for what; the trigger has the same lists.

A new role or channel is added at the end here and in a migration that replaces the two functions of the database.
"""

from collections.abc import Iterable

ROLES = ("lead", "prospect", "customer", "supplier", "partner", "subsidiary", "reseller", "distributor", "competitor")
CONSENTS = tuple(
    f"{channel}:{purpose}"
    for channel in ("email", "sms", "phone", "messenger", "letter")
    for purpose in ("service", "marketing", "survey")
)


def mask(known: tuple[str, ...], words: Iterable[str]) -> int:
    """Return the bits of the words that are known."""
    return sum(1 << known.index(word) for word in set(words) if word in known)
