"""Folders, counts, lists, search, and what the page of a request reads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.cartable import selectors, services
from peyvand.cartable.models import IS_ACTIVE, IS_CLOSED, Request
from peyvand.cartable.selectors import Folder, Wanted, counting
from peyvand.cartable.tests.desk import as_actor, drafted, mail, mailbox, opened, referred, submitted, user_target
from peyvand.cartable.types import ManualEntry, Target, TargetKind
from peyvand.core.errors import NotFound
from peyvand.core.prepared import Kept
from tests.cast import Cast, make_user


def ids(user: User, folder: Folder, **wanted: object) -> list[int]:
    page = selectors.page_of(as_actor(user), folder, wanted=Wanted(**wanted))  # type: ignore[arg-type]
    return [row.request.pk for row in page.items]


@pytest.fixture
def requests(cast: Cast) -> dict[str, Request]:
    """One request in every state."""
    channel = mailbox(cast)
    names = "new mine referred pool post review answered closed unread".split()
    made = {name: opened(channel, f"{name}@many.example", subject=f"موضوع {name}") for name in names}
    olivia = as_actor(cast.olivia)
    services.take(actor=olivia, request_id=made["mine"].pk)
    referred(cast.olivia, made["referred"], user_target(cast.alice))
    referred(cast.olivia, made["pool"], Target(TargetKind.DEPARTMENT, cast.logistics.pk))
    referred(cast.olivia, made["post"], Target(TargetKind.POST, cast.head_of_logistics.pk))
    referred(cast.olivia, made["review"], user_target(cast.alice))
    submitted(cast.alice, made["review"])
    services.approve_and_send(actor=olivia, answer_id=drafted(cast.olivia, made["answered"]).pk)
    services.close(actor=olivia, request_id=made["closed"].pk)
    Request.objects.filter(pk=made["unread"].pk).update(needs_review=True)
    Request.objects.filter(pk=made["pool"].pk).update(next_due=timezone.now() - timedelta(hours=1))
    return made


def test_each_folder_holds_what_its_name_says(cast: Cast, requests: dict[str, Request]) -> None:
    names = {request.pk: name for name, request in requests.items()}

    def folder(user: User, which: Folder) -> set[str]:
        return {names[pk] for pk in ids(user, which)}

    assert folder(cast.olivia, Folder.MINE) == {"mine", "review"}
    assert folder(cast.olivia, Folder.DEPARTMENT) == {"new", "mine", "unread"}
    assert folder(cast.olivia, Folder.REVIEW) == {"review"}
    assert folder(cast.olivia, Folder.REFERRED) == {"referred", "pool", "post", "review"}
    assert folder(cast.olivia, Folder.OVERDUE) == {"pool"}
    assert folder(cast.olivia, Folder.UNREAD) == {"unread"}
    assert folder(cast.olivia, Folder.ANSWERED) == {"answered"}
    assert folder(cast.olivia, Folder.CLOSED) == {"closed"}
    assert folder(cast.olivia, Folder.ALL) == set(names.values()) - {"answered", "closed"}
    assert folder(cast.alice, Folder.MINE) == {"referred"}
    assert folder(cast.bob, Folder.MINE) == {"post"}
    assert folder(cast.bob, Folder.DEPARTMENT) == {"referred", "pool", "post"}
    assert folder(cast.charlie, Folder.DEPARTMENT) == folder(cast.charlie, Folder.UNREAD) == set()


def test_no_folder_shows_more_than_may_be_seen(cast: Cast, requests: dict[str, Request]) -> None:
    for user in cast.people:
        who = as_actor(user)
        seen = set(Request.objects.visible_to(who).values_list("pk", flat=True))
        for folder in Folder:
            assert set(selectors.in_folder(who, folder).values_list("pk", flat=True)) <= seen, (user, folder)


def test_counts_agree_with_the_lists(cast: Cast, requests: dict[str, Request]) -> None:
    for user in cast.people:
        who = as_actor(user)
        found = selectors.counts(who)
        assert found.folders == {folder: selectors.in_folder(who, folder).count() for folder in found.folders}
    assert selectors.counts(as_actor(cast.olivia)).departments == {
        cast.customer_relations.pk: 3, cast.logistics.pk: 3, cast.after_sales.pk: 0,
    }  # fmt: skip
    assert selectors.counts(as_actor(cast.alice)).departments == {}


def test_counts_stop_at_the_cap(cast: Cast, monkeypatch: pytest.MonkeyPatch, requests: dict[str, Request]) -> None:
    monkeypatch.setattr(counting, "CAP", 2)
    monkeypatch.setattr(counting, "_folders", Kept())
    found = selectors.counts(as_actor(cast.olivia))
    assert found.folders[Folder.DEPARTMENT] == found.folders[Folder.REFERRED] == 2
    assert found.departments[cast.logistics.pk] == 2


def test_folders_are_shown_by_role(cast: Cast) -> None:
    assert selectors.folders_of(as_actor(cast.alice)) == [
        Folder.MINE, Folder.DEPARTMENT, Folder.OVERDUE, Folder.REFERRED, Folder.MENTIONS,
        Folder.SNOOZED, Folder.COPIES, Folder.ANSWERED,
        Folder.CLOSED,
    ]  # fmt: skip
    assert selectors.folders_of(as_actor(cast.olivia)) == list(Folder)


def test_the_nearest_deadline_comes_first_and_pages_hang_together(cast: Cast) -> None:
    channel = mailbox(cast)
    made = [opened(channel, f"p{number}@many.example") for number in range(7)]
    for number, request in enumerate(made):
        Request.objects.filter(pk=request.pk).update(next_due=timezone.now() + timedelta(hours=7 - number))
    who, found, after = as_actor(cast.olivia), [], None
    for _page in range(3):
        page = selectors.page_of(who, Folder.DEPARTMENT, after=after, size=3)
        found += [row.request.pk for row in page.items]
        after = page.next
    assert found == [request.pk for request in reversed(made)] and after is None


def test_what_happened_since_one_looked_is_bold(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    who = as_actor(cast.olivia)

    def unread() -> bool:
        return selectors.page_of(who, Folder.DEPARTMENT).items[0].unread

    assert unread()
    services.mark_read(actor=who, request_id=request.pk)
    assert not unread()
    services.take_in([mail(channel).pk])
    assert unread()
    services.take(actor=who, request_id=request.pk)
    assert not unread()


def test_search_finds_by_code_customer_and_words(cast: Cast, requests: dict[str, Request]) -> None:
    wanted = requests["new"]
    for question in (wanted.code, wanted.code.replace("-", ""), "new@many", "موضوع new", "رستمي new", wanted.code[:11]):
        assert wanted.pk in ids(cast.olivia, Folder.DEPARTMENT, search=question), question
    assert ids(cast.olivia, Folder.DEPARTMENT, search="هیچ") == []
    assert ids(cast.olivia, Folder.DEPARTMENT, search="100%_") == []


def test_search_finds_words_the_last_by_its_beginning_and_what_stands_between_marks(
    cast: Cast, requests: dict[str, Request]
) -> None:
    wanted = requests["new"]
    text = f"ققنوس (سیمرغ) o'neill p1@bench.example a\\b 100% {'x' * 3000}"
    Request.objects.filter(pk=wanted.pk).update(search=text)
    for question in (
        "سیم",
        "سیمرغ ققن",
        "(سیمرغ",
        "O'Neill",
        "bench",
        "p1@ben",
        "a\\b",
        "100%",
        "x" * 70,
        "ققنوس " * 9,
    ):
        assert ids(cast.olivia, Folder.DEPARTMENT, search=question) == [wanted.pk], question
    for question in ("یمرغ", "سیم ققنوس", "سیمرغ هیچ", "neil'l", "' | 'ققنوس", "!ققنوس", "y" * 3000):
        assert ids(cast.olivia, Folder.DEPARTMENT, search=question) == [], question


def test_a_department_in_sight_can_be_asked_for(cast: Cast, requests: dict[str, Request]) -> None:
    assert set(ids(cast.olivia, Folder.ALL, department_id=cast.logistics.pk)) == {
        requests[name].pk for name in ("referred", "pool", "post", "review")
    }
    assert ids(cast.alice, Folder.ALL, department_id=cast.customer_relations.pk) == []


def test_lists_and_counts_cost_the_same_at_any_number(
    cast: Cast, requests: dict[str, Request], django_assert_num_queries: Callable
) -> None:
    who = as_actor(cast.olivia)
    selectors.folders_of(who)  # reads the rights
    with django_assert_num_queries(2):
        assert selectors.page_of(who, Folder.ALL).items
    with django_assert_num_queries(3):
        selectors.counts(who)


def test_the_page_of_a_request_costs_the_same_at_any_length(
    cast: Cast, requests: dict[str, Request], django_assert_num_queries: Callable
) -> None:
    request = requests["review"]
    who = as_actor(cast.olivia)
    services.add_note(actor=who, request_id=request.pk, body="یادداشت")
    services.return_answer(actor=who, answer_id=request.answers.get().pk, remark="نه")
    selectors.read_request(who, request.code)  # the departments are known now
    for _more in range(2):
        with django_assert_num_queries(8):
            page = selectors.read_request(who, request.code)
        with django_assert_num_queries(2):
            selectors.identity_of(who, page.request)
        services.take_in([mail(mailbox(cast), "review@many.example").pk])
        services.add_note(actor=who, request_id=request.pk, body="یکی دیگر")
    assert len(page.messages) == 2 and len(page.notes) == 2
    assert page.draft_of(as_actor(cast.alice)) is not None and page.in_review() is None
    assert page.referral_for(as_actor(cast.alice)) is not None and page.referral_for(who) is None


def test_a_request_of_another_branch_does_not_exist(cast: Cast, requests: dict[str, Request]) -> None:
    with pytest.raises(NotFound):
        selectors.read_request(as_actor(cast.charlie), requests["new"].code)


def test_the_identity_panel_knows_earlier_requests_that_one_may_see(cast: Cast) -> None:
    channel = mailbox(cast)
    olivia = as_actor(cast.olivia)
    for _number in range(7):
        services.close(actor=olivia, request_id=opened(channel).pk)
    request = opened(channel)
    found = selectors.identity_of(olivia, request)
    assert (len(found.points), len(found.earlier or ())) == (1, 7)
    assert selectors.identity_of(olivia, request, with_earlier=False).earlier is None
    assert selectors.identity_of(as_actor(cast.charlie), request).earlier == []


def reviewers(request: Request) -> set[int]:
    return {pk for pk, _name in selectors.reviewers_of(request)}


def test_ways_to_answer_and_reviewers(cast: Cast) -> None:
    request = opened(mailbox(cast))
    page = selectors.read_request(as_actor(cast.olivia), request.code)
    points = selectors.identity_of(as_actor(cast.olivia), request).points
    assert selectors.ways_to_answer(page.messages, points) == [("mail", "negar@arman.example"), ("visit", "")]
    assert reviewers(request) == {cast.olivia.pk, cast.ada.pk}
    request.department = cast.logistics
    assert reviewers(request) == {cast.olivia.pk, cast.ada.pk, cast.bob.pk}
    request.officer = cast.alice
    assert reviewers(request) == {cast.olivia.pk, cast.ada.pk, cast.bob.pk, cast.alice.pk}
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    assert selectors.workload([cast.olivia.pk, cast.bob.pk]) == {cast.olivia.pk: 1}


def test_a_call_is_written_down_as_a_request_of_who_took_it(cast: Cast) -> None:
    entry = ManualEntry(medium="phone", subject="پرسش دربارهٔ گارانتی", text="تماس گرفت")
    request = services.open_manually(actor=as_actor(cast.olivia), entry=entry, key="k1")
    again = services.open_manually(actor=as_actor(cast.olivia), entry=entry, key="k1")
    assert request == again and Request.objects.count() == 1
    assert (request.medium, request.status, request.assignee) == ("phone", "open", cast.olivia)
    assert ids(cast.olivia, Folder.MINE) == [request.pk]


def test_unreadable_mail_of_another_branch_is_in_nobody_s_list(cast: Cast, requests: dict[str, Request]) -> None:
    """The list of an officer of another branch shows no more than the page would."""
    officer = make_user("shirin", department=cast.sales, roles=[cast.roles["officer"]])
    for who in (officer, cast.olivia):
        seen = set(Request.objects.visible_to(as_actor(who)).values_list("pk", flat=True))
        listed = set(selectors.in_folder(as_actor(who), Folder.UNREAD).values_list("pk", flat=True))
        assert listed <= seen


def test_who_referred_a_request_still_sees_it_and_can_recall_it(cast: Cast) -> None:
    """The head of a department refers out of his own sight; what he waits for he can open and take back."""
    request = opened(mailbox(cast))
    Request.objects.update(department=cast.logistics)
    referral = referred(cast.bob, request, Target(TargetKind.DEPARTMENT, cast.customer_relations.pk))
    bob = as_actor(cast.bob)
    assert ids(cast.bob, Folder.REFERRED) == [request.pk]
    assert selectors.read_request(bob, request.code).request.pk == request.pk
    services.recall_referral(actor=bob, referral_id=referral.pk)


def test_every_order_of_a_list_has_its_index() -> None:
    """What one sorts by in one's own work, a department, a branch or everything is read in order, never sorted."""
    found = {(tuple(index.fields), str(index.condition)) for index in Request._meta.indexes}
    for condition in (IS_ACTIVE, IS_CLOSED):
        for place in ([], ["assignee"], ["department"], ["branch"]):
            for column in ("last_activity_at", "opened_at"):
                assert ((*place, column, "id"), str(condition)) in found
