"""Imports in the API: a file at once or in pieces, plan by version, rows before and after, undo; by its owner alone."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from peyvand.api.testing import Caller, everything, make_user
from peyvand.core.imports import kinds
from peyvand.core.long_job_slices import BELLS
from peyvand.core.queue import Queue
from peyvand.core.tests.importing_cast import FRIENDS, HOST, drop_table, friends, make_table

pytestmark = pytest.mark.django_db
TABLE = "نام,موبایل\r\nسارا,09121111111\r\n,09122222222\r\nمینا,09123333333\r\n"
PLAN = {"mode": "both", "key": "name", "columns": [{"index": 0, "field": "name"}, {"index": 1, "field": "phone"}]}


@pytest.fixture(autouse=True)
def importer(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    monkeypatch.setitem(kinds._importers, HOST, FRIENDS)
    make_table()
    yield
    drop_table()


@pytest.fixture
def call() -> Caller:
    return Caller(make_user(permissions=everything()))


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


def sent(call: Caller, text: str = TABLE, **headers: str) -> Any:
    """A file that was sent at once."""
    data = {"host": HOST, "file": SimpleUploadedFile("friends.csv", text.encode())}
    return call.upload("/imports", data, **headers)


def ready(call: Caller) -> dict[str, Any]:
    """An import that was read."""
    made = sent(call)
    assert made.status_code == 201, made.content
    work()
    found: dict[str, Any] = call.get(f"/imports/{made.json()['id']}").json()
    return found


def test_a_file_is_sent_planned_looked_at_corrected_run_and_taken_back(call: Caller) -> None:
    item = ready(call)
    path = f"/imports/{item['id']}"
    assert (item["state"], item["total"], item["columns"][0]["field"]) == ("ready", 3, "name")
    planned = call("PUT", f"{path}/plan", PLAN, **{"If-Match": f'"{item["version"]}"'})
    assert planned.status_code == 200, planned.content
    preview = call.get(f"{path}/preview?problems=true").json()
    assert [(row["number"], row["fate"], row["problems"]) for row in preview["rows"]] == [(1, "refuse", ["no name"])]
    fixed = call("PATCH", f"{path}/rows/1", {"cells": {"0": "نگار"}})
    assert fixed.status_code == 200 and fixed.json()["version"] > planned.json()["version"]
    assert call("PATCH", f"{path}/rows/2", {"leave_out": True}).status_code == 200
    job = call.post(f"{path}/start", {})
    assert job.status_code == 201, job.content
    work()
    assert [name for name, _phone in friends()] == ["سارا", "نگار"]
    rows = call.get(f"{path}/rows").json()["rows"]
    assert [row["fate"] for row in rows] == ["add", "add", "skip"] and rows[1]["label"] == "نگار"
    assert call.get(f"/jobs/{job.json()['id']}").json()["figures"]["add"] == 2
    assert call.post(f"{path}/undo", {}).status_code == 201
    work()
    assert friends() == [] and call.get(f"{path}/left").json() == {"rows": [], "next": None}


def test_a_file_comes_in_pieces_and_a_repeated_one_changes_nothing(call: Caller) -> None:
    raw = TABLE.encode()
    made = call.post("/imports/uploads", {"host": HOST, "file_name": "friends.csv", "size": len(raw)}).json()
    path = f"/imports/{made['id']}"
    for at, data in ((0, raw[:20]), (20, raw[20:]), (20, raw[20:])):
        answer = call("PUT", f"{path}/bytes?at={at}", data, content_type="application/octet-stream")
        assert answer.status_code == 200, answer.content
    assert answer.json() == {"size": len(raw)}
    gap = call("PUT", f"{path}/bytes?at=999", b"x", content_type="application/octet-stream")
    assert (gap.status_code, gap.json()["code"]) == (409, "import_piece")
    assert call.post(f"{path}/finish", {}).status_code == 200
    work()
    assert call.get(path).json()["total"] == 3


def test_a_plan_of_an_older_state_is_refused(call: Caller) -> None:
    item = ready(call)
    path = f"/imports/{item['id']}/plan"
    assert call("PUT", path, PLAN).status_code == 428
    assert call("PUT", path, PLAN, **{"If-Match": '"99"'}).status_code == 412
    twice = PLAN | {"columns": [{"index": 0, "field": "name"}, {"index": 1, "field": "name"}]}
    refused = call("PUT", path, twice, **{"If-Match": f'"{item["version"]}"'})
    assert (refused.status_code, refused.json()["code"]) == (422, "import_plan")


def test_the_same_key_sends_a_file_once(call: Caller) -> None:
    first, second = (sent(call, idempotency_key="file-1") for _time in range(2))
    assert first.json()["id"] == second.json()["id"] and second.headers["Idempotency-Replayed"] == "true"


def test_refused_rows_come_back_with_their_reason(call: Caller) -> None:
    item = ready(call)
    path = f"/imports/{item['id']}"
    call("PUT", f"{path}/plan", PLAN, **{"If-Match": f'"{item["version"]}"'})
    call.post(f"{path}/start", {})
    work()
    text = b"".join(call.get(f"{path}/rejected?format=csv")).decode()  # type: ignore[arg-type]
    assert "09122222222" in text and "no name" in text and "09121111111" not in text


def test_an_import_belongs_to_who_began_it(call: Caller) -> None:
    item = ready(call)
    other = Caller(make_user(permissions=everything()))
    assert other.get("/imports").json()["items"] == [] and len(call.get("/imports").json()["items"]) == 1
    for method, path in (
        ("GET", ""), ("GET", "/preview"), ("GET", "/rows"), ("GET", "/rejected"), ("POST", "/start"), ("POST", "/undo"),
        ("DELETE", ""),
    ):  # fmt: skip
        assert other(method, f"/imports/{item['id']}{path}", {} if method == "POST" else None).status_code == 404
    assert call("DELETE", f"/imports/{item['id']}").status_code == 204
    assert call.get(f"/imports/{item['id']}").status_code == 404


def test_kinds_name_fields_and_keys(call: Caller) -> None:
    found = {kind["host"]: kind for kind in call.get("/imports/kinds").json()}
    assert [field["key"] for field in found[HOST]["fields"]] == ["name", "phone"]
    assert json.dumps(found[HOST]["keys"]) == '[{"key": "name", "label": "Name", "fields": ["name"]}]'
