"""Approval by several: in order or any of a group, edits, people who leave, and ways around it that lead nowhere."""

import pytest

from peyvand.accounts.models import User
from peyvand.cartable import services
from peyvand.cartable.errors import AnswerDecided, ApprovalNeeded, DraftChanged, NobodyThere, NotYourTurn
from peyvand.cartable.models import Answer, ApprovalRule, Kind, Request
from peyvand.cartable.selectors import Folder, in_folder
from peyvand.cartable.selectors.approvals import rule_for
from peyvand.cartable.services import Approval
from peyvand.cartable.services.approval_rules import RuleDetails, delete_approval_rule, save_approval_rule
from peyvand.cartable.tests.desk import as_actor, drafted, mailbox, opened, referred, submitted, user_target
from peyvand.cartable.tests.regrouping import merged
from peyvand.cartable.types import Target, TargetKind
from peyvand.channels.models import Message
from peyvand.core.errors import Invalid, NotAllowed, NotFound
from tests.cast import Cast, make_user

LONG = "سخن " * 60


def _rule(cast: Cast, *people: User, **values: object) -> ApprovalRule:
    approvers = [Target(TargetKind.USER, one.pk) for one in people]
    details = RuleDetails(name="دو امضا", approvers=approvers, **values)  # type: ignore[arg-type]  # of the test
    return save_approval_rule(actor=cast.ada, rule=None, details=details)


@pytest.fixture
def request_(cast: Cast) -> Request:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    request.refresh_from_db()
    return request


@pytest.fixture
def farid(cast: Cast) -> User:
    """An officer of another branch."""
    return make_user("farid", department=cast.sales, roles=[cast.roles["officer"]])


def _approve(user: User, answer: Answer, body: str | None = None) -> Answer:
    services.approve_and_send(actor=as_actor(user), answer_id=answer.pk, approval=Approval(body=body))
    answer.refresh_from_db()
    return answer


def _waiting(answer: Answer) -> set[str]:
    return {one.user.username for one in answer.endorsements.filter(state="waiting")}


def test_one_after_another_and_only_the_last_lets_it_out(cast: Cast, request_: Request) -> None:
    _rule(cast, cast.bob, cast.olivia)
    answer = submitted(cast.alice, request_)
    request_.refresh_from_db()
    assert (answer.reviewer, request_.assignee, answer.needed) == (cast.bob, cast.bob, 2)
    with pytest.raises(NotYourTurn):
        _approve(cast.olivia, answer)
    _approve(cast.bob, answer)
    request_.refresh_from_db()
    assert (answer.state, answer.reviewer, request_.assignee) == ("review", cast.olivia, cast.olivia)
    assert not Message.objects.filter(direction="out").exists()
    with pytest.raises(NotYourTurn):
        _approve(cast.bob, answer)
    _approve(cast.olivia, answer)
    request_.refresh_from_db()
    assert (answer.state, request_.status) == ("approved", "answered")
    assert list(request_.steps.filter(kind__in=["endorsed", "approved"]).values_list("kind", "actor")) == [
        ("endorsed", cast.bob.pk), ("approved", cast.olivia.pk)
    ]  # fmt: skip
    with pytest.raises(AnswerDecided):
        _approve(cast.olivia, answer)


def test_any_two_of_three_see_it_and_approve_in_any_order(cast: Cast, request_: Request, farid: User) -> None:
    _rule(cast, cast.bob, cast.olivia, farid, in_order=False, needed=2)
    answer = submitted(cast.alice, request_)
    assert Request.objects.visible_to(as_actor(farid)).filter(pk=request_.pk).exists()
    assert in_folder(as_actor(farid), Folder.MINE).filter(pk=request_.pk).exists()
    _approve(farid, answer)
    assert not in_folder(as_actor(farid), Folder.MINE).exists()
    assert answer.state == "review" and _waiting(answer) == {"bob", "olivia"}
    _approve(cast.olivia, answer)
    assert answer.state == "approved"
    assert not request_.referrals.filter(role="copy", ended_at=None).exists()


def test_an_edit_makes_earlier_approvals_count_no_more(cast: Cast, request_: Request) -> None:
    _rule(cast, cast.bob, cast.olivia)
    answer = submitted(cast.alice, request_)
    _approve(cast.bob, answer)
    _approve(cast.olivia, answer, "متن دیگر")
    assert answer.state == "review" and _waiting(answer) == {"bob"} and answer.reviewer == cast.bob
    assert request_.steps.filter(kind="approvals_reset").exists()
    _approve(cast.bob, answer)
    assert answer.state == "approved" and answer.message is not None and answer.message.text == "متن دیگر"


