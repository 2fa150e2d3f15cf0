"""Questions about customers."""

from peyvand.parties.selectors.finding import by_address, matching, organisation_named, search
from peyvand.parties.selectors.reading import ShortFile, get_visible, short_file, visible_to, with_contacts

__all__ = [
    "ShortFile",
    "by_address",
    "get_visible",
    "matching",
    "organisation_named",
    "search",
    "short_file",
    "visible_to",
    "with_contacts",
]
