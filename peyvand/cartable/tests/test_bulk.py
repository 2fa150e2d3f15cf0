"""One act on many requests: previewed, done with a reason for each refusal, taken back; tags."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.cartable import services
from peyvand.cartable.errors import AlreadyClosed, HeldAlready, NotInYourWork
from peyvand.cartable.models import Referral, Request, Snooze, Step
from peyvand.cartable.services import bulk
from peyvand.cartable.services.bulk import Change, How
from peyvand.cartable.tests.desk import as_actor, mailbox, opened, referred, user_target
from peyvand.core import long_jobs
from peyvand.core.errors import Invalid, NotAllowed, NotFound
from peyvand.core.list_selection import Selection
from peyvand.core.list_state import ListState
from peyvand.core.long_job_slices import run_slice
from peyvand.core.models import LongJob
from peyvand.parties.models import Tag
from peyvand.parties.services.tags import merge_tags, remove_tag
from tests.cast import Cast

Login = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
State = LongJob.State


@pytest.fixture
def three(cast: Cast) -> list[Request]:
    channel = mailbox(cast)
    return [opened(channel, f"p{number}@many.example", subject=f"موضوع {number}") for number in range(3)]


@pytest.fixture
def late() -> Tag:
    return Tag.objects.create(name="دیرکرد", norm="دیرکرد")


def of(*requests: Request) -> Selection:
    return Selection(ids=tuple(request.pk for request in requests))


def user(person: User) -> User:
    return as_actor(person).user


def hidden(answer: Any, name: str) -> str:
    """The value of a hidden input of a page."""
    return re.findall(rf'name="{name}" value="([^"]+)"', answer.content.decode())[0]


def did(actor: User, selection: Selection, change: Change, place: str = "") -> LongJob:
    _shown, plan = bulk.preview(actor=user(actor), selection=selection, change=change, place=place)
    return bulk.run(actor=user(actor), plan=plan)


def stored(requests: list[Request]) -> list[dict[str, Any]]:
    names = ("status", "assignee_id", "post_id", "department_id", "tag_ids", "closed_at", "next_due", "officer_id")
    return list(Request.objects.filter(pk__in=[each.pk for each in requests]).order_by("pk").values(*names))


def test_a_preview_says_what_becomes_of_each_and_leaves_nothing(cast: Cast, three: list[Request]) -> None:
    services.close(actor=as_actor(cast.olivia), request_id=three[0].pk)
    before, steps = stored(three), Step.objects.count()
    shown, plan = bulk.preview(actor=user(cast.olivia), selection=of(*three), change=Change(how=How.CLOSE))
    assert (shown.total, shown.changed, shown.refused, shown.is_whole) == (3, 2, 1, True)
    assert shown.reasons == [(str(AlreadyClosed()), 1)]
    assert len(shown.lines) == 2 and len(shown.refusals) == 1 and three[0].code in shown.refusals[0].label
    assert stored(three) == before and Step.objects.count() == steps and len(plan.seen) == 3


@pytest.mark.parametrize("how", [How.REFER, How.ASSIGN, How.CLOSE, How.TAG])
def test_what_is_done_to_many_is_taken_back_for_many(cast: Cast, three: list[Request], late: Tag, how: How) -> None:
    before = stored(three)
    change = Change(how=how, to=f"user:{cast.alice.pk}", words="لطفاً بررسی کنید", tag=late.pk)
    job = did(cast.olivia, of(*three), change)
    assert (job.state, job.result["changed"]) == (State.DONE, 3)
    after = stored(three)
    assert all(one != other for one, other in zip(before, after, strict=True))
    if how in (How.REFER, How.ASSIGN):
        assert {each["assignee_id"] for each in after} == {cast.alice.pk}
        assert Referral.objects.filter(instruction="لطفاً بررسی کنید").count() == (3 if how is How.REFER else 0)
    undone = bulk.undo(actor=user(cast.olivia), job=job)
    assert (undone.state, undone.result["changed"]) == (State.DONE, 3)
    back = stored(three)
    for one, other in zip(before, back, strict=True):
        one.pop("officer_id"), other.pop("officer_id")
        assert one == other


def test_what_changed_since_the_preview_is_refused_and_says_so(cast: Cast, three: list[Request]) -> None:
    _shown, plan = bulk.preview(actor=user(cast.olivia), selection=of(*three), change=Change(how=How.CLOSE))
    services.take(actor=as_actor(cast.olivia), request_id=three[1].pk)
    job = bulk.run(actor=user(cast.olivia), plan=plan)
    assert (job.result["changed"], job.result["refused"]) == (2, 1)
    assert Request.objects.get(pk=three[1].pk).status == "open"
    assert str(cast.olivia) in job.items.get(ref=three[1].pk).error


def test_undo_leaves_what_something_happened_to(cast: Cast, three: list[Request]) -> None:
    job = did(cast.olivia, of(*three), Change(how=How.CLOSE))
    services.reopen(actor=as_actor(cast.olivia), request_id=three[2].pk)
    undone = bulk.undo(actor=user(cast.olivia), job=job)
    assert (undone.result["changed"], undone.result["refused"]) == (2, 1)
    assert job.items.filter(undone_at__isnull=False).count() == 2


def test_all_that_match_but_some_are_done_slice_by_slice(
    cast: Cast, three: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk.running, "AT_ONCE", 1)
    monkeypatch.setattr(bulk.running, "BATCH", 1)
    monkeypatch.setattr(long_jobs, "SLICE", 0.0)
    selection = Selection(state=ListState(q="موضوع"), but=(three[0].pk,))
    job = did(cast.olivia, selection, Change(how=How.CLOSE), place="department")
    assert job.state == State.WAITING and not Request.objects.filter(status="closed").exists()
    for _slice in range(4):
        run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
    assert job.state == State.DONE and job.result["changed"] == 2
    assert set(Request.objects.filter(status="closed")) == {three[1], three[2]}


def test_each_request_asks_its_own_permission(cast: Cast, three: list[Request]) -> None:
    referred(cast.olivia, three[0], user_target(cast.alice))
    with pytest.raises(NotAllowed):
        did(cast.alice, of(*three), Change(how=How.CLOSE))
    shown, _plan = bulk.preview(
        actor=user(cast.alice), selection=of(*three), change=Change(how=How.REFER, to=f"user:{cast.bob.pk}")
    )
    assert (shown.total, shown.changed) == (1, 1)  # of the others she knows nothing
    with pytest.raises(Invalid):
        did(cast.olivia, of(*three), Change(how=How.ASSIGN, to=f"department:{cast.logistics.pk}"))
    with pytest.raises(NotFound):
        did(cast.charlie, Selection(state=ListState()), Change(how=How.REFER, to=f"user:{cast.bob.pk}"), place="review")


def test_assigning_leaves_no_referral_behind_and_keeps_the_way_back(cast: Cast, three: list[Request]) -> None:
    request = three[0]
    referred(cast.olivia, request, user_target(cast.bob))
    services.assign(actor=as_actor(cast.bob), request_id=request.pk, user_id=cast.alice.pk)
    request.refresh_from_db()
    mine = Referral.objects.get(request=request)
    assert (request.assignee, mine.taken_by, mine.ended_at) == (cast.alice, cast.alice, None)
    with pytest.raises(HeldAlready):
        services.assign(actor=as_actor(cast.bob), request_id=request.pk, user_id=cast.alice.pk)
    services.finish_referral(actor=as_actor(cast.alice), referral_id=mine.pk)
    request.refresh_from_db()
    assert request.assignee == cast.olivia


def test_a_tag_that_is_merged_or_removed_goes_from_requests_too(cast: Cast, three: list[Request], late: Tag) -> None:
    other = Tag.objects.create(name="فوری", norm="فوری")
    for request in three:
        services.tag(actor=as_actor(cast.olivia), request_id=request.pk, add=[late.pk])
    assert services.tag(actor=as_actor(cast.olivia), request_id=three[0].pk, add=[late.pk]).undo == ""
    merge_tags(actor=cast.ada, tag=late, into=other)
    assert [each["tag_ids"] for each in stored(three)] == [[other.pk]] * 3 and not Tag.objects.filter(pk=late.pk)
    remove_tag(actor=cast.ada, tag=other)
    assert [each["tag_ids"] for each in stored(three)] == [[]] * 3 and not Tag.objects.exists()


def test_the_pages_lead_from_the_list_to_the_undo(
    cast: Cast, logged_in: Login, three: list[Request], late: Tag
) -> None:
    browser = logged_in(cast.olivia)
    page = browser.get("/cartable/department/").content.decode()
    assert page.count("data-row-check") == 3 and "pv-bulk" in page
    chosen = {"ids": ",".join(str(each.pk) for each in three), "how": "tag", "place": "department"}
    asked = browser.post("/cartable/bulk/ask/", chosen, headers=HTMX)
    assert asked.status_code == 200 and "دیرکرد" in asked.content.decode()
    sealed = hidden(asked, "chosen")
    wrong = browser.post("/cartable/bulk/preview/", {"chosen": sealed, "how": "tag", "tag": "9"}, headers=HTMX)
    assert wrong.status_code == 422
    shown = browser.post("/cartable/bulk/preview/", {"chosen": sealed, "how": "tag", "tag": late.pk}, headers=HTMX)
    assert three[2].code in shown.content.decode()
    answer = browser.post("/cartable/bulk/run/", {"plan": hidden(shown, "plan")}, headers=HTMX)
    toast = json.loads(answer.headers["HX-Trigger"])["pv:toasts"]["items"][0]
    assert "دیرکرد" in browser.get(f"/cartable/department/?tag={late.pk}").content.decode()
    assert browser.post(toast["undo"], headers={"X-Requested-With": "fetch"}).status_code == 204
    assert [each["tag_ids"] for each in stored(three)] == [[]] * 3
    assert browser.post("/cartable/bulk/run/", {"plan": "x"}, headers=HTMX).status_code == 422
    assert logged_in(cast.bob).post(toast["undo"]).status_code == 404


def test_the_tags_of_one_request_are_ticked_in_a_dialog(
    cast: Cast, logged_in: Login, three: list[Request], late: Tag
) -> None:
    browser, address = logged_in(cast.olivia), f"/cartable/{three[0].code}/tags/"
    assert "دیرکرد" in browser.get(address, headers=HTMX).content.decode()
    assert browser.post(address, {"tag": late.pk}, headers=HTMX).status_code == 204
    assert Request.objects.get(pk=three[0].pk).tag_ids == [late.pk]
    assert "دیرکرد" in browser.get(f"/cartable/department/{three[0].code}/").content.decode()
    browser.post(address, {}, headers=HTMX)
    assert Request.objects.get(pk=three[0].pk).tag_ids == []


def test_many_are_put_aside_until_a_moment_and_brought_back_as_they_lay(cast: Cast, three: list[Request]) -> None:
    olivia = as_actor(cast.olivia)
    for each in three[:2]:
        services.take(actor=olivia, request_id=each.pk)
    earlier, until = timezone.now() + timedelta(hours=1), timezone.now() + timedelta(days=2)
    services.snooze(actor=olivia, request_id=three[0].pk, until=earlier)
    change = Change(how=How.SNOOZE, until=until.isoformat())
    shown, _plan = bulk.preview(actor=user(cast.olivia), selection=of(*three), change=change)
    assert (shown.changed, shown.refused, shown.reasons) == (2, 1, [(str(NotInYourWork()), 1)])
    assert len(shown.lines[0].changes) == 1 and Snooze.objects.get().until == earlier
    job = did(cast.olivia, of(*three), change)
    assert dict(Snooze.objects.values_list("request", "until")) == {three[0].pk: until, three[1].pk: until}
    again = did(cast.olivia, of(*three[:2]), change)
    assert again.result["same"] == 2
    undone = bulk.undo(actor=user(cast.olivia), job=job)
    assert undone.result["changed"] == 2
    assert dict(Snooze.objects.values_list("request", "until")) == {three[0].pk: earlier}


def test_what_came_back_or_was_moved_since_is_not_taken_back(cast: Cast, three: list[Request]) -> None:
    olivia = as_actor(cast.olivia)
    for each in three:
        services.take(actor=olivia, request_id=each.pk)
    until = timezone.now() + timedelta(days=2)
    job = did(cast.olivia, of(*three), Change(how=How.SNOOZE, until=until.isoformat()))
    services.unsnooze(actor=olivia, request_id=three[0].pk)
    services.snooze(actor=olivia, request_id=three[1].pk, until=until + timedelta(days=1))
    undone = bulk.undo(actor=user(cast.olivia), job=job)
    assert (undone.result["changed"], undone.result["refused"]) == (1, 2)
    assert dict(Snooze.objects.values_list("request", "until")) == {three[1].pk: until + timedelta(days=1)}


@pytest.mark.parametrize(
    "until", ["", "x", "2020-01-01T08:00:00+00:00", "2099-01-01T08:00:00+00:00", "2027-01-01T08:00"]
)
def test_a_moment_lies_ahead_has_a_zone_and_is_not_far(cast: Cast, three: list[Request], until: str) -> None:
    with pytest.raises(Invalid):
        bulk.preview(actor=user(cast.olivia), selection=of(*three), change=Change(how=How.SNOOZE, until=until))


def test_the_pages_snooze_many(cast: Cast, logged_in: Login, three: list[Request]) -> None:
    for each in three:
        services.take(actor=as_actor(cast.olivia), request_id=each.pk)
    browser = logged_in(cast.olivia)
    chosen = {"ids": ",".join(str(each.pk) for each in three), "how": "snooze", "place": "mine"}
    asked = browser.post("/cartable/bulk/ask/", chosen, headers=HTMX)
    assert 'value="tomorrow"' in asked.content.decode()
    sealed = {"chosen": hidden(asked, "chosen"), "how": "snooze"}
    wrong = browser.post("/cartable/bulk/preview/", {**sealed, "day": "x"}, headers=HTMX)
    assert wrong.status_code == 422 and "pv-ferr" in wrong.content.decode()
    shown = browser.post("/cartable/bulk/preview/", {**sealed, "when": "tomorrow"}, headers=HTMX)
    answer = browser.post("/cartable/bulk/run/", {"plan": hidden(shown, "plan")}, headers=HTMX)
    assert Snooze.objects.count() == 3
    toast = json.loads(answer.headers["HX-Trigger"])["pv:toasts"]["items"][0]
    assert browser.post(toast["undo"], headers={"X-Requested-With": "fetch"}).status_code == 204
    assert not Snooze.objects.exists()
