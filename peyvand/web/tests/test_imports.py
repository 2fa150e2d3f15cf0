"""Pages of the import: a file goes up, is mapped, looked at, corrected, run, taken back; by its owner alone."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from peyvand.accounts.models import Notification, User
from peyvand.core.imports import kinds, services
from peyvand.core.imports.types import ColumnPlan, Mode, Plan
from peyvand.core.long_job_slices import BELLS
from peyvand.core.long_jobs import LongJobEnded
from peyvand.core.models import Import, ImportMapping
from peyvand.core.queue import Queue
from peyvand.core.tests.importing_cast import FRIENDS, HOST, drop_table, friends, make_table
from peyvand.web.jobs.telling import tell_owner
from tests.cast import Cast

Login = Callable[[User], Client]
PLAN = Plan(mode=Mode.BOTH, key="name", columns=[ColumnPlan(index=0, field="name"), ColumnPlan(index=1, field="phone")])
TABLE = "نام,موبایل\r\nسارا,09121111111\r\n,09122222222\r\nمینا,09123333333\r\n"
COLUMNS_QUERIES, ROW_QUERIES, LIST_QUERIES = 16, 9, 9
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def importer(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    monkeypatch.setitem(kinds._importers, HOST, FRIENDS)
    make_table()
    yield
    drop_table()


def work() -> None:
    """Run every bell as a worker does, until none is left."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'core.long_job_%' AND status = 'todo'"
                " RETURNING (args ->> 'job_id')::bigint, (args ->> 'attempt')::int"
            )
            found = cursor.fetchall()
        if not found:
            return
        for job_id, attempt in found:
            BELLS[Queue.BULK](job_id=job_id, attempt=attempt)


def brought(owner: User, text: str = TABLE) -> Import:
    """A file that was uploaded and read."""
    item = services.upload(actor=owner, host=HOST, file_name="friends.csv", pieces=[text.encode()])
    work()
    item.refresh_from_db()
    return item


def page(name: str, item: Import, *more: Any) -> str:
    return reverse(f"imports:{name}", args=[item.pk, *more])


def test_a_file_is_sent_by_the_form_mapped_run_and_taken_back(cast: Cast, logged_in: Login) -> None:
    browser = logged_in(cast.alice)
    assert "data-import-form" in browser.get(reverse("imports:new_of", args=[HOST])).content.decode()
    file = SimpleUploadedFile("friends.csv", TABLE.encode())
    answer = browser.post(reverse("imports:new_of", args=[HOST]), {"file": file})
    item = Import.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, page("show", item))
    assert "every 1s" in browser.get(page("show", item)).content.decode()
    work()
    assert browser.get(page("show", item)).headers["Location"] == page("columns", item)
    text = browser.get(page("columns", item)).content.decode()
    assert "سارا" in text and "no name" in text

    data = {"field-0": "name", "field-1": "phone", "go": "next"}
    assert browser.post(page("columns", item), data).headers["Location"] == page("duplicates", item)
    assert "no name" in browser.get(page("duplicates", item)).content.decode()
    answer = browser.post(page("duplicates", item), {"mode": "both", "key": "name", "go": "start"})
    assert answer.headers["Location"] == page("show", item)
    work()
    assert friends() == [("سارا", "09121111111"), ("مینا", "09123333333")]
    text = browser.get(page("show", item)).content.decode()
    assert 'value="undo"' in text and page("rejected", item, "xlsx") in text
    assert "no name" in browser.get(page("results", item), {"only": "refuse"}).content.decode()
    rejected = b"".join(browser.get(page("rejected", item, "csv"))).decode()
    assert "09122222222" in rejected and "no name" in rejected

    browser.post(page("act", item), {"act": "undo"})
    work()
    assert friends() == []
    assert 'value="undo"' not in browser.get(page("show", item)).content.decode()


def test_the_script_sends_a_file_in_pieces_and_reads_refusals(cast: Cast, logged_in: Login) -> None:
    browser, raw = logged_in(cast.alice), TABLE.encode()
    begun = browser.post(reverse("imports:begin", args=[HOST]), {"name": "friends.csv", "size": len(raw)})
    assert begun.status_code == 201
    places = begun.json()
    for at in (0, 20):
        data = raw[at : at + 20] if at == 0 else raw[at:]
        answer = browser.post(f"{places['chunk']}?at={at}", data, content_type="application/octet-stream")
        assert answer.status_code == 200, answer.content
    assert answer.json() == {"size": len(raw)}
    gap = browser.post(f"{places['chunk']}?at=999", b"x", content_type="application/octet-stream")
    assert gap.status_code == 409 and gap.json()["error"]
    assert "/imports/" in browser.post(places["finish"]).json()["url"]
    large = browser.post(reverse("imports:begin", args=[HOST]), {"name": "a.csv", "size": str(10**15)})
    assert large.status_code == 413 and large.json()["error"]


