"""What waits under the bell."""

import pytest
from django.utils.translation import gettext_noop

from peyvand.accounts.models import Notification, User
from peyvand.accounts.scoping import reach_of
from peyvand.accounts.services.notifications import notify, read, read_all

TEXT = gettext_noop("%(name)s mentioned you in a note on %(party)s")


def tell(*users: User | int) -> None:
    notify(users=users, kind="mention", text=TEXT, data={"name": "Bob", "party": "Arman"}, url="/customers/1/")


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_everybody_named_is_told_once_and_who_left_is_not(alice: User, bob: User, charlie: User) -> None:
    User.objects.filter(pk=charlie.pk).update(is_active=False)
    tell(alice, alice.pk, bob, charlie)
    assert sorted(Notification.objects.values_list("user_id", flat=True)) == sorted([alice.pk, bob.pk])


def test_the_shell_knows_without_another_query_that_news_waits(alice: User, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    assert not reach_of(fresh(alice)).has_news
    tell(alice)
    user = fresh(alice)
    with django_assert_num_queries(1):
        assert reach_of(user).has_news


def test_who_reads_has_read_and_is_led_to_the_place(alice: User) -> None:
    tell(alice)
    assert read(user=alice, notification_id=Notification.objects.get().pk) == "/customers/1/"
    assert not reach_of(fresh(alice)).has_news


def test_nobody_reads_the_news_of_another(alice: User, charlie: User) -> None:
    tell(alice)
    assert read(user=charlie, notification_id=Notification.objects.get().pk) == ""
    assert read_all(user=charlie) == 0
    assert Notification.objects.get().read_at is None
    assert read_all(user=alice) == 1


def test_news_leads_nowhere_else(alice: User) -> None:
    with pytest.raises(ValueError, match="page of ours"):
        notify(users=[alice], kind="x", text="x", url="https://evil.example/")
