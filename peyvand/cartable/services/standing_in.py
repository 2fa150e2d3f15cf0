"""Substitutes at work: told of what comes for a colleague on leave, and what they took goes back afterwards."""

from django.db import transaction
from django.utils.translation import gettext_noop

from peyvand.accounts.events import SubstitutionEnded
from peyvand.accounts.leave import away_today, unsettled
from peyvand.accounts.models import Substitution, User
from peyvand.accounts.services import settle_substitution
from peyvand.cartable.models import ACTIVE, Answer, Referral, Request, Step
from peyvand.cartable.services import holding
from peyvand.cartable.services.telling import tell
from peyvand.cartable.services.work import Work
from peyvand.cartable.types import StepKind

SLICE = 50
CAME = gettext_noop("%(who)s is on leave and you stand in: %(subject)s was referred to them")
BACK = gettext_noop("%(who)s stood in for you and had taken this; it is with you again: %(subject)s")


def tell_substitute(referral: Referral) -> None:
    """Put a referral to somebody on leave under the bell of who stands in for him, if that one may see the request."""
    person = referral.to_user or (referral.to_post.holder if referral.to_post else None)
    away = away_today().get(person.pk) if person is not None else None
    if away is None or not away.work & Substitution.Work.DESK:
        return
    substitute = User.objects.filter(pk=away.substitute_id, is_active=True).first()
    if substitute is not None:
        tell(substitute, referral.request, CAME, who=str(person))


def give_back_after(event: SubstitutionEnded) -> None:
    """A substitution was ended early: give back at once what its substitute had taken."""
    found = unsettled().filter(pk=event.substitution_id).select_related("person", "substitute").first()
    if found is not None:
        _settle(found)


def give_back(limit: int = SLICE) -> int:
    """Give back what substitutes had taken in leaves that are over; return how many leaves were looked at."""
    found = list(unsettled().select_related("person", "substitute")[:limit])
    for one in found:
        _settle(one)
    return len(found)


def _settle(one: Substitution) -> None:
    """Each request by itself, then the leave is settled: a run that died in between goes on where it was."""
    if one.person.is_active:
        held = Request.objects.filter(assignee=one.substitute_id, status__in=ACTIVE)
        taken = Step.objects.filter(kind=StepKind.TAKEN, actor=one.substitute_id, instead_of=one.person_id)
        for pk in list(held.filter(pk__in=taken.values("request_id")).values_list("pk", flat=True)):
            _return(pk, one)
    settle_substitution(substitution_id=one.pk)


@transaction.atomic
def _return(request_id: int, one: Substitution) -> None:
    """Hand one request to its person, if the substitute still holds it and took it last in the person's place."""
    rows = Request.objects.select_for_update(of=("self",)).filter(assignee=one.substitute_id, status__in=ACTIVE)
    request = rows.filter(pk=request_id).first()
    last = Step.objects.filter(request=request_id, kind=StepKind.TAKEN).order_by("-id").first()
    if request is None or last is None or (last.actor_id, last.instead_of_id) != (one.substitute_id, one.person_id):
        return
    work = Work(None, request)
    if request.status == Request.Status.REVIEW:
        waiting = Answer.objects.filter(request=request, state=Answer.State.REVIEW, reviewer=one.substitute)
        waiting.update(reviewer=one.person)
        request.assignee = one.person
    else:
        holding.hand_to_user(request, one.person)
    work.done(StepKind.GIVEN_BACK, details={"to": one.person_id})
    tell(one.person, request, BACK, who=str(one.substitute))
