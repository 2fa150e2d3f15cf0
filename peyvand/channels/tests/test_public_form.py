"""The public form: what comes in, what is refused, who may frame it."""

import json
import time
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from peyvand.accounts.models import Branch
from peyvand.channels import guard
from peyvand.channels.adapters.web_form.parse import FIELDS, parse
from peyvand.channels.models import Channel, Message
from peyvand.core.blobs import get
from peyvand.core.models import OutboxEvent
from peyvand.web import slots

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(db: None) -> Channel:
    cache.clear()
    branch = Branch.objects.create(name="تهران", path=f"/form{time.monotonic_ns()}/")
    settings = {"form": {"intro": "بنویسید", "sites": ["https://shop.example"]}}
    return Channel.objects.create(
        kind="web_form", name="تماس با ما", token=f"t{time.monotonic_ns()}", branch=branch, settings=settings
    )


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits two seconds in a test."""
    monkeypatch.setattr(guard.read_stamp, "__kwdefaults__", {"youngest": 0})


def filled(channel: Channel, **values: object) -> dict[str, object]:
    fields = {
        "name": "سارا",
        "email": "sara@form.example",
        "mobile": "",
        "subject": "نشتی",
        "message": "فیلتر نشت می‌کند.",
    }
    return {**fields, "stamp": guard.new_stamp(channel.pk), "website": "", **values}


def address(channel: Channel, name: str = "form") -> str:
    return reverse(f"channels:{name}", args=[channel.token])


def test_the_page_opens_for_everybody_and_no_other_site_may_frame_it(channel: Channel) -> None:
    answer = Client().get(address(channel))
    assert answer.status_code == 200
    assert "تماس با ما" in answer.content.decode()
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_only_the_named_sites_may_frame_the_embedded_form(channel: Channel) -> None:
    answer = Client().get(address(channel, "form-embed"))
    assert "frame-ancestors https://shop.example" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    Channel.objects.filter(pk=channel.pk).update(settings={})
    assert "frame-ancestors 'none'" in Client().get(address(channel, "form-embed"))["Content-Security-Policy"]


@pytest.mark.usefixtures("patient")
def test_a_sent_form_is_stored_with_its_raw_fields_and_files(channel: Channel) -> None:
    upload = SimpleUploadedFile("../عکس.png", b"\x89PNG\r\n\x1a\n1")
    answer = Client().post(address(channel), filled(channel, attachments=[upload]))
    assert answer.status_code == 303
    message = Message.objects.get(channel=channel)
    assert (message.sender, message.sender_name, message.subject) == ("sara@form.example", "سارا", "نشتی")
    assert message.state == "parsed" and message.medium == "form"
    raw = json.loads(get(message.raw_id or ""))
    assert raw["fields"]["message"] == "فیلتر نشت می‌کند."
    assert [a.file.name for a in message.attachments.all()] == ["عکس.png"]
    assert OutboxEvent.objects.filter(name="channels.message_parsed", payload__message_id=message.pk).exists()


@pytest.mark.usefixtures("patient")
def test_a_second_click_changes_nothing_and_another_text_is_another_message(channel: Channel) -> None:
    data = filled(channel)
    first, second = (Client().post(address(channel), data)["Location"] for _ in range(2))
    assert first == second
    Client().post(address(channel), {**data, "message": "دیگر"})
    assert Message.objects.filter(channel=channel).count() == 2


@pytest.mark.usefixtures("patient")
def test_the_receipt_shows_the_code_when_there_is_one(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_fillings", {**slots._fillings, "channels.follow_up": []})
    receipt = Client().post(address(channel), filled(channel))["Location"]
    assert 'hx-trigger="every 1s"' in Client().get(receipt).content.decode()
    slots.register("channels.follow_up", lambda message, request: "1405-000001-2")
    polled = Client().get(receipt, headers={"HX-Request": "true"})
    assert polled.status_code == 286 and "1405-000001-2" in polled.content.decode()
    number = receipt.rstrip("/").rpartition("/")[2].partition("-")[0]
    assert Client().get(reverse("channels:sent", args=[channel.token, f"{number}-{'0' * 32}"])).status_code == 404


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": ""}, "id_email_error"),
        ({"email": "نه"}, "id_email_error"),
        ({"mobile": "12"}, "id_mobile_error"),
        ({"name": ""}, "id_name_error"),
        ({"message": "x" * 10_001}, "id_message_error"),
        ({"attachments": [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]}, "id_attachments_error"),
        ({"website": "http://spam.example"}, "pv-note"),
        ({"stamp": "1.2.3.abc"}, "pv-note"),
        ({"stamp": ""}, "pv-note"),
    ],
)
def test_what_cannot_be_accepted_comes_back_with_a_sentence_and_is_not_stored(
    channel: Channel, values: dict[str, object], field: str
) -> None:
    answer = Client().post(address(channel), filled(channel, **values))
    assert answer.status_code == 422 and field in answer.content.decode()
    assert not Message.objects.filter(channel=channel).exists()


def test_a_form_sent_in_a_blink_or_after_days_or_to_another_channel_is_refused(channel: Channel) -> None:
    with pytest.raises(guard.TooFast):
        guard.read_stamp(guard.new_stamp(channel.pk), channel.pk)
    with pytest.raises(guard.StampInvalid):
        guard.read_stamp(guard.new_stamp(channel.pk), channel.pk + 1, youngest=0)
    value = f"{channel.pk}.{int(time.time()) - 90_000}.aa"
    with pytest.raises(guard.StampInvalid):
        guard.read_stamp(f"{value}.{guard.sign(guard.PURPOSE, value)}", channel.pk)


def test_who_was_too_fast_sends_the_same_opened_form_again(channel: Channel) -> None:
    data = filled(channel)
    refused = Client().post(address(channel), data)
    assert refused.status_code == 422 and str(data["stamp"]) in refused.content.decode()
    changed = Client().post(address(channel), data | {"stamp": str(data["stamp"]) + "0"})
    assert str(data["stamp"]) not in changed.content.decode()


@pytest.mark.usefixtures("patient")
def test_one_sender_is_stopped_after_a_few_messages(channel: Channel) -> None:
    answers = [Client().post(address(channel), filled(channel)).status_code for _ in range(guard.PER_ADDRESS + 1)]
    assert answers == [303] * guard.PER_ADDRESS + [429]
    assert Client().post(address(channel), filled(channel, email="other@form.example")).status_code == 303


@pytest.mark.usefixtures("patient")
def test_the_json_endpoint_takes_the_same_fields(channel: Channel) -> None:
    client = Client()
    stamp = client.get(address(channel, "form-api"), headers={"Origin": "https://shop.example"})
    assert stamp["Access-Control-Allow-Origin"] == "https://shop.example"
    data = {**filled(channel), **stamp.json()}
    answer = client.post(address(channel, "form-api"), data, content_type="application/json")
    assert answer.status_code == 201
    assert client.get(answer.json()["state"]).status_code == 200
    assert "Access-Control-Allow-Origin" not in client.get(
        address(channel, "form-api"), headers={"Origin": "https://evil.example"}
    )


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"name": 1}', b"\xff", b"[" * 70_000, b'{"name": "x"}'])
def test_bad_json_is_refused_as_a_problem(channel: Channel, body: bytes) -> None:
    answer = Client().post(address(channel, "form-api"), body, content_type="application/json")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_a_closed_form_and_an_unknown_one_are_not_found(channel: Channel) -> None:
    Channel.objects.filter(pk=channel.pk).update(is_active=False)
    for name in ("form", "form-embed", "form-api"):
        assert Client().get(address(channel, name)).status_code == 404
    assert Client().get(reverse("channels:form", args=["unknown"])).status_code == 404


@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=40) for name in FIELDS}))
def test_any_fields_become_a_submission(fields: dict[str, str]) -> None:
    submission = parse(fields, nonce="n", sent_at=datetime.now(UTC))
    assert submission.external_id == parse(fields, nonce="n", sent_at=datetime.now(UTC)).external_id
    assert len(submission.external_id) <= 200
