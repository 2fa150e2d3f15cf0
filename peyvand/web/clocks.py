"""What a deadline looks like on a page: `{% sla clock %}`."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The state of a deadline, in working minutes.

    state: `ok`, `warn` (less than a quarter or an hour is left), `late` or `done`.
    minutes: left, or past the deadline when late. warn_at: minutes left at which `ok` becomes `warn`.
    running: does working time pass at this moment, so that the page lets it tick?
    """

    state: str
    minutes: int = 0
    warn_at: int = 60
    running: bool = True
    due: dt.datetime | None = None

    @property
    def is_done(self) -> bool:
        return self.state == "done"
