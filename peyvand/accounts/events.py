"""Facts about the installation that others must know of."""

from dataclasses import dataclass
from typing import ClassVar

from peyvand.core.events import Event


@dataclass(frozen=True, kw_only=True)
class WholeInstallationTaken(Event):
    """The whole installation was written into a file; rows: of all tables together."""

    name: ClassVar[str] = "accounts.whole_installation_taken"
    job_id: int
    user_id: int
    rows: int
