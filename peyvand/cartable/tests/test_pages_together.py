"""Two people at one request: the second learns what the first did, and loses nothing that he typed."""

from collections.abc import Callable

import pytest
from django.test import Client

from peyvand.accounts.models import User
from peyvand.cartable import services
from peyvand.cartable.models import Answer, Referral, Request
from peyvand.cartable.tests.desk import as_actor, mailbox, opened, referred, submitted, user_target
from tests.cast import Cast

Login = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def at(request: Request, rest: str = "") -> str:
    return f"/cartable/{request.code}/{rest}"


def whole(request: Request) -> dict[str, object]:
    return Request.objects.filter(pk=request.pk).values().get()


@pytest.mark.parametrize("act", ["take/", "close/"])
def test_a_button_of_an_old_page_changes_nothing_and_says_how_it_stands(cast: Cast, logged_in: Login, act: str) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    page = browser.get(f"/cartable/department/{request.code}/").content.decode()
    seen = {"version": request.version}
    assert f'name="version" value="{request.version}"' in page
    referred(cast.olivia, request, user_target(cast.bob))
    before = whole(request)
    late = browser.post(at(request, act), seen, headers=HTMX)
    assert late.status_code == 409 and "بابک صدری" in late.content.decode() and "ارجاع‌شده" in late.content.decode()
    assert whole(request) == before
    assert browser.post(at(request, act), {"version": before["version"]}, headers=HTMX).status_code == 204


def test_a_referral_typed_meanwhile_comes_back_with_its_words_and_may_then_be_sent(
    cast: Cast, logged_in: Login
) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    seen = browser.get(at(request, "refer/"), headers=HTMX).context["opened"].version
    services.take(actor=as_actor(cast.ada), request_id=request.pk)
    data = {"to": f"user:{cast.bob.pk}", "instruction": "زمان خروج بار را بپرسید.", "version": seen}
    late = browser.post(at(request, "refer/"), data, headers=HTMX)
    assert late.status_code == 409 and not Referral.objects.exists()
    dialog = late.content.decode()
    assert "زمان خروج بار را بپرسید." in dialog and "آدا مدیری" in dialog
    request.refresh_from_db()
    assert f'name="version" value="{request.version}"' in dialog
    assert browser.post(at(request, "refer/"), data | {"version": request.version}, headers=HTMX).status_code == 204


@pytest.mark.parametrize("act", ["return/", "finish/"])
def test_a_remark_on_what_has_changed_comes_back(cast: Cast, logged_in: Login, act: str) -> None:
    request = opened(mailbox(cast))
    place = at(request, f"referral/{referred(cast.olivia, request, user_target(cast.bob)).pk}/{act}")
    seen = logged_in(cast.bob).get(place, headers=HTMX).context["version"]
    services.add_note(actor=as_actor(cast.olivia), request_id=request.pk, body="مشتری زنگ زد.")
    late = logged_in(cast.bob).post(place, {"remark": "کار ما نیست", "version": seen}, headers=HTMX)
    assert late.status_code == 409 and "کار ما نیست" in late.content.decode()
    assert Referral.objects.get().ended_at is None


def test_a_draft_is_returned_as_it_was_read(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    answer = submitted(cast.alice, request)
    place = at(request, f"answer/{answer.pk}/return/")
    seen = logged_in(cast.olivia).get(place, headers=HTMX).context["version"]
    Answer.objects.filter(pk=answer.pk).update(version=answer.version + 1)
    late = logged_in(cast.olivia).post(place, {"remark": "کوتاه‌تر", "version": seen}, headers=HTMX)
    assert late.status_code == 409 and "کوتاه‌تر" in late.content.decode()
    answer.refresh_from_db()
    assert answer.state == "review"
