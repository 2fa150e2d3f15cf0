"""A confidential request is seen by its insiders alone: no list, count, search, figure or door has it for others."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.accounts.services.tokens import create_token
from peyvand.cartable import customer_file, selectors, services, ui
from peyvand.cartable.errors import NotAnInsider
from peyvand.cartable.fields import REQUESTS
from peyvand.cartable.models import Confidant, ConfidentialView, Request
from peyvand.cartable.selectors import Folder
from peyvand.cartable.selectors.insiders import insiders_of
from peyvand.cartable.services.tying import tie
from peyvand.cartable.tests.desk import as_actor, drafted, mail, mailbox, opened, referred, submitted, user_target
from peyvand.cartable.tests.regrouping import merged, taken_back
from peyvand.cartable.types import Copy, Target, TargetKind
from peyvand.channels.events import MessageBounced
from peyvand.channels.selectors import messages_for
from peyvand.config.bounces import mark_bounced
from peyvand.config.live import _may_see_request
from peyvand.core import live
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.parties.models import ContactPoint
from tests.cast import Cast, make_user


@pytest.fixture
def secret(cast: Cast) -> Request:
    """A request that Olivia holds and that is confidential."""
    request = opened(mailbox(cast), subject="پرونده‌ای که پنهان است")
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    services.confide(actor=as_actor(cast.olivia), request_id=request.pk, confidential=True)
    return Request.objects.get(pk=request.pk)


@pytest.fixture
def second(cast: Cast) -> User:
    """Another officer at Olivia's side, who would see all of her branch."""
    return make_user("sara", department=cast.customer_relations, roles=[cast.roles["officer"]])


def sees(user: User, request: Request) -> bool:
    return Request.objects.visible_to(as_actor(user)).filter(pk=request.pk).exists()


def test_neither_a_scope_nor_the_administrator_sees_it(cast: Cast, secret: Request, second: User) -> None:
    assert sees(cast.olivia, secret)
    assert not any(sees(user, secret) for user in (cast.ada, cast.bob, cast.alice, cast.charlie, second))
    User.objects.filter(pk=cast.ada.pk).update(is_superuser=True)
    assert not sees(cast.ada, secret)
    with pytest.raises(NotFound):
        services.close(actor=as_actor(cast.ada), request_id=secret.pk)


def test_no_list_and_no_count_holds_it_for_others(cast: Cast, secret: Request, second: User) -> None:
    for user in (cast.ada, second):
        who = as_actor(user)
        for folder in Folder:
            assert not selectors.in_folder(who, folder).filter(pk=secret.pk).exists(), folder
        found = selectors.counts(who)
        assert sum(found.folders.values()) == 0 and set(found.departments.values()) == {0}
    mine = selectors.counts(as_actor(cast.olivia))
    assert mine.folders[Folder.MINE] == mine.folders[Folder.DEPARTMENT] == 1
    assert mine.departments[cast.customer_relations.pk] == 1


def test_those_who_get_it_by_a_referral_see_it_and_those_above_them_do_not(cast: Cast, secret: Request) -> None:
    referral = referred(cast.olivia, secret, user_target(cast.alice))
    assert sees(cast.alice, secret) and sees(cast.olivia, secret) and not sees(cast.bob, secret)
    services.refer(
        actor=as_actor(cast.alice), request_id=secret.pk, to=None, copies=[Copy(to=user_target(cast.charlie))]
    )
    assert sees(cast.charlie, secret)
    services.finish_referral(actor=as_actor(cast.alice), referral_id=referral.pk)
    assert sees(cast.alice, secret) and not sees(cast.bob, secret)


def test_named_people_see_it_wherever_they_work_until_the_name_is_taken_off(cast: Cast, secret: Request) -> None:
    olivia = as_actor(cast.olivia)
    services.confide(actor=olivia, request_id=secret.pk, confidential=True, people=[cast.charlie.pk])
    assert sees(cast.charlie, secret) and not sees(cast.ada, secret)
    services.confide(actor=olivia, request_id=secret.pk, confidential=True)
    assert not sees(cast.charlie, secret) and sees(cast.olivia, secret)
    services.confide(actor=olivia, request_id=secret.pk, confidential=False)
    assert sees(cast.ada, secret) and Confidant.objects.filter(request=secret).count() == 1


def test_only_who_may_changes_the_mark(cast: Cast, secret: Request) -> None:
    referred(cast.olivia, secret, user_target(cast.alice))
    with pytest.raises(NotAllowed):
        services.confide(actor=as_actor(cast.alice), request_id=secret.pk, confidential=False)
    with pytest.raises(NotFound):
        services.confide(actor=as_actor(cast.bob), request_id=secret.pk, confidential=False)
    assert Request.objects.get().confidential