def test_each_choice_of_a_column_is_kept_and_shown_at_once(cast: Cast, logged_in: Login) -> None:
    item, browser = brought(cast.alice), logged_in(cast.alice)
    answer = browser.post(page("columns", item), {"field-0": "name", "field-1": ""}, headers=HTMX)
    text = answer.content.decode()
    assert 'id="preview"' in text and '<ul class="pv-map" id="map" hx-swap-oob="true">' in text
    item.refresh_from_db()
    assert [each["field"] for each in item.plan["columns"]] == ["name"] and item.plan["key"] == "name"
    version = re.search(r'id="plan-version" name="version" value="(\d+)"', text)
    assert version and int(version[1]) == item.version
    twice = {"field-0": "name", "field-1": "name", "version": item.version}
    text = browser.post(page("columns", item), twice, headers=HTMX).content.decode()
    assert "pv-ferr" in text
    item.refresh_from_db()
    assert [each["field"] for each in item.plan["columns"]] == ["name"]


def test_a_plan_that_changed_in_another_window_is_not_overwritten(cast: Cast, logged_in: Login) -> None:
    item, browser = brought(cast.alice), logged_in(cast.alice)
    services.save_plan(actor=cast.alice, import_id=item.pk, plan=PLAN)
    answer = browser.post(page("columns", item), {"field-0": "name", "version": item.version, "go": "next"})
    assert answer.status_code == 422 and "pv-ferr" in answer.content.decode()


def test_rules_readings_and_defaults_are_kept(cast: Cast, logged_in: Login) -> None:
    item, browser = brought(cast.alice), logged_in(cast.alice)
    browser.post(page("columns", item), {"field-0": "name", "field-1": "phone"})
    data = {
        "field-0": "name", "field-1": "phone", "rule-0": "fill", "rule-1": "append", "default-1": "0900",
        "default_field": ["phone", ""], "default_value": ["1", ""],
    }  # fmt: skip
    browser.post(page("columns", item), data)
    item.refresh_from_db()
    plan = Plan.from_json(item.plan)
    assert [(each.rule.value, each.default) for each in plan.columns] == [("fill", ""), ("append", "0900")]
    assert plan.defaults == {"phone": "1"}


def test_a_row_is_corrected_left_out_and_taken_in_again(cast: Cast, logged_in: Login) -> None:
    item, browser = brought(cast.alice), logged_in(cast.alice)
    services.save_plan(actor=cast.alice, import_id=item.pk, plan=PLAN)
    row = page("row", item, 1)
    assert 'name="cell-0"' in browser.post(row, {"act": "edit"}, headers=HTMX).content.decode()
    answer = browser.post(row, {"act": "fix", "cell-0": "نگار", "cell-1": "0912"}, headers=HTMX)
    assert "نگار" in answer.content.decode() and "import:fixed" in answer.headers["HX-Trigger"]
    browser.post(page("row", item, 2), {"act": "skip"}, headers=HTMX)
    item.refresh_from_db()
    assert item.fixes == {"1": {"0": "نگار", "1": "0912"}, "2": "skip"}
    back = browser.post(page("row", item, 2), {"act": "keep", "back": page("columns", item)})
    assert back.headers["Location"] == page("columns", item)
    away = browser.post(page("row", item, 2), {"act": "show", "back": "//evil.example/"})
    assert away.headers["Location"] == page("columns", item)
    item.refresh_from_db()
    assert set(item.fixes) == {"1"}
    assert browser.post(page("row", item, 77), {"act": "skip"}).status_code == 404


def test_only_problems_are_shown_and_counted(cast: Cast, logged_in: Login) -> None:
    item, browser = brought(cast.alice), logged_in(cast.alice)
    text = browser.get(page("columns", item), {"only": "problems"}).content.decode()
    assert "no name" in text and "سارا" not in text.split('id="preview"')[1].split("pv-foot")[0]
    counts = browser.get(page("preview", item), {"counts": "", "only": ""}, headers=HTMX).content.decode()
    assert counts.lstrip().startswith('<div class="pv-foot') and "۲" in counts
    assert browser.get(page("preview", item)).status_code == 303


def test_a_mapping_is_saved_and_comes_back_by_itself(cast: Cast, logged_in: Login) -> None:
    item, browser = brought(cast.alice), logged_in(cast.alice)
    browser.post(page("columns", item), {"field-0": "name"})
    assert browser.post(page("mapping", item), {"name": ""}).status_code == 422
    assert browser.post(page("mapping", item), {"name": "دوستان"}).status_code == 303
    saved = ImportMapping.objects.get()
    again = brought(cast.alice)
    text = browser.get(page("columns", again)).content.decode()
    assert "دوستان" in text and '<option value="phone" selected>' not in text
    browser.post(page("columns", again), {"mapping": saved.pk})
    again.refresh_from_db()
    assert [each["field"] for each in again.plan["columns"]] == ["name"]
    assert browser.post(page("columns", again), {"mapping": "999999"}).status_code == 404


