"""A real Dovecot of one's own: no root needed, one user, a random port of the loopback interface."""

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/run
mail_location = maildir:{home}/mail
log_path = {home}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {me}
default_login_user = {me}
default_internal_group = {group}
first_valid_uid = 0
mail_max_userip_connections = 50
passdb {{
  driver = static
  args = password={password} allow_nets=127.0.0.0/8
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Dovecot:
    """One IMAP server with one mailbox."""

    def __init__(self, *, user: str, password: str) -> None:
        self.user, self.password = user, password
        self.home = Path(tempfile.mkdtemp(prefix="dovecot-"))
        # Dovecot's login process refuses root: give the whole of it to nobody then.
        self.owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until the mailbox can be opened."""
        program = shutil.which("dovecot", path="/usr/sbin:/usr/bin:/usr/local/sbin")
        assert program, "Dovecot is missing: apt-get install dovecot-imapd (make test does it)"
        configuration = self.home / "dovecot.conf"
        configuration.write_text(
            CONFIGURATION.format(
                home=self.home,
                me=self.owner.pw_name,
                group=grp.getgrgid(self.owner.pw_gid).gr_name,
                uid=self.owner.pw_uid,
                gid=self.owner.pw_gid,
                port=self.port,
                password=self.password,
            )
        )
        (self.home / "mail").mkdir()
        for path in (self.home, *self.home.iterdir()):
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)
        self.process = subprocess.Popen(
            [program, "-F", "-c", str(configuration)], user=self.owner.pw_uid, group=self.owner.pw_gid, extra_groups=[]
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                self.login().logout()
                return
            except (OSError, imaplib.IMAP4.error):
                time.sleep(0.05)
        log = self.home / "log"
        raise AssertionError(f"Dovecot did not start: {log.read_text() if log.exists() else 'no log'}")

    def login(self) -> imaplib.IMAP4:
        """Open the mailbox."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login(self.user, self.password)
        return client

    def put(self, mail: bytes) -> None:
        """Put a message into the inbox, as a mail server would."""
        with self.login() as client:
            answer, _ = client.append("INBOX", "", imaplib.Time2Internaldate(time.time()), mail)
            assert answer == "OK"

    def stop(self) -> None:
        """Stop it."""
        if self.process:
            self.process.terminate()
            self.process.wait(10)
        shutil.rmtree(self.home)
