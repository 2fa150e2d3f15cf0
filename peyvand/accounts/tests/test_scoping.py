"""A scope as SQL and a scope as plain Python never disagree."""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peyvand.accounts.models import Branch, Department, RolePermission, User
from peyvand.accounts.policies import may, require, scope_of
from peyvand.accounts.scoping import fields_q, who_reach, within
from peyvand.accounts.services import create_branch, create_role, grant_role
from peyvand.accounts.types import Scope
from peyvand.core.errors import NotAllowed
from tests.cast import Cast, make_user

VIEW = "cartable.view"


def in_scope(user: User, other: User, scope: Scope | None) -> bool:
    """The rule in words: own, plus my team, plus my branch, plus what is below it, plus everything."""
    if scope is None:
        return False
    own = other.pk == user.pk
    team = own or other.manager_id == user.pk or (user.department_id and other.department_id == user.department_id)
    branch = team or (user.branch_id is not None and other.branch_id == user.branch_id)
    chain = []
    at = other.branch
    while at is not None:
        chain.append(at.pk)
        at = at.parent
    below = team or (user.branch_id is not None and user.branch_id in chain)
    return {"own": own, "team": bool(team), "branch": bool(branch), "branch_below": bool(below), "all": True}[scope]


@pytest.fixture
def crowd(cast: Cast) -> list[User]:
    """People in every kind of place, also in no place at all."""
    far = create_branch(actor=None, name="پردیس", parent=cast.east)
    eastern = Department.objects.create(name="انبار", branch=cast.east)
    made = [
        make_user("eve", department=eastern),
        make_user("fay", branch=far, manager=cast.charlie),
        make_user("gil", branch=cast.shiraz, manager=cast.bob),
        make_user("hal"),
        make_user("ian", manager=cast.alice),
    ]
    return [*cast.people, *made]


@pytest.mark.parametrize("scope", [*Scope, None])
def test_sql_and_python_agree_with_the_rule_in_words(crowd: list[User], scope: Scope | None) -> None:
    if scope is not None:
        role = create_role(actor=None, name="آزمون", permissions={VIEW: scope})
        for user in crowd:
            user.grants.all().delete()
            grant_role(actor=None, user=user, role=role)
    else:
        for user in crowd:
            user.grants.all().delete()
            user.reach = None
    everybody = list(User.objects.select_related("branch"))
    for user in crowd:
        seen = set(User.objects.filter(fields_q(user, VIEW, User.scope_fields)).values_list("pk", flat=True))
        words = {other.pk for other in everybody if in_scope(user, other, scope)}
        tested = {other.pk for other in everybody if within(user, VIEW, other)}
        assert seen == words == tested, (user.username, scope)
    for other in everybody:
        reach = {user.pk for user in crowd if within(user, VIEW, other)}
        assert set(who_reach(VIEW, other).values_list("pk", flat=True)) == reach, (other.username, scope)


def test_the_widest_of_several_roles_counts(cast: Cast) -> None:
    for name, scope in (("a", Scope.OWN), ("b", Scope.BRANCH), ("c", Scope.TEAM)):
        grant_role(actor=None, user=cast.charlie, role=create_role(actor=None, name=name, permissions={VIEW: scope}))
    assert scope_of(cast.charlie, VIEW) is Scope.BRANCH


def test_what_somebody_may_do_is_read_once_in_one_query(cast: Cast) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for permission, other in itertools.product(("cartable.view", "parties.view", "core.operate"), cast.people):
            may(cast.alice, permission, other)
    assert len(queries) == 1


def test_a_role_change_counts_in_the_next_request(cast: Cast) -> None:
    assert may(cast.alice, "cartable.draft")
    RolePermission.objects.filter(role=cast.roles["expert"], permission="cartable.draft").delete()
    assert not may(User.objects.get(pk=cast.alice.pk), "cartable.draft")


def test_charlie_of_another_branch_reaches_nothing_of_alice(cast: Cast) -> None:
    assert may(cast.bob, VIEW, cast.alice)
    assert not may(cast.charlie, VIEW, cast.alice)
    with pytest.raises(NotAllowed):
        require(cast.charlie, VIEW, cast.alice)


def test_an_inactive_person_or_a_stranger_may_do_nothing(cast: Cast) -> None:
    cast.ada.is_active = False
    assert scope_of(cast.ada, VIEW) is None
    assert not may(None, VIEW)
    assert not User.objects.filter(fields_q(None, VIEW, User.scope_fields)).exists()


def test_asking_about_a_thing_without_a_place_is_a_mistake_of_the_program(cast: Cast) -> None:
    with pytest.raises(TypeError):
        may(cast.ada, VIEW, cast.roles["expert"])


def test_a_branch_below_is_not_one_whose_number_only_begins_alike(cast: Cast) -> None:
    first = Branch.objects.create(id=900, name="یک", path="/900/")
    Branch.objects.create(id=9001, name="دو", path="/9001/")
    user = make_user("jan", branch=first)
    grant_role(actor=None, user=user, role=cast.roles["manager"])
    found = Branch.objects.filter(fields_q(user, "accounts.manage", Branch.scope_fields))
    assert [each.pk for each in found] == [900]
