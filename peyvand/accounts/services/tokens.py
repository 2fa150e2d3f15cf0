"""Tokens of the API: shown once, kept as a hash, narrower than their user."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.errors import UnknownPermission
from peyvand.accounts.models import ApiToken, User
from peyvand.accounts.permissions import all_permissions
from peyvand.accounts.policies import require
from peyvand.accounts.services.rules import require_manage, title
from peyvand.core.errors import NotAllowed

PREFIX = "pv_"
SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def create_token(
    *, actor: User | None, user: User, name: str, scopes: Iterable[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token for `user` and return it with its secret, which cannot be read again.

    scopes: names of permissions; the token may do what both they and the user's roles allow.
    Errors: NotAllowed (for another person only the installation itself may), UnknownPermission, Invalid.
    """
    if actor is not None:
        require(actor, "accounts.token")
        if actor.pk != user.pk or actor.token is not None:
            raise NotAllowed
    wanted = sorted(set(scopes))
    unknown = sorted(set(wanted) - set(all_permissions()))
    if unknown or not wanted:
        raise UnknownPermission(fields={"scopes": ", ".join(unknown) or "required"})
    secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        name=title(name, longest=80),
        prefix=secret[:9],
        hash=_hash(secret),
        scopes=wanted,
        expires_at=expires_at,
    )
    return token, secret


@transaction.atomic
def revoke_token(*, actor: User | None, token: ApiToken) -> None:
    """End a token at once: its owner may, and who manages him. Errors: NotAllowed."""
    if actor is None or actor.pk != token.user_id:
        require_manage(actor, token.user)
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def authenticate_token(*, secret: str) -> Actor | None:
    """Return who shows this secret, or None when it is unknown, ended, or its user may not log in."""
    now = timezone.now()
    alive = Q(expires_at=None) | Q(expires_at__gt=now)
    token = (
        ApiToken.objects.select_related("user")
        .filter(alive, hash=_hash(secret), revoked_at=None, user__is_active=True)
        .first()
    )
    if token is None:
        return None
    if token.last_used_at is None or now - token.last_used_at > SEEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return Actor(token.user, token)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
