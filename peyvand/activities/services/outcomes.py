"""Outcomes and what follows them: what the business says of them, and what an installation starts with."""

from datetime import time

from django.db import transaction

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.activities.models import Kind, Outcome, State
from peyvand.activities.permissions import CONFIGURE
from peyvand.activities.types import OutcomeShape
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.core.text import display_norm

MOST_DAYS, MOST_MINUTES, MOST_TRIES = 90, 7 * 24 * 60, 20
STARTERS = (
    ("call", "گفت‌وگو شد", "Talked", State.DONE, "", 0),
    ("call", "پاسخ نداد", "No answer", State.MISSED, "call", 1),
    ("call", "مشغول بود", "Busy", State.MISSED, "call", 0),
    ("call", "شمارهٔ نادرست", "Wrong number", State.MISSED, "", 0),
    ("meeting", "برگزار شد", "Took place", State.DONE, "", 0),
    ("meeting", "نیامد", "Did not come", State.MISSED, "call", 1),
    ("visit", "دیدار شد", "Met", State.DONE, "", 0),
    ("visit", "حضور نداشت", "Nobody there", State.MISSED, "visit", 1),
)


@transaction.atomic
def ensure_starter_outcomes() -> None:
    """Make the usual outcomes in an empty installation; change nothing where there are any."""
    if Outcome.objects.exists():
        return
    Outcome.objects.bulk_create(
        Outcome(
            kind=kind,
            name_fa=persian,
            name_en=english,
            state=state,
            follow_kind=follows,
            follow_days=days,
            follow_at=time(10) if days else None,
            follow_minutes=30 if follows and not days else 0,
            position=position,
        )
        for position, (kind, persian, english, state, follows, days) in enumerate(STARTERS)
    )


@transaction.atomic
def add_outcome(*, actor: User | None, shape: OutcomeShape) -> Outcome:
    """Add an outcome with its rule. Raises NotAllowed, Invalid, Conflict (there is one of this name)."""
    outcome = Outcome(position=Outcome.objects.count())
    _store(actor, outcome, shape)
    return outcome


@transaction.atomic
def change_outcome(*, actor: User | None, outcome_id: int, shape: OutcomeShape) -> Outcome:
    """Change an outcome; what followed it before stays planned. Raises NotAllowed, NotFound, Invalid, Conflict."""
    _allow(actor)
    outcome = Outcome.objects.select_for_update().filter(pk=outcome_id).first()
    if outcome is None:
        raise NotFound
    _store(actor, outcome, shape)
    return outcome


def _allow(actor: User | None) -> None:
    if actor is not None:
        require_everywhere(actor, CONFIGURE)


def _store(actor: User | None, outcome: Outcome, shape: OutcomeShape) -> None:
    _allow(actor)
    _check(shape)
    outcome.kind, outcome.state, outcome.is_active = shape.kind, shape.state, shape.is_active
    outcome.name_fa, outcome.name_en = display_norm(shape.name_fa)[:80], display_norm(shape.name_en)[:80]
    outcome.follow_kind, outcome.follow_most = shape.follow_kind, shape.follow_most
    outcome.follow_days, outcome.follow_at = shape.follow.days, shape.follow.at
    outcome.follow_minutes = shape.follow.minutes
    if not outcome.name_fa or not outcome.name_en:
        raise Invalid(fields={"name_fa" if not outcome.name_fa else "name_en": "required"})
    twin = Outcome.objects.filter(kind=outcome.kind, name_fa=outcome.name_fa).exclude(pk=outcome.pk)
    if twin.exists():
        raise Conflict
    outcome.save()


def _check(shape: OutcomeShape) -> None:
    checks = {
        "kind": shape.kind in ("", *Kind.values),
        "state": shape.state in (State.DONE, State.MISSED),
        "follow_kind": shape.follow_kind in ("", *Kind.values),
        "follow_days": 0 <= shape.follow.days <= MOST_DAYS,
        "follow_minutes": 0 <= shape.follow.minutes <= MOST_MINUTES,
        "follow_most": 1 <= shape.follow_most <= MOST_TRIES,
    }
    wrong = {name: "invalid" for name, is_right in checks.items() if not is_right}
    if shape.follow_kind and not shape.follow.days and not shape.follow.minutes:
        wrong["follow_days"] = "required"
    if wrong:
        raise Invalid(fields=wrong)
