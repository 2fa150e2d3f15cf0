"""The folders of the cartable: what is in them, how many, in which order.

A folder is a condition that one partial index answers in the order of the list, so that a page costs the same at any
number of requests. What a folder holds is always a part of `visible_to(user)` (there is a test).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from peyvand.accounts.models import Department
from peyvand.accounts.policies import may, scope_of
from peyvand.accounts.scoping import NOTHING, Who, fields_q, reach_of
from peyvand.accounts.types import Reach, Scope
from peyvand.cartable import code, policies
from peyvand.cartable.models import (
    IS_ANSWERED,
    IS_CLOSED,
    IS_OPEN,
    IS_ORIGINAL,
    LEXEMES,
    OPEN_REFERRAL,
    Confidant,
    Endorsement,
    Mention,
    ReadMark,
    Referral,
    Request,
    received_ways,
    seen_q,
    sent_q,
    sent_ways,
    stood_in_q,
)
from peyvand.cartable.selectors.approvals import open_turns_of
from peyvand.cartable.selectors.snoozes import snoozed_q, snoozed_until
from peyvand.core.lookups import AnyOf
from peyvand.core.paging import SIZE, Page, keyset_page
from peyvand.core.prepared import Given, Prepared, is_any
from peyvand.core.word_index import holds, words_query

CAP = 1000  # counts stop here; the page writes «۹۹۹+»
VIEW = "cartable.view"


class Folder(StrEnum):
    """The folders, in the order in which they are shown."""

    MINE = "mine"
    DEPARTMENT = "department"
    REVIEW = "review"
    OVERDUE = "overdue"
    REFERRED = "referred"  # by me, and not back yet
    MENTIONS = "mentions"  # a note names me, and I have not dealt with it
    SNOOZED = "snoozed"  # put aside by me
    COPIES = "copies"  # to me, for information or an opinion
    UNREAD = "unread"  # messages that could not be read
    ANSWERED = "answered"
    CLOSED = "closed"
    ALL = "all"  # everything in my scope that is work


BY_DUE = ("next_due", "id")
BY_ACTIVITY = ("-last_activity_at", "-id")
BY_CLOSING = ("-closed_at", "-id")
BY_RETURN = ("snoozed_until", "id")
INSIDE = frozenset({Folder.MINE, Folder.SNOOZED, Folder.REFERRED, Folder.COPIES})  # whoever has it there is an insider
ORDERS = {
    Folder.ANSWERED: BY_ACTIVITY,
    Folder.COPIES: BY_ACTIVITY,
    Folder.MENTIONS: BY_ACTIVITY,
    Folder.CLOSED: BY_CLOSING,
    Folder.SNOOZED: BY_RETURN,
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list is narrowed to: a department in sight, a question in words."""

    department_id: int | None = None
    search: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A request in a list, and whether something happened since the user last looked."""

    request: Request
    unread: bool


def folders_of(who: Who) -> list[Folder]:
    """The folders that make sense for a user."""
    scope = scope_of(who, VIEW)
    if scope is None:
        return []
    shown = {
        Folder.MINE,
        Folder.MENTIONS,
        Folder.SNOOZED,
        Folder.OVERDUE,
        Folder.COPIES,
        Folder.ANSWERED,
        Folder.CLOSED,
    }
    if policies.sees_departments(who):
        shown |= {Folder.ALL} if scope.width >= Scope.BRANCH.width else set()
        shown |= {Folder.DEPARTMENT} if reach_of(who).department_id is not None else set()
    if may(who, "cartable.refer"):
        shown.add(Folder.REFERRED)
    if policies.is_officer(who):
        shown.add(Folder.REVIEW)
    if may(who, "cartable.review_unread"):
        shown.add(Folder.UNREAD)
    return [folder for folder in Folder if folder in shown]


def in_folder(who: Who, folder: Folder, *, department_id: int | None = None, now: Any = None) -> QuerySet[Request]:
    """The requests of a folder; `department_id` narrows it to a department that the user sees.

    now: the moment at which it is asked, when it is not the present: for a text that is kept, `Given("now")`.
    """
    now = timezone.now() if now is None else now
    rows = Request.objects.filter(_TIMED[folder](who, now) if folder in _TIMED else _CONDITIONS[folder](who))
    if folder not in INSIDE or reach_of(who).desks | reach_of(who).reviews:
        rows = rows.filter(seen_q(who))
    if folder is Folder.SNOOZED:
        rows = rows.annotate(snoozed_until=snoozed_until(who, now))
    if department_id is not None:
        rows = rows.filter(department_id=department_id)
    return rows


def is_in_own_work(who: Who, request_id: int) -> bool:
    """Does this request stand in «mine», put aside or not?"""
    return Request.objects.filter(_own(who), pk=request_id).exists()


def _mine(who: Who, now: Any) -> Q:
    return _own(who) & ~snoozed_q(who, now)


def _snoozed(who: Who, now: Any) -> Q:
    return _own(who) & snoozed_q(who, now)


def _own(who: Who) -> Q:
    """What one holds, what one's posts hold, what one referred and kept, the work of those one stands in for; what
    a note names one in, and answers that wait for one's word as one of a group.
    """
    reach = reach_of(who)
    own = Q(assignee=reach.user_id) | stood_in_q(who) if reach.desks | reach.reviews else Q(assignee=reach.user_id)
    if reach.posts:
        own |= Q(post__in=sorted(reach.posts), post__isnull=False, assignee__isnull=True)
    if may(who, "cartable.refer"):
        kept = Referral.objects.filter(IS_OPEN & sent_q(who), keep=True)
        own |= Q(AnyOf(F("pk"), ArraySubquery(kept.values("request_id"))))
    return _ACTIVE & (own | _asked_of(reach.user_id))


def _asked_of(user_id: int) -> Q:
    """Where a note names somebody, and where a turn to approve as one of a group waits: he has an open copy of that.

    Of confidential requests with a mention those that he is named on; others wait in their own folder. Every page
    counts this, and PostgreSQL plans it each time: so it is short.
    """
    turns = Endorsement.objects.filter(user=user_id, state="waiting", copy__state__in=OPEN_REFERRAL)
    named = Mention.objects.filter(user=user_id, done_at=None)
    confided = Confidant.objects.filter(user=user_id)
    seen = Q(confidential=False) | Q(AnyOf(F("pk"), ArraySubquery(confided.values("request_id"))))
    return Q(AnyOf(F("pk"), ArraySubquery(turns.values("copy__request_id")))) | seen & Q(
        AnyOf(F("pk"), ArraySubquery(named.values("request_id")))
    )


def _department(who: Who) -> Q:
    """The work of one's department; what waits for review is on the reviewer's desk."""
    reach = reach_of(who)
    if reach.department_id is None or not policies.sees_departments(who):
        return NOTHING
    return _ACTIVE & Q(department=reach.department_id) & ~Q(status=Request.Status.REVIEW)


def _review(who: Who) -> Q:
    """Drafts that are mine to review, also as one of a group, and those of my scope that nobody reviews yet."""
    reach = reach_of(who)
    asked = open_turns_of({reach.user_id} | reach.reviews).values("answer__request_id")
    mine = Q(assignee__in=sorted({reach.user_id} | reach.reviews)) if reach.reviews else Q(assignee=reach.user_id)
    nobodys = Q(assignee__isnull=True) & fields_q(who, "cartable.approve", _FIELDS)
    return Q(status=Request.Status.REVIEW) & (mine | nobodys | Q(AnyOf(F("pk"), ArraySubquery(asked))))


def _overdue(who: Who, now: Any) -> Q:
    return _ACTIVE & Q(next_due__lt=now) & _place(who)


def _referred(who: Who) -> Q:
    return _ACTIVE & _referrals_of(IS_OPEN & IS_ORIGINAL, sent_ways(who))


def _copies(who: Who) -> Q:
    """What came as a copy to me, my post, my department or branch, and was not put away."""
    if scope_of(who, VIEW) is None:
        return NOTHING
    return _referrals_of(IS_OPEN & ~IS_ORIGINAL, received_ways(who))


def _referrals_of(condition: Q, ways: Iterable[Q]) -> Q:
    """The requests of such referrals, a list for each way: one index answers it, where an OR would read rows."""
    found = (Referral.objects.filter(condition & way).values("request_id") for way in ways)
    return reduce(or_, (Q(AnyOf(F("pk"), ArraySubquery(each))) for each in found))


def _mentions(who: Who) -> Q:
    """What a note names me in; a request that is confidential only as its insider."""
    waiting = Mention.objects.waiting_for(who)
    return Q(pk__in=waiting.values("request_id")) if scope_of(who, VIEW) is not None else NOTHING


def _unread(who: Who) -> Q:
    return _ACTIVE & Q(needs_review=True) & fields_q(who, "cartable.review_unread", _FIELDS)


def _answered(who: Who) -> Q:
    return IS_ANSWERED & _place(who)


def _closed(who: Who) -> Q:
    return IS_CLOSED & _place(who)


def _all(who: Who) -> Q:
    return _ACTIVE & _place(who)


def _place(who: Who) -> Q:
    """The widest place of the user's scope, which one index can answer: himself, his department, his branches."""
    reach, scope = reach_of(who), scope_of(who, VIEW)
    if scope is None:
        return NOTHING
    if scope is Scope.ALL:
        return Q()
    return _narrow(reach, scope)


