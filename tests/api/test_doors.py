"""Every endpoint: closed to who has not its permission, and to pages of other sites."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client

from peyvand.accounts.permissions import all_permissions
from peyvand.api.testing import ROOT, Caller, everything, make_user
from peyvand.config.api import api

pytestmark = pytest.mark.django_db
NUMBERS = {"file_id": "0" * 32, "code": "1405-000000-0"}


def operations() -> Iterator[tuple[str, str, str]]:
    """Method, address and permission of every endpoint, with numbers that are nobody's."""
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    for path, methods in schema["paths"].items():
        for part in [each.split("}")[0] for each in path.split("{")[1:]]:
            path = path.replace("{" + part + "}", NUMBERS.get(part, "1"))
        for method, operation in methods.items():
            yield method.upper(), path.removeprefix(ROOT), operation["x-permission"]


def test_each_permission_is_asked_before_anything_else() -> None:
    call = Caller(make_user())
    for method, path, permission in operations():
        response = call(method, path, b"\x00 nothing that can be read")
        if permission != "signed in":
            assert (response.status_code, response.json()["code"]) == (403, "not_allowed"), (method, path)


def test_a_token_without_the_permission_is_refused_although_its_user_has_it() -> None:
    user = make_user(permissions=everything())
    for permission in sorted({each[2] for each in operations()} - {"signed in"}):
        others = [name for name in all_permissions() if name != permission]
        call = Caller(user, scopes=others)
        for method, path, asked in operations():
            if asked == permission:
                assert call(method, path, {}).status_code == 403, (method, path)


def test_no_page_of_another_site_writes_with_somebodys_session() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(permissions=everything()))
    for method, path, _permission in operations():
        if method == "GET":
            continue
        response = client.generic(
            method, ROOT + path, b"{}", content_type="text/plain", headers={"origin": "https://evil.example"}
        )
        assert (response.status_code, response.json()["code"]) == (403, "csrf_failed"), (method, path)


def test_without_a_login_everything_is_closed() -> None:
    client = Client()
    for method, path, _permission in operations():
        response = client.generic(method, ROOT + path, b"{}", content_type="application/json")
        assert response.status_code == 401, (method, path)
