"""What the business says of answers: how long one waits, so that whoever sent it can take it back. Pure."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self

SETTING = "cartable.answers"
LONGEST_UNDO = 60  # seconds


@dataclass(frozen=True, kw_only=True)
class AnswerWays:
    """undo_seconds: how long an answer waits before it goes out; 0 sends at once."""

    undo_seconds: int = 10

    @classmethod
    def from_json(cls, stored: object) -> Self:
        """Read what is stored, whatever it is; what is missing or makes no sense is as it comes."""
        first = cls()
        seconds = stored.get("undo_seconds") if isinstance(stored, dict) else None
        fits = isinstance(seconds, int) and not isinstance(seconds, bool) and 0 <= seconds <= LONGEST_UNDO
        return replace(first, undo_seconds=int(seconds)) if fits and seconds is not None else first

    def to_json(self) -> dict[str, Any]:
        return asdict(self)
