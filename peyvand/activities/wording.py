"""How kinds and states of activities look: icons and colours."""

from peyvand.activities.models import Kind, State

ICONS: dict[str, str] = {Kind.CALL: "phone", Kind.MEETING: "users", Kind.VISIT: "map-pin", Kind.TASK: "checkbox"}
TONES: dict[str, str] = {Kind.CALL: "warn", Kind.MEETING: "info", Kind.VISIT: "p", Kind.TASK: "rev"}  # of the calendar
STATE_COLOURS: dict[str, str] = {State.PLANNED: "info", State.DONE: "ok", State.MISSED: "warn", State.CANCELLED: "n"}