def test_a_mention_opens_no_door(cast: Cast, secret: Request) -> None:
    olivia = as_actor(cast.olivia)
    with pytest.raises(NotAnInsider):
        services.add_note(actor=olivia, request_id=secret.pk, body="@", mentions=[cast.bob.pk])
    services.confide(actor=olivia, request_id=secret.pk, confidential=True, people=[cast.bob.pk])
    services.add_note(actor=olivia, request_id=secret.pk, body="@", mentions=[cast.bob.pk])
    services.confide(actor=olivia, request_id=secret.pk, confidential=True)
    assert not sees(cast.bob, secret)


def test_insiders_are_the_same_asked_either_way(cast: Cast, secret: Request, second: User) -> None:
    everybody = (*cast.people, second)

    def agree() -> None:
        request = Request.objects.get()
        seen = {user.pk for user in everybody if sees(user, request)}
        assert seen == set(insiders_of(request).values_list("pk", flat=True))

    agree()
    post, unit = Target(TargetKind.POST, cast.head_of_logistics.pk), Target(TargetKind.DEPARTMENT, cast.logistics.pk)
    for target in (user_target(cast.alice), post, unit, Target(TargetKind.BRANCH, cast.shiraz.pk)):
        referral = referred(cast.olivia, secret, target)
        agree()
        services.recall_referral(actor=as_actor(cast.olivia), referral_id=referral.pk)
        agree()
    referred(cast.olivia, secret, user_target(cast.alice))
    submitted(cast.alice, secret)
    agree()


def test_the_customers_file_says_nothing_of_it(cast: Cast, secret: Request, second: User) -> None:
    assert secret.party is not None
    for user, count in ((cast.olivia, 1), (second, 0), (cast.ada, 0)):
        reader = User.objects.get(pk=user.pk)
        party = type(secret.party).objects.get(pk=secret.party.pk)
        assert customer_file.open_requests(reader, party).count == count
        assert len(customer_file.latest_requests(reader, party)) == count
    assert REQUESTS.rows(asked_by(cast.olivia)).count() == 0
    assert selectors.workload([cast.olivia.pk]) == {}


def test_the_palette_does_not_find_it(cast: Cast, secret: Request, second: User) -> None:
    for question in (secret.code, "پنهان"):
        assert [each.id for each in ui.found(User.objects.get(pk=cast.olivia.pk), question, 5)] == [secret.code]
        assert not list(ui.found(User.objects.get(pk=second.pk), question, 5))


def test_channels_do_not_show_its_messages(cast: Cast, secret: Request, second: User) -> None:
    def shown(user: User) -> bool:
        return messages_for(as_actor(user)).filter(in_request__request=secret).exists()

    assert shown(cast.olivia) and not shown(second) and not shown(cast.ada)
    services.confide(actor=as_actor(cast.olivia), request_id=secret.pk, confidential=False)
    assert shown(second)


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[set[str], dict[str, Any]]]]:
    """What open pages are told."""
    heard: list[tuple[set[str], dict[str, Any]]] = []

    def notify(*, topic: str, audience: Any, data: dict[str, Any] | None = None) -> None:
        heard.append((set(audience), data or {}))

    monkeypatch.setattr(live, "notify", notify)
    yield heard


def test_open_pages_of_others_hear_nothing_of_it(
    cast: Cast, secret: Request, second: User, news: list[tuple[set[str], dict[str, Any]]]
) -> None:
    referred(cast.olivia, secret, user_target(cast.alice))
    assert news and all(to <= {f"user:{cast.olivia.pk}", f"user:{cast.alice.pk}"} for to, _data in news)
    assert not _may_see_request(User.objects.get(pk=second.pk), secret.pk)


def test_pages_api_and_papers_are_closed_to_others_and_views_are_kept(
    cast: Cast, secret: Request, second: User, logged_in: Callable[[User], Client]
) -> None:
    places = ("mine/{0}/", "{0}/", "{0}/history/", "{0}/print/", "{0}/live/", "{0}/earlier/", "{0}/refer/")
    other, own = logged_in(second), logged_in(cast.olivia)
    for place in places:
        assert other.get(f"/cartable/{place.format(secret.code)}").status_code == 404, place
    assert secret.code not in other.get("/cartable/all/").content.decode()
    assert (
        secret.code not in b"".join(other.post("/cartable/all/export/", {"format": "csv"}).streaming_content).decode()
    )
    assert not ConfidentialView.objects.exists()
    for place in ("mine/{0}/", "{0}/history/", "{0}/print/"):
        assert own.get(f"/cartable/{place.format(secret.code)}").status_code == 200
    assert set(ConfidentialView.objects.values_list("user", "what")) == {
        (cast.olivia.pk, what) for what in ("page", "history", "print")
    }


