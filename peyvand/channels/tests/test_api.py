"""Channels through the API: a door for mail and forms, books, and no secret in any answer."""

import json

import pytest

from peyvand.accounts.types import Scope
from peyvand.api.testing import Caller, everything, make_user
from peyvand.channels.models import Channel, Message
from peyvand.channels.tests.stage import unfit_mails

pytestmark = pytest.mark.django_db
MAIL = b"From: Sara <sara@example.com>\r\nTo: support@example.com\r\nMessage-ID: <1@example.com>\r\n\r\nhello\r\n"


def manager() -> Caller:
    return Caller(make_user(permissions=everything(Scope.BRANCH)))


def mailbox(call: Caller, **more: object) -> dict[str, object]:
    body = {"kind": "email", "name": "Support", "branch_id": call.user.branch_id, "address": "support@example.com"}
    response = call.post("/channels", body | more)
    assert response.status_code == 201, response.content
    return dict(response.json())


def test_a_mail_is_put_in_once_and_stands_in_the_books() -> None:
    call = manager()
    path = f"/channels/{mailbox(call)['id']}"
    answers = [call.post(f"{path}/messages", MAIL, content_type="message/rfc822") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [answer.json()["repeated"] for answer in answers] == [False, True]
    number = answers[0].json()["message_id"]
    assert Message.objects.filter(channel__address="support@example.com").count() == 1
    ledger = call.get(f"{path}/ledger").json()
    assert (ledger["seen"], ledger["stored"], ledger["balanced"]) == (1, 1, True)
    rows = call.get(f"{path}/messages").json()["items"]
    assert [row["id"] for row in rows] == [number] and "text" not in rows[0]
    raw = call.get(f"{path}/messages/{number}/raw")
    assert raw.content == MAIL
    assert raw["Content-Type"] == "application/octet-stream"
    assert raw["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("key", [None, "once"])
def test_what_no_door_takes_is_refused_and_stands_in_the_books(key: str | None) -> None:
    call = manager()
    path = f"/channels/{mailbox(call)['id']}"
    unfit = unfit_mails()
    for reason, raw in unfit.items():
        named = {"idempotency_key": f"{key}-{reason}"} if key else {}
        answers = [call.post(f"{path}/messages", raw, **named) for _ in range(2)]
        assert {answer.status_code for answer in answers} == {413 if reason == "too_large" else 422}
        assert reason in answers[0].content.decode()
    assert call.post(f"{path}/messages", b"").status_code == 422
    assert not Message.objects.exists()
    ledger = call.get(f"{path}/ledger").json()
    assert ledger["skipped"] == dict.fromkeys(unfit, 1) and ledger["balanced"]


def test_a_large_mail_passes_although_it_is_larger_than_a_json_body_may_be() -> None:
    call = manager()
    mail = MAIL + b"x" * (6 * 1024 * 1024)
    answer = call.post(f"/channels/{mailbox(call)['id']}/messages", mail, idempotency_key="large")
    assert answer.status_code == 201, answer.content


def test_a_form_is_handed_in_once() -> None:
    call = manager()
    form = mailbox(call, kind="web_form", address="", name="Form")
    body = {"reference": "site-17", "name": "سارا", "email": "sara@example.com", "subject": "x", "message": "سلام"}
    answers = [call.post(f"/channels/{form['id']}/submissions", body).json() for _ in range(2)]
    assert answers[0] == answers[1]
    message = Message.objects.get(pk=answers[0]["message_id"])
    assert (message.text, message.sender, message.medium) == ("سلام", "sara@example.com", "form")


def test_passwords_go_in_and_never_come_out() -> None:
    call = manager()
    server = {"host": "mail.example.com", "user": "support"}
    made = mailbox(call, imap=server, incoming="imap", imap_password="s3cret-pass")
    answers = [
        json.dumps(made),
        call.get(f"/channels/{made['id']}").content.decode(),
        call.get("/channels").content.decode(),
    ]
    assert not any("s3cret" in answer for answer in answers)
    assert "s3cret" not in Channel.objects.get(pk=made["id"]).secrets
    body = {"name": "Renamed", "branch_id": call.user.branch_id, "address": "support@example.com", "imap": server}
    changed = call("PUT", f"/channels/{made['id']}", body)
    assert changed.status_code == 200, changed.content
    assert changed.json()["name"] == "Renamed"
    assert Channel.objects.get(pk=made["id"]).secrets != ""


def test_who_only_sees_a_channel_reads_no_raw_mail_and_puts_nothing_in() -> None:
    call = manager()
    made = mailbox(call)
    number = call.post(f"/channels/{made['id']}/messages", MAIL).json()["message_id"]
    looker = Caller(make_user(call.user.department, permissions={"channels.view": "branch"}))
    path = f"/channels/{made['id']}"
    assert looker.get(f"{path}/messages").status_code == 200
    assert looker.get(f"{path}/messages/{number}/raw").status_code == 403
    assert looker.post(f"{path}/messages", MAIL).status_code == 403
    assert looker("PUT", path, {"name": "x", "branch_id": call.user.branch_id}).status_code == 403


def test_a_channel_is_not_moved_into_a_branch_that_one_does_not_manage() -> None:
    call, stranger = manager(), manager()
    made = mailbox(call)
    body = {"name": "x", "branch_id": stranger.user.branch_id, "address": "support@example.com"}
    assert call("PUT", f"/channels/{made['id']}", body).status_code == 422
    assert Channel.objects.get(pk=made["id"]).branch_id == call.user.branch_id


def test_a_channel_is_taken_out_of_service_and_put_back() -> None:
    call = manager()
    path = f"/channels/{mailbox(call)['id']}"
    assert call.post(f"{path}/deactivate", {}).json()["is_active"] is False
    assert call.post(f"{path}/messages", MAIL).status_code == 422
    assert call.post(f"{path}/activate", {}).json()["is_active"] is True
    assert call.post(f"{path}/messages", MAIL).status_code == 201
