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


@dataclass(frozen=True, kw_only=True)
class SubstituteNamed(Event):
    """Somebody is to stand in for a colleague on leave, or the days or the work of it changed."""

    name: ClassVar[str] = "accounts.substitute_named"
    substitution_id: int


@dataclass(frozen=True, kw_only=True)
class SubstitutionEnded(Event):
    """A substitution was ended before its last day."""

    name: ClassVar[str] = "accounts.substitution_ended"
    substitution_id: int
