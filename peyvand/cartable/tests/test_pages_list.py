"""The list page: folders, filters, more rows, fragments, export."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from peyvand.accounts.models import RolePermission, User
from peyvand.accounts.policies import asked_by
from peyvand.accounts.types import Scope
from peyvand.cartable.models import Kind, Request
from peyvand.cartable.selectors.figures import forget_figures
from peyvand.cartable.tests.desk import mailbox, opened, referred, user_target
from peyvand.cartable.views import listing
from peyvand.core.exports.reading import Portion, Reader
from peyvand.core.exports.writing import Table
from peyvand.core.record_fields import fields_of
from peyvand.core.sheets import safe_cell
from peyvand.parties.models import AccessLog
from tests.cast import Cast

Login = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def fresh_figures() -> None:
    forget_figures()


def test_the_cartable_begins_with_ones_own_work(cast: Cast, logged_in: Login) -> None:
    answer = logged_in(cast.olivia).get("/cartable/")
    assert answer.headers["Location"] == "/cartable/mine/"


def test_a_folder_is_a_whole_page_without_htmx(cast: Cast, logged_in: Login) -> None:
    opened(mailbox(cast), subject="سفارش ۳۳۱۲ نرسیده")
    page = logged_in(cast.olivia).get("/cartable/department/").content.decode()
    assert "<html" in page and "سفارش ۳۳۱۲ نرسیده" in page and 'id="folders"' in page


def test_htmx_gets_the_rows_alone(cast: Cast, logged_in: Login) -> None:
    opened(mailbox(cast))
    part = logged_in(cast.olivia).get("/cartable/department/", headers=HTMX).content.decode()
    assert "<html" not in part and part.lstrip().startswith('<div id="rows"')


def test_a_folder_that_the_reader_does_not_have_is_not_found(cast: Cast, logged_in: Login) -> None:
    browser = logged_in(cast.alice)
    assert browser.get("/cartable/review/").status_code == 404
    assert browser.get(f"/cartable/department-{cast.sales.pk}/").status_code == 404
    assert browser.get("/cartable/mine-7/").status_code == 404


def test_a_request_of_another_branch_is_not_listed(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast), subject="راز تهران")
    for folder in ("mine", "overdue", "answered", "closed"):
        page = logged_in(cast.charlie).get(f"/cartable/{folder}/").content.decode()
        assert "راز تهران" not in page and request.code not in page


def test_filters_narrow_the_list_and_stand_as_chips(cast: Cast, logged_in: Login) -> None:
    channel = mailbox(cast)
    opened(channel, subject="درخواست فوری")
    opened(channel, "other@arman.example", subject="درخواست آرام")
    Request.objects.filter(subject="درخواست فوری").update(priority="urgent")
    page = logged_in(cast.olivia).get("/cartable/department/?priority=urgent").content.decode()
    assert "درخواست فوری" in page and "درخواست آرام" not in page and "pv-fchip" in page


def test_a_filter_value_that_nobody_offered_is_ignored(cast: Cast, logged_in: Login) -> None:
    opened(mailbox(cast), subject="هنوز اینجاست")
    page = logged_in(cast.olivia).get("/cartable/department/?priority=%27%20or%201=1&kind=x&sort=password")
    assert "هنوز اینجاست" in page.content.decode()


def test_search_finds_by_code_and_by_words(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast), subject="یخچال خراب شده")
    opened(mailbox(cast), "other@arman.example", subject="فاکتور دی")
    browser = logged_in(cast.olivia)
    for question in (request.code, "يخچال"):
        page = browser.get("/cartable/department/", {"q": question}).content.decode()
        assert "یخچال خراب شده" in page and "فاکتور دی" not in page


def test_more_rows_come_as_list_items(cast: Cast, logged_in: Login) -> None:
    channel = mailbox(cast)
    for number in range(3):
        opened(channel, f"sender{number}@arman.example", subject=f"درخواست {number}")
    browser = logged_in(cast.olivia)
    first = browser.get("/cartable/department/?size=2").context
    assert len(first["rows"]) == 2
    more = browser.get(first["next_url"], headers=HTMX)
    assert more.content.decode().lstrip().startswith("<li ") and len(more.context["rows"]) == 1


def test_empty_says_so_and_a_filter_without_result_offers_to_go(cast: Cast, logged_in: Login) -> None:
    opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    assert "کارتابل خالی است." in browser.get("/cartable/mine/").content.decode()
    assert "چیزی در انتظار تأیید شما نیست." in browser.get("/cartable/review/").content.decode()
    assert "چیزی با این پالایه پیدا نشد." in browser.get("/cartable/department/?q=zzzzzz").content.decode()


def test_reading_a_request_takes_the_bold_away(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    browser = logged_in(cast.olivia)
    assert "is-unread" in browser.get("/cartable/department/").content.decode()
    browser.get(f"/cartable/department/{request.code}/")
    assert "is-unread" not in browser.get("/cartable/department/").content.decode()


def test_counts_come_with_the_folders(cast: Cast, logged_in: Login) -> None:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.bob))
    part = logged_in(cast.bob).get("/cartable/mine/counts/", headers=HTMX).content.decode()
    assert part.lstrip().startswith('<section class="pv-folders" id="folders"') and "۱" in part


def test_the_list_costs_the_same_with_more_rows(
    cast: Cast, logged_in: Login, django_assert_max_num_queries: Callable
) -> None:
    channel = mailbox(cast)
    browser = logged_in(cast.olivia)
    for number in range(6):
        opened(channel, f"sender{number}@arman.example")
    browser.get("/cartable/department/")
    with django_assert_max_num_queries(6):  # what stands on one page needs no counting
        assert "۶ درخواست" in browser.get("/cartable/department/").content.decode()
    with django_assert_max_num_queries(7):
        assert "۶ درخواست" in browser.get("/cartable/department/?size=2").content.decode()


def test_what_words_find_is_counted_only_so_far(cast: Cast, logged_in: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = mailbox(cast)
    for number in range(3):
        opened(channel, f"sender{number}@arman.example")
    monkeypatch.setattr(listing, "FOUND_CAP", 3)
    browser = logged_in(cast.olivia)
    assert "۲+ درخواست" in browser.get("/cartable/department/?q=arman&size=1").content.decode()
    assert "۳ درخواست" in browser.get("/cartable/department/?q=arman").content.decode()
    assert "۳ درخواست" in browser.get("/cartable/department/?size=1").content.decode()


def test_a_search_that_takes_too_long_says_so(cast: Cast, logged_in: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_args: object, **_more: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(1)")

    opened(mailbox(cast))
    monkeypatch.setattr(listing, "PATIENCE", 20)
    monkeypatch.setattr(listing, "keyset_page", slow)
    answer = logged_in(cast.olivia).get("/cartable/department/?q=arman")
    assert answer.status_code == 503 and "زمان زیادی می‌برد" in answer.content.decode()


def test_export_needs_its_permission(cast: Cast, logged_in: Login) -> None:
    opened(mailbox(cast))
    assert logged_in(cast.alice).post("/cartable/mine/export/").status_code == 403


def taken(browser: Client, folder: str = "all", **data: str) -> list[list[str]]:
    answer = browser.post(f"/cartable/{folder}/export/", {"format": "csv"} | data)
    assert answer.status_code == 200, answer.status_code
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_export_holds_what_the_reader_sees_and_begins_no_formula(cast: Cast, logged_in: Login) -> None:
    opened(mailbox(cast), subject='=HYPERLINK("http://evil.example","x")')
    lines = taken(logged_in(cast.ada))
    assert len(lines) == 2 and lines[1][1].startswith("'=")
    noted = AccessLog.objects.get()
    assert (noted.user, noted.count, noted.detail["list"], noted.detail["place"]) == (cast.ada, 1, "requests", "all")


def test_export_holds_no_more_than_its_own_permission_reaches(cast: Cast, logged_in: Login) -> None:
    mine, other = opened(mailbox(cast)), opened(mailbox(cast), "other@else.example")
    Request.objects.filter(pk=other.pk).update(department=cast.logistics)
    held = RolePermission.objects.filter(role=cast.roles["officer"])
    held.filter(permission="cartable.export").update(scope=Scope.TEAM)
    browser = logged_in(cast.olivia)
    assert other.code in browser.get("/cartable/all/").content.decode()
    assert [line[0] for line in taken(browser)[1:]] == [mine.code]


def test_export_is_narrowed_and_ordered_as_the_list_is(cast: Cast, logged_in: Login) -> None:
    first, second = opened(mailbox(cast)), opened(mailbox(cast), "other@else.example")
    Request.objects.filter(pk=second.pk).update(priority="urgent")
    browser = logged_in(cast.ada)
    assert [line[0] for line in taken(browser, query="priority=urgent")[1:]] == [second.code]
    assert [line[0] for line in taken(browser, query=f"q={first.code}")[1:]] == [first.code]
    assert [line[0] for line in taken(browser, query="sort=news")[1:]] == [second.code, first.code]
    assert browser.post("/cartable/all/export/", {"query": "kind=999", "format": "csv"}).status_code == 422
    assert browser.post("/cartable/all/export/", {"format": "vcard3"}).status_code == 422
    assert browser.post("/cartable/mine-7/export/", {"format": "csv"}).status_code == 404


def test_a_confidential_request_leaves_with_its_insiders_alone(cast: Cast, logged_in: Login) -> None:
    open_one, secret = opened(mailbox(cast)), opened(mailbox(cast), "other@else.example")
    Request.objects.filter(pk=secret.pk).update(confidential=True)
    assert [line[0] for line in taken(logged_in(cast.ada))[1:]] == [open_one.code]


def test_a_request_reads_the_same_of_many_as_of_one(cast: Cast) -> None:
    opened(mailbox(cast))
    Request.objects.update(assignee=cast.olivia, kind=Kind.objects.first())
    for key, field in fields_of("cartable.Request").items():
        many = Reader(Request.objects.all(), [field], ["id"]).portion(None, 10)
        loaded = field.load(Request.objects.all()) if field.load else Request.objects.all()
        one = Portion(ids=many.ids, values=[[field.read(request) for request in loaded]], next=None)
        table = Table(cast.ada, asked_by(cast.ada), [field])
        assert list(table.rows(many)) == list(table.rows(one)), key


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+98912",
        "-1",
        "@x",
        "  =1",
        "\t=1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200f=1",
        "\u200b\u200c@a",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "\x00=1",
    ],
)
def test_no_cell_begins_a_formula(text: str) -> None:
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["", "سلام", "a=1", "1405-000482-7", "'a"])
def test_ordinary_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_a_call_is_written_down_with_the_form_as_it_was_drawn(cast: Cast, logged_in: Login) -> None:
    browser = logged_in(cast.olivia)
    key = browser.get("/cartable/new/").context["form"]["key"].value()
    typed = {
        "key": key,
        "medium": "phone",
        "name": "هما رضوانی",
        "phone": "۰۹۱۲۱۱۱۰۴۴۷",
        "subject": "سرویس",
        "text": "کی؟",
    }
    for _time in range(2):  # sent twice, registered once
        answer = browser.post("/cartable/new/", {**typed, "priority": "normal"})
        assert answer.status_code == 303, answer.context["form"].errors
    assert Request.objects.filter(subject="سرویس").count() == 1
