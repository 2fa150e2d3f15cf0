"""Who calls: the holder of a token, or a person in a session (then with the CSRF check)."""

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer
from ninja.security.session import SessionAuth

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.accounts.services import authenticate_token
from peyvand.api.rate import count_call

SIGNED_IN = "signed in"  # for the few endpoints that everybody with a login may use
LONGEST_TOKEN = 200


class ApiRequest(HttpRequest):
    """A request after authentication: `auth` is who calls; `raw` the body of a `raw` endpoint."""

    auth: Actor
    raw: bytes


def _admit(request: HttpRequest, actor: Actor, permission: str) -> Actor:
    """Count the call, speak the caller's language, and let only holders of the permission in."""
    count_call(f"token:{actor.token.pk}" if actor.token else f"user:{actor.user.pk}")
    if "Accept-Language" not in request.headers:
        translation.activate(actor.user.language)
    if permission != SIGNED_IN:
        require(actor.user, permission)
    return actor


class Token(HttpBearer):
    """`Authorization: Bearer pv_…`; the scopes of the token narrow the rights of its user."""

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        actor = authenticate_token(secret=token) if len(token) <= LONGEST_TOKEN else None
        if actor is None:
            raise AuthenticationError
        request.user = actor.user
        return _admit(request, actor, self.permission)


class Session(SessionAuth):
    """A logged-in person's own pages; writes need the CSRF token, as the library's class sees to."""

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if self.param_name in request.COOKIES else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return None
        return _admit(request, Actor(user), self.permission)
