"""What the cartable shows on pages of lower apps."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import Branch, Department, Role, RoleGrant, RolePermission, User
from peyvand.cartable.models import Request
from peyvand.cartable.services.intake import take_in
from peyvand.channels import guard
from peyvand.channels.models import Attachment, Channel, Message
from peyvand.core import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> tuple[Client, str, Message]:
    """A form that somebody has sent: his browser, his receipt, the message."""
    cache.clear()
    monkeypatch.setattr(guard.read_stamp, "__kwdefaults__", {"youngest": 0})
    branch = Branch.objects.create(name="تهران", path=f"/e{time.monotonic_ns()}/")
    department = Department.objects.create(name="ارتباط", branch=branch)
    channel = Channel.objects.create(kind="web_form", name="فرم", token="here", branch=branch, department=department)
    client = Client()
    data = {"name": "سارا", "email": "sara@else.example", "subject": "نشتی", "message": "سلام", "website": ""}
    data["stamp"] = guard.new_stamp(channel.pk)
    receipt = client.post(reverse("channels:form", args=["here"]), data)["Location"]
    return client, receipt, Message.objects.get(channel=channel)


def reader(branch: Branch, name: str) -> User:
    user = User.objects.create(username=name, full_name=name, sort_key=name, branch=branch)
    role = Role.objects.create(name=name)
    for permission in ("cartable.view", "parties.view"):
        RolePermission.objects.create(role=role, permission=permission, scope="branch")
    RoleGrant.objects.create(user=user, role=role)
    return user


def test_the_sender_of_a_form_sees_his_code_once_the_request_is_there(sent: tuple[Client, str, Message]) -> None:
    client, receipt, message = sent
    assert "hx-trigger" in client.get(receipt).content.decode()
    take_in([message.pk])
    request = Request.objects.get(thread__message=message)
    page = client.get(receipt, headers={"HX-Request": "true"})
    assert page.status_code == 286 and request.code in page.content.decode()


def test_a_customers_page_shows_the_requests_that_its_reader_may_see(sent: tuple[Client, str, Message]) -> None:
    message = sent[2]
    take_in([message.pk])
    request = Request.objects.get(thread__message=message)
    alice = reader(request.branch, "alice")
    client = Client()
    client.force_login(alice)
    page = client.get(reverse("parties:detail", args=[request.party_id])).content.decode()
    assert request.code in page and "نشتی" in page


def test_an_attachment_is_opened_by_who_sees_its_request_and_by_nobody_else(sent: tuple[Client, str, Message]) -> None:
    message = sent[2]
    file = files.store(data=b"x", name="a.txt")
    Attachment.objects.create(message=message, file=file, position=0)
    take_in([message.pk])
    branch = Request.objects.get(thread__message=message).branch
    url = reverse("cartable:file", args=[Request.objects.get(thread__message=message).code, file.pk])
    client = Client()
    client.force_login(reader(branch, "alice"))
    assert client.get(url)["Content-Disposition"].startswith("attachment")
    other = Branch.objects.create(name="دیگر", path=f"/o{time.monotonic_ns()}/")
    client.force_login(reader(other, "charlie"))
    assert client.get(url).status_code == 404
