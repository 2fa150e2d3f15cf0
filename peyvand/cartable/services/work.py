"""The frame of every write: lock the request, change it, add the step, tell the others; and what undo needs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.context import Actor
from peyvand.accounts.leave import away_today
from peyvand.accounts.models import User
from peyvand.accounts.prepared import PreparedFor
from peyvand.cartable import policies
from peyvand.cartable.errors import MergedAlready
from peyvand.cartable.events import ReferralEnded
from peyvand.cartable.models import Answer, Note, Referral, Request, Step
from peyvand.cartable.selectors.insiders import insiders_of
from peyvand.cartable.types import StepKind, Undoable
from peyvand.channels.models import Message
from peyvand.core import live
from peyvand.core.errors import Conflict, NotAllowed, NotFound
from peyvand.core.events import Event, publish_many
from peyvand.core.prepared import Given

TOPIC = "cartable.request"
UNDO_SALT = "cartable.undo"
RESTORABLE = (
    "status", "assignee_id", "department_id", "branch_id", "post_id", "officer_id", "kind_id", "priority", "subject",
    "search", "party_id", "matched_by", "first_answer_due", "resolution_due", "next_due", "paused_at",
    "first_answered_at", "closed_at", "needs_review", "confidential", "trouble", "perhaps_of_id", "tag_ids",
)  # fmt: skip
ALWAYS_STORED = ["version", "last_activity_at", "last_inbound_at", "message_count", "merged_into"]
REFERRAL_FIELDS = ("state", "taken_by_id", "read_at", "ended_at", "remark")
READ_UNTIL = """
    INSERT INTO cartable_readmark AS known (request_id, user_id, at) VALUES (%s, %s, %s)
    ON CONFLICT (request_id, user_id) DO UPDATE SET at = excluded.at WHERE known.at < excluded.at
