"""For tests of endpoints: people with rights, and callers with a token or a session."""

import itertools
import json
from collections.abc import Mapping
from typing import Any

from django.test import Client

from peyvand.accounts.models import ApiToken, Branch, Department, User
from peyvand.accounts.permissions import all_permissions
from peyvand.accounts.services import (
    create_branch,
    create_department,
    create_role,
    create_token,
    create_user,
    grant_role,
)
from peyvand.accounts.types import Scope, UserDetails

_numbers = itertools.count(1)
ROOT = "/api/v1"


def make_branch(parent: Branch | None = None) -> Branch:
    return create_branch(actor=None, name=f"branch {next(_numbers)}", parent=parent)


def make_department(branch: Branch | None = None) -> Department:
    return create_department(actor=None, name=f"department {next(_numbers)}", branch=branch or make_branch())


def make_user(
    department: Department | None = None, *, permissions: Mapping[str, Scope | str] | None = None, name: str = "user"
) -> User:
    """A person in a department with exactly these permissions."""
    number = next(_numbers)
    place = department or make_department()
    details = UserDetails(
        username=f"{name}{number}", full_name=f"{name} {number}", department_id=place.pk, language="en"
    )
    user = create_user(actor=None, details=details)
    if permissions:
        role = create_role(actor=None, name=f"role {number}", permissions=permissions)
        grant_role(actor=None, user=user, role=role)
    return user


def everything(scope: Scope = Scope.ALL) -> dict[str, Scope]:
    """Every permission, as wide as `scope` (or its own widest below that)."""
    wide: dict[str, Scope] = {}
    for name, permission in all_permissions().items():
        fitting = [each for each in permission.scopes if each.width <= scope.width]
        if fitting:
            wide[name] = fitting[-1]
    return wide


class Caller:
    """Calls the API as `user`, with a token for `scopes` (all of them by default)."""

    def __init__(self, user: User, *, scopes: list[str] | None = None) -> None:
        self.user = user
        self.client = Client()
        self.token: ApiToken
        wanted = scopes if scopes is not None else list(all_permissions())
        self.token, self.secret = create_token(actor=None, user=user, name="test", scopes=wanted)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Call an endpoint; `headers` as keywords with underscores (`idempotency_key="a"`)."""
        known = {"authorization": f"Bearer {self.secret}", "accept-language": "en"}
        known |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = known.pop("content-type", "application/json")
        return self.client.generic(method, ROOT + path, data, content_type=kind, headers=known)

    def get(self, path: str, **headers: str) -> Any:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("POST", path, body, **headers)

    def upload(self, path: str, data: dict[str, Any], **headers: str) -> Any:
        """Post a multipart form."""
        known = {"authorization": f"Bearer {self.secret}"} | {n.replace("_", "-"): v for n, v in headers.items()}
        return self.client.post(ROOT + path, data, headers=known)
