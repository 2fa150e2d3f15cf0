"""Days as one types them."""

import datetime as dt

from peyvand.core.jalali import to_jalali


def day(after: int) -> str:
    """A Jalali date so many days from today."""
    found = to_jalali(dt.datetime.now(dt.UTC) + dt.timedelta(days=after))
    return f"{found.year}/{found.month:02}/{found.day:02}"
