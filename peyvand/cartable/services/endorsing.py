"""Approval by several: who is asked, whose turn it is, what an edit undoes, and who stands in for whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_noop

from peyvand.accounts import policies as access
from peyvand.accounts.leave import away_today
from peyvand.accounts.models import Post, Substitution, User
from peyvand.accounts.selectors import administrators
from peyvand.cartable.errors import NobodyApproves, NotYourTurn
from peyvand.cartable.models import Answer, Endorsement, Referral, Request
from peyvand.cartable.selectors import approvals
from peyvand.cartable.selectors.approvals import Approver, Rule
from peyvand.cartable.selectors.choices import referral_actions
from peyvand.cartable.selectors.heads import head_of
from peyvand.cartable.services import holding
from peyvand.cartable.services.telling import tell
from peyvand.cartable.services.work import Work
from peyvand.cartable.types import StepKind

APPROVE = "cartable.approve"
SLICE = 200
KIND = "approval"
ASKED = gettext_noop("An answer waits for your approval: %(subject)s")
E = Endorsement.State


@dataclass(frozen=True, kw_only=True)
class Turns:
    """Where the approvals of one answer stand."""

    all: Sequence[Endorsement]
    open: Sequence[Endorsement]
    missing: int


def turns(answer: Answer) -> Turns:
    """Read them; an answer without a rule has none."""
    found = approvals.turns_of(answer)
    in_order = approvals.is_in_order(answer.rule_id)
    return Turns(
        all=found,
        open=approvals.open_turns(found, in_order=in_order),
        missing=approvals.missing(answer, found) if found else 0,
    )


def ask(work: Work, answer: Answer, rule: Rule) -> User:
    """Begin the approvals that a rule asks for; return who comes first. What was approved before does not count.

    Who has left or may not approve is replaced by the head of the department, and the history says so; nobody approves
    his own words. Raises NobodyApproves.
    """
    answer.endorsements.all().delete()
    people: dict[int, tuple[User, User | None]] = {}
    for one in rule.approvers:
        named = _person(one)
        if named is not None and named.pk == answer.author_id:
            continue
        found = named if _is_there(named) else _stand_in(work.request, {*people, answer.author_id})
        if named is None or found is None or found.pk != named.pk:
            _say_replaced(work, answer, named, found)
        if found is not None:
            people.setdefault(found.pk, (found, named if named and named.pk != found.pk else None))
    if not people and (found := _stand_in(work.request, {answer.author_id})) is not None:
        people[found.pk] = (found, None)
    if not people:
        raise NobodyApproves
    answer.rule_id = rule.id
    answer.needed = len(people) if rule.in_order else min(rule.needed, len(people))
    Endorsement.objects.bulk_create(
        Endorsement(answer=answer, user=user, instead_of=instead, position=position)
        for position, (user, instead) in enumerate(people.values())
    )
    opened = turns(answer).open
    _invite(work, answer, opened)
    return opened[0].user


def check_turn(work: Work, answer: Answer) -> Endorsement | None:
    """The actor's turn at an answer, or that of a colleague on leave in whose place he approves; None where no rule
    asks for several. Raises NotYourTurn.
    """
    found = turns(answer)
    if not found.all:
        return None
    mine = approvals.turn_of(work.actor, answer, found.all, found.open) if work.actor is not None else None
    if mine is None:
        raise NotYourTurn
    if work.user is None or mine.user_id != work.user.pk:
        work.instead_of = mine.user_id
    return mine


def give(work: Work, answer: Answer, mine: Endorsement, *, edited: bool) -> User | None:
    """Note the actor's approval of the text as it stands; return who comes next, None when it may go out.

    edited: the actor changed the text, so that those who approved before approved another one: they are asked again.
    """
    if edited:
        former = answer.endorsements.filter(state=E.GIVEN).exclude(pk=mine.pk)
        if former.update(state=E.WAITING, at=None, version=None):
            work.note(StepKind.APPROVALS_RESET, answer)
    mine.state, mine.at, mine.version = E.GIVEN, work.now, answer.version
    mine.save(update_fields=["state", "at", "version"])
    left = turns(answer)
    if not left.missing:
        end_copies(work, answer)
        return None
    if approvals.is_in_order(answer.rule_id) or edited:
        _invite(work, answer, left.open)
    return left.open[0].user


def take_again(answer: Answer, endorsement_id: int | None) -> None:
    """The last approval is taken back with the answer that it let out; the others stay, the text is the same."""
    answer.endorsements.filter(pk=endorsement_id or 0).update(state=E.WAITING, at=None, version=None)


def drop(work: Work, answer: Answer) -> None:
    """The answer went back to its author: approvals begin anew when it is submitted again."""
    end_copies(work, answer)
    answer.endorsements.all().delete()
    answer.rule, answer.needed = None, 1


def end_copies(work: Work, answer: Answer) -> None:
    """Put away what the approvers were shown."""
    for one in Referral.objects.filter(pk__in=answer.endorsements.exclude(copy=None).values("copy"), ended_at=None):
        holding.end(work, one, Referral.State.DONE)


def rescue_approvals(limit: int = SLICE) -> int:
    """Replace approvers who are not there any more, in answers that wait for them; return how many answers."""
    waiting = Endorsement.objects.filter(state=E.WAITING, answer__state=Answer.State.REVIEW)
    rows = waiting.select_related("user", "answer").order_by("pk")
    gone = [one for one in rows if not _is_there(one.user) or _is_stuck(one)]
    answer_ids = list(dict.fromkeys(one.answer_id for one in gone))[:limit]
    return sum(_rescue(pk) for pk in answer_ids)


@transaction.atomic
def _rescue(answer_id: int) -> bool:
    request_id = Answer.objects.filter(pk=answer_id).values_list("request_id", flat=True).first()
    request = Request.objects.select_for_update(of=("self",)).filter(pk=request_id or 0).first()
    answer = Answer.objects.select_for_update(of=("self",)).filter(pk=answer_id, state=Answer.State.REVIEW).first()
    if request is None or answer is None:
        return False
    work = Work(None, request)
    for one in turns(answer).all:
        if one.state == E.WAITING and (not _is_there(one.user) or _is_stuck(one)):
            _replace(work, answer, one)
    left = turns(answer)
    if left.open:
        answer.reviewer = request.assignee = left.open[0].user
        request.post = None
        _invite(work, answer, left.open)
    answer.save(update_fields=["reviewer", "needed"])
    work.done(StepKind.RESCUED, details={"to": answer.reviewer_id})
    return True


def _replace(work: Work, answer: Answer, turn: Endorsement) -> None:
    """Give somebody's turn to the head of the department, or leave it out where he approves anyway."""
    known = set(answer.endorsements.values_list("user_id", flat=True))
    found = _stand_in(work.request, {*known, answer.author_id})
    _say_replaced(work, answer, turn.user, found)
    if turn.copy is not None and turn.copy.ended_at is None and (found is not None or len(known) > 1):
        holding.end(work, turn.copy, Referral.State.DONE)  # it showed the request to who is gone
    if found is not None:
        turn.user, turn.instead_of, turn.copy = found, turn.instead_of or turn.user, None
        turn.save(update_fields=["user", "instead_of", "copy"])
        return
    if len(known) > 1:
        turn.delete()
        answer.needed = min(answer.needed, len(known) - 1)


