"""A forgotten password: a mail with a link that works, and that nobody who reads our mailboxes can use."""

import json
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import User
from peyvand.channels.models import HiddenWords, Message
from peyvand.channels.selectors import outgoing_channel
from peyvand.channels.tests.stage import make_channel
from peyvand.core.secrets import decrypt

NEW = "گذرواژهٔ-تازه-۱۴۰۵"


@pytest.fixture
def alice(alice: User) -> User:
    alice.email = "alice@company.example"
    alice.save(update_fields=["email"])
    return alice


def test_a_forgotten_password_is_set_anew_by_a_link_that_is_stored_nowhere(alice: User) -> None:
    client, page = Client(), reverse("account_reset_password")
    assert 'name="email"' not in client.get(page).text  # without a mailbox it is the administrator's business
    make_channel(smtp={"host": "127.0.0.1", "port": 25, "security": "none"})
    assert client.post(page, {"email": alice.email}, headers={"host": "127.0.0.1"}).status_code in (302, 303)
    mail = Message.objects.get(direction="out")
    assert mail.recipients["to"] == [alice.email] and "/password/reset/key/" not in mail.text
    (link,) = json.loads(decrypt(HiddenWords.objects.get(message=mail).words))
    assert link.startswith(f"{settings.BASE_URL}/accounts/password/reset/key/")
    form = client.get(urlsplit(link).path, follow=True)
    assert form.status_code == 200
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_a_mailbox_that_only_receives_sends_nothing(alice: User) -> None:
    make_channel(smtp={})
    assert outgoing_channel(None) is None
    sends = make_channel(smtp={"host": "127.0.0.1", "port": 25, "security": "none"})
    assert outgoing_channel(None) == sends


def test_a_stranger_gets_the_same_answer_and_no_mail(alice: User) -> None:
    make_channel(smtp={"host": "127.0.0.1", "port": 25, "security": "none"})
    page = reverse("account_reset_password")
    answers = {Client().post(page, {"email": each}).headers["Location"] for each in (alice.email, "x@y.example")}
    assert len(answers) == 1 and Message.objects.count() == 1
