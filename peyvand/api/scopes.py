"""Short names for many permissions when a token is made: `app.read` and `app.write`."""

from collections.abc import Iterable

from django.db.models import Q

from peyvand.accounts.logins import normalise_login
from peyvand.accounts.models import User
from peyvand.accounts.permissions import all_permissions, groups
from peyvand.accounts.services import create_token
from peyvand.core.errors import NotFound

READING = {"view", "audit"}


def expand(scopes: Iterable[str]) -> list[str]:
    """The permissions that these scopes stand for; `app.write` includes reading. Unknown names stay as they are."""
    known = all_permissions()
    found: set[str] = set()
    for scope in scopes:
        app, _dot, action = scope.partition(".")
        of_app = {name for name in known if name.startswith(f"{app}.")}
        if scope in known or action not in {"read", "write"}:
            found.add(scope)
        else:
            found |= of_app if action == "write" else {n for n in of_app if n.partition(".")[2] in READING} or {scope}
    return sorted(found)


def all_scopes() -> list[str]:
    """Every scope that can be written when a token is made."""
    apps = [group.app for group in groups()]
    return [f"{app}.{kind}" for app in apps for kind in ("read", "write")] + sorted(all_permissions())


def create_token_for(*, user: str, scopes: Iterable[str], name: str) -> str:
    """Make a token for the person with this user name or address, by the installation itself; return its secret.

    Errors: NotFound, UnknownPermission, Invalid.
    """
    login = normalise_login(user)
    found = User.objects.filter(Q(username=login) | Q(email=login), is_active=True).first()
    if found is None:
        raise NotFound
    _token, secret = create_token(actor=None, user=found, name=name, scopes=expand(scopes))
    return secret