def _narrow(reach: Reach, scope: Scope) -> Q:
    if scope is Scope.BRANCH_BELOW and reach.below:
        return Q(branch__in=sorted(reach.below))
    if scope is Scope.BRANCH and reach.branch_id is not None:
        return Q(branch=reach.branch_id)
    if scope is Scope.TEAM and reach.department_id is not None:
        return Q(department=reach.department_id)
    return Q(assignee=reach.user_id)


_ACTIVE = Q(status__in=("new", "open", "referred", "review"))
_FIELDS = Request.scope_fields
_TIMED = {Folder.MINE: _mine, Folder.SNOOZED: _snoozed, Folder.OVERDUE: _overdue}  # these look at the clock
_CONDITIONS = {
    Folder.DEPARTMENT: _department,
    Folder.REVIEW: _review,
    Folder.REFERRED: _referred,
    Folder.COPIES: _copies,
    Folder.MENTIONS: _mentions,
    Folder.UNREAD: _unread,
    Folder.ANSWERED: _answered,
    Folder.CLOSED: _closed,
    Folder.ALL: _all,
}


def search_q(question: str) -> Q:
    """The condition for a question: a follow-up code, or words of the request, the last of which may be only begun.

    Its words are those of code, customer, subject and first text; of an address also what stands between its marks.
    """
    exact = code.parse(question)
    if exact is not None:
        return Q(code=exact)
    words = words_query(question)
    return Q(holds(LEXEMES, words)) if words else Q()


