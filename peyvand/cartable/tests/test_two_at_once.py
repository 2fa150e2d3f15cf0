"""Two people answer at once, and approve what was just edited: the second sees both texts and loses none."""

import pytest
from django.test import Client

from peyvand.cartable import services
from peyvand.cartable.errors import AnsweredMeanwhile
from peyvand.cartable.models import Answer, Request
from peyvand.cartable.services import Approval
from peyvand.cartable.tests.desk import as_actor, drafted, mailbox, opened
from peyvand.channels.models import Message
from tests.cast import Cast, make_user


@pytest.fixture
def request_(cast: Cast) -> Request:
    return opened(mailbox(cast))


def _seen(request: Request) -> int:
    return request.steps.latest("id").pk


def test_the_second_to_answer_is_told_and_decides(cast: Cast, request_: Request) -> None:
    seen = _seen(request_)
    farid = make_user("farid", department=cast.customer_relations, roles=[cast.roles["officer"]])
    mine, theirs = drafted(cast.olivia, request_, "پاسخ لیلا"), drafted(farid, request_, "پاسخ فرید")
    services.approve_and_send(actor=as_actor(farid), answer_id=theirs.pk, approval=Approval(seen_step=seen))
    with pytest.raises(AnsweredMeanwhile) as caught:
        services.approve_and_send(actor=as_actor(cast.olivia), answer_id=mine.pk, approval=Approval(seen_step=seen))
    assert caught.value.theirs == theirs
    mine.refresh_from_db()
    assert (mine.state, mine.body) == ("draft", "پاسخ لیلا")
    again = Approval(seen_step=caught.value.step_id)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=mine.pk, approval=again)
    assert Message.objects.filter(direction="out").count() == 2


def test_the_page_shows_both_texts_and_keeps_what_was_typed(cast: Cast, request_: Request, client: Client) -> None:
    seen = _seen(request_)
    farid = make_user("farid", department=cast.customer_relations, roles=[cast.roles["officer"]])
    theirs = drafted(farid, request_, "پاسخ فرید")
    services.approve_and_send(actor=as_actor(farid), answer_id=theirs.pk)
    client.force_login(cast.olivia)
    form = {"body": "پاسخ لیلا", "to": "mail:negar@arman.example", "version": "0", "seen": str(seen), "reviewer": ""}
    answer = client.post(f"/cartable/{request_.code}/submit/", form, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 409 and answer["HX-Retarget"] == "#dialog"
    assert "پاسخ فرید" in text and "پاسخ لیلا" in text and 'name="seen_now"' in text
    mine = Answer.objects.get(author=cast.olivia)
    assert (mine.state, mine.body) == ("draft", "پاسخ لیلا") and f'value="{mine.version}"' in text
    form |= {"version": str(mine.version), "seen_now": str(_seen(request_))}
    done = client.post(f"/cartable/{request_.code}/submit/", form, headers={"HX-Request": "true"})
    assert done.status_code == 204 and Message.objects.filter(direction="out").count() == 2


def test_without_a_script_the_text_is_kept_as_a_draft(cast: Cast, request_: Request, client: Client) -> None:
    seen = _seen(request_)
    farid = make_user("farid", department=cast.customer_relations, roles=[cast.roles["officer"]])
    services.approve_and_send(actor=as_actor(farid), answer_id=drafted(farid, request_, "پاسخ فرید").pk)
    client.force_login(cast.olivia)
    form = {"body": "پاسخ لیلا", "to": "mail:negar@arman.example", "seen": str(seen), "reviewer": ""}
    answer = client.post(f"/cartable/{request_.code}/submit/", form)
    assert answer.status_code == 409 and "پاسخ فرید" in answer.content.decode()
    assert Answer.objects.get(author=cast.olivia).body == "پاسخ لیلا"


def test_approving_what_was_just_edited_shows_both(cast: Cast, request_: Request, client: Client) -> None:
    answer = drafted(cast.olivia, request_, "متن نخست")
    services.submit_draft(actor=as_actor(cast.olivia), answer_id=answer.pk, reviewer_id=cast.olivia.pk)
    answer.refresh_from_db()
    seen = answer.version
    Answer.objects.filter(pk=answer.pk).update(body="متن ویراسته", version=seen + 1)
    client.force_login(cast.olivia)
    address = f"/cartable/{request_.code}/answer/{answer.pk}/approve/"
    form = {"body": "متن من", "version": str(seen)}
    shown = client.post(address, form, headers={"HX-Request": "true"})
    text = shown.content.decode()
    assert shown.status_code == 409 and "متن ویراسته" in text and "متن من" in text
    assert not Message.objects.filter(direction="out").exists()
    done = client.post(address, form | {"version_now": str(seen + 1)}, headers={"HX-Request": "true"})
    assert done.status_code == 204 and Message.objects.get(direction="out").text == "متن من"


def test_the_toast_counts_down_and_takes_back(cast: Cast, request_: Request, client: Client) -> None:
    client.force_login(cast.olivia)
    form = {"body": "سلام", "to": "mail:negar@arman.example", "version": "0", "reviewer": ""}
    sent = client.post(f"/cartable/{request_.code}/submit/", form, headers={"HX-Request": "true"})
    answer = Answer.objects.get()
    undo = f"/cartable/{request_.code}/answer/{answer.pk}/back/"
    assert undo in sent["HX-Trigger"] and '"seconds": "10"' in sent["HX-Trigger"]
    page = client.get(f"/cartable/{request_.code}/", follow=True).content.decode()
    assert undo in page and "data-held" in page
    assert client.post(undo).status_code == 303
    answer.refresh_from_db()
    assert answer.state == "draft"
    assert "data-held" not in client.get(f"/cartable/{request_.code}/", follow=True).content.decode()
    assert client.post(undo).status_code == 409
