"""Substitutes for leave: named, changed, ended. Who stands in reaches the work himself; nothing is moved."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from peyvand.accounts.errors import (
    AlreadySubstituted,
    StandsInMeanwhile,
    SubstituteAway,
    SubstitutionOver,
    WrongDays,
)
from peyvand.accounts.events import SubstituteNamed, SubstitutionEnded
from peyvand.accounts.leave import forget_away
from peyvand.accounts.models import Substitution, User
from peyvand.accounts.services.notifications import notify
from peyvand.accounts.services.rules import require_manage_person
from peyvand.accounts.types import Leave
from peyvand.core.errors import Invalid
from peyvand.core.events import publish

KIND = "substitution"
LONGEST = timedelta(days=366)
PAGE = "/profile/substitutes/"
NAMED = gettext_noop("You stand in for %(person)s from %(day_first)s to %(day_last)s")
ENDED = gettext_noop("You no longer stand in for %(person)s")
LEFT = gettext_noop("%(substitute)s no longer works here and does not stand in for %(person)s; name somebody else")
FOR_YOU = gettext_noop("%(substitute)s stands in for you from %(day_first)s to %(day_last)s")


@transaction.atomic
def name_substitute(*, actor: User | None, person: User, substitute: User, leave: Leave) -> Substitution:
    """Have `substitute` stand in for `person` in some days; one does that for oneself, or who manages the person.

    A chain stops here: a substitute has none himself in these days, and who has one stands in for nobody. The
    substitute acts with his own permissions and is told. Errors: NotAllowed, WrongDays, Invalid, AlreadySubstituted,
    SubstituteAway, StandsInMeanwhile.
    """
    _require(actor, person)
    made = Substitution(person=person, substitute=substitute, by=actor)
    return _store(actor, made, leave)


@transaction.atomic
def change_substitution(
    *, actor: User | None, substitution: Substitution, leave: Leave, substitute: User | None = None
) -> Substitution:
    """Change the days, the work or the note of a substitution that is not over, or who stands in. Errors as before,
    SubstitutionOver.
    """
    _require(actor, substitution.person)
    found = _lock(substitution)
    former = found.substitute
    found.substitute = substitute or former
    _store(actor, found, leave)
    if found.substitute_id != former.pk:
        _say(ENDED, found, former)
    return found


@transaction.atomic
def end_substitution(*, actor: User | None, substitution: Substitution) -> Substitution:
    """End a substitution now; the work is back with its person at once. Errors: NotAllowed, SubstitutionOver."""
    _require(actor, substitution.person)
    found = _lock(substitution)
    _end(found)
    _say(ENDED, found, found.substitute)
    return found


@transaction.atomic
def settle_substitution(*, substitution_id: int) -> bool:
    """Note that what a substitute had taken over was given back; returns whether that was still to be done."""
    open_ones = Substitution.objects.filter(pk=substitution_id, settled_at=None)
    return bool(open_ones.update(settled_at=timezone.now()))


def end_substitutions_of(user: User) -> None:
    """A person's access was closed: he stands in for nobody any more, and those who counted on him are told.

    What others do for him ends as well: his own work moves on by itself. Asks no permission: the caller did.
    """
    today = timezone.localdate()
    running = Substitution.objects.select_for_update(of=("self",)).select_related("person", "substitute", "by")
    for one in running.filter(Q(substitute=user) | Q(person=user), ended_at=None, last_day__gte=today):
        _end(one)
        if one.substitute_id == user.pk:
            _say(LEFT, one, one.person, *([one.by] if one.by is not None else []))


def _require(actor: User | None, person: User) -> None:
    if actor is None or actor.pk != person.pk:
        require_manage_person(actor, person)


def _lock(substitution: Substitution) -> Substitution:
    rows = Substitution.objects.select_for_update(of=("self",)).select_related("person", "substitute")
    found = rows.get(pk=substitution.pk)
    if found.ended_at is not None or found.last_day < timezone.localdate():
        raise SubstitutionOver
    return found


def _store(actor: User | None, made: Substitution, leave: Leave) -> Substitution:
    _check_days(leave, began=made.first_day if made.pk else None)
    if leave.work not in Substitution.Work.values:
        raise Invalid(fields={"work": "invalid"})
    if made.person_id == made.substitute_id:
        raise Invalid(fields={"substitute": "invalid"})
    made.first_day, made.last_day = leave.first_day, leave.last_day
    made.work, made.note = leave.work, leave.note.strip()[:300]
    _check_others(made)
    made.save()
    forget_away()
    publish(SubstituteNamed(substitution_id=made.pk))
    _say(NAMED, made, made.substitute)
    if actor is not None and actor.pk != made.person_id:
        _say(FOR_YOU, made, made.person)
    return made


def _check_days(leave: Leave, *, began: date | None) -> None:
    """A leave ends after it begins, is not over, and begins today at the earliest, unless it has begun already."""
    today = timezone.localdate()
    late = leave.first_day < today and leave.first_day != began
    if leave.last_day < leave.first_day or leave.last_day < today or late or leave.last_day - today > LONGEST:
        raise WrongDays


def _check_others(made: Substitution) -> None:
    """Both people are locked first, in one order, so that two who name each other at once cannot both succeed."""
    people = User.objects.select_for_update(of=("self",)).filter(pk__in=[made.person_id, made.substitute_id])
    known = {one.pk: one for one in people.order_by("pk")}
    if not all(pk in known and known[pk].is_active for pk in (made.person_id, made.substitute_id)):
        raise Invalid(fields={"substitute": "inactive"})
    meanwhile = _meanwhile(made)
    if any(one.person_id == made.person_id and one.work & made.work for one in meanwhile):
        raise AlreadySubstituted
    if any(one.person_id == made.substitute_id for one in meanwhile):
        raise SubstituteAway
    if any(one.substitute_id == made.person_id for one in meanwhile):
        raise StandsInMeanwhile


def _meanwhile(made: Substitution) -> QuerySet[Substitution]:
    """The other substitutions in these days that could meet this one."""
    touching = Q(person__in=[made.person_id, made.substitute_id]) | Q(substitute=made.person_id)
    days = Q(first_day__lte=made.last_day, last_day__gte=made.first_day, ended_at=None)
    return Substitution.objects.filter(touching & days).exclude(pk=made.pk)


def _end(found: Substitution) -> None:
    found.ended_at = timezone.now()
    found.save(update_fields=["ended_at"])
    forget_away()
    publish(SubstitutionEnded(substitution_id=found.pk))


def _say(sentence: str, one: Substitution, *to: User) -> None:
    names = {"person": str(one.person), "substitute": str(one.substitute)}
    days = {"day_first": one.first_day.isoformat(), "day_last": one.last_day.isoformat()}
    notify(users=to, kind=KIND, text=sentence, data={**names, **days}, url=PAGE)
