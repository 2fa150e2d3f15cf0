"""Writes of accounts: who may, what they change, what can never happen."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from peyvand.accounts import services
from peyvand.accounts.errors import (
    AboveYou,
    BranchInItself,
    LastAdministrator,
    NameTaken,
    StillInUse,
    UnknownPermission,
    WeakPassword,
    WiderThanYou,
    WrongPassword,
)
from peyvand.accounts.logins import normalise_login
from peyvand.accounts.models import ApiToken, Branch, Department, Role, RoleGrant, User
from peyvand.accounts.policies import may
from peyvand.accounts.selectors import live_groups, referral_targets
from peyvand.accounts.types import Scope, UserDetails
from peyvand.core.errors import Invalid, NotAllowed
from tests.cast import PASSWORD, Cast, make_user

GOOD = "a-long-unusual-phrase-7"


def details(username: str = "nadia", **more: object) -> UserDetails:
    return UserDetails(**({"username": username, "full_name": "نادیا کریمی"} | more))  # type: ignore[arg-type]


def test_a_person_is_stored_with_folded_login_and_place_of_the_department(cast: Cast) -> None:
    user = services.create_user(
        actor=cast.ada,
        details=details("Nadia۱۲", email="Nadia@Example.COM", phone="۰۹۱۲۳۴۵۶۷۸۹", department_id=cast.logistics.pk),
        password=GOOD,
        roles=[cast.roles["expert"]],
    )
    assert (user.username, user.email, user.phone) == ("nadia12", "nadia@example.com", "+989123456789")
    assert user.branch == cast.tehran
    assert user.check_password(GOOD)
    assert may(user, "cartable.draft")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "  "}, "username"),
        ({"username": "a@b"}, "username"),
        ({"full_name": " "}, "full_name"),
        ({"email": "nobody"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"department_id": 10**9}, "department"),
    ],
)
def test_bad_values_are_refused_with_their_field(cast: Cast, change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        services.create_user(actor=cast.ada, details=details(**({"username": "nadia"} | change)))
    assert field in caught.value.fields


@pytest.mark.parametrize("taken", ["alice", "ALICE", "ａｌｉｃｅ", "ali\u200dce"])
def test_a_login_that_looks_the_same_is_taken(cast: Cast, taken: str) -> None:
    with pytest.raises(NameTaken):
        services.create_user(actor=cast.ada, details=details(taken))


def test_digits_and_letters_of_any_keyboard_are_one_login() -> None:
    assert normalise_login("كاربر١٢") == normalise_login("کاربر۱۲") == normalise_login("کاربر12")
    assert normalise_login("Renée") == normalise_login("renee")


def test_an_address_belongs_to_one_person(cast: Cast) -> None:
    with pytest.raises(NameTaken) as caught:
        services.create_user(actor=cast.ada, details=details(email=cast.bob.email.upper()))
    assert list(caught.value.fields) == ["email"]


def test_who_manages_nobody_writes_nothing(cast: Cast) -> None:
    before = User.objects.count()
    for actor in (cast.alice, cast.bob, cast.charlie, cast.olivia):
        with pytest.raises(NotAllowed):
            services.create_user(actor=actor, details=details())
        with pytest.raises(NotAllowed):
            services.grant_role(actor=actor, user=cast.alice, role=cast.roles["auditor"])
        with pytest.raises(NotAllowed):
            services.create_branch(actor=actor, name="تازه", parent=cast.tehran)
    assert User.objects.count() == before
    assert not RoleGrant.objects.filter(role=cast.roles["auditor"]).exists()


def test_a_branch_manager_manages_his_branches_only(cast: Cast) -> None:
    mina = make_user("mina", branch=cast.tehran, roles=[cast.roles["manager"]])
    services.change_user(actor=mina, user=cast.alice, details=details("alice", department_id=cast.logistics.pk))
    with pytest.raises(NotAllowed):
        services.change_user(actor=mina, user=cast.charlie, details=details("charlie"))
    with pytest.raises(NotAllowed):  # not out of his reach either
        services.change_user(actor=mina, user=cast.alice, details=details("alice", department_id=cast.sales.pk))
    assert User.objects.get(pk=cast.alice.pk).department == cast.logistics


def test_nobody_gives_more_than_he_has(cast: Cast) -> None:
    mina = make_user("mina", branch=cast.tehran, roles=[cast.roles["manager"]])
    with pytest.raises(WiderThanYou):
        services.grant_role(actor=mina, user=mina, role=cast.roles["administrator"])
    with pytest.raises(WiderThanYou):
        services.grant_role(actor=mina, user=cast.alice, role=cast.roles["auditor"])
    services.grant_role(actor=mina, user=cast.alice, role=cast.roles["department_head"])


def test_nobody_becomes_somebody_who_may_more(cast: Cast) -> None:
    mina = make_user("mina", branch=cast.tehran, roles=[cast.roles["manager"]])
    for attempt in (
        lambda: services.set_password(actor=mina, user=cast.ada, password=GOOD),
        lambda: services.deactivate_user(actor=mina, user=cast.ada),
        lambda: services.change_user(actor=mina, user=cast.ada, details=details("ada", branch_id=cast.tehran.pk)),
        lambda: services.revoke_role(actor=mina, user=cast.ada, role=cast.roles["administrator"]),
    ):
        with pytest.raises(AboveYou):
            attempt()
    assert User.objects.get(pk=cast.ada.pk).check_password(PASSWORD)


def test_the_last_administrator_stays(cast: Cast) -> None:
    administrator = cast.roles["administrator"]
    attempts = (
        lambda: services.revoke_role(actor=cast.ada, user=cast.ada, role=administrator),
        lambda: services.deactivate_user(actor=cast.ada, user=cast.ada),
        lambda: services.change_role(
            actor=cast.ada, role=administrator, name="ناظر", permissions={"cartable.view": Scope.ALL}
        ),
    )
    for attempt in attempts:
        with pytest.raises(LastAdministrator):
            attempt()
    assert may(User.objects.get(pk=cast.ada.pk), "accounts.manage")
    services.grant_role(actor=cast.ada, user=cast.bob, role=administrator)
    services.revoke_role(actor=cast.bob, user=cast.ada, role=administrator)
    assert not may(User.objects.get(pk=cast.ada.pk), "accounts.manage")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_remove_each_other_at_the_same_instant() -> None:
    roles = services.ensure_starter_roles()
    pair = [make_user(name, roles=[roles["administrator"]]) for name in ("one", "two")]
    ready = threading.Barrier(2, timeout=20)
    outcomes: list[str] = []

    def remove(victim: User) -> None:
        try:
            with transaction.atomic():
                ready.wait()
                services.revoke_role(actor=None, user=victim, role=roles["administrator"])
            outcomes.append("removed")
        except LastAdministrator:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=(user,)) for user in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["refused", "removed"]


def test_a_closed_account_loses_tokens_and_posts_at_once(cast: Cast) -> None:
    token, secret = services.create_token(actor=None, user=cast.bob, name="خروجی", scopes=["cartable.view"])
    assert services.authenticate_token(secret=secret) is not None
    services.deactivate_user(actor=cast.ada, user=cast.bob)
    assert services.authenticate_token(secret=secret) is None
    cast.head_of_logistics.refresh_from_db()
    token.refresh_from_db()
    assert cast.head_of_logistics.holder is None
    assert token.revoked_at is not None
    services.activate_user(actor=cast.ada, user=cast.bob)
    assert services.authenticate_token(secret=secret) is None


def test_a_token_narrows_its_user_and_its_secret_is_not_kept(cast: Cast) -> None:
    token, secret = services.create_token(
        actor=cast.alice, user=cast.alice, name="گزارش", scopes=["cartable.view", "accounts.manage"]
    )
    assert secret not in str(ApiToken.objects.filter(pk=token.pk).values())
    actor = services.authenticate_token(secret=secret)
    assert actor is not None
    assert may(actor, "cartable.view")
    assert not may(actor, "cartable.draft")  # she may, the token may not
    assert not may(actor, "accounts.manage")  # the token may, she may not
    with pytest.raises(NotAllowed):  # a token cannot make tokens
        services.create_token(actor=actor.user, user=actor.user, name="دیگر", scopes=["cartable.view"])
    services.revoke_token(actor=cast.alice, token=token)
    assert services.authenticate_token(secret=secret) is None


def test_a_token_ends_at_its_time_and_only_its_owner_or_manager_ends_it_before(cast: Cast) -> None:
    now = timezone.now()
    _token, secret = services.create_token(
        actor=None, user=cast.alice, name="کهنه", scopes=["cartable.view"], expires_at=now
    )
    assert services.authenticate_token(secret=secret) is None
    token, secret = services.create_token(actor=None, user=cast.alice, name="نو", scopes=["cartable.view"])
    with pytest.raises(NotAllowed):
        services.revoke_token(actor=cast.charlie, token=token)
    assert services.authenticate_token(secret=secret) is not None
    with pytest.raises(NotAllowed):
        services.create_token(actor=cast.ada, user=cast.alice, name="پنهانی", scopes=["cartable.view"])
    with pytest.raises(UnknownPermission):
        services.create_token(actor=cast.alice, user=cast.alice, name="هیچ", scopes=[])


def test_passwords_are_changed_by_who_knows_the_old_one(cast: Cast) -> None:
    with pytest.raises(WrongPassword):
        services.change_password(actor=cast.alice, current="guess", password=GOOD)
    with pytest.raises(WeakPassword):
        services.change_password(actor=cast.alice, current=PASSWORD, password="12345678901")
    services.change_password(actor=cast.alice, current=PASSWORD, password=GOOD)
    assert User.objects.get(pk=cast.alice.pk).check_password(GOOD)


def test_a_moved_branch_takes_everything_below_with_it(cast: Cast) -> None:
    narmak = services.create_branch(actor=cast.ada, name="نارمک", parent=cast.east)
    services.move_branch(actor=cast.ada, branch=cast.east, parent=cast.shiraz)
    narmak.refresh_from_db()
    assert narmak.path == f"/{cast.shiraz.pk}/{cast.east.pk}/{narmak.pk}/"
    assert Branch.objects.get(pk=cast.east.pk).parent == cast.shiraz
    services.move_branch(actor=cast.ada, branch=cast.east, parent=None)
    narmak.refresh_from_db()
    assert narmak.path == f"/{cast.east.pk}/{narmak.pk}/"
    with pytest.raises(BranchInItself):
        services.move_branch(actor=cast.ada, branch=cast.east, parent=narmak)
    with pytest.raises(BranchInItself):
        services.move_branch(actor=cast.ada, branch=cast.east, parent=cast.east)


def test_a_tree_has_an_end(cast: Cast) -> None:
    branch = cast.shiraz
    with pytest.raises(Invalid):
        for number in range(20):
            branch = services.create_branch(actor=None, name=f"شعبهٔ {number}", parent=branch)
    assert branch.depth == 9


def test_names_are_taken_once_in_their_place(cast: Cast) -> None:
    with pytest.raises(NameTaken):
        services.create_branch(actor=cast.ada, name="تهران")
    with pytest.raises(NameTaken):
        services.create_department(actor=cast.ada, name="تدارکات", branch=cast.tehran)
    services.create_department(actor=cast.ada, name="تدارکات", branch=cast.shiraz)
    with pytest.raises(NameTaken):
        services.create_post(actor=cast.ada, title_="رئیس تدارکات", department=cast.logistics)


def test_a_department_with_people_is_not_closed(cast: Cast) -> None:
    with pytest.raises(StillInUse):
        services.close_department(actor=cast.ada, department=cast.logistics)
    services.close_department(actor=cast.ada, department=cast.after_sales)
    assert "خدمات پس از فروش" not in {target.label for target in referral_targets(cast.alice)}


def test_a_role_in_use_is_not_deleted(cast: Cast) -> None:
    with pytest.raises(StillInUse):
        services.delete_role(actor=cast.ada, role=cast.roles["expert"])
    services.delete_role(actor=cast.ada, role=cast.roles["marketer"])
    assert not Role.objects.filter(code="marketer").exists()


def test_a_role_holds_known_permissions_in_scopes_that_make_sense(cast: Cast) -> None:
    for wrong in ({"cartable.fly": "all"}, {"core.operate": "own"}, {"cartable.view": "galaxy"}):
        with pytest.raises(UnknownPermission):
            services.create_role(actor=cast.ada, name="تازه", permissions=wrong)
    assert not Role.objects.filter(name="تازه").exists()


def test_starter_roles_are_made_once_and_changes_are_respected(cast: Cast) -> None:
    services.change_role(actor=cast.ada, role=cast.roles["expert"], name="کارشناس ارشد", permissions={})
    roles = services.ensure_starter_roles()
    assert len(roles) == Role.objects.count() == 8
    assert roles["expert"].name == "کارشناس ارشد"
    assert not roles["expert"].permissions.exists()


def test_the_first_administrator_is_made_once(db: None) -> None:
    password = services.create_first_admin()
    assert password is not None
    admin = User.objects.get()
    assert admin.check_password(password)
    assert may(admin, "core.operate")
    assert services.create_first_admin() is None


def test_an_installation_without_branches_gets_one_place_for_its_mail(db: None) -> None:
    services.ensure_first_department()
    services.ensure_first_department()
    department = Department.objects.get()
    assert (department.name, department.branch.name) == ("ارتباط با مشتریان", "دفتر مرکزی")


def test_a_company_of_its_own_is_left_as_it_is(cast: Cast) -> None:
    before = Department.objects.count(), Branch.objects.count()
    services.ensure_first_department()
    assert (Department.objects.count(), Branch.objects.count()) == before


def test_preferences_take_known_values_only(cast: Cast) -> None:
    services.change_preferences(actor=cast.alice, theme="dark", digits="latin", shortcuts=False)
    alice = User.objects.get(pk=cast.alice.pk)
    assert (alice.theme, alice.digits, alice.preferences) == ("dark", "latin", {"shortcuts": False})
    for wrong in ({"theme": "pink"}, {"is_superuser": True}, {"shortcuts": "no"}):
        with pytest.raises(Invalid):
            services.change_preferences(actor=cast.alice, **wrong)


def test_work_is_referred_to_people_posts_and_departments_near_first(cast: Cast) -> None:
    found = referral_targets(cast.alice, "رستمي")  # she is not offered herself
    assert found == []
    found = referral_targets(cast.alice, "تدارکات", workload=lambda ids: dict.fromkeys(ids, 3))
    assert [(each.kind, each.label) for each in found] == [("post", "رئیس تدارکات"), ("department", "تدارکات")]
    people = [each for each in referral_targets(cast.alice) if each.kind == "user"]
    assert people[-1].id == cast.charlie.pk  # another branch comes last
    found = referral_targets(cast.alice, "بابك", workload=lambda ids: dict.fromkeys(ids, 3))
    assert (found[0].id, found[0].load) == (cast.bob.pk, 3)


def test_news_reach_those_in_scope(cast: Cast) -> None:
    assert live_groups(cast.alice) == {"all", f"user:{cast.alice.pk}", f"department:{cast.logistics.pk}"}
    olivia = live_groups(cast.olivia)
    assert f"department:{cast.logistics.pk}" in olivia
    assert f"department:{cast.sales.pk}" not in olivia


def test_every_change_is_in_the_log_and_no_password_is(cast: Cast) -> None:
    services.set_password(actor=cast.ada, user=cast.alice, password=GOOD)
    services.grant_role(actor=cast.ada, user=cast.alice, role=cast.roles["auditor"])
    RoleGrant.objects.filter(user=cast.alice).delete()  # also what no service did
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label FROM accounts_rolegrantevent WHERE user_id = %s ORDER BY pgh_id", [cast.alice.pk]
        )
        assert [row[0] for row in cursor.fetchall()] == ["insert", "insert", "delete", "delete"]
        cursor.execute("SELECT * FROM accounts_userevent WHERE id = %s", [cast.alice.pk])
        columns = [column.name for column in cursor.description or ()]
    assert "password" not in columns
    assert "password_changed_at" in columns