def test_the_api_knows_it_only_for_insiders(cast: Cast, secret: Request, second: User, client: Client) -> None:
    def ask(user: User, path: str, method: str = "get", **data: Any) -> Any:
        scopes = ["cartable.view", "cartable.confide", "channels.view"]
        _row, key = create_token(actor=user, user=user, name="t", scopes=scopes)
        headers = {"Authorization": f"Bearer {key}"}
        body = {"data": json.dumps(data), "content_type": "application/json"} if data else {}
        return getattr(client, method)(f"/api/v1{path}", headers=headers, **body)

    for path in (f"/requests/{secret.pk}", f"/requests/by-code/{secret.code}", f"/requests/{secret.pk}/views"):
        assert ask(second, path).status_code == 404, path
        assert ask(cast.olivia, path).status_code == 200, path
    listed = f"/requests?party_id={secret.party_id}"
    assert ask(second, listed).json()["items"] == [] and len(ask(cast.olivia, listed).json()["items"]) == 1
    looked = ask(cast.olivia, f"/requests/{secret.pk}/views").json()
    assert {(each["user"]["id"], each["what"]) for each in looked} == {(cast.olivia.pk, "api")}
    path = f"/requests/{secret.pk}/confidential"
    assert ask(second, path, "put", confidential=False, people=[]).status_code == 404
    assert ask(cast.olivia, path, "put", confidential=True, people=[second.pk]).status_code == 200
    named = ask(cast.olivia, f"/requests/{secret.pk}/confidants").json()
    assert {each["id"] for each in named} == {cast.olivia.pk, second.pk}
    assert ask(second, f"/requests/{secret.pk}").status_code == 200


def test_the_dialog_sets_the_mark_and_names_people(
    cast: Cast, secret: Request, logged_in: Callable[[User], Client]
) -> None:
    page, address = logged_in(cast.olivia), f"/cartable/{secret.code}/confide/"
    assert "محرمانه" in page.get(address).content.decode()
    assert "چنگیز" in page.get(f"/cartable/{secret.code}/people/", {"who": "چنگیز"}).content.decode()
    shown = page.post(address, {"confidential": "on", "add": str(cast.charlie.pk)}).content.decode()
    assert f'name="person" value="{cast.charlie.pk}"' in shown and not sees(cast.charlie, secret)
    assert page.post(address, {"confidential": "on", "person": str(cast.charlie.pk)}).status_code == 303
    assert sees(cast.charlie, secret)
    assert page.post(address, {"who": ""}).status_code == 303
    assert sees(cast.ada, secret)


def test_a_request_that_is_not_confidential_costs_no_more_than_before(cast: Cast, secret: Request) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        services.note_view(actor=as_actor(cast.olivia), request=secret, what=ConfidentialView.What.PAGE)
    written = len(asked)
    secret.confidential = False
    with CaptureQueriesContext(connection) as asked:
        services.note_view(actor=as_actor(cast.olivia), request=secret, what=ConfidentialView.What.PAGE)
    assert len(asked) == written - 1


def test_the_history_of_another_request_does_not_tell_its_code_and_tells_that_of_an_open_one(
    cast: Cast, secret: Request, second: User, logged_in: Callable[[User], Client]
) -> None:
    olivia = as_actor(cast.olivia)
    other, plain = (opened(mailbox(cast), f"{name}@arman.example") for name in ("b", "c"))
    for one in (secret, plain):
        tie(actor=olivia, request_id=other.pk, other_id=one.pk, kind="related")
    made = merged(cast.olivia, other, secret)
    assert secret.code in logged_in(cast.olivia).get(f"/cartable/all/{other.code}/").content.decode()
    taken_back(cast.olivia, made)
    page = logged_in(second).get(f"/cartable/all/{other.code}/").content.decode()
    assert plain.code in page and secret.code not in page


def test_an_address_from_which_its_mail_came_back_does_not_tell_its_subject(cast: Cast, secret: Request) -> None:
    answer = drafted(cast.olivia, secret)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    report = mail(mailbox(cast), "mailer-daemon@arman.example", subject=f"Undeliverable: Re: {secret.subject}")
    came_back = MessageBounced(
        message_id=answer.message_id or 0, bounce_id=report.pk, address="negar@arman.example", permanent=True
    )
    mark_bounced(came_back)
    point = ContactPoint.objects.get(value="negar@arman.example")
    assert point.bounced_at is not None and point.bounce_reason == ""
    services.confide(actor=as_actor(cast.olivia), request_id=secret.pk, confidential=False)
    mark_bounced(came_back)
    point.refresh_from_db()
    assert point.bounce_reason == report.subject
