"""What a client of the API can do wrong with headers, each as one rule."""

from peyvand.core.errors import Conflict, PeyvandError


class BadIdempotencyKey(PeyvandError):
    """An Idempotency-Key is 1 to 120 visible ASCII characters."""

    code = "bad_idempotency_key"
    status = 400


class KeyReused(PeyvandError):
    """This Idempotency-Key was already used for another request."""

    code = "idempotency_key_reused"
    status = 422


class StillRunning(Conflict):
    """The first request with this Idempotency-Key is still running; ask again in a moment."""

    code = "still_running"


class VersionNeeded(PeyvandError):
    """Say in If-Match which version you have seen (its ETag)."""

    code = "version_needed"
    status = 428


class BadVersion(PeyvandError):
    """If-Match holds the ETag of an answer, a number in quotation marks."""

    code = "bad_version"
    status = 400


class VersionOutdated(PeyvandError):
    """This was changed by somebody else meanwhile; look at the new state and try again."""

    code = "version_outdated"
    status = 412
