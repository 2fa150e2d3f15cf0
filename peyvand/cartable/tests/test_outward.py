"""What goes out to customers by itself: receipts, the tracking page, surveys."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from peyvand.accounts.models import Notification
from peyvand.cartable import outward, services
from peyvand.cartable.errors import SurveyOver
from peyvand.cartable.events import RequestClosed, RequestOpened
from peyvand.cartable.models import Receipt, Request, Step, Survey
from peyvand.cartable.outward import LeftOut, Outward
from peyvand.cartable.selectors.outward import outward as outward_now
from peyvand.cartable.selectors.outward import tracked
from peyvand.cartable.services import outgoing
from peyvand.cartable.services.configuring import change_outward
from peyvand.cartable.services.receipts import acknowledge
from peyvand.cartable.services.surveys import answer_survey, plan_survey, send_due_surveys, token_of
from peyvand.cartable.tests.desk import as_actor, mail, mailbox, opened
from peyvand.channels.models import Message
from peyvand.core import blobs
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.parties.models import ContactPoint
from peyvand.parties.selectors.personal import personal_data
from peyvand.parties.services.erasing import erase_party
from peyvand.parties.tests.test_erasing import everything
from tests.cast import Cast

ASKING = Outward(survey=True, survey_after=4, low=2)


def receipt_of(request: Request) -> Receipt:
    acknowledge([RequestOpened(request_id=request.pk)])
    return Receipt.objects.get(pk=request.pk)


def closed(cast: Cast, request: Request) -> Request:
    services.close(actor=as_actor(cast.olivia), request_id=request.pk)
    return Request.objects.get(pk=request.pk)


def asked(cast: Cast, request: Request) -> Survey:
    """A survey that was sent, hours after its request was closed."""
    change_outward(actor=None, wanted=ASKING)
    closed(cast, request)
    plan_survey(RequestClosed(request_id=request.pk))
    Survey.objects.filter(request=request).update(due_at=timezone.now())
    assert send_due_surveys() is False
    return Survey.objects.get(request=request)


# Receipts


def test_a_sender_is_told_the_code_once_and_none_of_his_own_words(cast: Cast) -> None:
    request = opened(mailbox(cast), subject="BUY CHEAP", text="evil words")
    first, again = receipt_of(request), receipt_of(request)
    assert first.reason == again.reason == ""
    sent = Message.objects.get(direction="out")
    assert sent == again.message
    assert sent.recipients["to"] == ["negar@arman.example"]
    whole = f"{sent.subject}\n{sent.text}"
    assert request.code in sent.subject
    assert "evil" not in whole
    assert "CHEAP" not in whole
    assert f"/track/?code={request.code}" in sent.text
    assert b"Auto-Submitted: auto-replied" in blobs.get(str(sent.raw_id))
    assert Step.objects.filter(request=request, kind="receipt", message=sent).count() == 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"automatic": "list"}, LeftOut.MACHINE),
        ({"details": {"dmarc": "fail"}}, LeftOut.FORGED),
        ({"sender": "no-reply@arman.example"}, LeftOut.MACHINE),
        ({"sender": "No-Reply+7@arman.example"}, LeftOut.MACHINE),
        ({"sender": "support@company.example"}, LeftOut.MACHINE),
        ({"sender": ""}, LeftOut.NO_ADDRESS),
    ],
)
def test_machines_forgers_and_nobody_get_nothing(cast: Cast, values: dict[str, object], reason: LeftOut) -> None:
    request = opened(mailbox(cast), **values)  # type: ignore[arg-type]
    assert receipt_of(request).reason == reason
    assert not Message.objects.filter(direction="out").exists()


def test_who_is_told_often_is_told_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(outgoing.PER_ADDRESS):
        before = opened(mailbox(cast), f"a{number}@arman.example")
        Receipt.objects.create(request=before, address="negar@arman.example", at=timezone.now())
    assert receipt_of(opened(mailbox(cast))).reason == LeftOut.OFTEN
    Receipt.objects.update(at=timezone.now() - outgoing.PER_ADDRESS_TIME)
    assert receipt_of(opened(mailbox(cast), "b@arman.example")).reason == ""
    Receipt.objects.update(at=timezone.now())
    monkeypatch.setattr(outgoing, "IN_ALL", outgoing.PER_ADDRESS)
    other = opened(mailbox(cast), "other@arman.example")
    assert receipt_of(other).reason == LeftOut.FLOOD


def test_a_business_that_wants_none_sends_none_and_without_a_mailbox_nothing_breaks(cast: Cast) -> None:
    request = opened(mailbox(cast))
    mailbox(cast).settings.pop("smtp")
    type(mailbox(cast)).objects.update(settings={})
    assert receipt_of(request).reason == LeftOut.NO_CHANNEL
    change_outward(actor=None, wanted=Outward(receipt=False))
    assert receipt_of(opened(mailbox(cast), "b@arman.example")).reason == LeftOut.OFF


def test_what_is_written_down_by_hand_has_no_receipt(cast: Cast) -> None:
    request = opened(mailbox(cast), medium="phone")
    acknowledge([RequestOpened(request_id=request.pk)])
    assert not Receipt.objects.exists()


def test_fields_are_filled_once_and_never_read_again() -> None:
    text = outward.filled("{{code}} {{ link }} {{strange}}", {"code": "{{link}}", "link": "L"})
    assert text == "{{link}} L "


def test_strange_settings_fall_back_to_sane_ones() -> None:
    assert Outward.from_json("x") == Outward()
    assert Outward.from_json({"receipt": "no", "low": 1, "odd": 2}) == Outward(low=1)


# Tracking


def test_a_customer_follows_his_request_by_code_and_any_address_of_his(cast: Cast) -> None:
    request = opened(mailbox(cast))
    assert request.party is not None
    ContactPoint.objects.create(party=request.party, kind="mobile", typed="0912 345 6789", value="+989123456789")
    for contact in ("negar@arman.example", "Negar@ARMAN.example", "۰۹۱۲۳۴۵۶۷۸۹", "+98 912 345 6789"):
        found = tracked(request.code.replace("-", " "), contact)
        assert found is not None, contact
        assert (found.code, found.is_begun, found.answered) == (request.code, False, ())
        assert found.due is not None
    assert tracked(request.code, "other@arman.example") is None
    assert tracked(request.code, "") is None
    assert tracked(request.code[:-1] + str((int(request.code[-1]) + 1) % 10), "negar@arman.example") is None


def test_the_code_of_a_merged_request_still_answers(cast: Cast) -> None:
    first, second = opened(mailbox(cast)), opened(mailbox(cast), "b@arman.example")
    Request.objects.filter(pk=first.pk).update(merged_into=second)
    found = tracked(first.code, "b@arman.example")
    assert found is not None
    assert found.code == first.code


def test_the_page_shows_steps_and_nothing_of_colleagues(cast: Cast) -> None:
    request = opened(mailbox(cast))
    services.add_note(actor=as_actor(cast.olivia), request_id=request.pk, body="secret note")
    page = Client().post("/track/", {"code": request.code, "contact": "negar@arman.example"})
    text = page.content.decode()
    assert page.status_code == 200
    assert request.code in text
    assert "secret" not in text
    assert cast.olivia.full_name not in text
    assert request.subject not in text
    assert page["Cache-Control"] == "no-store"


def test_wrong_code_and_wrong_address_read_the_same_and_tries_are_few(cast: Cast) -> None:
    request = opened(mailbox(cast))
    client = Client()
    bodies = set()
    for code, contact in ((request.code, "x@y.example"), ("1405-000999-1", "negar@arman.example")):
        page = client.post("/track/", {"code": code, "contact": contact})
        assert page.status_code == 422
        bodies.add(str(page.context["form"].errors))
    assert len(bodies) == 1
    for _n in range(12):
        last = client.post("/track/", {"code": request.code, "contact": "x@y.example"})
    right = client.post("/track/", {"code": request.code, "contact": "negar@arman.example"})
    assert last.status_code == right.status_code == 422, "the right answer is no longer told either"


# Surveys


def test_a_closed_request_is_asked_about_once_hours_later(cast: Cast) -> None:
    change_outward(actor=None, wanted=ASKING)
    request = closed(cast, opened(mailbox(cast)))
    for _twice in range(2):
        plan_survey(RequestClosed(request_id=request.pk))
    send_due_surveys()
    survey = Survey.objects.get(request=request)
    assert survey.state == Survey.State.WAITING
    assert request.closed_at is not None
    assert survey.due_at == request.closed_at + timedelta(hours=4)
    assert not Message.objects.filter(direction="out").exists()


def test_the_question_carries_a_word_that_opens_it(cast: Cast) -> None:
    survey = asked(cast, opened(mailbox(cast)))
    assert survey.state == Survey.State.SENT
    assert survey.message is not None
    assert f"/survey/{token_of(survey)}/" in survey.message.text
    assert Client().get(f"/survey/{token_of(survey)}/").status_code == 200
    for token in (f"{survey.pk}-{'0' * 32}", "x", "9999-1"):
        assert Client().get(f"/survey/{token}/").status_code == 404


def test_nobody_is_asked_about_what_is_work_again_or_twice_in_a_week(cast: Cast) -> None:
    request = opened(mailbox(cast))
    asked(cast, request)
    again = opened(mailbox(cast), message_id="n@m.example")
    assert asked(cast, again).reason == LeftOut.OFTEN
    change_outward(actor=None, wanted=ASKING)
    third = closed(cast, opened(mailbox(cast), "third@arman.example"))
    plan_survey(RequestClosed(request_id=third.pk))
    Survey.objects.filter(request=third).update(due_at=timezone.now())
    services.reopen(actor=as_actor(cast.olivia), request_id=third.pk)
    send_due_surveys()
    assert Survey.objects.get(request=third).reason == LeftOut.REOPENED


def test_a_low_score_brings_the_request_back_and_tells_its_officer(cast: Cast) -> None:
    request = opened(mailbox(cast))
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    survey = asked(cast, request)
    page = Client().post(f"/survey/{token_of(survey)}/", {"score": "1", "words": "دیر شد خیلی"})
    assert page.status_code == 200
    request.refresh_from_db()
    survey.refresh_from_db()
    assert (survey.score, survey.words, survey.state) == (1, "دیر شد خیلی", "answered")
    assert request.is_active
    assert request.assignee == cast.olivia
    step = Step.objects.get(request=request, kind="survey_answered")
    assert step.details["remark"].startswith("1 / 5")
    told = Notification.objects.get(user=cast.olivia, kind="survey")
    assert told.data["score"] == 1


def test_a_good_score_leaves_it_closed_and_is_taken_once(cast: Cast) -> None:
    survey = asked(cast, opened(mailbox(cast)))
    with pytest.raises(Invalid):
        answer_survey(token=token_of(survey), score=6)
    answer_survey(token=token_of(survey), score=5)
    assert not Request.objects.get(pk=survey.request_id).is_active
    with pytest.raises(SurveyOver):
        answer_survey(token=token_of(survey), score=1)
    assert Survey.objects.get(pk=survey.pk).score == 5


def test_an_old_question_is_over(cast: Cast) -> None:
    survey = asked(cast, opened(mailbox(cast)))
    Survey.objects.filter(pk=survey.pk).update(sent_at=timezone.now() - timedelta(days=31))
    with pytest.raises(SurveyOver):
        answer_survey(token=token_of(survey), score=3)


# Administration


def test_only_who_configures_changes_what_is_sent(cast: Cast, client: Client) -> None:
    with pytest.raises(NotAllowed):
        change_outward(actor=as_actor(cast.alice).user, wanted=Outward(receipt=False))
    client.force_login(cast.ada)
    page = client.get("/cartable/outward/")
    assert page.status_code == 200
    bad = {"receipt_text": "no field {{name}}", "survey_text": "x", "survey_after": "4", "low": "2"}
    refused = client.post("/cartable/outward/", bad)
    assert refused.status_code == 422
    assert "name" in refused.content.decode()
    good = {
        "receipt": "on",
        "receipt_text": "{{code}} {{link}}",
        "survey_text": "{{link}}",
        "survey_after": "۵",
        "low": "1",
    }
    assert client.post("/cartable/outward/", good).status_code == 303
    found = outward_now()
    assert (found.receipt_text, found.survey_after, found.survey) == ("{{code}} {{link}}", 5, False)


def test_receipts_of_one_mail_that_opens_none_are_none(cast: Cast) -> None:
    message = mail(mailbox(cast), automatic="reply")
    services.take_in([message.pk])
    assert not Request.objects.exists()


def test_erasing_takes_what_went_out_and_what_came_back(cast: Cast, settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    request = opened(mailbox(cast))
    receipt_of(request)
    survey = asked(cast, request)
    answer_survey(token=token_of(survey), score=2, words="پاسخ دیر رسید")
    assert request.party is not None
    assert "پاسخ دیر رسید" in str(personal_data(request.party)["cartable.Request.party"])
    erase_party(actor=None, party=request.party)
    left = everything()
    assert [word for word in ("negar@arman.example", "پاسخ دیر رسید") if word in left] == []
    assert Survey.objects.get(pk=survey.pk).score == 2, "figures stay"
