"""The cast: alice an officer of Tehran, charlie of Tabriz who may never see Tehran's customers."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from peyvand.accounts.models import Branch, Role, RoleGrant, RolePermission, User
from peyvand.parties.models import Party

MakeParty = Callable[..., Party]

_numbers = count(1)


def make_branch(name: str) -> Branch:
    branch = Branch.objects.create(name=name, path=f"/new{next(_numbers)}/")
    branch.path = f"/{branch.pk}/"
    branch.save()
    return branch


def make_user(name: str, branch: Branch, scopes: dict[str, str]) -> User:
    user = User.objects.create(username=name, full_name=name, sort_key=name, branch=branch)
    role = Role.objects.create(name=f"{name}'s role")
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=permission, scope=scope) for permission, scope in scopes.items()
    )
    RoleGrant.objects.create(user=user, role=role)
    return user


@pytest.fixture
def tehran(db: None) -> Branch:
    return make_branch("تهران")


@pytest.fixture
def tabriz(db: None) -> Branch:
    return make_branch("تبریز")


@pytest.fixture
def alice(tehran: Branch) -> User:
    return make_user("alice", tehran, {"parties.view": "branch", "parties.change": "branch"})


@pytest.fixture
def bob(tehran: Branch) -> User:
    return make_user("bob", tehran, {"parties.view": "all"})


@pytest.fixture
def charlie(tabriz: Branch) -> User:
    return make_user("charlie", tabriz, {"parties.view": "branch", "parties.change": "branch"})


@pytest.fixture
def make(db: None) -> MakeParty:
    def build(name: str, kind: str = "person", **more: Any) -> Party:
        return Party.objects.create(name=name, kind=kind, sort_key=name, **more)

    return build
