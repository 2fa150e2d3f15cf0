"""Administration of channels, and files."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.models import Branch, Role, RoleGrant, RolePermission, User
from peyvand.channels import services
from peyvand.channels.models import Channel, Message
from peyvand.channels.services.servers import secrets_of

pytestmark = pytest.mark.django_db


def user_with(name: str, branch: Branch, **scopes: str) -> User:
    user = User.objects.create(username=name, full_name=name, sort_key=name, branch=branch)
    role = Role.objects.create(name=f"{name} {time.monotonic_ns()}")
    for permission, scope in scopes.items():
        RolePermission.objects.create(role=role, permission=f"channels.{permission}", scope=scope)
    RoleGrant.objects.create(user=user, role=role)
    return user


@pytest.fixture
def branch() -> Branch:
    made = Branch.objects.create(name=f"شعبه {time.monotonic_ns()}", path=f"/c{time.monotonic_ns()}/")
    Branch.objects.filter(pk=made.pk).update(path=f"/{made.pk}/")
    return made


@pytest.fixture
def manager(branch: Branch) -> Client:
    return logged_in(user_with("manager", branch, view="branch", manage="branch"))


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def mailbox(branch: Branch, **values: str) -> dict[str, object]:
    data = {"name": "پشتیبانی", "branch": branch.pk, "address": "Info@Water.example", "incoming": "imap"}
    data |= {
        "imap_host": "mail.water.example",
        "imap_port": "۹۹۳",
        "imap_security": "tls",
        "imap_password": "S3cret-گذر",
    }
    return data | {"smtp_host": "mail.water.example", "smtp_port": "587", "smtp_security": "starttls"} | values


def test_a_mailbox_is_added_and_its_password_is_never_shown_again(manager: Client, branch: Branch) -> None:
    answer = manager.post(reverse("channels:create", args=["email"]), mailbox(branch))
    assert answer.status_code == 303
    channel = Channel.objects.get(address="info@water.example")
    assert channel.settings["imap"]["port"] == 993
    assert secrets_of(channel)["imap_password"] == "S3cret-گذر" and "S3cret-گذر" not in channel.secrets
    for name in ("detail", "change"):
        page = manager.get(reverse(f"channels:{name}", args=[channel.pk]))
        assert page.status_code == 200 and "S3cret-گذر" not in page.content.decode()
    changed = manager.post(reverse("channels:change", args=[channel.pk]), mailbox(branch, imap_password="", name="نو"))
    assert changed.status_code == 303
    channel.refresh_from_db()
    assert channel.name == "نو" and secrets_of(channel)["imap_password"] == "S3cret-گذر"


def test_a_stored_password_is_sent_to_no_other_server(manager: Client, branch: Branch) -> None:
    manager.post(reverse("channels:create", args=["email"]), mailbox(branch))
    channel = Channel.objects.get(address="info@water.example")
    url = reverse("channels:change", args=[channel.pk])
    elsewhere = mailbox(branch, imap_password="", imap_host="mine.attacker.example")
    assert manager.post(url, elsewhere).status_code == 422
    channel.refresh_from_db()
    assert channel.settings["imap"]["host"] == "mail.water.example"
    assert manager.post(url, mailbox(branch, imap_password="", incoming="smtp")).status_code == 303
    channel.refresh_from_db()
    assert "imap_password" not in secrets_of(channel)
    assert manager.post(url, elsewhere | {"imap_password": "another"}).status_code == 303


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"address": "نه"}, "address"),
        ({"imap_host": ""}, "imap_host"),
        ({"smtp_port": "x"}, "smtp_port"),
    ],
)
def test_bad_settings_come_back_with_a_sentence(
    manager: Client, branch: Branch, values: dict[str, str], field: str
) -> None:
    answer = manager.post(reverse("channels:create", args=["email"]), mailbox(branch, **values))
    assert answer.status_code == 422 and f"id_{field}_error" in answer.content.decode()
    assert not Channel.objects.exists()


@pytest.mark.parametrize("site", ["https://a.example; script-src *", "javascript:alert(1)", "'unsafe-inline'"])
def test_only_origins_may_frame_a_form(manager: Client, branch: Branch, site: str) -> None:
    data = {"name": "فرم", "branch": branch.pk, "sites": "https://Shop.example/page\nblog.example"}
    assert manager.post(reverse("channels:create", args=["web_form"]), data).status_code == 303
    channel = Channel.objects.get(kind="web_form")
    assert channel.settings["form"]["sites"] == ["https://shop.example", "https://blog.example"]
    page = manager.get(reverse("channels:detail", args=[channel.pk])).content.decode()
    assert "/embed/" in page
    bad = manager.post(reverse("channels:change", args=[channel.pk]), {**data, "sites": site})
    assert bad.status_code == 422 and "id_sites_error" in bad.content.decode()


def test_who_does_not_manage_a_channel_changes_nothing(manager: Client, branch: Branch) -> None:
    manager.post(reverse("channels:create", args=["email"]), mailbox(branch))
    channel = Channel.objects.get()
    other = Branch.objects.create(name="دیگر", path=f"/o{time.monotonic_ns()}/")
    charlie = logged_in(user_with("charlie", other, view="branch", manage="branch"))
    viewer = logged_in(user_with("viewer", branch, view="branch"))
    for name in ("change", "active", "test"):
        url = reverse(f"channels:{name}", args=[channel.pk])
        assert charlie.post(url, mailbox(branch)).status_code == 404
        assert viewer.post(url, mailbox(branch)).status_code == 403
    assert viewer.get(reverse("channels:list")).status_code == 200
    assert "پشتیبانی" not in charlie.get(reverse("channels:list")).content.decode()
    assert charlie.post(reverse("channels:create", args=["email"]), mailbox(branch)).status_code in {403, 422}
    channel.refresh_from_db()
    assert channel.is_active and Channel.objects.count() == 1


def test_who_manages_channels_sees_how_much_was_refused_before_it_had_one(manager: Client, branch: Branch) -> None:
    Channel.objects.create(kind="email", name="x", address="a@b.example", token="x", branch=branch)
    services.record_counts(place="smtp", reason="unknown_recipient", counts={"2026-11-22 local": (4321, "x@y")})
    viewer = logged_in(user_with("viewer", branch, view="branch"))
    pages = [client.get(reverse("channels:list")).content.decode() for client in (manager, viewer)]
    assert ["unknown_recipient" in page for page in pages] == [True, False]


def test_a_server_that_cannot_be_reached_is_told_in_words(manager: Client, branch: Branch) -> None:
    data = mailbox(branch, imap_host="127.0.0.1", imap_port="1", smtp_host="127.0.0.1", smtp_port="1")
    manager.post(reverse("channels:create", args=["email"]), data)
    channel = Channel.objects.get()
    page = manager.post(reverse("channels:test", args=[channel.pk]))
    assert page.status_code == 200 and page.content.decode().count('data-c="bad"') == 2


def test_a_person_decides_on_a_message_of_unknown_outcome(manager: Client, branch: Branch) -> None:
    channel = Channel.objects.create(kind="email", name="x", address="a@b.example", token="x", branch=branch)
    message = Message.objects.create(
        channel=channel, direction="out", medium="mail", state="uncertain", external_id="1", subject="پاسخ",
        recipients={"to": ["c@d.example"]}, occurred_at=timezone.now(),
    )  # fmt: skip
    assert "پاسخ" in manager.get(reverse("channels:outgoing")).content.decode()
    assert manager.post(reverse("channels:decide", args=[message.pk, "sent"])).status_code == 303
    message.refresh_from_db()
    assert message.state == "sent"
    assert manager.post(reverse("channels:decide", args=[message.pk, "nonsense"])).status_code == 404


def test_a_channel_is_taken_out_of_service_and_put_back(manager: Client, branch: Branch) -> None:
    channel = Channel.objects.create(kind="email", name="x", address="a@b.example", token="x", branch=branch)
    url = reverse("channels:active", args=[channel.pk])
    for values, active in (({}, False), ({"active": "1"}, True)):
        assert manager.post(url, values).status_code == 303
        channel.refresh_from_db()
        assert channel.is_active is active
        page = manager.get(reverse("channels:detail", args=[channel.pk])).content.decode()
        assert ('name="active" value="1"' in page) is not active
