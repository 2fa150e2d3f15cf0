"""The bell and its pages."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext_noop

from peyvand.accounts.models import Notification, User
from peyvand.accounts.services.notifications import notify
from peyvand.web.notifications.words import sentence

Login = Callable[[User], Client]
TEXT = gettext_noop("%(name)s mentioned you in a note on %(party)s")
DOT = '<span class="pv-bell-dot">'


def tell(user: User, name: str = "Bob") -> Notification:
    notify(users=[user], kind="mention", text=TEXT, data={"name": name, "party": "Arman"}, url="/customers/1/")
    return Notification.objects.latest("pk")


def page(client: Client, url: str) -> str:
    answer = client.get(url, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_bell_says_on_every_page_that_something_waits(alice: User, logged_in: Login) -> None:
    client = logged_in(alice)
    assert DOT not in page(client, "/profile/")
    tell(alice)
    assert DOT in page(client, "/profile/") and DOT in page(client, "/notifications/dot/")


def test_news_costs_the_shell_no_query(alice: User, logged_in: Login) -> None:
    client = logged_in(alice)
    page(client, "/profile/access/")  # the name of the branch is kept for a minute
    costs = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            page(client, "/profile/access/")
        costs.append(len(seen))
        tell(alice)
    assert costs[0] == costs[1]


def test_who_opens_a_notification_has_read_it_and_is_there(alice: User, logged_in: Login) -> None:
    client, news = logged_in(alice), tell(alice)
    answer = client.post(f"/notifications/{news.pk}/open/")
    assert answer["Location"] == "/customers/1/"
    assert DOT not in page(client, "/notifications/dot/")


def test_nobody_sees_or_reads_the_news_of_another(alice: User, charlie: User, logged_in: Login) -> None:
    news = tell(alice, "سپیده")
    client = logged_in(charlie)
    assert "سپیده" not in page(client, "/notifications/") + page(client, "/notifications/latest/")
    assert client.post(f"/notifications/{news.pk}/open/")["Location"] == "/notifications/"
    assert Notification.objects.get().read_at is None


def test_everything_is_read_at_once(alice: User, logged_in: Login) -> None:
    for name in ("a", "b"):
        tell(alice, name)
    client = logged_in(alice)
    assert "is-new" in page(client, "/notifications/latest/")
    client.post("/notifications/read/")
    assert "is-new" not in page(client, "/notifications/latest/")


def test_a_list_costs_the_same_at_any_length(alice: User, logged_in: Login) -> None:
    client = logged_in(alice)
    page(client, "/notifications/")
    for count in (1, 6):
        for _number in range(count):
            tell(alice)
        with CaptureQueriesContext(connection) as seen:
            page(client, "/notifications/")
        assert len(seen) == 5


def test_a_sentence_without_its_values_is_still_shown() -> None:
    with translation.override("en"):
        assert "mentioned you" in sentence(Notification(kind="mention", text=TEXT))
