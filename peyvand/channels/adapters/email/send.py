"""Handing a mail to a server by SMTP, so that afterwards it is clear what is known about it.

Until the text itself is sent, nothing can have been delivered, and every trouble is `NotAccepted` (may be tried
again) or `Refused` (for good). Once the text is on its way, only an answer of the server settles the matter; without
one the outcome is `Unknown`, and nobody may send the message again by himself.
"""

import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from peyvand.core.outgoing import Place

CONNECT_SECONDS = 10
COMMAND_SECONDS = 20
ANSWER_SECONDS = 60
NOTIFY = "NOTIFY=SUCCESS,FAILURE,DELAY"
HEAD_ALONE = "RET=HDRS"


class NotAccepted(Exception):
    """The server did not take it now; trying again later is safe."""


class Refused(Exception):
    """The server will never take it."""


class LoginFailed(NotAccepted):
    """The user name or password is wrong; a person must look."""


class Unknown(Exception):
    """The text was on its way and no answer came."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where and how to hand over mail. security: "tls" (from the first byte), "starttls" or "none"."""

    place: Place
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    verify: bool = True
    reports: bool = False  # ask for a report also when the mail has arrived (RFC 3461), if the server can


@dataclass(frozen=True)
class Accepted:
    """The server has the message. `refused` are the recipients it did not want, with its words."""

    answer: str
    refused: dict[str, str]


def send(
    raw: bytes,
    *,
    server: Server,
    sender: str,
    recipients: Sequence[str],
    before_text: Callable[[], None],
    is_secret: bool = False,
) -> Accepted:
    """Send one mail. `before_text` is called after all recipients were answered and before the text goes out.

    is_secret: should it come back, the server is asked to return its head alone (RFC 3461), if it can.
    """
    client = _connect(server)
    try:
        refused = _envelope(client, sender, recipients, reports=server.reports, is_secret=is_secret)
        before_text()
        return Accepted(_text(client, raw), refused)
    finally:
        try:
            client.close()
        except OSError:
            pass


def check(server: Server) -> None:
    """Log in and leave. Raises NotAccepted or LoginFailed."""
    _connect(server).close()


class _Client(smtplib.SMTP):
    """Connects to the address that was checked and greets with the host's name."""

    def __init__(self, server: Server) -> None:
        self.server = server
        super().__init__(timeout=CONNECT_SECONDS)
        self._host = server.place.host

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((self.server.place.address, port), timeout)
        if self.server.security != "tls":
            return plain
        return context(self.server.verify).wrap_socket(plain, server_hostname=self.server.place.host)


def context(verify: bool) -> ssl.SSLContext:
    """TLS with certificates checked, unless the administrator accepted an unverified own server."""
    made = ssl.create_default_context()
    if not verify:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    return made


def _connect(server: Server) -> smtplib.SMTP:
    client = _Client(server)
    try:
        code, answer = client.connect(server.place.host, server.place.port)
        if code != 220:
            raise NotAccepted(_words(code, answer))
        if client.sock:
            client.sock.settimeout(COMMAND_SECONDS)
        client.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            client.starttls(context=context(server.verify))
            client.ehlo_or_helo_if_needed()
        if server.user:
            client.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        client.close()
        raise LoginFailed(_words(error.smtp_code, error.smtp_error)) from error
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        client.close()
        raise NotAccepted(str(error)[:500]) from error
    except NotAccepted:
        client.close()
        raise
    return client


def _envelope(
    client: smtplib.SMTP, sender: str, recipients: Sequence[str], *, reports: bool = False, is_secret: bool = False
) -> dict[str, str]:
    refused: dict[str, str] = {}
    later = ""
    options = [NOTIFY] if reports and client.has_extn("dsn") else []
    try:
        _expect(*client.mail(_ascii(sender), [HEAD_ALONE] if is_secret and client.has_extn("dsn") else []))
        for recipient in recipients:
            code, answer = client.rcpt(_ascii(recipient), options)
            if code not in (250, 251):
                refused[recipient] = _words(code, answer)
                later = later if code >= 500 else refused[recipient]
        if len(refused) == len(recipients):
            raise NotAccepted(later) if later else Refused("; ".join(refused.values())[:500])
        client.putcmd("data")
        _expect(*client.getreply(), wanted=354)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise NotAccepted(str(error)[:500]) from error
    return refused


def _text(client: smtplib.SMTP, raw: bytes) -> str:
    body = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in raw.split(b"\r\n"))
    try:
        if client.sock:
            client.sock.settimeout(ANSWER_SECONDS)
        client.send(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        code, answer = client.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Unknown(str(error)[:500]) from error
    _expect(code, answer)
    try:
        client.putcmd("quit")
    except (OSError, smtplib.SMTPException):
        pass
    return _words(code, answer)


def _expect(code: int, answer: bytes, wanted: int = 250) -> None:
    if code == wanted:
        return
    raise Refused(_words(code, answer)) if code >= 500 else NotAccepted(_words(code, answer))


def _words(code: int, answer: bytes | str) -> str:
    text = answer if isinstance(answer, str) else answer.decode("utf-8", "replace")
    return f"{code} {text}"[:300]


def _ascii(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}" if not domain.isascii() else address
