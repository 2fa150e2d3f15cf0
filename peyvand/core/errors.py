"""One tree of errors: a class per broken rule; its first docstring line is the text a person reads."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class PeyvandError(Exception):
    """Something went wrong."""

    code = "error"
    status = 400
    permanent = True

    def __init__(self, message: "str | Promise | None" = None, *, fields: dict[str, str] | None = None) -> None:
        super().__init__(message or "")
        self.given = message
        self.fields = fields or {}

    @property
    def message(self) -> str:
        """The sentence for the person, in the active language."""
        text = self.given or (self.__doc__ or "").strip().splitlines()[0]
        return str(text) if self.given else _(str(text))

    def __str__(self) -> str:
        return self.message


class NotAllowed(PeyvandError):
    """You have no permission for this."""

    code = "not_allowed"
    status = 403


class NotFound(PeyvandError):
    """There is no such record, or you may not see it."""

    code = "not_found"
    status = 404


class Conflict(PeyvandError):
    """This was changed by somebody else meanwhile; look at the new state and try again."""

    code = "conflict"
    status = 409


class Invalid(PeyvandError):
    """Some values cannot be accepted."""

    code = "invalid"
    status = 422


class TooLarge(PeyvandError):
    """This is larger than what can be accepted."""

    code = "too_large"
    status = 413


class TooMany(PeyvandError):
    """Too many attempts; wait a little and try again."""

    code = "too_many"
    status = 429


class Unavailable(PeyvandError):
    """This service cannot be reached right now; it will be tried again."""

    code = "unavailable"
    status = 503
    permanent = False
