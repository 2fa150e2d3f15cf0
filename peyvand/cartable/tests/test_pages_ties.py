"""The dialogs of merging, splitting, moving, linking and parting, with and without htmx; the panel and the tree."""

from collections.abc import Callable

import pytest
from django.test import Client

from peyvand.accounts.models import User
from peyvand.cartable import services
from peyvand.cartable.models import Regrouping, Request, RequestMessage, Tie
from peyvand.cartable.services.parts import open_part
from peyvand.cartable.tests.desk import as_actor, mail, mailbox, opened, referred, request_of, user_target
from peyvand.cartable.tests.regrouping import merged
from peyvand.cartable.types import PartOrder
from tests.cast import Cast

Login = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
FAR = "another@else.example"


@pytest.fixture
def two(cast: Cast) -> tuple[Request, Request]:
    channel = mailbox(cast)
    return opened(channel), opened(channel, FAR, subject="بار دوم")


def at(request: Request, rest: str) -> str:
    return f"/cartable/{request.code}/{rest}"


def versions(*requests: Request) -> dict[str, int]:
    return {f"version-{one.code}": one.version for one in requests}


def test_another_request_is_found_previewed_and_merged(
    cast: Cast, logged_in: Login, two: tuple[Request, Request]
) -> None:
    one, other = two
    browser = logged_in(cast.olivia)
    assert other.code not in browser.get(at(one, "merge/")).content.decode()
    assert other.code in browser.get(at(one, "merge/?choose=1&q=دوم"), headers=HTMX).content.decode()
    shown = browser.get(at(one, f"merge/?other={other.code}"), headers=HTMX).content.decode()
    assert one.code in shown and other.code in shown and "۹۰ روز" in shown and "agreed" not in shown
    typed = {"other": other.code, "survivor": one.code, **versions(one, other)}
    answer = browser.post(at(one, "merge/"), typed, headers=HTMX)
    assert answer.headers["HX-Redirect"] == f"/cartable/{one.code}/"
    assert Request.objects.get(pk=other.pk).merged_into == one


def test_the_survivor_can_be_the_other(cast: Cast, logged_in: Login, two: tuple[Request, Request]) -> None:
    one, other = two
    browser = logged_in(cast.olivia)
    answer = browser.post(at(one, "merge/"), {"other": other.code, "survivor": other.code})
    assert answer.headers["Location"] == f"/cartable/{other.code}/"
    assert Request.objects.get(pk=one.pk).merged_into == other
    page = browser.get(f"/cartable/all/{one.code}/")
    assert page.headers["Location"] == f"/cartable/{other.code}/"


def test_what_changed_since_the_preview_is_shown_again(
    cast: Cast, logged_in: Login, two: tuple[Request, Request]
) -> None:
    one, other = two
    typed = {"other": other.code, "survivor": one.code, **versions(one, other)}
    services.close(actor=as_actor(cast.olivia), request_id=other.pk)
    answer = logged_in(cast.olivia).post(at(one, "merge/"), typed, headers=HTMX)
    assert answer.status_code == 409 and "در این میان" in answer.content.decode()
    assert f'name="version-{other.code}" value="{other.version + 1}"' in answer.content.decode()


def test_who_would_read_along_is_named_and_has_to_be_agreed_to(
    cast: Cast, logged_in: Login, two: tuple[Request, Request]
) -> None:
    one, other = two
    referred(cast.olivia, one, user_target(cast.alice))
    browser, typed = logged_in(cast.olivia), {"other": other.code, "survivor": one.code}
    assert str(cast.logistics) in browser.get(at(one, f"merge/?other={other.code}")).content.decode()
    assert browser.post(at(one, "merge/"), typed).status_code == 409
    assert browser.post(at(one, "merge/"), typed | {"agreed": "on"}).status_code == 303


def test_a_merge_is_taken_back_from_the_panel(cast: Cast, logged_in: Login, two: tuple[Request, Request]) -> None:
    one, other = two
    made = merged(cast.olivia, one, other)
    later = mail(mailbox(cast), FAR, subject=f"Re: [{other.code}]")
    services.take_in([later.pk])
    browser = logged_in(cast.olivia)
    page = browser.get(f"/cartable/all/{one.code}/").content.decode()
    assert at(one, "ties/") in page
    panel = browser.get(at(one, "ties/"), headers=HTMX).content.decode()
    assert other.code in panel and at(one, f"regrouping/{made.pk}/undo/") in panel and "<html" not in panel
    asked = browser.get(at(one, f"regrouping/{made.pk}/undo/"), headers=HTMX).content.decode()
    assert f"place-{later.pk}" in asked
    browser.post(at(one, f"regrouping/{made.pk}/undo/"), {f"place-{later.pk}": one.pk}, headers=HTMX)
    assert Request.objects.get(pk=other.pk).merged_into is None and request_of(later) == one
    assert browser.post(at(one, f"regrouping/{made.pk}/undo/")).status_code == 404


