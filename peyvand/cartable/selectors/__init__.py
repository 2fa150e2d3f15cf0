"""Questions about requests."""

from peyvand.cartable.selectors.choices import reviewers_of
from peyvand.cartable.selectors.clock import forget_calendar, organisation_calendar, sla_policies
from peyvand.cartable.selectors.counting import Counts, counts
from peyvand.cartable.selectors.folders import (
    CAP,
    Folder,
    Row,
    Wanted,
    departments_of,
    folders_of,
    in_folder,
    page_of,
    rows_of,
    search_q,
)
from peyvand.cartable.selectors.people import ways_to_answer, workload
from peyvand.cartable.selectors.reading import (
    Identity,
    RequestPage,
    earlier_of,
    get_request,
    identity_of,
    read_request,
)

__all__ = [
    "CAP",
    "Counts",
    "Folder",
    "Identity",
    "RequestPage",
    "Row",
    "Wanted",
    "counts",
    "departments_of",
    "earlier_of",
    "folders_of",
    "forget_calendar",
    "get_request",
    "identity_of",
    "in_folder",
    "organisation_calendar",
    "page_of",
    "read_request",
    "reviewers_of",
    "rows_of",
    "search_q",
    "sla_policies",
    "ways_to_answer",
    "workload",
]
