"""Logging in to a mailbox and leaving again, to say whether its settings are right."""

import imaplib
import socket

from peyvand.channels.adapters.email.send import LoginFailed, NotAccepted, context
from peyvand.core.outgoing import Place

SECONDS = 10


class _Client(imaplib.IMAP4):
    """Connects to the address that was checked, not to whatever its name says a moment later."""

    def __init__(self, place: Place, *, security: str, verify: bool) -> None:
        self.place, self.security, self.verify = place, security, verify
        super().__init__(place.host, place.port, SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self.place.address, self.place.port), timeout)
        if self.security != "tls":
            return plain
        return context(self.verify).wrap_socket(plain, server_hostname=self.place.host)


def check(place: Place, *, security: str, verify: bool, user: str, password: str, folder: str) -> None:
    """Log in, open the folder for reading, log out. Raises NotAccepted, LoginFailed with the server's words."""
    try:
        client = _Client(place, security=security, verify=verify)
    except (OSError, imaplib.IMAP4.error) as error:
        raise NotAccepted(str(error)) from error
    try:
        if security == "starttls":
            client.starttls(context(verify))
        _open(client, user, password, folder)
    except (OSError, imaplib.IMAP4.error) as error:
        raise NotAccepted(str(error)) from error
    finally:
        client.shutdown()


def _open(client: imaplib.IMAP4, user: str, password: str, folder: str) -> None:
    try:
        client.login(user, password)
    except imaplib.IMAP4.error as error:
        raise LoginFailed(str(error)) from error
    kind, answer = client.select(f'"{folder}"', readonly=True)
    if kind != "OK":
        raise NotAccepted(str(answer))
