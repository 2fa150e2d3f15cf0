"""Pages of the import: a file goes up, is mapped, looked at, corrected, run, taken back; by its owner alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import User
from peyvand.core.imports import kinds, services
from peyvand.core.imports.types import ColumnPlan, Mode, Plan
from peyvand.core.long_job_slices import BELLS
from peyvand.core.models import Import
from peyvand.core.queue import Queue
from peyvand.core.tests.importing_cast import FRIENDS, HOST, drop_table, friends, make_table
from tests.cast import Cast

Login = Callable[[User], Client]
PLAN = Plan(mode=Mode.BOTH, key="name", columns=[ColumnPlan(index=0, field="name"), ColumnPlan(index=1, field="phone")])
TABLE = "نام,موبایل\r\nسارا,09121111111\r\n,09122222222\r\nمینا,09123333333\r\n"
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