"""


_LOCKED = PreparedFor(
    lambda who: Request.objects.visible_to(who).select_for_update().filter(pk=Given("request"))  # every write begins so
)


def lock(actor: Actor, request_id: int, permission: str, *, expected_version: int | None = None) -> Request:
    """Lock a request that `actor` may see and act on.

    Raises NotFound when he may not see it, NotAllowed when he may not do this, Conflict when it has changed since
    `expected_version`. For `cartable.view` it is enough that he sees it (as who referred it, or whom a note names).
    """
    request: Request | None = _LOCKED.first(actor, request=request_id)
    if request is None:
        raise NotFound
    if permission != policies.VIEW and not policies.may_act(actor, permission, request):
        raise NotAllowed
    if request.merged_into is not None and permission != policies.VIEW:
        raise MergedAlready(request.merged_into.code)
    if expected_version is not None and request.version != expected_version:
        raise Conflict(_as_it_stands(request))
    return request


def _as_it_stands(request: Request) -> str:
    """What somebody reads who acts on a request as it was."""
    now = {"status": request.get_status_display(), "holder": request.assignee or request.post or request.department}
    return (
        _("This request was changed meanwhile: it is now «%(status)s», with %(holder)s. Look at it and try again.")
        % now
    )


@dataclass(frozen=True, kw_only=True)
class Refs:
    """What a step points to."""

    referral: Referral | None = None
    answer: Answer | None = None
    note: Note | None = None
    message: Message | None = None


@dataclass
class Work:
    """One change of one locked request: remembers how it was, stores how it is, and says so."""

    actor: Actor | None
    request: Request
    now: datetime = field(default_factory=timezone.now)
    referrals_before: dict[int, dict[str, Any]] = field(default_factory=dict)
    also_tell: set[int] = field(default_factory=set)  # people besides those who hold or watch the request
    also_there: set[int] = field(default_factory=set)  # departments besides the one where it stands
    endings: list[Referral] = field(default_factory=list)  # referrals that ended and whose referrer wants to know
    after: list[Callable[[], object]] = field(default_factory=list)  # when the request is stored, in its transaction

    def __post_init__(self) -> None:
        self.instead_of = policies.instead_of(self.actor, self.request) if self.actor else None
        self._before = {name: getattr(self.request, name) for name in RESTORABLE}

    @property
    def user(self) -> User | None:
        return self.actor.user if self.actor else None

    @property
    def owner_id(self) -> int | None:
        """At whose desk the actor sits: his own, or that of the colleague on leave in whose place he acts."""
        return self.instead_of or (self.user.pk if self.user else None)

    def changed(self) -> dict[str, Any]:
        """The former values of what has changed."""
        return {name: _plain(value) for name, value in self._before.items() if value != getattr(self.request, name)}

    def change_referral(self, referral: Referral, **values: Any) -> None:
        """Change a referral and remember how it was."""
        former = {name: _plain(getattr(referral, name)) for name in REFERRAL_FIELDS}
        self.referrals_before.setdefault(referral.pk, former)
        for name, value in values.items():
            setattr(referral, name, value)
        referral.save(update_fields=list(values))

    def note(self, kind: StepKind, answer: Answer, details: dict[str, Any] | None = None) -> None:
        """Add a line to the history that stands before the one of the change itself."""
        Step.objects.create(request=self.request, kind=kind, at=self.now, details=details or {}, answer=answer)

    def done(
        self,
        kind: StepKind,
        *,
        events: Iterable[Event] = (),
        details: dict[str, Any] | None = None,
        refs: Refs | None = None,
    ) -> Undoable:
        """Store the request with its next version, the step, the events and the news; return the way back."""
        request, refs = self.request, refs or Refs()
        before = self.changed()
        request.version += 1
        request.last_activity_at = self.now
        request.save(update_fields=[name.removesuffix("_id") for name in before] + ALWAYS_STORED)
        kept = {**(details or {}), "before": before}
        if self.referrals_before:
            kept["referrals"] = {str(pk): former for pk, former in self.referrals_before.items()}
        step = Step.objects.create(
            request=request, kind=kind, actor=self.user, instead_of_id=self.instead_of, at=self.now, details=kept,
            referral=refs.referral, answer=refs.answer, note=refs.note, message=refs.message,
        )  # fmt: skip
        if self.user is not None:
            mark_read_at(request.pk, self.user.pk, self.now)
        events = list(events)
        publish_many([*events, *self._endings(events)])
        for act in self.after:
            act()
        former = {before.get("assignee_id"), *self.also_tell}
        tell(request, kind, users=former, departments={before.get("department_id"), *self.also_there})
        return Undoable(request_id=request.pk, version=request.version, undo=undo_token(step, request.version))

    def _endings(self, events: Iterable[Event]) -> list[Event]:
        """Return the endings that a referrer wants to know and that are not among `events`."""
        known = {one.referral_id for one in events if isinstance(one, ReferralEnded)}
        return [
            ReferralEnded(request_id=self.request.pk, referral_id=one.pk, state=one.state)
            for one in self.endings
            if one.pk not in known
        ]


def undo_token(step: Step, version: int) -> str:
    """A signed word that takes this step back while the request is still at this version."""
    return signing.dumps({"s": step.pk, "v": version, "u": step.actor_id}, salt=UNDO_SALT)


def tell(
    request: Request, what: str, *, users: Iterable[int | None] = (), departments: Iterable[int | None] = ()
) -> None:
    """Send live news of a request to those who hold or watch it, and to others who are named."""
    if request.confidential:
        _tell_insiders(request, what)
        return
    holder = request.post.holder_id if request.post is not None else None
    people = _with_substitutes({request.assignee_id, request.officer_id, holder, *users})
    places = {request.department_id, *departments} - {None}
    audience = {
        f"request:{request.pk}",
        *(f"user:{one}" for one in people),
        *(f"department:{one}" for one in places),
    }
    live.notify(topic=TOPIC, audience=sorted(audience), data=_news_of(request, what))


def _with_substitutes(people: set[int | None]) -> set[int]:
    away = away_today()
    known = {one for one in people if one is not None}
    return known | {away[one].substitute_id for one in known if one in away}


def _tell_insiders(request: Request, what: str) -> None:
    """News of a confidential request go to those who may see it, person by person."""
    people = insiders_of(request).values_list("pk", flat=True)
    live.notify(topic=TOPIC, audience=sorted(f"user:{one}" for one in people), data=_news_of(request, what))


def _news_of(request: Request, what: str) -> dict[str, str | int]:
    data: dict[str, str | int] = {"request": request.pk, "what": str(what), "version": request.version}
    if request.party_id is not None:
        data["party"] = request.party_id
    return data


def mark_read_at(request_id: int, user_id: int, at: datetime) -> None:
    """Note until when somebody has read a request: one statement, which writes nothing when he has read as far."""
    with connection.cursor() as cursor:
        cursor.execute(READ_UNTIL, [request_id, user_id, at])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.pk if isinstance(value, Model) else value
