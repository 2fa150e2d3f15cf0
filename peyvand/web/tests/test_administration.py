"""The administration area, as an administrator meets it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts import selectors, services
from peyvand.accounts.models import Branch, Department, Post, Role, User
from peyvand.accounts.policies import may
from peyvand.core.models import DeadLetter, Holiday
from tests.cast import Cast, make_user

Login = Callable[[User], Client]
PAGES = (
    "users", "new_user", "branches", "new_branch", "departments", "new_department", "roles", "new_role",
    "organisation", "holidays", "queue", "audit",
)  # fmt: skip
NEW = "a-long-unusual-phrase-7"


@pytest.fixture
def ada_in(cast: Cast, logged_in: Login) -> Client:
    return logged_in(cast.ada)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_page_opens_in_both_languages(cast: Cast, ada_in: Client, language: str) -> None:
    User.objects.filter(pk=cast.ada.pk).update(language=language)
    for name in PAGES:
        assert ada_in.get(reverse(f"administration:{name}")).status_code == 200, name
    for name, pk in (
        ("user", cast.alice.pk), ("why", cast.alice.pk), ("branch", cast.east.pk), ("department", cast.logistics.pk),
        ("new_post", cast.logistics.pk), ("post", cast.head_of_logistics.pk), ("role", cast.roles["expert"].pk),
    ):  # fmt: skip
        assert ada_in.get(reverse(f"administration:{name}", args=[pk])).status_code == 200, name


def test_the_first_page_is_the_first_that_one_may_open(cast: Cast, logged_in: Login) -> None:
    home = reverse("administration:home")
    assert logged_in(cast.ada).get(home).headers["Location"] == reverse("administration:users")
    assert logged_in(cast.alice).get(home).headers["Location"] == reverse("profile:preferences")
    assert reverse("cartable:canned") in logged_in(cast.alice).get(home, follow=True).content.decode()
    auditor = make_user("vera", roles=[cast.roles["auditor"]])
    assert reverse("administration:audit") in logged_in(auditor).get(home, follow=True).content.decode()


def test_a_person_is_added_with_role_and_password(cast: Cast, ada_in: Client) -> None:
    data = {
        "full_name": "نادیا کریمی", "username": "nadia", "email": "nadia@company.example", "phone": "۰۹۱۲۳۴۵۶۷۸۹",
        "department": str(cast.logistics.pk), "language": "fa", "roles": [str(cast.roles["expert"].pk)],
        "password": NEW,
    }  # fmt: skip
    response = ada_in.post(reverse("administration:new_user"), data)
    nadia = User.objects.get(username="nadia")
    assert response.headers["Location"] == reverse("administration:user", args=[nadia.pk])
    assert nadia.check_password(NEW)
    assert may(nadia, "cartable.draft")
    again = ada_in.post(reverse("administration:new_user"), data)
    assert again.status_code == 422
    assert "username" in again.context["form"].errors


def test_a_weak_first_password_is_refused_and_nobody_added(cast: Cast, ada_in: Client) -> None:
    data = {"full_name": "نادیا", "username": "nadia", "language": "fa", "password": "1234"}
    response = ada_in.post(reverse("administration:new_user"), data)
    assert response.status_code == 422
    assert not User.objects.filter(username="nadia").exists()


def test_the_list_finds_sorts_and_filters_with_few_queries(cast: Cast, ada_in: Client) -> None:
    found = ada_in.get(reverse("administration:users"), {"q": "آلاله رستمي"})
    assert [each.username for each in found.context["table"].rows] == ["alice"]
    found = ada_in.get(reverse("administration:users"), {"department": str(cast.logistics.pk), "sort": "-name"})
    assert [each.username for each in found.context["table"].rows] == ["bob", "alice"]
    with CaptureQueriesContext(connection) as few:
        ada_in.get(reverse("administration:users"))
    for number in range(20):
        make_user(f"extra{number}", department=cast.logistics, roles=[cast.roles["expert"]])
    with CaptureQueriesContext(connection) as many:
        ada_in.get(reverse("administration:users"))
    assert len(many) == len(few) <= 14


def test_roles_are_given_and_taken_and_the_last_administrator_is_kept(cast: Cast, ada_in: Client) -> None:
    address = reverse("administration:set_roles", args=[cast.alice.pk])
    ada_in.post(address, {"roles": [str(cast.roles["auditor"].pk)]})
    assert set(cast.alice.grants.values_list("role__code", flat=True)) == {"auditor"}
    refused = ada_in.post(reverse("administration:set_roles", args=[cast.ada.pk]), {"roles": []})
    assert refused.status_code == 422
    assert refused.context["roles"].non_field_errors()
    assert cast.ada.grants.exists()


def test_access_is_closed_and_opened(cast: Cast, ada_in: Client, logged_in: Login) -> None:
    alice_in = logged_in(cast.alice)
    address = reverse("administration:set_access", args=[cast.alice.pk])
    ada_in.post(address)
    assert not User.objects.get(pk=cast.alice.pk).is_active
    assert alice_in.get(reverse("profile:preferences")).status_code in (302, 303)
    ada_in.post(address, {"open": "1"})
    assert User.objects.get(pk=cast.alice.pk).is_active
    ada_in.post(reverse("administration:set_access", args=[cast.ada.pk]))
    assert User.objects.get(pk=cast.ada.pk).is_active


def test_a_new_password_ends_the_persons_sessions(cast: Cast, ada_in: Client, logged_in: Login) -> None:
    alice_in = logged_in(cast.alice)
    ada_in.post(reverse("administration:set_password", args=[cast.alice.pk]), {"password": NEW})
    assert User.objects.get(pk=cast.alice.pk).check_password(NEW)
    assert alice_in.get(reverse("profile:preferences")).status_code in (302, 303)


def test_branches_are_added_moved_and_closed(cast: Cast, ada_in: Client) -> None:
    ada_in.post(reverse("administration:new_branch"), {"name": "کرج", "parent": str(cast.tehran.pk), "is_active": "on"})
    karaj = Branch.objects.get(name="کرج")
    assert karaj.path.startswith(cast.tehran.path)
    address = reverse("administration:branch", args=[karaj.pk])
    ada_in.post(address, {"name": "کرج", "city": "کرج", "parent": str(cast.shiraz.pk), "is_active": ""})
    karaj.refresh_from_db()
    assert (karaj.parent, karaj.is_active) == (cast.shiraz, False)
    wrong = ada_in.post(
        reverse("administration:branch", args=[cast.shiraz.pk]), {"name": "شیراز", "parent": str(karaj.pk)}
    )
    assert wrong.status_code == 422


def test_departments_and_posts_are_kept(cast: Cast, ada_in: Client) -> None:
    data = {"name": "حقوقی", "branch": str(cast.tehran.pk), "hue": "5", "email": "legal@company.example"}
    ada_in.post(reverse("administration:new_department"), data)
    legal = Department.objects.get(name="حقوقی")
    ada_in.post(reverse("administration:new_post", args=[legal.pk]), {"title": "مشاور", "holder": str(cast.bob.pk)})
    post = Post.objects.get(title="مشاور")
    assert post.holder == cast.bob
    ada_in.post(reverse("administration:post", args=[post.pk]), {"title": "مشاور", "holder": ""})
    post.refresh_from_db()
    assert post.holder is None
    ada_in.post(reverse("administration:delete_post", args=[post.pk]))
    assert not Post.objects.filter(pk=post.pk).exists()
    ada_in.post(reverse("administration:close_department", args=[cast.logistics.pk]))
    assert Department.objects.get(pk=cast.logistics.pk).is_active  # people work there
    ada_in.post(reverse("administration:close_department", args=[legal.pk]))
    assert not Department.objects.get(pk=legal.pk).is_active


def test_the_matrix_changes_what_a_role_may_do(cast: Cast, ada_in: Client) -> None:
    role = cast.roles["expert"]
    address = reverse("administration:role", args=[role.pk])
    ada_in.post(address, {"name": role.name, "cartable.view": "own"})
    assert list(role.permissions.values_list("permission", "scope")) == [("cartable.view", "own")]
    refused = ada_in.post(address, {"name": role.name, "core.operate": "own"})
    assert refused.status_code == 422
    ada_in.post(reverse("administration:new_role"), {"name": "ناظر", "cartable.view": "all"})
    observer = Role.objects.get(name="ناظر")
    ada_in.post(reverse("administration:delete_role", args=[observer.pk]))
    ada_in.post(reverse("administration:delete_role", args=[role.pk]))
    assert not Role.objects.filter(name="ناظر").exists()
    assert Role.objects.filter(pk=role.pk).exists()  # alice holds it


def test_why_names_the_role_and_how_far_it_reaches(cast: Cast, ada_in: Client) -> None:
    page = ada_in.get(reverse("administration:why", args=[cast.alice.pk]))
    reasons = {each["name"]: each for _label, group in page.context["held"] for each in group}
    assert reasons["cartable.view"]["by"][0][0] == cast.roles["expert"].label
    assert reasons["accounts.manage"]["scope"] == ""


def test_working_hours_are_read_in_any_digits(cast: Cast, ada_in: Client) -> None:
    address = reverse("administration:organisation")
    ada_in.post(address, {"name": "آب‌آفرین", "day_5": "۰۸:۰۰-۱۲:۰۰، ۱۳:۰۰–۱۶:۳۰"})
    assert selectors.organisation_name() == "آب‌آفرین"
    hours = selectors.working_hours()
    assert list(hours) == [5]
    assert [(f"{a:%H:%M}", f"{b:%H:%M}") for a, b in hours[5]] == [("08:00", "12:00"), ("13:00", "16:30")]
    for wrong in ("8 تا", "25:00-26:00", "16:00-08:00", "08:00-12:00, 11:00-13:00"):
        assert ada_in.post(address, {"name": "آب‌آفرین", "day_5": wrong}).status_code == 422, wrong
    assert ada_in.post(address, {"name": "آب‌آفرین"}).status_code == 422
    assert list(selectors.working_hours()) == [5]


def test_holidays_are_filled_added_and_removed(cast: Cast, ada_in: Client) -> None:
    ada_in.post(reverse("administration:fill_holidays"), {"year": "۱۴۰۵"})
    assert Holiday.objects.filter(day=date(2026, 3, 21)).exists()
    count = Holiday.objects.count()
    assert 15 <= count <= 40
    ada_in.post(reverse("administration:fill_holidays"), {"year": "1405"})
    assert Holiday.objects.count() == count
    ada_in.post(reverse("administration:holidays"), {"day": "۱۴۰۵/۰۹/۰۲", "name": "انبارگردانی"})
    assert Holiday.objects.get(source="person").day == date(2026, 11, 23)
    ada_in.post(reverse("administration:remove_holiday"), {"day": "2026-11-23"})
    assert not Holiday.objects.filter(source="person").exists()


def test_dead_letters_are_decided_once(cast: Cast, ada_in: Client) -> None:
    letter = DeadLetter.objects.create(
        kind="job",
        name="core.nothing",
        queue="inbound",
        arguments={},
        error="boom",
        attempts=8,
        created_at=timezone.now(),
    )
    page = ada_in.get(reverse("administration:queue"))
    assert "boom" in page.content.decode()
    ada_in.post(reverse("administration:decide", args=[letter.pk]), {"act": "dismiss"})
    letter.refresh_from_db()
    assert (letter.resolution, letter.resolved_by) == ("dismissed", cast.ada)
    ada_in.post(reverse("administration:decide", args=[letter.pk]), {"act": "retry"})
    letter.refresh_from_db()
    assert letter.resolution == "dismissed"


def test_the_log_says_who_changed_what_from_what_to_what(cast: Cast, ada_in: Client) -> None:
    data = {"full_name": "آلاله تازه", "username": "alice", "language": "fa", "department": str(cast.logistics.pk)}
    ada_in.post(reverse("administration:user", args=[cast.alice.pk]), data)
    page = ada_in.get(reverse("administration:audit"), {"kind": "User", "who": str(cast.ada.pk)})
    change = page.context["page"].items[0]
    assert (change.who, change.act) == (cast.ada.full_name, "update")
    assert ("full_name", "آلاله رستمی", "آلاله تازه") in change.fields
    assert "آلاله تازه" in page.content.decode()


def test_the_log_has_pages_without_gap(cast: Cast, ada_in: Client) -> None:
    for number in range(60):
        services.create_department(actor=None, name=f"واحد {number}", branch=cast.shiraz)
    seen: list[str] = []
    before = ""
    for _round in range(10):
        page = ada_in.get(reverse("administration:audit"), {"kind": "Department", "before": before}).context["page"]
        seen += [each.thing for each in page.items]
        before = page.next
        if not before:
            break
    assert len({name for name in seen if name.startswith("واحد ")}) == 60
    assert len(seen) == len(set(seen)) == 64
