"""The page of a request and everything that is done on it."""

import html
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable import services
from peyvand.cartable.models import Answer, Note, Referral, Request, Step
from peyvand.cartable.tests.desk import drafted, mailbox, opened, referred, submitted, user_target
from peyvand.cartable.types import Target, TargetKind
from peyvand.channels.models import Attachment, Message
from peyvand.core import files
from peyvand.core.models import File
from tests.cast import Cast

Login = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def at(request: Request, rest: str = "") -> str:
    return f"/cartable/{request.code}/{rest}"


def test_a_request_is_a_whole_page_without_htmx(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast), subject="دستگاه نرسیده")
    page = logged_in(cast.olivia).get(f"/cartable/department/{request.code}/").content.decode()
    assert "<html" in page and 'id="detail"' in page and "دستگاه نرسیده" in page


def test_the_page_of_a_request_asks_for_its_list_with_the_readers_filters(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast), subject="دستگاه نرسیده")
    browser = logged_in(cast.olivia)
    page = browser.get(f"/cartable/department/{request.code}/?q=دستگاه&compose=note").content.decode()
    address = html.unescape(re.findall(r'id="list".*?hx-get="([^"]+)"', page, re.DOTALL)[0])
    part = browser.get(address, headers=HTMX).content.decode()
    assert part.lstrip().startswith('<section class="pv-rlist" id="list"') and f'id="row-{request.code}"' in part
    assert "compose" not in address and "hx-swap-oob" not in part and 'name="q" value="دستگاه"' in part


def test_earlier_requests_come_when_the_request_stands(cast: Cast, logged_in: Login) -> None:
    channel = mailbox(cast)
    before = opened(channel, subject="بار پیش")
    services.close(actor=Actor(cast.olivia), request_id=before.pk)
    request = opened(channel)
    browser = logged_in(cast.olivia)
    assert "بار پیش" not in browser.get(f"/cartable/closed/{request.code}/", headers=HTMX).content.decode()
    part = browser.get(at(request, "earlier/?folder=closed"), headers=HTMX).content.decode()
    assert "بار پیش" in part and f"/cartable/closed/{before.code}/" in part and "<html" not in part


