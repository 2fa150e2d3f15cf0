"""Approvals of who is on leave: his substitute gives them in his place, one person counts once, nothing gets stuck."""

import pytest
from django.test import Client
from django.utils import timezone

from peyvand.accounts.leave import forget_away
from peyvand.accounts.models import Notification, Substitution, User
from peyvand.cartable import selectors, services
from peyvand.cartable.errors import NotYourTurn
from peyvand.cartable.models import Answer, Request, Step
from peyvand.cartable.selectors import Folder
from peyvand.cartable.services import Approval
from peyvand.cartable.services.approval_rules import RuleDetails, save_approval_rule
from peyvand.cartable.services.endorsing import rescue_approvals
from peyvand.cartable.services.signing import SignatureDetails, save_own_signature
from peyvand.cartable.tests.desk import as_actor, mailbox, opened, referred, submitted, user_target
from peyvand.cartable.types import Target, TargetKind
from peyvand.core.errors import NotFound
from tests.cast import Cast, make_user


@pytest.fixture
def request_(cast: Cast) -> Request:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    request.refresh_from_db()
    return request


@pytest.fixture
def dina(cast: Cast) -> User:
    """An officer of another branch, who sees nothing of it by herself."""
    return make_user("dina", full_name="دینا پارسا", department=cast.sales, roles=[cast.roles["officer"]])


def asked(cast: Cast, *people: User, in_order: bool = True, needed: int = 1) -> None:
    approvers = [Target(TargetKind.USER, one.pk) for one in people]
    details = RuleDetails(name="دو امضا", approvers=approvers, in_order=in_order, needed=needed)
    save_approval_rule(actor=cast.ada, rule=None, details=details)


def away(person: User, substitute: User, work: int = Substitution.Work.REVIEWS) -> None:
    today = timezone.localdate()
    Substitution.objects.create(person=person, substitute=substitute, first_day=today, last_day=today, work=work)
    forget_away()


def approve(user: User, answer: Answer) -> Answer:
    services.approve_and_send(actor=as_actor(user), answer_id=answer.pk, approval=Approval())
    answer.refresh_from_db()
    return answer


def in_review(user: User) -> list[int]:
    return list(selectors.in_folder(as_actor(user), Folder.REVIEW).values_list("pk", flat=True))


def test_she_approves_in_his_place_and_the_history_says_for_whom(cast: Cast, request_: Request, dina: User) -> None:
    asked(cast, cast.bob, cast.olivia)
    away(cast.bob, dina)
    answer = submitted(cast.alice, request_)
    assert in_review(dina) == [request_.pk] == in_review(cast.bob)
    assert set(Notification.objects.filter(kind="approval").values_list("user", flat=True)) == {cast.bob.pk, dina.pk}
    approve(dina, answer)
    step = Step.objects.get(kind="endorsed")
    assert (step.actor, step.instead_of) == (dina, cast.bob)
    assert answer.endorsements.get(state="given").user == cast.bob and in_review(dina) == []
    assert approve(cast.olivia, answer).state == "approved"


def test_the_page_offers_it_to_her(cast: Cast, request_: Request, dina: User, client: Client) -> None:
    asked(cast, cast.bob, cast.olivia)
    away(cast.bob, dina)
    submitted(cast.alice, request_)
    for user, reviews in ((dina, True), (cast.bob, True), (cast.olivia, False)):
        client.force_login(user)
        page = client.get(f"/cartable/{request_.code}/", follow=True).content.decode()
        assert ("/approve/" in page) is reviews


def test_one_of_a_group_is_stood_in_for_too(cast: Cast, request_: Request, dina: User) -> None:
    asked(cast, cast.olivia, cast.bob, in_order=False, needed=2)
    away(cast.bob, dina)
    answer = submitted(cast.alice, request_)
    assert in_review(cast.olivia) == in_review(cast.bob) == in_review(dina) == [request_.pk]
    assert selectors.counts(as_actor(dina)).folders[Folder.REVIEW] == 1
    approve(dina, answer)
    assert approve(cast.olivia, answer).state == "approved" and in_review(cast.olivia) == in_review(dina) == []


def test_without_the_reviews_she_sees_and_approves_nothing(cast: Cast, request_: Request, dina: User) -> None:
    asked(cast, cast.olivia, cast.bob, in_order=False, needed=2)
    away(cast.olivia, dina, Substitution.Work.DESK)
    answer = submitted(cast.alice, request_)
    assert in_review(dina) == []
    with pytest.raises(NotFound):
        approve(dina, answer)


def test_one_person_counts_once(cast: Cast, request_: Request) -> None:
    asked(cast, cast.bob, cast.olivia)
    away(cast.olivia, cast.bob)
    answer = submitted(cast.alice, request_)
    approve(cast.bob, answer)
    with pytest.raises(NotYourTurn):
        approve(cast.bob, answer)
    assert not Answer.objects.filter(state="approved").exists()


def test_what_nobody_could_approve_goes_to_somebody_else(cast: Cast, request_: Request) -> None:
    asked(cast, cast.bob, cast.olivia)
    away(cast.olivia, cast.bob)
    answer = submitted(cast.alice, request_)
    assert rescue_approvals() == 1 and rescue_approvals() == 0
    turn = answer.endorsements.get(instead_of=cast.olivia)
    assert turn.user == cast.ada and Step.objects.filter(kind="approver_replaced").exists()
    approve(cast.bob, answer)
    assert approve(cast.ada, answer).state == "approved"


def test_nobody_approves_his_own_words_by_standing_in(cast: Cast, request_: Request) -> None:
    asked(cast, cast.bob)
    away(cast.bob, cast.olivia)
    services.take(actor=as_actor(cast.olivia), request_id=request_.pk)
    answer = submitted(cast.olivia, request_)
    with pytest.raises(NotYourTurn):
        approve(cast.olivia, answer)


def test_the_approver_sees_the_signature_as_it_will_be_sent(cast: Cast, request_: Request, client: Client) -> None:
    details = SignatureDetails(text_fa="با سپاس\nآلاله، بازرگانی", text_en="Regards\nAlaleh")
    save_own_signature(actor=as_actor(cast.alice), details=details)
    answer = submitted(cast.alice, request_)
    client.force_login(cast.olivia)
    page = client.get(f"/cartable/{request_.code}/", follow=True).content.decode()
    assert "آلاله، بازرگانی" in page
    approve(cast.olivia, answer)
    assert answer.message is not None and "آلاله، بازرگانی" in answer.message.text
