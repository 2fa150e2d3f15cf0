"""A request as a row of the list and as the head of its page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from peyvand.cartable import sla
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.choices import tags_of
from peyvand.cartable.selectors.clock import organisation_calendar
from peyvand.cartable.views.wording import KIND_COLOURS, KIND_ICONS, PRIORITY_COLOURS, STATUS_COLOURS
from peyvand.parties.models import Tag
from peyvand.web.clocks import Clock

# All that a row of a list reads; another column would cost a query a row.
COLUMNS = (
    "code", "subject", "confidential", "medium", "priority", "status", "assignee_id", "opened_at", "next_due",
    "resolution_due", "closed_at", "last_activity_at", "tag_ids", "party__name", "party__kind", "kind__code",
    "kind__name_fa", "kind__name_en",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What a row shows; needs `party` and `kind` selected with the request, of a long list only `COLUMNS`."""

    request: Request
    unread: bool = False
    url: str = ""

    __getitem__ = object.__getattribute__  # how a template asks first

    @property
    def pk(self) -> int:
        return self.request.pk

    @property
    def code(self) -> str:
        return self.request.code

    @property
    def confidential(self) -> bool:
        return self.request.confidential

    @property
    def medium(self) -> str:
        return self.request.medium

    @cached_property
    def subject(self) -> str:
        return self.request.subject or _("(no subject)")

    @cached_property
    def sender_name(self) -> str:
        return self.request.party.name if self.request.party and self.request.party.name else _("Unknown sender")

    @property
    def avatar_id(self) -> int:
        return self.request.party_id or 0

    @property
    def square(self) -> bool:
        return bool(self.request.party and self.request.party.kind == "organisation")

    @property
    def last_activity_at(self) -> datetime:
        return self.request.last_activity_at

    @property
    def snoozed_until(self) -> datetime | None:
        """Until when the reader put it aside, in the list of what is put aside."""
        return getattr(self.request, "snoozed_until", None)

    @property
    def is_new(self) -> bool:
        """Whether nobody in particular holds it."""
        return self.request.assignee_id is None

    @cached_property
    def status_text(self) -> str:
        return str(Request.Status(self.request.status).label)

    @cached_property
    def status_colour(self) -> str:
        return STATUS_COLOURS[Request.Status(self.request.status)]

    @cached_property
    def priority_text(self) -> str:
        """The priority when it is worth a word: an ordinary one is not."""
        priority = Request.Priority(self.request.priority)
        return str(priority.label) if priority in PRIORITY_COLOURS else ""

    @property
    def priority_colour(self) -> str:
        return PRIORITY_COLOURS.get(Request.Priority(self.request.priority), "n")

    @cached_property
    def kind_name(self) -> str:
        return str(self.request.kind) if self.request.kind else ""

    @property
    def kind_colour(self) -> str:
        return KIND_COLOURS.get(self.request.kind.code, "line") if self.request.kind else "line"

    @property
    def kind_icon(self) -> str:
        return KIND_ICONS.get(self.request.kind.code, "") if self.request.kind else ""

    @cached_property
    def tags(self) -> list[Tag]:
        """The words hung on it."""
        return tags_of(self.request)

    @cached_property
    def clock(self) -> Clock:
        """The deadline as the page's clock shows it."""
        reading = sla.read(organisation_calendar(), self.request, timezone.now())
        minutes = abs(reading.minutes)
        return Clock(state=reading.state, minutes=minutes, running=reading.runs, due=reading.due)