def page_of(
    who: Who,
    folder: Folder,
    *,
    wanted: Wanted | None = None,
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
) -> Page[Row]:
    """One page of a folder in its order (nearest deadline, or newest first): two queries."""
    wanted = wanted or Wanted()
    rows = in_folder(who, folder, department_id=wanted.department_id)
    if wanted.search.strip():
        rows = rows.filter(search_q(wanted.search))
    rows = rows.select_related("party", "kind", "department", "assignee").defer("search")
    page = keyset_page(rows, order=ORDERS.get(folder, BY_DUE), after=after, before=before, size=size)
    return Page(items=rows_of(who, page.items), next=page.next, previous=page.previous)


_MARKS = Prepared(
    lambda: ReadMark.objects.filter(is_any("request_id", "ids"), user=Given("user")).values_list("request_id", "at")
)


def rows_of(who: Who, requests: Sequence[Request]) -> list[Row]:
    """Say of each request whether the user has seen its last news: one query."""
    read: dict[int, datetime] = dict(_MARKS.all(user=reach_of(who).user_id, ids=[one.pk for one in requests]))
    return [Row(request=one, unread=one.pk not in read or read[one.pk] < one.last_activity_at) for one in requests]


def departments_of(who: Who) -> list[Department]:
    """The departments whose work the user sees, for the list beside the folders; none when it is only his own."""
    scope = scope_of(who, VIEW)
    if scope is None or scope.width < Scope.BRANCH.width:
        return []
    rows = Department.objects.filter(is_active=True).filter(fields_q(who, VIEW, Department.scope_fields))
    return list(rows.order_by("branch__path", "name"))
