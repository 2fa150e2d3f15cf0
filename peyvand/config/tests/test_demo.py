"""The demo company is loaded fast, once, and obeys the rules that the services keep."""

import datetime as dt
import time
from collections import Counter
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from peyvand.accounts.models import Substitution, User
from peyvand.activities.models import Activity, Decision, Invitee, Minutes
from peyvand.cartable import code
from peyvand.cartable.models import ACTIVE, Endorsement, Referral, Request, Step, Survey
from peyvand.cartable.selectors.clock import organisation_calendar, sla_policies
from peyvand.cartable.sla import choose, due_times
from peyvand.channels.models import Message
from peyvand.config import demo
from peyvand.config.demo.organisation import PASSWORD
from peyvand.core.errors import Conflict
from peyvand.core.jalali import to_jalali
from peyvand.core.models import CustomField
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.types import normalise_address
from peyvand.sales.models import CommissionEntry, Deal, DealRegistration

NOW = dt.datetime(2026, 11, 22, 10, 30, tzinfo=ZoneInfo("Asia/Tehran"))  # a Sunday morning, 1 Azar 1405


@pytest.fixture
def loaded(db: None) -> float:
    started = time.process_time()
    demo.load(now=NOW)
    return time.process_time() - started


def test_the_demo_company_is_believable_and_consistent(loaded: float) -> None:
    assert loaded < 30, "seconds of our own processor time (18 on a quiet machine, 21 where others work, too)"
    made = Request.objects.filter(Q(parent__isnull=False) | Q(regroupings__kind="split")).count()
    assert made >= 10, "child requests and what was split off"
    assert (User.objects.count(), Party.objects.count(), Request.objects.count()) == (20, 2000, 1500 + made)
    claims = DealRegistration.objects.order_by("state").values_list("state", flat=True)
    assert list(claims) == ["accepted", "accepted", "conflict"] and CommissionEntry.objects.exists()
    states = Counter(Request.objects.values_list("status", flat=True))
    assert all(states[status] >= 5 for status in Request.Status.values), states
    assert {"waiting", "read", "answered", "returned", "done"} <= set(Referral.objects.values_list("state", flat=True))
    late = Request.objects.filter(status__in=ACTIVE, next_due__lt=NOW).count()
    assert 5 < late < sum(states[status] for status in ACTIVE)
    assert Request.objects.filter(needs_review=True).count() == 8
    assert Request.objects.exclude(perhaps_of=None).exists() and Request.objects.exclude(trouble="").exists()
    _check_teamwork()
    _check_occasions()
    _check_requests()
    _check_addresses()
    assert authenticate(username="leila", password=PASSWORD) is not None
    with pytest.raises(Conflict), transaction.atomic():
        demo.fill(now=NOW)


def _check_occasions() -> None:
    """The calendar and the deals show each kind of thing that can be looked at."""
    monthly = Activity.objects.filter(series__isnull=False)
    assert monthly.count() == 12 and {to_jalali(one.at.astimezone(NOW.tzinfo).date()).day for one in monthly} == {5}
    today = Activity.objects.filter(kind="visit", at__date=NOW.date()).exclude(place="").order_by("at")
    assert [one.at.astimezone(NOW.tzinfo).hour for one in today if one.place.partition("،")[2]] == [9, 11, 14]
    assert {"accepted", "tentative", "declined"} <= set(Invitee.objects.values_list("answer", flat=True))
    assert Minutes.objects.exists() and Decision.objects.exists()
    spans = Activity.objects.filter(kind="meeting", at__date=(NOW + dt.timedelta(days=2)).date()).order_by("at")
    assert any(one.ends_at > other.at for one, other in pairwise(spans) if one.owner_id == other.owner_id)
    fields = {str(pk) for pk in CustomField.objects.filter(host="sales.Deal").values_list("pk", flat=True)}
    assert len(fields) == 4 and fields == {key for one in Deal.objects.all() for key in one.custom}


def _check_teamwork() -> None:
    """What issue by issue can be looked at: each state of working together stands in the demo company."""
    several = Referral.objects.values("request").annotate(n=Count("pk")).filter(n__gte=6)
    assert several.count() >= 4, "trees of referrals with copies, a return and several hands"
    assert {"original", "copy", "blind"} <= set(Referral.objects.values_list("role", flat=True))
    assert Request.objects.filter(confidential=True).count() >= 3
    assert Endorsement.objects.filter(state="given").exists() and Endorsement.objects.filter(state="waiting").exists()
    today = timezone.localdate()
    assert Substitution.objects.filter(first_day__lte=today, last_day__gte=today, ended_at=None).count() >= 2
    outcomes = {one.outcome for one in Message.objects.filter(direction="out", medium="mail")}
    assert {"sent", "delivered", "delayed", "bounced", "failed", "uncertain"} <= outcomes
    scores = set(Survey.objects.values_list("score", flat=True))
    assert scores == {None, 1, 2, 3, 4, 5}
    assert Step.objects.filter(kind="reopened", details__by="customer", request__surveys__score__lte=2).exists()


def _check_requests() -> None:
    calendar, policies, now = organisation_calendar(), sla_policies(), NOW
    worked_on = Request.objects.filter(steps__at__gt=NOW).values("pk")  # by services, which know the real now only
    told = Request.objects.exclude(pk__in=worked_on)
    assert told.count() >= 1400
    for request in told.prefetch_related("steps", "thread", "referrals"):
        assert code.parse(request.code) == request.code
        steps = [step.at for step in sorted(request.steps.all(), key=lambda step: step.pk)]
        assert steps == sorted(steps) and request.opened_at == steps[0] and max(steps) <= now
        assert request.last_activity_at == steps[-1] and request.message_count == request.thread.count()
        policy = choose(policies, request.kind_id, request.priority)
        assert request.first_answer_due == due_times(calendar, policy, request.opened_at).first_answer
        assert request.department.branch_id == request.branch_id
        waiting = [r for r in request.referrals.all() if r.ended_at is None]
        assert not waiting or request.is_active, request.code


def _check_addresses() -> None:
    for point in ContactPoint.objects.all():
        found = normalise_address(point.kind, point.typed)
        assert found is not None and (found.kind, found.value) == (point.kind, point.value)
        assert point.value.endswith(".example") or point.value.startswith(("+98995", "+98")), point.value
