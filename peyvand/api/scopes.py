"""Short names for many permissions when a token is made: `app.read` and `app.write`."""

from collections.abc import Iterable

from peyvand.accounts.permissions import all_permissions, groups

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
