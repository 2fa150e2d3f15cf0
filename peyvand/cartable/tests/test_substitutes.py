"""Leave with a substitute: he sees and does the work in the other's place, the history says so, and it goes back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.leave import forget_away
from peyvand.accounts.models import Notification, Post, Substitution, User
from peyvand.accounts.services import end_substitution, name_substitute
from peyvand.accounts.types import Leave
from peyvand.cartable import policies, selectors, services
from peyvand.cartable.errors import ToYourself
from peyvand.cartable.models import Referral, Request, Step
from peyvand.cartable.selectors import Folder
from peyvand.cartable.services.approving import Approval
from peyvand.cartable.tests.desk import as_actor, drafted, mailbox, opened, referred, submitted, user_target
from peyvand.cartable.types import Copy, Target, TargetKind
from peyvand.core.errors import NotAllowed, NotFound
from tests.cast import Cast, make_user


def stand_in(person: User, substitute: User, *, work: int = 3, days: int = 7) -> Substitution:
    today = timezone.localdate()
    leave = Leave(first_day=today, last_day=today + timedelta(days=days), work=work)
    return name_substitute(actor=None, person=person, substitute=substitute, leave=leave)


def over(substitution: Substitution) -> None:
    """The leave ended yesterday."""
    today = timezone.localdate()
    Substitution.objects.filter(pk=substitution.pk).update(
        first_day=today - timedelta(days=9), last_day=today - timedelta(days=1)
    )
    forget_away()


def sees(user: User, request: Request) -> bool:
    return Request.objects.visible_to(as_actor(user)).filter(pk=request.pk).exists()


def in_folder(user: User, folder: Folder) -> list[int]:
    who = as_actor(user)
    rows = list(selectors.in_folder(who, folder).values_list("pk", flat=True))
    visible = set(Request.objects.visible_to(who).values_list("pk", flat=True))
    assert set(rows) <= visible, "a folder holds nothing that its reader may not see"
    return rows


@pytest.fixture
def dina(cast: Cast) -> User:
    """An expert in after-sales: she sees her own work alone, so that what she sees more is by standing in."""
    return make_user("dina", full_name="دینا پارسا", department=cast.after_sales, roles=[cast.roles["expert"]])


@pytest.fixture
def held(cast: Cast) -> Request:
    """A request that was referred to Alice and that she has not read."""
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice), tell_when_done=True)
    return Request.objects.get(pk=request.pk)


def test_she_sees_it_from_the_first_day_to_the_last_and_not_longer(cast: Cast, held: Request, dina: User) -> None:
    assert not sees(dina, held)
    substitution = stand_in(cast.alice, dina)
    assert sees(dina, held)
    assert in_folder(dina, Folder.MINE) == [held.pk]
    over(substitution)
    assert not sees(dina, held)
    assert in_folder(dina, Folder.MINE) == []
    coming = timezone.localdate() + timedelta(days=3)
    leave = Leave(first_day=coming, last_day=coming)
    name_substitute(actor=cast.alice, person=cast.alice, substitute=dina, leave=leave)
    assert not sees(dina, held)


def test_she_acts_in_her_own_name_and_the_history_says_in_whose_place(cast: Cast, held: Request, dina: User) -> None:
    stand_in(cast.alice, dina)
    services.read_referral(actor=as_actor(dina), request_id=held.pk)
    referral = Referral.objects.get(request=held)
    services.finish_referral(actor=as_actor(dina), referral_id=referral.pk, remark="انجام شد")
    steps = Step.objects.filter(request=held, kind__in=["read", "finished"])
    assert [(step.actor_id, step.instead_of_id) for step in steps] == [(dina.pk, cast.alice.pk)] * 2
    held.refresh_from_db()
    assert held.assignee_id == cast.olivia.pk


def test_what_she_drafts_is_hers_and_the_work_stays_with_the_person_on_leave(
    cast: Cast, held: Request, dina: User
) -> None:
    substitution = stand_in(cast.alice, dina)
    answer = submitted(dina, held)
    services.return_answer(actor=as_actor(cast.olivia), answer_id=answer.pk, remark="کوتاه‌تر")
    held.refresh_from_db()
    assert held.assignee_id == cast.alice.pk
    over(substitution)
    assert not sees(dina, held)
    assert in_folder(cast.alice, Folder.MINE) == [held.pk]


def test_she_refers_on_and_it_comes_back_to_the_person_on_leave(cast: Cast, held: Request, dina: User) -> None:
    substitution = stand_in(cast.alice, dina)
    onward = referred(dina, held, user_target(cast.charlie))
    assert (onward.by_id, onward.instead_of_id) == (dina.pk, cast.alice.pk)
    assert onward.parent is not None
    assert onward.parent.to_user_id == cast.alice.pk
    assert in_folder(cast.alice, Folder.REFERRED) == [held.pk]
    over(substitution)
    services.return_referral(actor=as_actor(cast.charlie), referral_id=onward.pk, remark="برای من نیست")
    held.refresh_from_db()
    assert held.assignee_id == cast.alice.pk


def test_nobody_refers_the_work_of_another_to_him_or_to_oneself(cast: Cast, held: Request, dina: User) -> None:
    stand_in(cast.alice, dina)
    for person in (dina, cast.alice):
        with pytest.raises(ToYourself):
            referred(dina, held, user_target(person))


def test_she_may_recall_what_the_person_on_leave_referred(cast: Cast, held: Request, dina: User) -> None:
    services.read_referral(actor=as_actor(cast.alice), request_id=held.pk)
    onward = referred(cast.alice, held, user_target(cast.charlie))
    with pytest.raises(NotFound):
        services.recall_referral(actor=as_actor(dina), referral_id=onward.pk)
    stand_in(cast.alice, dina)
    services.recall_referral(actor=as_actor(dina), referral_id=onward.pk)
    held.refresh_from_db()
    assert held.assignee_id == cast.alice.pk


def test_posts_and_copies_of_the_person_on_leave_are_hers_too(cast: Cast, dina: User) -> None:
    post = Post.objects.create(title="کارشناس ارشد", department=cast.logistics, holder=cast.alice)
    request = opened(mailbox(cast))
    referral = referred(cast.olivia, request, Target(TargetKind.POST, post.pk))
    other = opened(mailbox(cast), sender="a@b.example")
    services.refer(
        actor=as_actor(cast.olivia), request_id=other.pk, to=None, copies=[Copy(to=user_target(cast.alice), blind=True)]
    )
    stand_in(cast.alice, dina)
    assert in_folder(dina, Folder.MINE) == [request.pk]
    assert in_folder(dina, Folder.COPIES) == [other.pk]
    assert Referral.objects.known_to(as_actor(dina)).filter(role="blind").exists()
    services.finish_referral(actor=as_actor(dina), referral_id=referral.pk)
    assert Step.objects.get(kind="finished").instead_of_id == cast.alice.pk


def test_who_stands_in_for_reviews_approves_with_permissions_of_his_own(cast: Cast, dina: User) -> None:
    request = opened(mailbox(cast))
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    referred(cast.olivia, request, user_target(cast.alice))
    answer = submitted(cast.alice, request)
    stand_in(cast.olivia, cast.bob, work=Substitution.Work.REVIEWS)
    assert in_folder(cast.bob, Folder.REVIEW) == [request.pk]
    services.approve_and_send(actor=as_actor(cast.bob), answer_id=answer.pk, approval=Approval(medium="phone"))
    step = Step.objects.get(kind="approved")
    assert (step.actor_id, step.instead_of_id) == (cast.bob.pk, cast.olivia.pk)


def test_without_the_permission_nobody_approves_by_standing_in(cast: Cast, dina: User) -> None:
    request = opened(mailbox(cast))
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    answer = submitted(cast.olivia, request)
    stand_in(cast.olivia, dina)
    with pytest.raises(NotAllowed):
        services.approve_and_send(actor=as_actor(dina), answer_id=answer.pk, approval=Approval(medium="phone"))


def test_the_work_that_was_not_handed_over_stays_unseen(cast: Cast, held: Request, dina: User) -> None:
    stand_in(cast.alice, dina, work=Substitution.Work.REVIEWS)
    assert not sees(dina, held)
    assert in_folder(dina, Folder.MINE) == []


def test_who_stands_in_for_reviews_alone_finds_no_confidential_one_in_any_folder(cast: Cast) -> None:
    request = opened(mailbox(cast))
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    referred(cast.olivia, request, user_target(cast.alice))
    submitted(cast.alice, request)
    stand_in(cast.olivia, cast.bob, work=Substitution.Work.REVIEWS)
    assert request.pk in in_folder(cast.bob, Folder.MINE)
    services.confide(actor=as_actor(cast.olivia), request_id=request.pk, confidential=True)
    assert all(request.pk not in in_folder(cast.bob, folder) for folder in selectors.folders_of(as_actor(cast.bob)))
    assert selectors.counts(as_actor(cast.bob)).folders[Folder.MINE] == 0


def test_a_confidential_request_is_hers_only_when_she_is_named(cast: Cast, held: Request, dina: User) -> None:
    stand_in(cast.alice, dina)
    people = [cast.alice.pk]
    services.confide(actor=as_actor(cast.olivia), request_id=held.pk, confidential=True, people=people)
    assert not sees(dina, held)
    assert all(held.pk not in in_folder(dina, folder) for folder in selectors.folders_of(as_actor(dina)))
    assert not services.read_referral(actor=as_actor(dina), request_id=held.pk)
    people.append(dina.pk)
    services.confide(actor=as_actor(cast.olivia), request_id=held.pk, confidential=True, people=people)
    assert sees(dina, held)
    services.read_referral(actor=as_actor(dina), request_id=held.pk)
    assert Step.objects.get(request=held, kind="read").instead_of_id == cast.alice.pk


def test_new_work_for_the_person_on_leave_is_under_the_bell_of_who_stands_in(cast: Cast, dina: User) -> None:
    stand_in(cast.alice, dina)
    Notification.objects.all().delete()
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    assert Notification.objects.get().user_id == dina.pk
    assert in_folder(dina, Folder.MINE) == [request.pk]


def test_what_she_took_goes_back_when_the_leave_is_over(cast: Cast, held: Request, dina: User) -> None:
    substitution = stand_in(cast.alice, dina)
    services.take(actor=as_actor(dina), request_id=held.pk)
    own = opened(mailbox(cast), sender="own@b.example")
    referred(cast.olivia, own, user_target(dina))
    services.read_referral(actor=as_actor(dina), request_id=own.pk)
    assert services.give_back() == 0
    over(substitution)
    assert services.give_back() == 1
    held.refresh_from_db()
    own.refresh_from_db()
    assert (held.assignee_id, own.assignee_id) == (cast.alice.pk, dina.pk)
    assert Step.objects.filter(request=held).latest("id").kind == "given_back"
    assert services.give_back() == 0
    referral = Referral.objects.get(request=held)
    services.finish_referral(actor=as_actor(cast.alice), referral_id=referral.pk)


def test_ending_the_leave_early_gives_it_back_at_once(cast: Cast, held: Request, dina: User) -> None:
    substitution = stand_in(cast.alice, dina)
    services.take(actor=as_actor(dina), request_id=held.pk)
    end_substitution(actor=cast.alice, substitution=substitution)
    services.give_back()
    held.refresh_from_db()
    assert held.assignee_id == cast.alice.pk
    assert not sees(dina, held)


def test_it_reaches_one_step_and_no_further(cast: Cast, held: Request, dina: User) -> None:
    """A row that no service would write: even then a chain stops after one step."""
    stand_in(cast.alice, dina)
    today = timezone.localdate()
    Substitution.objects.create(person=dina, substitute=cast.charlie, first_day=today, last_day=today)
    Substitution.objects.create(person=cast.charlie, substitute=cast.alice, first_day=today, last_day=today)
    assert sees(dina, held)
    assert not sees(cast.charlie, held)


def test_a_closed_access_does_not_leave_the_work_in_a_hole(cast: Cast, held: Request, dina: User) -> None:
    stand_in(cast.alice, dina)
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)
    assert not sees(dina, held), "nobody stands in for who has left"
    assert services.rescue_abandoned() == 1
    held.refresh_from_db()
    assert held.assignee_id == cast.bob.pk


def test_both_ways_of_asking_agree(cast: Cast, held: Request, dina: User) -> None:
    """What `policies` says of one request is what the queryset shows."""
    stand_in(cast.alice, dina)
    assert policies.stands_in(as_actor(dina), held) == cast.alice.pk
    assert policies.instead_of(as_actor(dina), held) == cast.alice.pk
    assert policies.instead_of(as_actor(cast.alice), held) is None
    assert policies.may_act(as_actor(dina), "cartable.draft", held)
    drafted(dina, held)


def test_the_page_says_it_to_who_refers_and_to_who_stands_in(
    cast: Cast, held: Request, dina: User, logged_in: Callable[[User], Client]
) -> None:
    stand_in(cast.alice, dina)
    page = logged_in(cast.olivia).get(reverse("cartable:targets", args=[held.code]), {"who": "آلاله"})
    assert "دینا پارسا" in page.content.decode()
    shown = logged_in(dina).get(reverse("cartable:request", args=["mine", held.code]))
    assert shown.status_code == 200
    assert "آلاله رستمی" in shown.content.decode()
