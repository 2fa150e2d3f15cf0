"""Who acts: a person, perhaps through a token of the API."""

from dataclasses import dataclass

from peyvand.accounts.models import ApiToken, User


@dataclass(frozen=True)
class Actor:
    """A user and the token that was shown; `user` carries the token's limits to every policy."""

    user: User
    token: ApiToken | None = None

    def __post_init__(self) -> None:
        self.user.limit_to(self.token)
