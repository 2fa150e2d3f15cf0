"""Referrals to several at once: one original, copies, blind copies; what is asked; who is told when it is done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from peyvand.accounts.models import Notification, Role, RolePermission, User
from peyvand.accounts.services import name_substitute
from peyvand.accounts.types import Leave
from peyvand.cartable import selectors, services
from peyvand.cartable.errors import AlreadyRead, ChosenTwice, NobodyChosen, NobodyThere
from peyvand.cartable.events import ReferralEnded
from peyvand.cartable.models import Referral, ReferralAction, Request
from peyvand.cartable.selectors import Folder, folders
from peyvand.cartable.selectors.counting import counts
from peyvand.cartable.selectors.places import Asked, first_page
from peyvand.cartable.selectors.reading import read_request
from peyvand.cartable.services.starting import ensure_starter_kinds
from peyvand.cartable.tests.desk import as_actor, drafted, mailbox, opened, user_target
from peyvand.cartable.types import Copy, Order, Target, TargetKind
from peyvand.cartable.views.row import COLUMNS
from peyvand.core.errors import Invalid, NotAllowed, NotFound
from peyvand.core.models import OutboxEvent
from tests.cast import Cast, make_user


@pytest.fixture
def request_(cast: Cast) -> Request:
    return opened(mailbox(cast))


def sent(cast: Cast, request: Request, *copies: Copy, to: Target | None = None, **order: object) -> list[Referral]:
    """Olivia refers; the referrals made, the original first."""
    before = set(Referral.objects.values_list("pk", flat=True))
    services.refer(actor=as_actor(cast.olivia), request_id=request.pk, to=to, order=Order(**order), copies=copies)  # type: ignore[arg-type]
    return list(Referral.objects.exclude(pk__in=before).order_by("pk"))


def folder(user: User, which: Folder) -> set[int]:
    return set(folders.in_folder(as_actor(user), which).values_list("pk", flat=True))


def department(cast: Cast) -> Target:
    return Target(TargetKind.DEPARTMENT, cast.logistics.pk)


def test_one_act_refers_the_original_and_sends_copies(cast: Cast, request_: Request) -> None:
    copies = [Copy(to=user_target(cast.charlie)), Copy(to=department(cast), blind=True, instruction="فقط شما")]
    original, copy, blind = sent(cast, request_, *copies, to=user_target(cast.bob), instruction="بررسی شود")
    request_.refresh_from_db()
    assert request_.assignee == cast.bob and request_.status == "referred"
    assert [original.role, copy.role, blind.role] == ["original", "copy", "blind"]
    assert [original.instruction, copy.instruction, blind.instruction] == ["بررسی شود", "بررسی شود", "فقط شما"]


def test_copies_leave_the_request_where_it_is(cast: Cast, request_: Request) -> None:
    services.take(actor=as_actor(cast.olivia), request_id=request_.pk)
    [copy] = sent(cast, request_, Copy(to=user_target(cast.charlie)))
    request_.refresh_from_db()
    assert (request_.assignee, request_.status) == (cast.olivia, "open")
    assert folder(cast.charlie, Folder.COPIES) == {request_.pk} and folder(cast.charlie, Folder.MINE) == set()
    services.read_referral(actor=as_actor(cast.charlie), request_id=request_.pk)
    copy.refresh_from_db()
    assert copy.state == "read"
    services.finish_referral(actor=as_actor(cast.charlie), referral_id=copy.pk, remark="موافقم")
    copy.refresh_from_db()
    request_.refresh_from_db()
    assert (copy.state, copy.remark, request_.assignee) == ("done", "موافقم", cast.olivia)
    assert folder(cast.charlie, Folder.COPIES) == set()


def test_a_copy_gives_no_right_to_act_in_the_holders_place(cast: Cast, request_: Request) -> None:
    sent(cast, request_, Copy(to=user_target(cast.charlie)))
    charlie = as_actor(cast.charlie)
    with pytest.raises(NotAllowed):
        services.refer(actor=charlie, request_id=request_.pk, to=user_target(cast.alice))
    with pytest.raises(NotAllowed):
        services.take(actor=charlie, request_id=request_.pk)
    services.add_note(actor=charlie, request_id=request_.pk, body="دیدم")


def test_a_blind_copy_is_known_to_who_sent_and_got_it_and_who_may_see_all(cast: Cast, request_: Request) -> None:
    copies = [Copy(to=user_target(cast.charlie), blind=True)]
    _original, blind = sent(cast, request_, *copies, to=user_target(cast.bob))

    def known(user: User) -> set[int]:
        found = read_request(as_actor(user), request_.code)
        assert {step.referral_id for step in found.steps} - {None} <= {one.pk for one in found.referrals}
        return {one.pk for one in found.referrals}

    services.read_referral(actor=as_actor(cast.charlie), request_id=request_.pk)
    assert blind.pk in known(cast.olivia) & known(cast.charlie) & known(cast.ada)
    assert blind.pk not in known(cast.bob) | known(cast.alice)
    with pytest.raises(NotFound):
        services.return_referral(actor=as_actor(cast.bob), referral_id=blind.pk, remark="نه")
    RolePermission.objects.create(role=cast.roles["department_head"], permission="cartable.see_blind", scope="team")
    assert blind.pk in known(User.objects.get(pk=cast.bob.pk))


def test_a_blind_copy_does_not_reach_those_above_its_receiver(cast: Cast) -> None:
    request = opened(mailbox(cast))
    boss = make_user("sam", department=cast.after_sales, roles=[Role.objects.get(code="department_head")])
    User.objects.filter(pk=cast.charlie.pk).update(manager=boss)
    sent(cast, request, Copy(to=user_target(cast.charlie), blind=True))
    assert not Request.objects.visible_to(as_actor(boss)).exists()
    sent(cast, request, Copy(to=user_target(cast.charlie)))
    assert Request.objects.visible_to(as_actor(boss)).exists()


def test_a_branch_receives_at_its_first_department_with_people(cast: Cast, request_: Request) -> None:
    [referral] = sent(cast, request_, to=Target(TargetKind.BRANCH, cast.shiraz.pk))
    request_.refresh_from_db()
    assert (request_.assignee, request_.department) == (None, cast.sales)
    assert folder(cast.charlie, Folder.DEPARTMENT) == {request_.pk}
    services.take(actor=as_actor(cast.charlie), request_id=request_.pk)
    referral.refresh_from_db()
    assert referral.taken_by == cast.charlie
    services.return_referral(actor=as_actor(cast.charlie), referral_id=referral.pk, remark="کار تهران است")
    request_.refresh_from_db()
    assert request_.assignee == cast.olivia


def test_nothing_goes_where_nobody_is(cast: Cast, request_: Request) -> None:
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)
    cast.head_of_logistics.holder = None
    cast.head_of_logistics.save()
    nobody = [
        user_target(cast.alice),
        Target(TargetKind.POST, cast.head_of_logistics.pk),
        Target(TargetKind.DEPARTMENT, cast.after_sales.pk),
        Target(TargetKind.BRANCH, cast.east.pk),
        Target(TargetKind.BRANCH, 999_999),
    ]
    for target in nobody:
        for wanted in ({"to": target}, {"to": None, "copies": [Copy(to=target)]}):
            with pytest.raises(NobodyThere):
                services.refer(actor=as_actor(cast.olivia), request_id=request_.pk, **wanted)
    assert not Referral.objects.exists() and Request.objects.get().version == 1


def test_a_referral_names_somebody_once_and_asks_for_what_the_business_knows(cast: Cast, request_: Request) -> None:
    olivia, bob = as_actor(cast.olivia), user_target(cast.bob)
    with pytest.raises(NobodyChosen):
        services.refer(actor=olivia, request_id=request_.pk, to=None)
    with pytest.raises(ChosenTwice):
        services.refer(actor=olivia, request_id=request_.pk, to=bob, copies=[Copy(to=bob)])
    ensure_starter_kinds()
    action = ReferralAction.objects.get(code="opinion")
    with pytest.raises(Invalid):
        services.refer(actor=olivia, request_id=request_.pk, to=bob, order=Order(action_id=action.pk + 1000))
    [referral] = sent(cast, request_, to=bob, action_id=action.pk)
    assert referral.action == action


def test_what_one_refers_and_keeps_stays_in_ones_own_work(cast: Cast, request_: Request) -> None:
    services.take(actor=as_actor(cast.olivia), request_id=request_.pk)
    [referral] = sent(cast, request_, to=user_target(cast.bob), keep=True)
    assert folder(cast.olivia, Folder.MINE) == folder(cast.bob, Folder.MINE) == {request_.pk}
    assert selectors.counts(as_actor(cast.olivia)).folders[Folder.MINE] == 1
    services.finish_referral(actor=as_actor(cast.bob), referral_id=referral.pk)
    assert folder(cast.bob, Folder.MINE) == set() and folder(cast.olivia, Folder.MINE) == {request_.pk}


@pytest.mark.parametrize("end", ["finish", "return", "recall", "close"])
def test_who_asked_for_it_is_told_when_it_is_done(cast: Cast, request_: Request, end: str) -> None:
    [referral] = sent(cast, request_, to=user_target(cast.bob), tell_when_done=True)
    if end == "finish":
        services.finish_referral(actor=as_actor(cast.bob), referral_id=referral.pk, remark="شد")
    elif end == "return":
        services.return_referral(actor=as_actor(cast.bob), referral_id=referral.pk, remark="نه")
    elif end == "recall":
        services.recall_referral(actor=as_actor(cast.olivia), referral_id=referral.pk)
    else:
        services.close(actor=as_actor(cast.bob), request_id=request_.pk)
    ended = OutboxEvent.objects.filter(name=ReferralEnded.name)
    assert ended.count() == 1
    services.tell_referrer(ReferralEnded(request_id=request_.pk, referral_id=referral.pk, state="done"))
    told = Notification.objects.filter(user=cast.olivia, kind="referral")
    assert told.count() == (0 if end == "recall" else 1)


def test_a_copy_is_recalled_before_it_is_read(cast: Cast, request_: Request) -> None:
    [copy] = sent(cast, request_, Copy(to=user_target(cast.charlie)))
    olivia = as_actor(cast.olivia)
    services.recall_referral(actor=olivia, referral_id=copy.pk)
    assert not Request.objects.visible_to(as_actor(cast.charlie)).exists()
    [again] = sent(cast, request_, Copy(to=user_target(cast.charlie)))
    services.read_referral(actor=as_actor(cast.charlie), request_id=request_.pk)
    with pytest.raises(AlreadyRead):
        services.recall_referral(actor=olivia, referral_id=again.pk)


def test_undo_takes_the_whole_act_back(cast: Cast, request_: Request) -> None:
    done = services.refer(
        actor=as_actor(cast.olivia),
        request_id=request_.pk,
        to=user_target(cast.bob),
        copies=[Copy(to=user_target(cast.charlie)), Copy(to=department(cast), blind=True)],
    )
    services.undo(actor=as_actor(cast.olivia), token=done.undo)
    assert set(Referral.objects.values_list("state", flat=True)) == {"recalled"}
    request_.refresh_from_db()
    assert (request_.status, request_.assignee) == ("new", None)


def test_closing_ends_the_copies_and_answering_leaves_them(cast: Cast, request_: Request) -> None:
    [copy] = sent(cast, request_, Copy(to=user_target(cast.charlie)))
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=drafted(cast.olivia, request_).pk)
    copy.refresh_from_db()
    assert copy.state == "waiting" and folder(cast.charlie, Folder.COPIES) == {request_.pk}
    services.close(actor=as_actor(cast.olivia), request_id=request_.pk)
    copy.refresh_from_db()
    assert copy.state == "done"


def test_the_dialog_gathers_copies_and_sends_them(
    cast: Cast, request_: Request, logged_in: Callable[[User], Client]
) -> None:
    ensure_starter_kinds()
    page, address = logged_in(cast.olivia), f"/cartable/{request_.code}/refer/"
    charlie, unit = f"user:{cast.charlie.pk}", f"department:{cast.logistics.pk}"
    action = ReferralAction.objects.get(code="opinion").pk
    typed = {"to": f"user:{cast.bob.pk}", "instruction": "ببینید", "copy": [charlie], f"role-{charlie}": "blind"}
    shown = page.post(address, {**typed, "add": unit}).content.decode()
    assert not Referral.objects.exists()
    assert f'name="copy" value="{charlie}"' in shown and f'name="copy" value="{unit}"' in shown and "ببینید" in shown
    shown = page.post(address, {**typed, "copy": [charlie, unit], "drop": charlie}).content.decode()
    assert f'name="copy" value="{charlie}"' not in shown and f'name="copy" value="{unit}"' in shown
    sent_ = {**typed, "copy": [charlie, unit], f"action-{unit}": str(action), "tell_when_done": "on", "keep": "on"}
    assert page.post(address, sent_).status_code == 303
    made = {str(one.role): one for one in Referral.objects.all()}
    assert made["original"].to_user == cast.bob and made["original"].keep and made["original"].tell_when_done
    assert made["blind"].to_user == cast.charlie and made["copy"].action_id == action
    refused = page.post(address, {"instruction": "به چه کسی؟"})
    assert refused.status_code == 422


def test_who_got_a_copy_sees_what_is_asked_and_puts_it_away(
    cast: Cast, request_: Request, logged_in: Callable[[User], Client]
) -> None:
    [copy] = sent(cast, request_, Copy(to=user_target(cast.charlie), instruction="نظر شما؟"))
    page = logged_in(cast.charlie)
    shown = page.get(f"/cartable/copies/{request_.code}/").content.decode()
    finish = f"/cartable/{request_.code}/referral/{copy.pk}/finish/"
    assert "نظر شما؟" in shown and finish in shown
    assert page.post(finish, {"remark": "خوب است"}).status_code == 303
    assert finish not in page.get(f"/cartable/copies/{request_.code}/").content.decode()


def test_the_folder_of_copies_is_read_from_the_copies_in_order_of_their_news(cast: Cast) -> None:
    """Each request once, however many ways it came; a new word on one brings it up; one that is dealt with is gone."""
    first, second = opened(mailbox(cast)), opened(mailbox(cast), "b@arman.example")
    for one in (first, second):
        sent(cast, one, Copy(to=user_target(cast.bob)), Copy(to=department(cast)))
    asked = Asked(folder=Folder.COPIES, department_id=None, order=folders.BY_ACTIVITY, columns=COLUMNS)

    def shown(size: int = 25) -> tuple[list[int], int]:
        page, number = first_page(cast.bob, asked, size=size, most=1000)
        assert number == counts(cast.bob).folders[Folder.COPIES]
        return [each.pk for each in page.items], number

    assert shown() == ([second.pk, first.pk], 2)
    services.add_note(actor=as_actor(cast.olivia), request_id=first.pk, body="مشتری زنگ زد")
    assert shown() == ([first.pk, second.pk], 2) and shown(1) == ([first.pk], 2)
    for one in Referral.objects.filter(request=second).exclude(role="original"):
        services.finish_referral(actor=as_actor(cast.bob), referral_id=one.pk, remark="دیدم")
    assert shown() == ([first.pk], 1)


@pytest.mark.parametrize("stands_in", [False, True])
def test_every_page_of_the_copies_follows_the_one_before_also_for_whoever_stands_in(
    cast: Cast, logged_in: Callable[[User], Client], stands_in: bool
) -> None:
    """A substitute finds the copies of his colleague, but not those of what is confidential."""
    olivia, reader, channel = as_actor(cast.olivia), cast.alice if stands_in else cast.bob, mailbox(cast)
    wanted = []
    for number in range(5):
        one = opened(channel, f"{number}@arman.example")
        sent(cast, one, Copy(to=user_target(cast.bob)), *([Copy(to=user_target(cast.alice))] if number == 2 else []))
        if number in (1, 2):
            services.confide(actor=olivia, request_id=one.pk, confidential=True)
        wanted += [] if stands_in and number == 1 else [one.code]
    if stands_in:
        today = timezone.localdate()
        leave = Leave(first_day=today, last_day=today + timedelta(days=2), work=3)
        name_substitute(actor=None, person=cast.bob, substitute=cast.alice, leave=leave)
    shown, address = list[str](), "/cartable/copies/?size=2"
    while address:
        page = logged_in(User.objects.get(pk=reader.pk)).get(address, headers={"accept": "text/html"})
        shown += [row.request.code for row in page.context["rows"]]
        address = f"{page.context['next_url']}&size=2" if page.context["next_url"] else ""
    assert shown == wanted[::-1]
    assert counts(User.objects.get(pk=reader.pk)).folders[Folder.COPIES] == len(wanted)