def test_htmx_gets_the_detail_alone(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    part = logged_in(cast.olivia).get(f"/cartable/department/{request.code}/", headers=HTMX).content.decode()
    assert part.lstrip().startswith('<section class="pv-rdetail" id="detail"') and 'id="rows"' not in part


@pytest.mark.parametrize(
    "rest",
    ["", "live/", "earlier/", "history/", "print/", "refer/", "targets/", "edit/", "link/"],
)
def test_whoever_may_not_see_a_request_finds_nothing(cast: Cast, logged_in: Login, rest: str) -> None:
    request = opened(mailbox(cast))
    assert logged_in(cast.charlie).get(at(request, rest)).status_code in {403, 404}
    assert logged_in(cast.charlie).get(f"/cartable/mine/{request.code}/").status_code == 404


@pytest.mark.parametrize(
    "rest", ["take/", "close/", "reopen/", "note/", "draft/", "submit/", "refer/", "edit/", "link/"]
)
def test_whoever_may_not_see_a_request_changes_nothing(cast: Cast, logged_in: Login, rest: str) -> None:
    request = opened(mailbox(cast))
    before = Request.objects.filter(pk=request.pk).values().get()
    data = {
        "body": "سلام",
        "to": f"user:{cast.charlie.pk}",
        "party": str(request.party_id),
        "subject": "x",
        "priority": "low",
    }
    assert logged_in(cast.charlie).post(at(request, rest), data).status_code in {403, 404}
    assert Request.objects.filter(pk=request.pk).values().get() == before
    assert not Note.objects.exists() and not Answer.objects.exists() and not Referral.objects.exists()


def test_messages_are_escaped(cast: Cast, logged_in: Login) -> None:
    request = opened(
        mailbox(cast), subject="<script>alert(1)</script>", text="<img src=x onerror=alert(2)>", sender_name='"><b>x'
    )
    page = logged_in(cast.olivia).get(f"/cartable/department/{request.code}/").content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page and '"><b>x' not in page


def test_taking_closing_and_undoing(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    taken = browser.post(at(request, "take/"), headers=HTMX)
    assert taken.status_code == 204 and "pv:live:cartable" in taken.headers["HX-Trigger"]
    closed = browser.post(at(request, "close/"), headers=HTMX)
    request.refresh_from_db()
    assert request.status == "closed" and request.assignee == cast.olivia
    undo = undo_address(closed.headers["HX-Trigger"])
    assert browser.post(undo, headers={"X-Requested-With": "fetch"}).status_code == 204
    request.refresh_from_db()
    assert request.status == "open"


def undo_address(trigger: str) -> str:
    start = trigger.index("/cartable/undo/")
    return trigger[start : trigger.index('"', start)]


def test_without_htmx_an_act_leads_back_to_the_request(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    answer = logged_in(cast.olivia).post(at(request, "take/"))
    assert answer.status_code == 303 and answer.headers["Location"] == at(request)


def test_referring_by_the_dialog(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    dialog = browser.get(at(request, "refer/"), headers=HTMX).content.decode()
    assert "بابک صدری" in dialog and "<html" not in dialog
    data = {
        "to": f"user:{cast.bob.pk}",
        "instruction": "زمان خروج بار را بپرسید.",
        "due_day": "۱۴۱۰/۰۱/۰۵",
        "due_time": "۱۱:۳۰",
    }
    assert browser.post(at(request, "refer/"), data, headers=HTMX).status_code == 204
    referral = Referral.objects.get()
    assert referral.to_user == cast.bob and referral.due_at is not None and referral.due_at.minute == 0 or 30


def test_a_referral_to_nobody_comes_back_with_its_error(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    answer = logged_in(cast.olivia).post(at(request, "refer/"), {"instruction": "ببینید"}, headers=HTMX)
    assert answer.status_code == 422 and "ببینید" in answer.content.decode() and not Referral.objects.exists()


def test_opening_a_referred_request_marks_it_read(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    referral = referred(cast.olivia, request, user_target(cast.bob), instruction="ببینید")
    page = logged_in(cast.bob).get(f"/cartable/mine/{request.code}/").content.decode()
    referral.refresh_from_db()
    assert referral.read_at is not None and "خوانده شد" in page and "ببینید" in page


def test_returning_and_recalling(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    referral = referred(cast.olivia, request, user_target(cast.bob))
    place = at(request, f"referral/{referral.pk}/")
    assert logged_in(cast.bob).post(place + "return/", {"remark": ""}, headers=HTMX).status_code == 422
    assert logged_in(cast.bob).post(place + "return/", {"remark": "کار ما نیست"}, headers=HTMX).status_code == 204
    again = referred(cast.olivia, request, user_target(cast.bob))
    assert logged_in(cast.olivia).post(at(request, f"referral/{again.pk}/recall/"), headers=HTMX).status_code == 204
    assert list(Referral.objects.order_by("id").values_list("state", flat=True)) == ["returned", "recalled"]


def test_a_draft_is_kept_with_its_version(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    quiet = {"Accept": "application/json"}
    first = browser.post(
        at(request, "draft/"), {"body": "سلام", "version": "0", "to": "mail:negar@arman.example"}, headers=quiet
    )
    assert first.json()["version"] == 1
    second = browser.post(at(request, "draft/"), {"body": "سلام و درود", "version": "1"}, headers=quiet)
    assert second.json()["version"] == 2
    stale = browser.post(at(request, "draft/"), {"body": "از پنجرهٔ دیگر", "version": "1"}, headers=quiet)
    assert stale.status_code == 409 and stale.json()["detail"]
    assert Answer.objects.get().body == "سلام و درود"


def test_a_draft_goes_to_its_reviewer_who_edits_and_approves(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    logged_in(cast.alice).post(
        at(request, "submit/"), {"body": "فردا می‌رسد.", "version": "0", "to": "mail:negar@arman.example"}, headers=HTMX
    )
    answer = Answer.objects.get()
    assert answer.state == "review" and answer.reviewer == cast.olivia
    page = logged_in(cast.olivia).get(f"/cartable/review/{request.code}/").content.decode()
    assert "تأیید و ارسال" in page and "فردا می‌رسد." in page
    place = at(request, f"answer/{answer.pk}/approve/")
    data = {"body": "فردا صبح می‌رسد.", "version": str(answer.version)}
    assert logged_in(cast.olivia).post(place, data, headers=HTMX).status_code == 204
    sent = Message.objects.get(direction="out")
    assert "فردا صبح می‌رسد." in sent.text and sent.recipients["to"]


def test_the_author_of_a_draft_does_not_approve_it(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    answer = submitted(cast.alice, request)
    place = at(request, f"answer/{answer.pk}/approve/")
    assert logged_in(cast.alice).post(place, {"body": "x", "version": str(answer.version)}).status_code == 403
    assert not Message.objects.filter(direction="out").exists()


def test_a_returned_draft_shows_the_reason_to_its_author(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    answer = submitted(cast.alice, request)
    place = at(request, f"answer/{answer.pk}/return/")
    assert logged_in(cast.olivia).post(place, {"remark": "مؤدبانه‌تر"}, headers=HTMX).status_code == 204
    page = logged_in(cast.alice).get(f"/cartable/mine/{request.code}/").content.decode()
    assert "مؤدبانه‌تر" in page and "فردا می‌رسد." in page


def test_notes_are_for_colleagues(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    assert browser.post(at(request, "note/"), {"body": "بار رفته است."}, headers=HTMX).status_code == 204
    assert browser.post(at(request, "note/"), {"body": "  "}, headers=HTMX).status_code == 422
    assert "بار رفته است." in browser.get(f"/cartable/department/{request.code}/").content.decode()


def test_live_news_come_only_when_something_changed(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    context = browser.get(f"/cartable/department/{request.code}/").context
    asked = {"folder": "department", "stamp": context["stamp"], "composer": context["composer"].key}
    assert browser.get(at(request, "live/"), asked, headers=HTMX).status_code == 204
    Client()
    logged_in(cast.ada).post(at(request, "note/"), {"body": "خبر تازه"}, headers=HTMX)
    news = browser.get(at(request, "live/"), asked, headers=HTMX).content.decode()
    assert "خبر تازه" in news and 'hx-swap-oob="true"' in news and 'id="composer"' not in news


def test_files_hang_on_their_request_alone(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    other = opened(mailbox(cast), "other@arman.example")
    browser = logged_in(cast.olivia)
    upload = SimpleUploadedFile("گزارش.txt", "سلام".encode())
    file_id = browser.post(at(request, "upload/"), {"uploads": upload}).json()["id"]
    drafted(cast.olivia, request, file_ids=[file_id])
    download = browser.get(at(request, f"file/{file_id}/"))
    assert download.status_code == 200 and "attachment" in download.headers["Content-Disposition"]
    assert browser.get(at(other, f"file/{file_id}/")).status_code == 404
    assert logged_in(cast.charlie).get(at(request, f"file/{file_id}/")).status_code == 404
    assert File.objects.count() == 1


def test_formatted_mail_is_shown_in_a_sandbox(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast), html="<p>سلام</p>")
    message = Message.objects.get()
    answer = logged_in(cast.olivia).get(at(request, f"message/{message.pk}/html/"))
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox" in policy and "default-src 'none'" in policy and "script" not in policy
    assert logged_in(cast.charlie).get(at(request, f"message/{message.pk}/html/")).status_code == 404


def test_a_failed_answer_can_be_sent_again(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    data = {"body": "پاسخ", "version": "0", "to": "mail:negar@arman.example", "reviewer": ""}
    assert browser.post(at(request, "submit/"), data, headers=HTMX).status_code == 204
    sent = Message.objects.get(direction="out")
    Message.objects.filter(pk=sent.pk).update(state="failed", error="550 no such user")
    page = browser.get(f"/cartable/answered/{request.code}/").content.decode()
    assert "550 no such user" in page
    assert browser.post(at(request, f"message/{sent.pk}/retry/"), headers=HTMX).status_code == 204
    assert Message.objects.get(pk=sent.pk).state == "queued"
    assert browser.post(at(request, f"message/{sent.pk}/retry/"), headers=HTMX).status_code == 409


def test_of_an_unknown_outcome_a_person_decides(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    browser.post(
        at(request, "submit/"), {"body": "پاسخ", "version": "0", "to": "mail:negar@arman.example", "reviewer": ""}
    )
    sent = Message.objects.get(direction="out")
    Message.objects.filter(pk=sent.pk).update(state="uncertain")
    assert browser.post(at(request, f"message/{sent.pk}/decide/"), {"outcome": "nonsense"}).status_code == 422
    assert browser.post(at(request, f"message/{sent.pk}/decide/"), {"outcome": "sent"}, headers=HTMX).status_code == 204
    assert Message.objects.get(pk=sent.pk).state == "sent"


def test_writing_down_a_call(cast: Cast, logged_in: Login) -> None:
    browser = logged_in(cast.olivia)
    empty = browser.post("/cartable/new/", {"medium": "phone"})
    assert empty.status_code == 422 and not Request.objects.exists()
    data = {
        "medium": "phone", "name": "سارا موسوی", "phone": "۰۹۱۲۳۴۵۶۷۸۹", "subject": "رنگ سفید", "text": "موجود است؟",
        "priority": "normal", "key": "k1",
    }  # fmt: skip
    assert browser.post("/cartable/new/", data).status_code == 303
    assert browser.post("/cartable/new/", data).status_code == 303
    request = Request.objects.get()
    assert request.subject == "رنگ سفید" and request.medium == "phone" and request.party is not None


def test_changing_kind_priority_and_subject(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    data = {"subject": "موضوع تازه", "kind": "", "priority": "urgent", "department": str(request.department_id)}
    assert logged_in(cast.olivia).post(at(request, "edit/"), data, headers=HTMX).status_code == 204
    request.refresh_from_db()
    assert request.subject == "موضوع تازه" and request.priority == "urgent"


def test_a_form_that_was_opened_before_somebody_referred_does_not_take_it_back(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    dialog = browser.get(at(request, "edit/"), headers=HTMX).context
    data = {name: dialog["form"][name].value() or "" for name in dialog["form"].fields} | {"version": dialog["version"]}
    referred(cast.olivia, request, Target(TargetKind.DEPARTMENT, cast.logistics.pk))
    assert browser.post(at(request, "edit/"), data | {"priority": "urgent"}, headers=HTMX).status_code == 409
    request.refresh_from_db()
    assert request.department_id == cast.logistics.pk and request.referrals.get().ended_at is None


def test_history_names_every_step(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.bob))
    part = logged_in(cast.olivia).get(at(request, "history/"), headers=HTMX)
    assert len(part.context["history"]) == Step.objects.filter(request=request).count()
    assert "لیلا احمدی" in part.content.decode()


def test_a_request_page_costs_the_same_with_a_longer_thread(
    cast: Cast, logged_in: Login, django_assert_max_num_queries: Callable
) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    for number in range(5):
        browser.post(at(request, "note/"), {"body": f"یادداشت {number}"})
    browser.get(f"/cartable/department/{request.code}/")
    with django_assert_max_num_queries(15):
        browser.get(f"/cartable/department/{request.code}/")


@pytest.mark.parametrize("rest", ["live/?folder=%00", "live/?folder=nothing", "file/%00/", "file/a/"])
def test_an_address_that_nobody_made_leads_nowhere(cast: Cast, logged_in: Login, rest: str) -> None:
    request = opened(mailbox(cast))
    assert logged_in(cast.olivia).get(at(request, rest), headers=HTMX).status_code == 404


def test_an_endless_number_is_nobody(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    assert logged_in(cast.olivia).post(at(request, "link/"), {"party": "9" * 5000}, headers=HTMX).status_code == 404


def test_a_picture_inside_a_mail_can_be_opened(cast: Cast, logged_in: Login) -> None:
    """The formatted mail shows no picture, so a screenshot that was pasted into it is among the files."""
    request = opened(mailbox(cast))
    file = files.store(data=b"\x89PNG\r\n\x1a\n1", name="screenshot.png")
    message = Message.objects.get(in_request__request=request)
    Attachment.objects.create(message=message, file=file, position=0, is_inline=True, content_id="a@b")
    page = logged_in(cast.olivia).get(f"/cartable/department/{request.code}/").content.decode()
    assert f"file/{file.pk}" in page


def test_an_attachment_that_was_left_out_says_why(cast: Cast, logged_in: Login) -> None:
    blocked = [
        {"name": "bomb.zip", "size": 42_000, "reason": "unpacks to 4500 MB"},
        {"name": "<b>.zip", "size": 1, "reason": "archives nested too deep"},
    ]
    request = opened(mailbox(cast), details={"blocked": blocked})
    for place in (f"/cartable/department/{request.code}/", at(request, "print/")):
        page = logged_in(cast.olivia).get(place).content.decode()
        assert page.count("این پیوست کنار گذاشته شد:") == 2 and "<b>.zip" not in page
        assert "bomb.zip" in page and "۴۵۰۰ مگابایت" in page and "تودرتو" in page


def test_a_phone_number_stands_in_the_reader_s_digits(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast), "09123456789", medium=Message.Medium.FORM)
    page = logged_in(cast.olivia).get(f"/cartable/department/{request.code}/").content.decode()
    assert '<bdi dir="ltr">۰۹۱۲ ۳۴۵ ۶۷۸۹</bdi>' in page