def test_what_was_just_edited_is_not_approved_unseen(cast: Cast, request_: Request) -> None:
    _rule(cast, cast.bob, cast.olivia, in_order=False, needed=2)
    answer = submitted(cast.alice, request_)
    seen = answer.version
    services.approve_and_send(actor=as_actor(cast.bob), answer_id=answer.pk, approval=Approval(body="متن باب"))
    with pytest.raises(DraftChanged) as caught:
        services.approve_and_send(
            actor=as_actor(cast.olivia), answer_id=answer.pk, approval=Approval(body="متن لیلا"), expected_version=seen
        )
    assert caught.value.stored.body == "متن باب"
    answer.refresh_from_db()
    assert answer.body == "متن باب" and _waiting(answer) == {"olivia"}


def test_a_returned_answer_begins_its_approvals_anew(cast: Cast, request_: Request) -> None:
    _rule(cast, cast.bob, cast.olivia)
    answer = submitted(cast.alice, request_)
    _approve(cast.bob, answer)
    with pytest.raises(NotYourTurn):
        services.return_answer(actor=as_actor(cast.bob), answer_id=answer.pk, remark="نه")
    services.return_answer(actor=as_actor(cast.olivia), answer_id=answer.pk, remark="ساعت را بنویسید")
    answer.refresh_from_db()
    assert (answer.state, answer.endorsements.count()) == ("returned", 0)
    services.submit_draft(actor=as_actor(cast.alice), answer_id=answer.pk)
    assert _waiting(answer) == {"bob", "olivia"}


def test_who_may_send_alone_does_not_get_around_a_rule(cast: Cast, request_: Request) -> None:
    _rule(cast, cast.bob, cast.olivia)
    own = drafted(cast.olivia, request_, "سلام")
    with pytest.raises(ApprovalNeeded):
        _approve(cast.olivia, own)
    services.submit_draft(actor=as_actor(cast.olivia), answer_id=own.pk)
    own.refresh_from_db()
    assert _waiting(own) == {"bob"}  # nobody approves his own words
    with pytest.raises(NotYourTurn):
        _approve(cast.olivia, own)
    _approve(cast.bob, own)
    assert own.state == "approved"


def test_a_reviewer_who_makes_it_longer_does_not_get_around_it_either(cast: Cast, request_: Request) -> None:
    _rule(cast, cast.bob, cast.olivia, min_words=50, in_order=False, needed=2)
    answer = submitted(cast.alice, request_)
    assert answer.rule is None and answer.reviewer == cast.olivia
    _approve(cast.olivia, answer, LONG)
    assert answer.state == "review" and answer.body == LONG and _waiting(answer) == {"bob"}
    _approve(cast.bob, answer)
    assert answer.state == "approved"


def test_who_has_left_is_replaced_and_the_history_says_so(cast: Cast, request_: Request, farid: User) -> None:
    _rule(cast, farid, cast.olivia)
    User.objects.filter(pk=farid.pk).update(is_active=False)
    answer = submitted(cast.alice, request_)
    first = answer.endorsements.order_by("position").first()
    assert first is not None and first.instead_of == farid and first.user != farid
    step = request_.steps.get(kind="approver_replaced")
    assert str(farid) in step.details["remark"] and str(first.user) in step.details["remark"]
    _approve(first.user, answer)
    _approve(cast.olivia, answer)
    assert answer.state == "approved"


def test_who_leaves_while_it_waits_blocks_nothing(cast: Cast, request_: Request, farid: User) -> None:
    _rule(cast, farid, cast.olivia)
    answer = submitted(cast.alice, request_)
    assert answer.reviewer == farid
    User.objects.filter(pk=farid.pk).update(is_active=False)
    assert services.rescue_abandoned() == 1
    answer.refresh_from_db()
    request_.refresh_from_db()
    assert answer.reviewer not in (None, farid) and request_.assignee == answer.reviewer
    assert request_.steps.filter(kind="approver_replaced").exists() and services.rescue_abandoned() == 0
    for turn in list(answer.endorsements.order_by("position")):
        _approve(turn.user, answer)
    assert answer.state == "approved"


def test_taken_back_after_the_last_approval_only_that_one_is_asked_again(cast: Cast, request_: Request) -> None:
    _rule(cast, cast.bob, cast.olivia)
    answer = submitted(cast.alice, request_)
    _approve(cast.bob, answer)
    _approve(cast.olivia, answer)
    services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    assert answer.state == "review" and _waiting(answer) == {"olivia"}
    _approve(cast.olivia, answer)
    assert answer.state == "approved"


def test_a_rule_that_is_taken_away_leaves_waiting_answers_their_approvers(cast: Cast, request_: Request) -> None:
    rule = _rule(cast, cast.bob, cast.olivia)
    answer = submitted(cast.alice, request_)
    delete_approval_rule(actor=cast.ada, rule=rule)
    _approve(cast.olivia, answer)
    assert answer.state == "review"
    _approve(cast.bob, answer)
    assert answer.state == "approved"


