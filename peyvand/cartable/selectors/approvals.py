"""Which rule asks for which approvals of an answer, and whose turn it is; rules are believed for a few seconds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from peyvand.accounts.scoping import Who, reach_of
from peyvand.cartable.models import Answer, ApprovalRule, Endorsement, Request, RuleApprover
from peyvand.core.known import Known
from peyvand.parties.models import Party

Given, Waiting = Endorsement.State.GIVEN, Endorsement.State.WAITING


@dataclass(frozen=True, kw_only=True)
class Approver:
    """A person, or whoever holds a post then."""

    user_id: int | None
    post_id: int | None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An active rule as it is asked for every answer; None is no condition."""

    id: int
    name: str
    kind_id: int | None
    department_id: int | None
    category_id: int | None
    min_words: int | None
    confidential: bool
    in_order: bool
    needed: int
    approvers: tuple[Approver, ...]

    def fits(self, request: Request, words: int, category_id: int | None) -> bool:
        """Does it ask for approvals of an answer of so many words to this request?"""
        return (
            (self.kind_id is None or self.kind_id == request.kind_id)
            and (self.department_id is None or self.department_id == request.department_id)
            and (self.category_id is None or self.category_id == category_id)
            and (self.min_words is None or words >= self.min_words)
            and (request.confidential or not self.confidential)
        )


def _active(_key: None) -> list[Rule]:
    rows = ApprovalRule.objects.filter(is_active=True).order_by("position", "pk").prefetch_related("approvers")
    return [_rule(row) for row in rows]


def _rule(row: ApprovalRule) -> Rule:
    approvers = sorted(row.approvers.all(), key=lambda one: (one.position, one.pk))
    return Rule(
        id=row.pk,
        name=row.name,
        kind_id=row.kind_id,
        department_id=row.department_id,
        category_id=row.category_id,
        min_words=row.min_words,
        confidential=row.confidential,
        in_order=row.in_order,
        needed=row.needed,
        approvers=tuple(Approver(user_id=one.user_id, post_id=one.post_id) for one in approvers),
    )


_known = Known(_active)


def rules_with_approvers() -> list[ApprovalRule]:
    """All rules with whom they ask, for administration."""
    approvers = Prefetch("approvers", RuleApprover.objects.select_related("user", "post").order_by("position", "pk"))
    rows = ApprovalRule.objects.select_related("kind", "department", "category").prefetch_related(approvers)
    return list(rows.order_by("position", "pk"))


def forget_rules() -> None:
    """Read the rules anew: they were changed here."""
    _known.forget()


def rule_for(request: Request, body: str) -> Rule | None:
    """The first rule that asks for approvals of an answer with this text; no question to the database without one by
    the customer's category.
    """
    rules = [one for one in _known(None) if one.approvers]
    if not rules:
        return None
    by_category = request.party_id is not None and any(one.category_id for one in rules)
    category_id = (
        Party.objects.filter(pk=request.party_id or 0).values_list("category_id", flat=True).first()
        if by_category
        else None
    )
    words = len(body.split())
    return next((one for one in rules if one.fits(request, words, category_id)), None)


def rule_named(rule_id: int | None) -> str:
    """What an active rule is called."""
    return next((one.name for one in _known(None) if one.id == rule_id), "")


def is_in_order(rule_id: int | None) -> bool:
    """Do approvers of this rule come one after another? A rule that is gone leaves any order."""
    return next((one.in_order for one in _known(None) if one.id == rule_id), False)


def turns_of(answer: Answer) -> list[Endorsement]:
    """Every approver's turn at an answer, in their order; empty where no rule asks for several."""
    rows = Endorsement.objects.filter(answer=answer).select_related("user", "instead_of", "copy")
    return list(rows.order_by("position", "pk"))


def open_turns(turns: Sequence[Endorsement], *, in_order: bool) -> list[Endorsement]:
    """Whoever may approve now: the next one, or all who have not yet."""
    waiting = [one for one in turns if one.state == Waiting]
    return waiting[:1] if in_order else waiting


def open_turns_of(people: Collection[int]) -> QuerySet[Endorsement]:
    """The turns of these people that they may take now as one of a group, in any order; of turns one after another the
    open one is with who holds the request.
    """
    any_order = Q(answer__rule=None) | Q(answer__rule__in_order=False) | Q(answer__rule__is_active=False)
    waiting = Endorsement.objects.filter(user__in=sorted(people), state=Waiting, answer__state=Answer.State.REVIEW)
    return waiting.filter(any_order)


def turn_of(
    who: Who, answer: Answer, turns: Sequence[Endorsement], opened: Sequence[Endorsement]
) -> Endorsement | None:
    """The open turn that is for `who` to take: his own, or that of a colleague on leave whose reviews are his.

    One person counts once: who wrote the answer, or is asked himself, takes nobody's turn in his place.
    """
    reach = reach_of(who)
    own = next((one for one in opened if one.user_id == reach.user_id), None)
    if own is not None or reach.user_id in {answer.author_id, *(one.user_id for one in turns)}:
        return own
    return next((one for one in opened if one.user_id in reach.reviews), None)


def missing(answer: Answer, turns: Sequence[Endorsement]) -> int:
    """How many approvals are still missing."""
    return max(0, answer.needed - sum(one.state == Given for one in turns))
