"""The main job through the API: written down, referred, drafted, approved, told, closed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from peyvand.accounts.models import User
from peyvand.api.testing import Caller, everything, make_department, make_user
from peyvand.cartable.models import Answer, Kind, Request
from peyvand.channels.models import Message
from peyvand.core.text import to_persian_digits

pytestmark = pytest.mark.django_db
EXPERT = {"cartable.view": "team", "cartable.handle": "own", "cartable.draft": "own", "cartable.refer": "own"}


def officer() -> Caller:
    return Caller(make_user(permissions=everything(), name="olivia"))


def opened(call: Caller, **more: Any) -> dict[str, Any]:
    response = call.post("/requests", {"medium": "phone", "subject": "تأخیر سفارش", "text": "کجاست؟"} | more)
    assert response.status_code == 201, response.content
    return dict(response.json())


def test_a_request_travels_from_the_call_to_the_told_answer() -> None:
    olivia, alice = officer(), Caller(make_user(permissions=EXPERT, name="alice"))
    contact = {"name": "سارا", "phone": "09123456789"}
    made = opened(olivia, contact=contact, priority="high")
    assert made["party"]["name"] == "سارا" and made["assignee"]["id"] == olivia.user.pk
    path = f"/requests/{made['id']}"
    assert alice.get(path).status_code == 404

    body = {"to": {"kind": "user", "id": alice.user.pk}, "instruction": "لطفاً پیگیری کنید"}
    referred = olivia.post(f"{path}/refer", body, if_match=f'"{made["version"]}"')
    assert referred.status_code == 200, referred.content
    assert referred["ETag"] == f'"{referred.json()["version"]}"'
    assert [row["id"] for row in alice.get("/requests?folder=mine").json()["items"]] == [made["id"]]
    assert alice.get("/folders").json()["folders"][0] == {"folder": "mine", "count": 1}

    draft = alice("PUT", f"{path}/draft", {"body": "فردا می‌رسد.", "medium": "phone"}, if_match='"0"')
    assert draft.status_code == 200, draft.content
    assert olivia.get(path).json()["answers"] == []  # a colleague's draft is his own
    answer = f"/answers/{draft.json()['id']}"
    assert alice.post(f"{answer}/submit", {}).status_code == 200
    assert alice.post(f"{answer}/approve", {}).status_code == 403
    approved = olivia.post(f"{answer}/approve", {"body": "فردا صبح می‌رسد."}, idempotency_key="approve-1")
    assert approved.status_code == 200, approved.content
    again = olivia.post(f"{answer}/approve", {"body": "فردا صبح می‌رسد."}, idempotency_key="approve-1")
    assert again.json() == approved.json()
    assert olivia.post(f"{answer}/approve", {}).status_code == 409

    found = olivia.get(path).json()
    assert found["status"] == "answered"
    assert [m["direction"] for m in found["messages"]] == ["in", "out"]
    assert found["messages"][1]["text"] == "فردا صبح می‌رسد."
    assert found["referrals"][0]["to"]["id"] == alice.user.pk
    assert {"opened", "referred", "submitted", "approved"} <= {step["kind"] for step in found["steps"]}

    closed = olivia.post(f"{path}/close", {"remark": "پایان"})
    assert closed.status_code == 200
    undone = olivia.post("/requests/undo", {"undo": closed.json()["undo"]})
    assert undone.json()["status"] == "answered"


def test_an_outdated_version_is_refused_before_anything_changes() -> None:
    olivia = officer()
    made = opened(olivia)
    path = f"/requests/{made['id']}"
    assert olivia("PATCH", path, {"priority": "urgent"}).status_code == 428
    changed = olivia("PATCH", path, {"priority": "urgent"}, if_match=f'"{made["version"]}"')
    assert changed.status_code == 200, changed.content
    late = olivia("PATCH", path, {"subject": "late"}, if_match=f'"{made["version"]}"')
    assert (late.status_code, late.json()["code"]) == (412, "version_outdated")
    request = Request.objects.get(pk=made["id"])
    assert (request.priority, request.subject) == ("urgent", "تأخیر سفارش")


def test_a_repeated_post_opens_one_request() -> None:
    olivia = officer()
    body = {"medium": "letter", "subject": "x", "text": "y"}
    answers = [olivia.post("/requests", body, idempotency_key="letter-7").json() for _ in range(2)]
    assert answers[0]["id"] == answers[1]["id"]
    assert Request.objects.count() == 1


def test_numbers_in_a_body_must_lead_somewhere_visible() -> None:
    olivia = officer()
    for field in ("party_id", "kind_id", "department_id"):
        refused = olivia.post("/requests", {"medium": "phone", "subject": "x", field: 10**9})
        assert refused.status_code == 422, refused.content
        assert refused.json()["fields"][0]["name"] == field
    refused = olivia.post("/requests", {"medium": "phone", "subject": "x", "file_ids": ["0" * 32]})
    assert refused.status_code == 404
    assert not Request.objects.exists()


def test_lists_are_narrowed_and_paged() -> None:
    olivia = officer()
    kind = Kind.objects.create(code="enquiry", name_fa="پرسش", name_en="Enquiry")
    made = [opened(olivia, kind_id=kind.pk if n % 2 else None, priority="low") for n in range(5)]
    first = olivia.get("/requests?folder=mine&size=2").json()
    second = olivia.get(f"/requests?folder=mine&size=2&after={first['next']}").json()
    back = olivia.get(f"/requests?folder=mine&size=2&before={second['previous']}").json()
    assert [r["id"] for r in back["items"]] == [r["id"] for r in first["items"]]
    assert len(olivia.get(f"/requests?kind_id={kind.pk}").json()["items"]) == 2
    assert olivia.get("/requests?priority=high").json()["items"] == []
    assert [r["code"] for r in olivia.get(f"/requests?q={made[3]['code']}").json()["items"]] == [made[3]["code"]]
    assert olivia.get(f"/requests/by-code/{made[3]['code']}").json()["id"] == made[3]["id"]
    typed = to_persian_digits(made[3]["code"])
    assert olivia.get(f"/requests/by-code/{typed}").json()["id"] == made[3]["id"]
    assert olivia.get("/requests/by-code/1405-000000-0").status_code == 404
    assert olivia.get("/kinds").json()[0]["code"] == "enquiry"
    assert olivia.get("/requests?folder=nothing").status_code == 422


def test_a_file_is_uploaded_into_a_note() -> None:
    olivia = officer()
    made = opened(olivia)
    upload = SimpleUploadedFile("../گزارش.txt", "متن".encode(), content_type="text/html")
    file = olivia.upload("/files", {"file": upload})
    assert file.status_code == 201, file.content
    assert file.json()["name"] == "گزارش.txt"
    note = olivia.post(f"/requests/{made['id']}/notes", {"body": "ببینید", "file_ids": [file.json()["id"]]})
    assert note.status_code == 201, note.content
    assert note.json()["files"] == [file.json()]
    fetched = olivia.get(f"/requests/{made['id']}/files/{file.json()['id']}")
    assert (fetched.status_code, fetched.content) == (200, "متن".encode())
    assert fetched["Content-Disposition"].startswith("attachment")
    assert olivia.get(f"/requests/{opened(olivia)['id']}/files/{file.json()['id']}").status_code == 404


def test_nobody_attaches_a_file_that_another_uploaded() -> None:
    olivia, eve = officer(), officer()
    made = opened(olivia)
    file = eve.upload("/files", {"file": SimpleUploadedFile("a.txt", b"secret")}).json()
    assert olivia.get(f"/requests/{made['id']}/files/{file['id']}").status_code == 404
    refused = olivia.post(f"/requests/{made['id']}/notes", {"body": "x", "file_ids": [file["id"]]})
    assert refused.status_code == 404


def test_a_raw_message_is_an_attachment() -> None:
    olivia = officer()
    found = olivia.get(f"/requests/{opened(olivia)['id']}").json()
    raw = olivia.get(f"/requests/{found['id']}/messages/{found['messages'][0]['id']}/raw")
    assert raw.status_code == 200
    assert raw["Content-Disposition"].startswith("attachment") and raw["X-Content-Type-Options"] == "nosniff"


def test_an_attachment_that_was_left_out_is_named_with_its_reason() -> None:
    olivia = officer()
    path = f"/requests/{opened(olivia)['id']}"
    blocked = [{"name": "bomb.zip", "size": 42_000, "reason": "unpacks to 4500 MB"}]
    Message.objects.update(details={"blocked": blocked})
    assert olivia.get(path).json()["messages"][0]["blocked"] == blocked


def test_two_drafts_that_cross_lose_nothing() -> None:
    olivia = officer()
    path = f"/requests/{opened(olivia)['id']}/draft"
    assert olivia("PUT", path, {"body": "one"}, if_match='"0"').status_code == 200
    crossed = olivia("PUT", path, {"body": "two"}, if_match='"0"')
    assert (crossed.status_code, crossed.json()["code"]) == (409, "draft_changed")
    assert Answer.objects.get(author=User.objects.get(pk=olivia.user.pk)).body == "one"


def test_a_note_may_be_read_by_whom_it_mentions_only() -> None:
    olivia, alice = officer(), Caller(make_user(make_department(), permissions=EXPERT))
    path = f"/requests/{opened(olivia)['id']}"
    assert alice.get(path).status_code == 404
    named = {"body": "x", "mentions": [alice.user.pk]}
    assert olivia.post(f"{path}/notes", named).status_code == 409
    assert olivia.post(f"{path}/notes", named | {"let_in": True}).status_code == 201
    assert alice.get(path).status_code == 200