def test_a_confidential_request_is_seen_by_its_approvers(cast: Cast, request_: Request, farid: User) -> None:
    _rule(cast, cast.bob, farid, confidential=True, in_order=False, needed=2)
    assert rule_for(request_, "سلام") is None
    services.confide(actor=as_actor(cast.olivia), request_id=request_.pk, confidential=True, people=[])
    request_.refresh_from_db()
    answer = submitted(cast.alice, request_)
    for one in (cast.bob, farid):
        assert Request.objects.visible_to(as_actor(one)).filter(pk=request_.pk).exists()
        _approve(one, answer)
    assert answer.state == "approved"


def test_the_first_rule_that_fits_counts(cast: Cast, request_: Request) -> None:
    kind = Kind.objects.create(code="k", name_fa="ک", name_en="K")
    of_kind = _rule(cast, cast.bob, kind_id=kind.pk, position=1)
    _rule(cast, cast.olivia, department_id=cast.after_sales.pk, position=2)
    every = _rule(cast, cast.olivia, position=3)
    found = rule_for(request_, "سلام")
    assert found is not None and found.id == every.pk
    request_.kind = kind
    found = rule_for(request_, "سلام")
    assert found is not None and found.id == of_kind.pk


def test_rules_are_for_the_administrator_and_name_people_who_may_approve(cast: Cast) -> None:
    target = Target(TargetKind.USER, cast.olivia.pk)
    with pytest.raises(NotAllowed):
        save_approval_rule(actor=cast.olivia, rule=None, details=RuleDetails(name="x", approvers=[target]))
    with pytest.raises(NobodyThere):
        _rule(cast, cast.alice)
    for broken in ({"needed": 2, "in_order": False}, {"min_words": 0}, {"kind_id": 10**9}):
        with pytest.raises(Invalid):
            _rule(cast, cast.olivia, **broken)
    with pytest.raises(Invalid):
        _rule(cast)
    assert not ApprovalRule.objects.exists()


def test_strangers_do_not_see_what_waits(cast: Cast, request_: Request) -> None:
    _rule(cast, cast.bob, cast.olivia)
    answer = submitted(cast.alice, request_)
    with pytest.raises(NotFound):
        _approve(cast.charlie, answer)


def test_who_comes_in_the_place_of_one_of_a_group_is_shown_the_request(
    cast: Cast, request_: Request, farid: User
) -> None:
    """He gets a copy of his own; whoever is gone keeps none."""
    _rule(cast, cast.bob, farid, in_order=False, needed=2)
    services.confide(actor=as_actor(cast.olivia), request_id=request_.pk, confidential=True, people=[cast.alice.pk])
    answer = submitted(cast.alice, request_)
    User.objects.filter(pk=farid.pk).update(is_active=False)
    assert services.rescue_abandoned() == 1
    turn = answer.endorsements.exclude(user=cast.bob).get()
    assert turn.copy is not None and turn.copy.to_user == turn.user
    assert Request.objects.visible_to(as_actor(turn.user)).filter(pk=request_.pk).exists()
    assert in_folder(as_actor(turn.user), Folder.MINE).filter(pk=request_.pk).exists()
    assert not request_.referrals.filter(to_user=farid, ended_at=None).exists()


def test_an_answer_that_is_taken_back_after_a_merge_is_with_its_approver_again(cast: Cast, request_: Request) -> None:
    _rule(cast, cast.bob, cast.olivia)
    answer = submitted(cast.alice, request_)
    for one in (cast.bob, cast.olivia):
        _approve(one, answer)
    survivor = opened(mailbox(cast), "another@else.example")
    merged(cast.olivia, survivor, request_)
    services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    survivor.refresh_from_db()
    assert (answer.state, answer.reviewer, answer.request) == ("review", cast.olivia, survivor)
    assert _waiting(answer) == {cast.olivia.username}
    assert (survivor.status, survivor.assignee) == ("review", cast.olivia)


def test_an_approved_answer_that_is_sent_elsewhere_and_taken_back_needs_its_approval_anew(
    cast: Cast, request_: Request
) -> None:
    _rule(cast, cast.bob)
    answer = _approve(cast.bob, submitted(cast.olivia, request_))
    Message.objects.filter(pk=answer.message_id).update(state="failed")
    olivia, where = as_actor(cast.olivia), "second@arman.example"
    services.resend_to(actor=olivia, request_id=request_.pk, message_id=answer.message_id or 0, recipient=where)
    services.take_back(actor=olivia, answer_id=answer.pk)
    answer.refresh_from_db()
    assert answer.state == "draft"
    with pytest.raises(ApprovalNeeded):
        _approve(cast.olivia, answer, "چیزی دیگر")