def test_the_toast_takes_it_back_at_once(cast: Cast, logged_in: Login, two: tuple[Request, Request]) -> None:
    made = merged(cast.olivia, *two)
    address = at(two[0], f"regrouping/{made.pk}/undo/")
    answer = logged_in(cast.olivia).post(address, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 204 and not Regrouping.objects.standing().exists()


def test_messages_are_split_off_and_moved(cast: Cast, logged_in: Login, two: tuple[Request, Request]) -> None:
    one, other = two
    extra = [mail(mailbox(cast)).pk for _each in range(2)]
    services.take_in(extra)
    browser = logged_in(cast.olivia)
    assert browser.get(at(one, "split/"), headers=HTMX).status_code == 200
    assert browser.post(at(one, "split/"), {"subject": "x"}).status_code == 422
    browser.post(at(one, "split/"), {"messages": [extra[0]], "subject": "کار دیگر"})
    new = Request.objects.latest("pk")
    assert new.subject == "کار دیگر" and RequestMessage.objects.get(message=extra[0]).request == new
    assert browser.get(at(one, "move/"), headers=HTMX).status_code == 200
    assert browser.post(at(one, "move/"), {"messages": [extra[1]], "other": "1405-000000-0"}).status_code == 422
    browser.post(at(one, "move/"), {"messages": [extra[1]], "other": other.code})
    assert RequestMessage.objects.get(message=extra[1]).request == other
    everything = list(RequestMessage.objects.filter(request=one).values_list("message", flat=True))
    assert browser.post(at(one, "move/"), {"messages": everything, "other": other.code}).status_code == 409


def test_requests_are_linked_and_the_link_is_taken_away(
    cast: Cast, logged_in: Login, two: tuple[Request, Request]
) -> None:
    one, other = two
    browser = logged_in(cast.olivia)
    assert browser.get(at(one, "tie/"), headers=HTMX).status_code == 200
    assert browser.post(at(one, "tie/"), {"kind": "duplicate"}).status_code == 422
    assert browser.post(at(one, "tie/"), {"kind": "duplicate", "other": other.code}, headers=HTMX).status_code == 204
    assert browser.post(at(one, "tie/"), {"kind": "duplicate", "other": other.code}, headers=HTMX).status_code == 422
    made = Tie.objects.get()
    assert "تکراری" in browser.get(at(one, "ties/"), headers=HTMX).content.decode()
    assert "تکراری آن" in browser.get(at(other, "ties/"), headers=HTMX).content.decode()
    browser.post(at(other, f"tie/{made.pk}/drop/"), headers=HTMX)
    assert not Tie.objects.exists()


def test_a_link_to_what_one_may_not_see_is_not_there(
    cast: Cast, logged_in: Login, two: tuple[Request, Request]
) -> None:
    one, other = two
    referred(cast.olivia, one, user_target(cast.alice))
    logged_in(cast.olivia).post(at(one, "tie/"), {"kind": "related", "other": other.code})
    panel = logged_in(cast.alice).get(at(one, "ties/"), headers=HTMX).content.decode()
    assert other.code not in panel and other.subject not in panel


def test_a_part_is_handed_on_and_the_whole_asks_before_it_closes(
    cast: Cast, logged_in: Login, two: tuple[Request, Request]
) -> None:
    one, _other = two
    browser = logged_in(cast.olivia)
    assert str(cast.alice) in browser.get(at(one, "part/?who=آلاله"), headers=HTMX).content.decode()
    assert browser.post(at(one, "part/"), {"title": ""}, headers=HTMX).status_code == 422
    typed = {"title": "پرسش از انبار", "to": f"user:{cast.alice.pk}", "text": "کی؟"}
    assert browser.post(at(one, "part/"), typed, headers=HTMX).status_code == 204
    part = Request.objects.get(parent=one)
    for address in ("ties/", "tree/"):
        assert "پرسش از انبار" in browser.get(at(one, address), headers=HTMX).content.decode()
    asked = browser.post(at(one, "close/"), headers=HTMX)
    assert asked.headers["HX-Retarget"] == "#dialog" and at(one, "close-anyway/") in asked.content.decode()
    assert browser.post(at(one, "close-anyway/"), {"remark": ""}).status_code == 422
    assert browser.post(at(one, "close-anyway/"), {"remark": "منصرف شد"}, headers=HTMX).status_code == 204
    assert Request.objects.get(pk=one.pk).status == "closed" and Request.objects.get(pk=part.pk).is_active
    assert "پرسش از انبار" in browser.get(f"/cartable/all/{part.code}/").content.decode()


def test_one_answer_to_all_says_who_was_left_out(cast: Cast, logged_in: Login, two: tuple[Request, Request]) -> None:
    one, other = two
    browser = logged_in(cast.olivia)
    browser.post(at(other, "tie/"), {"kind": "incident", "other": one.code})
    services.close(actor=as_actor(cast.olivia), request_id=other.pk)
    assert other.code in browser.get(at(one, "answer-all/"), headers=HTMX).content.decode()
    told = browser.post(at(one, "answer-all/"), {"body": "وصل شد"}, headers=HTMX).content.decode()
    assert other.code in told and "بسته" in told
    assert Request.objects.get(pk=one.pk).status == "answered"


def test_the_panel_costs_a_fixed_number_of_statements(
    cast: Cast, logged_in: Login, two: tuple[Request, Request], django_assert_max_num_queries: Callable
) -> None:
    one, other = two
    browser = logged_in(cast.olivia)
    browser.get(at(one, "ties/"))
    for _each in range(3):
        open_part(actor=as_actor(cast.olivia), request_id=one.pk, part=PartOrder(title="بخش"))
    third = opened(mailbox(cast), "third@else.example")
    browser.post(at(one, "tie/"), {"kind": "related", "other": third.code})
    merged(cast.olivia, one, other)
    with django_assert_max_num_queries(14):
        browser.get(at(one, "ties/"), headers=HTMX)
    with django_assert_max_num_queries(14):
        browser.get(at(one, "merge/?choose=1&q=بخش"), headers=HTMX)
