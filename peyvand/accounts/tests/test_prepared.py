"""Questions that are written once: they answer as the queryset would, to everybody with what is his."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peyvand.accounts.models import Branch, RoleGrant, RolePermission, User
from peyvand.accounts.prepared import FIRST, PreparedFor, form_of
from peyvand.accounts.scoping import Who, fields_q, reach_of
from peyvand.accounts.types import Scope, ScopeFields
from peyvand.core.prepared import Given, Prepared, statement_of
from tests.cast import Cast

PLACE = ScopeFields(own=("pk", "manager_id"), department="department_id", branch="branch_id")


def people(who: Who) -> object:
    return User.objects.filter(fields_q(who, "accounts.see", PLACE)).order_by("pk").values_list("pk", flat=False)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("scope", list(Scope))
def test_each_reader_gets_what_the_queryset_gives_him(cast: Cast, scope: Scope) -> None:
    User.objects.filter(pk=cast.alice.pk).update(manager=cast.bob)
    for person in cast.people:
        role = person.grants.first().role if person.grants.exists() else None
        if role is not None:
            RolePermission.objects.update_or_create(
                role=role, permission="accounts.see", defaults={"scope": scope.value}
            )
    question = PreparedFor(people)
    for person in cast.people:
        reader = fresh(person)
        assert question.all(reader) == list(people(reader)), (person, scope)


def test_readers_of_one_form_share_a_text(cast: Cast) -> None:
    question = PreparedFor(people)
    twin = User.objects.create(username="twin", full_name="t", department=cast.logistics, branch=cast.tehran)
    RoleGrant.objects.create(user=twin, role=cast.alice.grants.get().role)
    question.all(fresh(cast.alice)), question.all(fresh(twin))
    assert len(question._kept._texts) == 1


def test_no_number_of_a_stand_in_reaches_the_database(cast: Cast) -> None:
    question = PreparedFor(people)
    with CaptureQueriesContext(connection) as seen:
        question.all(fresh(cast.bob))
    assert not any(str(FIRST)[:8] in query["sql"] for query in seen.captured_queries)
    reach = reach_of(fresh(cast.bob))
    assert set(form_of(fresh(cast.bob)).stand_ins.values()) >= {reach.user_id, reach.department_id, reach.branch_id}


def test_who_may_nothing_gets_nothing_and_asks_nothing(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as seen:
        assert PreparedFor(people).all(None) == []
    assert len(seen) == 0


def test_records_come_with_what_is_selected_with_them(cast: Cast) -> None:
    question = Prepared(
        lambda: (
            User.objects.filter(branch=Given("branch"))
            .select_related("department")
            .only("full_name", "department__name")
            .order_by("pk")
        )
    )
    found = question.all(branch=cast.tehran.pk)
    with CaptureQueriesContext(connection) as seen:
        names = [(one.full_name, one.department.name if one.department else "") for one in found]
    assert len(seen) == 0
    expected = User.objects.filter(branch=cast.tehran).select_related("department").order_by("pk")
    assert names == [(one.full_name, one.department.name if one.department else "") for one in expected]
    assert question.first(branch=0) is None


def test_what_cannot_be_kept_is_refused() -> None:
    with pytest.raises(TypeError):
        statement_of(Branch.objects.values("pk"))
    with pytest.raises(TypeError):
        statement_of(Branch.objects.prefetch_related("departments"))