def _invite(work: Work, answer: Answer, turns: Sequence[Endorsement]) -> None:
    """Tell whoever may approve now. The first gets the request itself; the others a copy, by which they see it."""
    action = next((one for one in referral_actions().values() if one.code == "approval"), None)
    for one in turns[1:]:
        if one.copy_id is None or one.copy is None or one.copy.ended_at is not None:
            one.copy = Referral.objects.create(
                request=work.request, by=answer.author, to_user=one.user, role=Referral.Role.COPY, action=action,
                created_at=work.now,
            )  # fmt: skip
            one.save(update_fields=["copy"])
    people = [one.user for one in turns]
    work.also_tell |= {one.pk for one in people}
    work.after.append(partial(_tell_each, people, work.request))


def _tell_each(people: Sequence[User], request: Request) -> None:
    away = away_today()
    reviewing = [one for one in (away.get(each.pk) for each in people) if one and one.work & Substitution.Work.REVIEWS]
    substitutes = User.objects.filter(pk__in=[one.substitute_id for one in reviewing], is_active=True)
    for one in {*people, *substitutes}:
        tell(one, request, ASKED, kind=KIND)


def _person(approver: Approver) -> User | None:
    if approver.user_id is not None:
        return User.objects.filter(pk=approver.user_id or 0).first()
    post = Post.objects.filter(pk=approver.post_id or 0).select_related("holder").first()
    return post.holder if post else None


def _is_there(user: User | None) -> bool:
    return user is not None and user.is_active and access.may(user, APPROVE)


def _is_stuck(turn: Endorsement) -> bool:
    """Is its approver on leave, and whoever reviews in his place asked already, or the author: nobody can take it."""
    away = away_today().get(turn.user_id)
    if away is None or not away.work & Substitution.Work.REVIEWS:
        return False
    known = set(turn.answer.endorsements.values_list("user_id", flat=True))
    return away.substitute_id in {turn.answer.author_id, *known}


def _stand_in(request: Request, but: Collection[int]) -> User | None:
    """The head of the department, else the officer, else an administrator, who may approve and is not asked already."""
    candidates = [head_of(request.department), request.officer, *administrators().order_by("pk")[:5]]
    return next((one for one in candidates if _is_there(one) and one is not None and one.pk not in but), None)


def _say_replaced(work: Work, answer: Answer, gone: User | None, found: User | None) -> None:
    names = " → ".join(str(one) if one else "…" for one in (gone, found))
    details = {"gone": gone.pk if gone else None, "to": found.pk if found else None, "remark": names}
    work.note(StepKind.APPROVER_REPLACED, answer, details)
