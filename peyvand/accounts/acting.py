"""Who does long work: its owner as he is now, narrowed by the token it was asked with."""

from peyvand.accounts.context import Actor
from peyvand.accounts.models import ApiToken, User
from peyvand.core.errors import NotAllowed
from peyvand.core.models import LongJob


def actor_of(job: LongJob) -> User:
    """Return the user whose permissions hold for a job, by `params["token"]` those of a token. Errors: NotAllowed."""
    user = User.objects.get(pk=job.owner_id)
    token_id = job.params.get("token")
    if token_id is None:
        return user
    token = ApiToken.objects.filter(pk=token_id, user=user, revoked_at=None).first()
    if token is None:
        raise NotAllowed
    return Actor(user, token).user


def token_of(user: User) -> int | None:
    """The number of the token that a request showed, as `params["token"]` keeps it."""
    return user.token.pk if user.token else None
