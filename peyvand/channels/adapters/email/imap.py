"""A mailbox on another server: connect to the checked address, log in, know what the server said meanwhile."""

import imaplib
import io
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field

from imap_tools import BaseMailBox

from peyvand.channels.adapters.email.send import context
from peyvand.core.outgoing import Place

SOCKET_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class ImapServer:
    """Where a mailbox is and how to open it. security: "tls", "starttls" or "none"."""

    place: Place
    security: str
    user: str
    password: str = field(repr=False)
    folder: str
    verify: bool


def connect(server: ImapServer) -> "Box":
    """Log in and choose nothing yet. Raises OSError, imaplib's errors, MailboxLoginError."""
    box = Box(server)
    try:
        box.login(server.user, server.password, initial_folder=None)
        _, answer = box.client.capability()  # many servers offer IDLE only to those who logged in
        box.client.capabilities = tuple(b" ".join(answer).decode("ascii", "replace").upper().split())
        return box
    except BaseException:
        with suppress(OSError, imaplib.IMAP4.error):
            box.client.shutdown()
        raise


class Client(imaplib.IMAP4):
    """imaplib that connects to the checked address and proves the certificate of the host's name."""

    def __init__(self, server: ImapServer) -> None:
        self.server = server
        super().__init__(server.place.host, server.place.port, timeout=SOCKET_SECONDS)

    def has_news(self) -> bool:
        """Whether the server announced mail before IDLE began: within another answer, or in what is not read yet."""
        if "EXISTS" in self.untagged_responses:
            return True
        before = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            return isinstance(self.file, io.BufferedReader) and bool(self.file.peek(1))
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        finally:
            self.sock.settimeout(before)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self.server.place.address, self.server.place.port), timeout)
        if self.server.security != "tls":
            return plain
        return context(self.server.verify).wrap_socket(plain, server_hostname=self.server.place.host)


class Box(BaseMailBox):
    """imap-tools over such a client."""

    def __init__(self, server: ImapServer) -> None:
        self.server = server
        self.client: Client
        super().__init__()

    def _get_mailbox_client(self) -> Client:
        client = Client(self.server)
        if self.server.security == "starttls":
            client.starttls(ssl_context=context(self.server.verify))
        return client
