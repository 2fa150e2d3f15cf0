"""Oneself: what one may do, preferences, tokens."""

from ninja import Query
from pydantic import Field

from peyvand.accounts import services
from peyvand.accounts.models import ApiToken, User
from peyvand.accounts.permissions import all_permissions
from peyvand.accounts.policies import scope_of
from peyvand.accounts.selectors import referral_targets, tokens_of
from peyvand.accounts.types import ReferralTarget
from peyvand.api.accounts.schemas import MeChange, MeOut, NewTokenOut, TargetOut, TokenIn, TokenOut, new_token
from peyvand.api.kit import SIGNED_IN, ApiRequest, Id, In, Page, Paged, PageQuery, page, router, visible
from peyvand.api.scopes import expand

me = router(tag="me", permission=SIGNED_IN)
tokens = router(tag="tokens", permission="accounts.token")


def _shown(user: User) -> MeOut:
    held = {name: scope_of(user, name) for name in all_permissions()}
    user = User.objects.select_related("branch", "department").get(pk=user.pk)
    return MeOut(
        **{name: getattr(user, name) for name in MeOut.model_fields if name != "permissions"},
        permissions={name: scope.value for name, scope in held.items() if scope is not None},
    )


@me.get("", response=MeOut)
def show(request: ApiRequest) -> MeOut:
    """Who I am and what I may do with this login."""
    return _shown(request.auth.user)


@me.patch("", response=MeOut)
def change(request: ApiRequest, payload: MeChange) -> MeOut:
    """Change my language, calendar, digits or theme."""
    given = payload.model_dump(exclude_none=True)
    services.change_preferences(actor=request.auth.user, **given)
    return _shown(request.auth.user)


class TargetQuery(In):
    q: str = Field("", max_length=100)


@me.get("/referral-targets", response=list[TargetOut])
def targets(request: ApiRequest, query: Query[TargetQuery]) -> list[ReferralTarget]:
    """People, posts and departments that I can refer to, best twenty for `q`."""
    return referral_targets(request.auth.user, query.q)


@tokens.get("", response=Paged[TokenOut])
def index(request: ApiRequest, query: Query[PageQuery]) -> Page[ApiToken]:
    """My tokens that still work, the newest first."""
    return page(tokens_of(request.auth.user), query, order=("-id",))


@tokens.post("", response=NewTokenOut, secret=True)
def create(request: ApiRequest, payload: TokenIn) -> NewTokenOut:
    """Make a token of mine. Only in a session: a token makes no tokens."""
    user = request.auth.user
    given = payload.model_dump(exclude={"scopes"})
    token, secret = services.create_token(actor=user, user=user, scopes=expand(payload.scopes), **given)
    return new_token(token, secret)


@tokens.delete("/{int:id}")
def revoke(request: ApiRequest, id: Id) -> None:
    """End one of my tokens at once."""
    services.revoke_token(actor=request.auth.user, token=visible(tokens_of(request.auth.user), id))
