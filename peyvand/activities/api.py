"""Activities in the API."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from peyvand.accounts.context import Actor
from peyvand.activities import selectors, services
from peyvand.activities.models import Activity, Invitee, Outcome
from peyvand.activities.types import HOST, About, Guest, Planned
from peyvand.api.kit import (
    ApiRequest,
    BodyId,
    CustomIn,
    Flag,
    Id,
    In,
    Line,
    Moment,
    Out,
    Page,
    Paged,
    PageQuery,
    Person,
    Ref,
    page,
    router,
    seen_version,
    visible,
)
from peyvand.core.custom_fields.records import read
from peyvand.parties.selectors.aliases import survivor_of

VIEW, PLAN, DELETE = "activities.view", "activities.plan", "activities.delete"
activities = router(tag="activities", permission=VIEW)
outcomes = router(tag="activity-outcomes", permission=VIEW)
Key = Annotated[str, Field(max_length=60)]
Text = Annotated[str, Field(max_length=20_000)]


class GuestIn(In):
    """A colleague, a customer, or an address with a name."""

    user_id: BodyId | None = None
    party_id: BodyId | None = None
    email: Line = ""
    name: Line = ""


class AboutIn(In):
    """A record of another part, by its registered kind and number."""

    kind: Key
    id: BodyId


class ActivityIn(In):
    """A whole plan. `at` is when it begins, of a task when it is due; without `ends_at` it has the usual length."""

    kind: Annotated[str, Field(pattern="^(call|meeting|visit|task)$")]
    subject: Annotated[str, Field(min_length=1, max_length=200)]
    at: Moment | None = None
    ends_at: Moment | None = None
    all_day: Flag = False
    zone: Key = ""
    description: Text = ""
    place: Annotated[str, Field(max_length=200)] = ""
    link: Annotated[str, Field(max_length=500)] = ""
    priority: Annotated[str, Field(pattern="^(low|normal|high)$")] = "normal"
    owner_id: BodyId | None = None
    party_id: BodyId | None = None
    guests: Annotated[list[GuestIn], Field(max_length=100)] = []
    about: Annotated[list[AboutIn], Field(max_length=20)] = []
    custom: Annotated[
        CustomIn, Field(description="By the number of the field; one not named stays, null empties.")
    ] = {}

    def planned(self, who: Actor) -> Planned:
        """As the services take it; links in custom fields as `who` sees them. Errors: Invalid."""
        values = self.model_dump(exclude={"guests", "about", "custom"})
        guests = [Guest(**one.model_dump()) for one in self.guests]
        about, custom = [About(**one.model_dump()) for one in self.about], read(HOST, self.custom, who.user)
        return Planned(**values, guests=guests, about=about, custom=custom)


class ActivityMoveIn(In):
    at: Moment
    ends_at: Moment | None = None
    all_day: Flag | None = None


class CompleteIn(In):
    """How it ended; without an outcome it is simply done."""

    outcome_id: BodyId | None = None
    result: Text = ""
    happened_at: Moment | None = None


class ActivityReasonIn(In):
    reason: Text = ""


class AnswerIn(In):
    answer: Annotated[str, Field(pattern="^(accepted|tentative|declined)$")]
    whole: Annotated[bool, Field(description="To all coming times of a series that somebody outside holds.")] = False


class ActivityUndoIn(In):
    undo: Annotated[str, Field(max_length=500)]


class GuestOut(Out):
    user: Person | None
    party_id: int | None
    email: str
    name: str
    answer: str


class ActivityOut(Out):
    id: int
    kind: str
    subject: str
    at: datetime | None
    ends_at: datetime | None
    all_day: bool
    zone: str
    place: str
    link: str
    priority: str
    state: str
    outcome_id: int | None
    result: str
    done_at: datetime | None
    owner: Person
    party: Ref | None
    follows_id: int | None
    attempt: int
    custom: Annotated[dict[str, Any], Field(description="Values of custom fields by the number of the field.")]
    version: int
    changed_at: datetime


class AboutOut(Out):
    kind: str
    id: int
    title: str


class WholeActivityOut(ActivityOut):
    """With its description, guests and the records that it is about and the caller may see."""

    description: str
    guests: list[GuestOut]
    about: list[AboutOut]


class ActivityDoneOut(Out):
    """What a write did: post `undo` to /activities/undo within five minutes; `follow_up_id` was planned by rule."""

    activity_id: int
    version: int
    undo: str
    follow_up_id: int | None


class OutcomeOut(Out):
    id: int
    kind: str
    name_fa: str
    name_en: str
    state: str
    follow_kind: str
    follow_days: int
    follow_minutes: int
    follow_most: int
    is_active: bool


class ActivityQuery(PageQuery):
    kind: str | None = Field(None, pattern="^(call|meeting|visit|task)$")
    state: str | None = Field(None, pattern="^(planned|done|missed|cancelled)$")
    owner_id: Id | None = None
    party_id: Id | None = None
    since: datetime | None = None
    until: datetime | None = None


@activities.get("", response=Paged[ActivityOut])
def index(request: ApiRequest, query: Query[ActivityQuery]) -> Page[Activity]:
    """The activities that I see, the latest first; those without a time are left out unless `state` asks for them."""
    rows = Activity.objects.visible_to(request.auth).select_related("owner", "party")
    of = survivor_of(query.party_id) or query.party_id if query.party_id else None
    wanted: dict[str, object] = {"kind": query.kind, "state": query.state, "owner": query.owner_id, "party": of}
    wanted |= {"at__gte": query.since, "at__lt": query.until}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return page(rows, query, order=("-id",))


@activities.post("", response=WholeActivityOut, permission=PLAN)
def create(request: ApiRequest, payload: ActivityIn) -> dict[str, object]:
    """Plan a call, a meeting, a visit or a task."""
    made = services.plan(actor=request.auth, planned=payload.planned(request.auth))
    return _whole(request, made.pk)


@activities.get("/{int:id}", response=WholeActivityOut)
def show(request: ApiRequest, id: Id) -> dict[str, object]:
    """One activity with everything in it."""
    return _whole(request, id)


def _whole(request: ApiRequest, pk: int) -> dict[str, object]:
    rows = Activity.objects.visible_to(request.auth).select_related("owner", "party")
    found = visible(rows, pk)
    guests = Invitee.objects.filter(activity=found).select_related("user").order_by("pk")
    shown: dict[str, object] = {name: getattr(found, name) for name in ActivityOut.model_fields}
    about = selectors.linked_records(request.auth, found)
    return shown | {"description": found.description, "guests": list(guests), "about": about}


@activities.put("/{int:id}", response=ActivityDoneOut, permission=PLAN, versioned="optional")
def change(request: ApiRequest, id: Id, payload: ActivityIn) -> object:
    """Make an activity say what this plan says, all of it; custom values that are not named stay."""
    version, planned = seen_version(request), payload.planned(request.auth)
    return services.edit(actor=request.auth, activity_id=id, planned=planned, expected_version=version)


@activities.post("/{int:id}/move", response=ActivityDoneOut, permission=PLAN, status=200, versioned="optional")
def move(request: ApiRequest, id: Id, payload: ActivityMoveIn) -> object:
    """Move a planned activity to another time."""
    version = seen_version(request)
    return services.reschedule(actor=request.auth, activity_id=id, expected_version=version, **payload.model_dump())


@activities.post("/{int:id}/complete", response=ActivityDoneOut, permission=PLAN, status=200, versioned="optional")
def complete(request: ApiRequest, id: Id, payload: CompleteIn) -> object:
    """Close an activity with its outcome; what follows by rule is planned."""
    version = seen_version(request)
    return services.complete(actor=request.auth, activity_id=id, expected_version=version, **payload.model_dump())


@activities.post("/{int:id}/cancel", response=ActivityDoneOut, permission=PLAN, status=200, versioned="optional")
def cancel(request: ApiRequest, id: Id, payload: ActivityReasonIn) -> object:
    """Say that it will not take place."""
    version = seen_version(request)
    return services.cancel(actor=request.auth, activity_id=id, reason=payload.reason, expected_version=version)


@activities.post("/{int:id}/reopen", response=ActivityDoneOut, permission=PLAN, status=200)
def reopen(request: ApiRequest, id: Id) -> object:
    """Have a closed activity planned again."""
    return services.reopen(actor=request.auth, activity_id=id)


@activities.post("/{int:id}/answer", response=ActivityDoneOut, status=200)
def answer(request: ApiRequest, id: Id, payload: AnswerIn) -> object:
    """Say whether I come to what I am invited to."""
    return services.answer(actor=request.auth, activity_id=id, answer=payload.answer, whole=payload.whole)


@activities.delete("/{int:id}", permission=DELETE)
def delete(request: ApiRequest, id: Id) -> None:
    """Put an activity into the trash."""
    services.delete(actor=request.auth, activity_id=id)


@activities.post("/{int:id}/restore", response=ActivityDoneOut, permission=DELETE, status=200)
def restore(request: ApiRequest, id: Id) -> object:
    """Bring an activity back out of the trash."""
    return services.restore(actor=request.auth, activity_id=id)


@activities.post("/undo", response=ActivityDoneOut, permission=PLAN, status=200)
def undo(request: ApiRequest, payload: ActivityUndoIn) -> object:
    """Take back what I did last to an activity."""
    return services.undo(actor=request.auth, token=payload.undo)


@outcomes.get("", response=list[OutcomeOut])
def list_outcomes(request: ApiRequest) -> list[Outcome]:
    """How activities can end, and what follows by itself."""
    return list(Outcome.objects.order_by("position", "pk"))


ROUTERS = {"/activities": activities, "/activity-outcomes": outcomes}
