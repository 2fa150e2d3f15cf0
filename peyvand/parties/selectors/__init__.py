"""Questions about customers."""

from peyvand.parties.selectors.finding import Hit, by_address, fitting, organisation_named, ranked, search
from peyvand.parties.selectors.reading import (
    ShortFile,
    get_file,
    get_visible,
    points_of,
    short_file,
    visible_to,
    with_contacts,
)

__all__ = [
    "Hit",
    "ShortFile",
    "by_address",
    "fitting",
    "get_file",
    "get_visible",
    "organisation_named",
    "points_of",
    "ranked",
    "search",
    "short_file",
    "visible_to",
    "with_contacts",
]
