"""A customer is erased: the words of his requests go, the requests stay counted and can still be opened."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from peyvand.accounts.services.notifications import notify
from peyvand.cartable.models import Request
from peyvand.cartable.services import add_note
from peyvand.cartable.tests.desk import as_actor, drafted, mail, mailbox, opened
from peyvand.channels.models import Attachment, Message
from peyvand.core import blobs, files
from peyvand.core.models import Blob, File
from peyvand.parties.selectors.personal import personal_data
from peyvand.parties.services.erasing import erase_party
from peyvand.parties.tests.test_erasing import everything
from tests.cast import Cast

WORDS = ("negar@arman.example", "نگار رستمی", "فاکتور محرمانه", "کارت من", "یادداشت دربارهٔ او", "پیوست راز", "پاسخ راز")


@pytest.fixture
def request_(cast: Cast, settings: LazySettings, tmp_path: Path) -> Request:
    settings.DATA = tmp_path
    box = mailbox(cast)
    found = opened(box, subject=WORDS[2], text=WORDS[3])
    message = Message.objects.get(in_request__request=found)
    raw = blobs.put(f"From: {WORDS[0]}\r\n\r\n{WORDS[3]}".encode())
    Message.objects.filter(pk=message.pk).update(raw=raw)
    Attachment.objects.create(message=message, position=0, file=files.store(data=WORDS[5].encode(), name="a.txt"))
    kept = files.store(data=WORDS[5].encode(), name="b.txt", user_id=cast.olivia.pk)
    add_note(actor=as_actor(cast.olivia), request_id=found.pk, body=WORDS[4], file_ids=[kept.pk])
    drafted(cast.olivia, found, WORDS[6])
    url = f"{reverse('cartable:any', args=[found.code])}#notes"
    notify(users=[cast.olivia], kind="mention", text="%(about)s", data={"about": WORDS[2]}, url=url)
    return found


def test_no_word_is_left_and_the_request_is_still_there(request_: Request, cast: Cast) -> None:
    assert request_.party is not None
    report = erase_party(actor=None, party=request_.party)
    left = everything()
    assert [word for word in WORDS if word in left or word.encode().hex() in left] == []
    assert not Blob.objects.exists() and not File.objects.exists()
    assert report["channels.Message"] == report["cartable.Request"] == report["cartable.Note"] == 1
    after = Request.objects.get(pk=request_.pk)
    assert (after.code, after.opened_at, after.status) == (request_.code, request_.opened_at, request_.status)


def test_the_erased_request_can_still_be_opened(request_: Request, cast: Cast, client: Client) -> None:
    assert request_.party is not None
    erase_party(actor=None, party=request_.party)
    client.force_login(cast.olivia)
    assert client.get(reverse("cartable:any", args=[request_.code]), follow=True).status_code == 200


def test_bytes_that_another_customer_sent_too_are_kept(request_: Request, cast: Cast) -> None:
    other = mail(mailbox(cast), "other@x.example")
    shared = files.store(data=WORDS[5].encode(), name="same.txt")
    Attachment.objects.create(message=other, position=0, file=shared)
    assert request_.party is not None
    erase_party(actor=None, party=request_.party)
    assert blobs.get(shared.blob_id) == WORDS[5].encode()


def test_what_is_handed_over_has_the_messages_and_no_words_among_colleagues(request_: Request) -> None:
    assert request_.party is not None
    data = personal_data(request_.party)["cartable.Request.party"]
    assert data[0]["messages"][0]["text"] == WORDS[3]
    assert WORDS[4] not in str(data) and WORDS[6] not in str(data)
