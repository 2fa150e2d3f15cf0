"""Broken rules of channels."""

from peyvand.core.errors import Conflict, Invalid, PeyvandError, Unavailable


class AddressUnusable(Invalid):
    """This address cannot be written to."""

    code = "address_unusable"


class MailUnfit(Invalid):
    """This mail is not taken: it holds a NUL byte, an endless header or too many recipients."""

    code = "mail_unfit"


class ChannelCannotSend(Conflict):
    """This channel has no outgoing mail server; enter one in its settings."""

    code = "channel_cannot_send"


class NotUncertain(Conflict):
    """The outcome of this message is already known."""

    code = "not_uncertain"


class OnItsWay(Conflict):
    """It is too late to take this back: the message is on its way or was sent."""

    code = "on_its_way"


class NotFailed(Conflict):
    """This message has not failed."""

    code = "not_failed"


class WordsGone(PeyvandError):
    """The link in this message is over; ask for a new one."""

    code = "words_gone"
    status = 409
    permanent = True


class ServerUnreachable(Unavailable):
    """The mail server cannot be reached."""

    code = "server_unreachable"


class LoginRefused(PeyvandError):
    """The mail server does not accept the user name or the password."""

    code = "login_refused"
    status = 409
    permanent = False


class MailRefused(PeyvandError):
    """The mail server refused the message."""

    code = "mail_refused"
    status = 409
