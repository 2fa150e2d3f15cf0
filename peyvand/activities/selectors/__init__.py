"""Questions about activities, each through the eyes of who asks."""

from peyvand.activities.selectors.around import last_done_of, linked_records, next_of, of_party, of_record, planned_of
from peyvand.activities.selectors.due import overdue_for, waiting_for
from peyvand.activities.selectors.outcomes import outcomes_for
from peyvand.activities.selectors.people import doers_for, invitable, named
from peyvand.activities.selectors.telling import mails_of, outside_of

__all__ = [
    "doers_for",
    "invitable",
    "last_done_of",
    "linked_records",
    "mails_of",
    "named",
    "next_of",
    "of_party",
    "of_record",
    "outcomes_for",
    "outside_of",
    "overdue_for",
    "planned_of",
    "waiting_for",
]