def test_a_file_that_cannot_be_read_says_why_and_is_read_differently(cast: Cast, logged_in: Login) -> None:
    browser = logged_in(cast.alice)
    item = brought(cast.alice, "%PDF-1.7 nothing")
    text = browser.get(page("show", item)).content.decode()
    assert "PDF" in text and 'role="alert"' in text and page("reading", item) in text
    good = brought(cast.alice)
    assert 'name="encoding"' in browser.get(page("reading", good)).content.decode()
    answer = browser.post(page("reading", good), {"encoding": "utf-8", "delimiter": ",", "header_row": "0"})
    assert answer.headers["Location"] == page("show", good)
    work()
    good.refresh_from_db()
    assert (good.state, good.total) == ("ready", 4)
    assert browser.post(page("reading", good), {"encoding": "utf-77"}).status_code == 303
    good.refresh_from_db()
    assert good.state == "ready"


def test_an_import_is_its_owners_alone(cast: Cast, logged_in: Login) -> None:
    item = brought(cast.alice)
    bob, charlie = logged_in(cast.bob), logged_in(cast.charlie)
    for name in ("show", "columns", "duplicates", "results", "mapping", "reading"):
        assert bob.get(page(name, item)).status_code == 404
    assert item.file_name not in bob.get(reverse("imports:list")).content.decode()
    assert charlie.get(reverse("imports:new_of", args=[HOST])).status_code == 403
    assert charlie.post(reverse("imports:begin", args=[HOST]), {"name": "x"}).status_code == 403
    assert bob.get(reverse("imports:new_of", args=["no.Such"])).status_code == 404


def test_a_file_is_thrown_away_and_the_page_is_gone(cast: Cast, logged_in: Login) -> None:
    item, browser = brought(cast.alice), logged_in(cast.alice)
    assert browser.post(page("forget", item)).headers["Location"] == reverse("imports:list")
    assert browser.get(page("show", item)).status_code == 404


def test_what_could_not_be_taken_back_is_listed(cast: Cast, logged_in: Login) -> None:
    item, browser = brought(cast.alice), logged_in(cast.alice)
    services.save_plan(actor=cast.alice, import_id=item.pk, plan=PLAN)
    services.start_import(actor=cast.alice, import_id=item.pk)
    work()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE friends SET phone = '1' WHERE name = 'سارا'")
    browser.post(page("act", item), {"act": "undo"})
    work()
    assert "?only=left" in browser.get(page("show", item)).content.decode()
    text = browser.get(page("results", item), {"only": "left"}).content.decode()
    assert "سارا" in text and "changed since" in text and "مینا" not in text
    assert browser.get(reverse("imports:list")).content.decode().count("مینا") == 0


def test_work_of_an_import_is_shown_on_its_page_and_a_check_is_not_told(cast: Cast, logged_in: Login) -> None:
    item, browser = brought(cast.alice), logged_in(cast.alice)
    services.save_plan(actor=cast.alice, import_id=item.pk, plan=PLAN)
    job = services.start_check(actor=cast.alice, import_id=item.pk)
    work()
    assert browser.get(f"/jobs/{job.pk}/").headers["Location"] == page("show", item)
    tell_owner(LongJobEnded(job_id=job.pk, state="done"))
    assert not Notification.objects.exists()
    run = services.start_import(actor=cast.alice, import_id=item.pk)
    work()
    tell_owner(LongJobEnded(job_id=run.pk, state="done"))
    assert Notification.objects.get().url == page("show", item)


def test_a_table_to_fill_in_has_the_names_of_the_fields(cast: Cast, logged_in: Login) -> None:
    browser = logged_in(cast.alice)
    answer = browser.get(reverse("imports:template", args=[HOST, "csv"]))
    assert "Name" in b"".join(answer).decode() and "attachment" in answer.headers["Content-Disposition"]
    answer = browser.get(reverse("imports:template", args=[HOST, "xlsx"]))
    assert b"".join(answer)[:2] == b"PK"
    assert browser.get(reverse("imports:template", args=[HOST, "exe"])).status_code == 404


def test_the_pages_ask_few_questions(
    cast: Cast, logged_in: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    item, browser = brought(cast.alice), logged_in(cast.alice)
    for _number in range(12):
        brought(cast.alice)
    browser.get(page("columns", item))
    with django_assert_max_num_queries(COLUMNS_QUERIES):
        browser.get(page("columns", item))
    with django_assert_max_num_queries(ROW_QUERIES):
        browser.post(page("row", item, 1), {"act": "edit"}, headers=HTMX)
    with django_assert_max_num_queries(LIST_QUERIES):
        browser.get(reverse("imports:list"))
