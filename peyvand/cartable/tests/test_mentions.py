"""Mentions: whom they reach, when they are read, when they are done."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peyvand.accounts.models import Notification, User
from peyvand.accounts.services import create_token
from peyvand.cartable import services
from peyvand.cartable.errors import WouldLetIn
from peyvand.cartable.events import NoteAdded
from peyvand.cartable.models import Mention, Note, Request
from peyvand.cartable.selectors import Folder, in_folder
from peyvand.cartable.selectors.counting import counts
from peyvand.cartable.selectors.mentions import mentionable, mentioned_in, mentioned_q, seeing, waiting_mentions
from peyvand.cartable.tests.desk import as_actor, mailbox, opened, referred, user_target
from peyvand.core.errors import NotFound
from tests.cast import Cast

Login = Callable[[User], Client]


@pytest.fixture
def request_(cast: Cast) -> Request:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    request.refresh_from_db()
    return request


def named(author: User, request: Request, *people: User) -> Note:
    body = "نظر شما؟ " + " ".join(f"@{one.full_name}" for one in people)
    return services.add_note(
        actor=as_actor(author), request_id=request.pk, body=body, mentions=[one.pk for one in people], let_in=True
    )


def waits(user: User) -> list[str]:
    return [one.request.code for one in waiting_mentions(as_actor(user))]


def test_a_mention_waits_until_it_is_dealt_with(cast: Cast, request_: Request) -> None:
    named(cast.olivia, request_, cast.alice)
    assert waits(cast.alice) == [request_.code] and waits(cast.bob) == []
    mine = Request.objects.visible_to(as_actor(cast.alice)).filter(mentioned_q(as_actor(cast.alice)))
    assert list(mine) == [request_]
    services.read_mentions(actor=as_actor(cast.alice), request_id=request_.pk)
    assert Mention.objects.get().read_at is not None and waits(cast.alice) == [request_.code]
    assert services.mark_mentions_done(actor=as_actor(cast.alice), request_id=request_.pk) == 1
    assert (
        waits(cast.alice) == [] and services.mark_mentions_done(actor=as_actor(cast.alice), request_id=request_.pk) == 0
    )


def test_who_answers_with_a_note_has_dealt_with_it(cast: Cast, request_: Request) -> None:
    named(cast.olivia, request_, cast.alice)
    named(cast.alice, request_, cast.olivia, cast.alice)
    assert waits(cast.alice) == [] and waits(cast.olivia) == [request_.code]


def test_a_stranger_cannot_deal_with_it(cast: Cast, request_: Request) -> None:
    named(cast.olivia, request_, cast.alice)
    with pytest.raises(NotFound):
        services.mark_mentions_done(actor=as_actor(cast.charlie), request_id=request_.pk)
    assert waits(cast.alice) == [request_.code]


def test_a_mention_lies_under_the_bell(cast: Cast, request_: Request) -> None:
    note = named(cast.olivia, request_, cast.alice)
    services.tell_mentioned(NoteAdded(request_id=request_.pk, note_id=note.pk))
    news = Notification.objects.get()
    assert (news.user, news.kind) == (cast.alice, "mention") and news.url.endswith(f"{request_.code}/#note-{note.pk}")


def test_nothing_is_told_of_what_one_may_no_longer_see(cast: Cast, request_: Request) -> None:
    note = named(cast.olivia, request_, cast.charlie)
    services.confide(actor=as_actor(cast.olivia), request_id=request_.pk, confidential=True)
    services.tell_mentioned(NoteAdded(request_id=request_.pk, note_id=note.pk))
    assert not Notification.objects.exists() and waits(cast.charlie) == []


def test_those_are_offered_who_see_the_request(cast: Cast, request_: Request) -> None:
    def agree() -> None:
        request = Request.objects.get()
        seen = {one.pk for one in cast.people if Request.objects.visible_to(as_actor(one)).exists()}
        assert seen == set(seeing(request).values_list("pk", flat=True)) & {one.pk for one in cast.people}

    agree()
    assert cast.charlie not in mentionable(cast.olivia, request_, "") != []
    assert mentionable(cast.olivia, request_, cast.alice.full_name[:3])[0] == cast.alice
    services.confide(actor=as_actor(cast.olivia), request_id=request_.pk, confidential=True)
    agree()
    assert cast.ada not in mentionable(cast.olivia, Request.objects.get(), "")


def test_of_two_with_one_name_the_chosen_is_meant(cast: Cast) -> None:
    User.objects.filter(pk=cast.bob.pk).update(full_name=cast.alice.full_name)
    body = f"@{cast.alice.full_name} ببینید"
    assert set(mentioned_in(body)) == {cast.alice.pk, cast.bob.pk}
    assert mentioned_in(body, [cast.bob.pk]) == [cast.bob.pk] and mentioned_in("سلام", [cast.bob.pk]) == []


def test_a_note_that_moves_takes_its_mentions_along(cast: Cast, request_: Request) -> None:
    note = named(cast.olivia, request_, cast.alice)
    other = opened(mailbox(cast), "other@arman.example")
    Note.objects.filter(pk=note.pk).update(request=other)
    assert Mention.objects.get().request == other


@pytest.mark.usefixtures("steady")
def test_the_page_shows_who_named_me_and_lets_me_be_done(cast: Cast, request_: Request, logged_in: Login) -> None:
    browser = logged_in(cast.alice)
    address = f"/cartable/{request_.code}"
    browser.get(f"/cartable/mine/{request_.code}/")
    with CaptureQueriesContext(connection) as without:
        assert "mentions/done/" not in browser.get(f"/cartable/mine/{request_.code}/").content.decode()
    named(cast.olivia, request_, cast.alice)
    page = browser.get(f"/cartable/mine/{request_.code}/").content.decode()
    assert "mentions/done/" in page and Mention.objects.get().read_at is not None
    with CaptureQueriesContext(connection) as with_one:
        browser.get(f"/cartable/mine/{request_.code}/")
    assert len(with_one) <= len(without) + 3  # what waits, who is named, files
    assert cast.bob.full_name in browser.get(f"{address}/colleagues/?q=").content.decode()
    assert browser.post(f"{address}/mentions/done/", headers={"HX-Request": "true"}).status_code == 204
    assert (
        waits(cast.alice) == []
        and "mentions/done/" not in browser.get(f"/cartable/mine/{request_.code}/").content.decode()
    )


def test_naming_who_does_not_see_it_is_a_deliberate_act(cast: Cast, request_: Request, logged_in: Login) -> None:
    olivia = as_actor(cast.olivia)
    with pytest.raises(WouldLetIn) as caught:
        services.add_note(actor=olivia, request_id=request_.pk, body="x", mentions=[cast.charlie.pk, cast.alice.pk])
    assert list(caught.value.people) == [cast.charlie] and cast.charlie.full_name in caught.value.message
    assert not Note.objects.exists() and not Request.objects.visible_to(as_actor(cast.charlie)).exists()
    browser, address = logged_in(cast.olivia), f"/cartable/{request_.code}/note/"
    body = {"body": f"@{cast.charlie.full_name} نظر شما؟"}
    for headers in ({}, {"HX-Request": "true"}):
        asked = browser.post(address, body, headers=headers)
        page = asked.content.decode()
        assert asked.status_code == 409 and "نظر شما؟" in page and 'name="let_in"' in page
        assert not Note.objects.exists()
    assert asked["HX-Retarget"] == "#dialog"
    assert browser.post(address, body | {"let_in": "yes"}).status_code == 303
    assert Request.objects.visible_to(as_actor(cast.charlie)).get() == request_
    assert request_.steps.get(kind="note").details["let_in"] == [cast.charlie.pk]
    assert browser.post(address, body).status_code == 303, "he sees it now: nobody is asked again"


def test_the_api_asks_whether_it_is_meant(cast: Cast, request_: Request) -> None:
    _row, secret = create_token(actor=cast.olivia, user=cast.olivia, name="t", scopes=["cartable.view"])
    call = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {secret}"}}
    body = {"body": "نظر؟", "mentions": [cast.charlie.pk]}
    refused = Client().post(f"/api/v1/requests/{request_.pk}/notes", body, **call)
    assert (refused.status_code, refused.json()["code"]) == (409, "would_let_in")
    assert Client().post(f"/api/v1/requests/{request_.pk}/notes", body | {"let_in": True}, **call).status_code == 201


def test_what_names_me_stands_in_my_own_work_until_it_is_dealt_with(cast: Cast, request_: Request) -> None:
    """Open work, counted as it is listed; a confidential request only when I am an insider."""

    def mine() -> tuple[list[int], int]:
        listed = in_folder(as_actor(cast.charlie), Folder.MINE).values_list("pk", flat=True)
        return list(listed), counts(User.objects.get(pk=cast.charlie.pk)).folders[Folder.MINE]

    named(cast.olivia, request_, cast.charlie)
    assert mine() == ([request_.pk], 1)
    Request.objects.filter(pk=request_.pk).update(confidential=True)
    assert mine() == ([], 0)
    Request.objects.filter(pk=request_.pk).update(confidential=False)
    services.mark_mentions_done(actor=as_actor(cast.charlie), request_id=request_.pk)
    assert mine() == ([], 0)
