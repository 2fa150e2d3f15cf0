"""Referrals that come back by themselves: nobody read or touched them in time. Slices of a task; each row once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from peyvand.accounts.models import User
from peyvand.cartable.events import ReferralEnded
from peyvand.cartable.models import IS_OPEN, Answer, Referral, Request, ReturnRule, Step
from peyvand.cartable.selectors.clock import organisation_calendar
from peyvand.cartable.selectors.heads import head_of
from peyvand.cartable.services import holding
from peyvand.cartable.services.telling import receiver_name, tell
from peyvand.cartable.services.work import Refs, Work
from peyvand.cartable.types import StepKind, Timer
from peyvand.core.errors import Invalid

SLICE = 200
LONGEST = 60 * 24 * 366  # minutes
R = Referral.State
CAME_BACK = gettext_noop("Nobody took up what you referred to %(who)s in time; it is with you again: %(subject)s")
WENT_UP = gettext_noop("Nobody took up what was referred to %(who)s in time; it is with you now: %(subject)s")


def timer_values(request: Request, timer: Timer | None, now: datetime) -> dict[str, Any]:
    """The columns of a new referral's timer; `request` stands with its receiver already. Raises Invalid."""
    wanted = timer if timer is not None else _rule_for(request)
    if wanted is None or wanted.minutes == 0:
        return {}
    if not 0 < wanted.minutes <= LONGEST or wanted.when not in ReturnRule.When or wanted.to not in ReturnRule.To:
        raise Invalid(fields={"timer": str(wanted.minutes)})
    due = organisation_calendar().add(now, wanted.minutes)
    return {"return_at": due, "return_when": wanted.when, "return_to": wanted.to}


def _rule_for(request: Request) -> Timer | None:
    """The business's rule: of department and kind, of the department, of the kind, of all."""
    mine = Q(department=request.department_id) | Q(department=None)
    rules = ReturnRule.objects.filter(mine, Q(kind=request.kind_id) | Q(kind=None))
    best = max(rules, key=lambda rule: (rule.department_id is not None, rule.kind_id is not None), default=None)
    return Timer(minutes=best.minutes, when=best.when, to=best.to) if best is not None else None


def return_overdue(limit: int = SLICE) -> int:
    """Send back or up what nobody took up in time; return how many referrals were looked at."""
    due = Referral.objects.filter(IS_OPEN, return_at__lte=timezone.now(), return_at__isnull=False)
    found = list(due.order_by("return_at", "pk").values_list("pk", "request_id")[:limit])
    for pk, request_id in found:
        _look_at(pk, request_id)
    return len(found)


@transaction.atomic
def _look_at(referral_id: int, request_id: int) -> None:
    """Lock one request and decide; a run that died in between left nothing half done."""
    request = Request.objects.select_for_update(skip_locked=True).filter(pk=request_id).first()
    if request is None:
        return
    chain = holding.open_chain(request)
    referral = next((one for one in chain if one.pk == referral_id), None)
    if referral is None or referral.return_at is None or referral.return_at > timezone.now():
        return
    if referral.pk != chain[0].pk or _is_taken_up(referral):
        Referral.objects.filter(pk=referral.pk).update(return_at=None)
        return
    _send(Work(None, request), referral)


def _is_taken_up(referral: Referral) -> bool:
    if referral.return_when == ReturnRule.When.UNREAD:
        return referral.read_at is not None
    if referral.state == R.ANSWERED or (referral.taken_by_id is not None and referral.to_user_id is None):
        return True
    people = _receivers(referral).values("pk")
    acted = Q(actor__in=people) | Q(instead_of__in=people)
    mine = Step.objects.filter(acted, request=referral.request_id, at__gt=referral.created_at)
    drafts = Answer.objects.filter(request=referral.request_id, author__in=people, changed_at__gt=referral.created_at)
    return mine.exclude(kind=StepKind.READ).exists() or drafts.exists()


def _receivers(referral: Referral) -> Any:
    if referral.to_user_id is not None:
        return User.objects.filter(pk=referral.to_user_id)
    if referral.to_post_id is not None:
        return User.objects.filter(posts=referral.to_post_id)
    if referral.to_branch_id is not None:
        return User.objects.filter(branch=referral.to_branch_id)
    return User.objects.filter(department=referral.to_department_id)


def _send(work: Work, referral: Referral) -> None:
    request, receiver = work.request, receiver_name(referral)
    head = head_of(request.department) if referral.return_to == ReturnRule.To.HEAD else None
    if head is not None and _receivers(referral).filter(pk=head.pk).exists() and referral.to_user_id is not None:
        head = None  # he is the one who did not take it up
    holding.redirect(work, referral, head)
    work.done(
        StepKind.TIMED_OUT,
        events=[ReferralEnded(request_id=request.pk, referral_id=referral.pk, state=R.RETURNED)],
        details={"to": head.pk if head else None},
        refs=Refs(referral=referral),
    )
    if head is not None and head.pk != referral.owner.pk:
        tell(head, request, WENT_UP, who=receiver)
    else:
        tell(referral.owner, request, CAME_BACK, who=receiver)
