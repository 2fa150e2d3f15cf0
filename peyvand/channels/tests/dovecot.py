"""A real Dovecot for the tests, with its own folder and port; as root or as anybody."""

import grp
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from peyvand.channels.tests.stage import until
from peyvand.core.loopback import free_port

CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail/%u
first_valid_uid = 1
default_login_user = {login}
default_internal_user = {internal}
default_internal_group = {group}
auth_mechanisms = plain
mail_max_userip_connections = 100
namespace inbox {{
  inbox = yes
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
service imap-login {{
  {chroot}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  {chroot}
}}
service stats {{
  {chroot}
}}
"""


class Dovecot:
    """A running server; `deliver` puts a message in as a mail transfer agent would."""

    def __init__(self, home: Path, port: int, uid: int, gid: int) -> None:
        self.home = home
        self.port = port
        self.owner = (uid, gid)

    def add_user(self, name: str) -> None:
        """Make room for a user; everybody's password is `secret`."""
        for part in ("", "new", "cur", "tmp"):
            folder = self.home / "mail" / name / part
            folder.mkdir(parents=True, exist_ok=True)
            os.chown(folder, *self.owner)

    def deliver(self, name: str, raw: bytes) -> None:
        box = self.home / "mail" / name
        file = box / "tmp" / f"{uuid4().hex}.test"
        file.write_bytes(raw)
        os.chown(file, *self.owner)
        file.rename(box / "new" / file.name)

    def flags(self, name: str) -> list[str]:
        """The flags of every message that was looked at, from the names of its files."""
        return sorted(file.name.partition(":2,")[2] for file in (self.home / "mail" / name / "cur").iterdir())


def _users() -> dict[str, str | int]:
    if os.geteuid():
        me = pwd.getpwuid(os.geteuid())
        group = grp.getgrgid(me.pw_gid).gr_name
        return {"login": me.pw_name, "internal": me.pw_name, "group": group, "uid": me.pw_uid, "gid": me.pw_gid,
                "chroot": "chroot ="}  # fmt: skip
    mailer = pwd.getpwnam("nobody")
    return {"login": "dovenull", "internal": "dovecot", "group": "dovecot", "uid": mailer.pw_uid, "gid": mailer.pw_gid,
            "chroot": "chroot ="}  # fmt: skip


@contextmanager
def open_dovecot(home: Path, port: int | None = None) -> Iterator[Dovecot]:
    """Start it, wait until it listens, end it. `home` must be short: its sockets have long names."""
    binary = shutil.which("dovecot") or "/usr/sbin/dovecot"
    users = _users()
    server = Dovecot(home, port or free_port(), int(users["uid"]), int(users["gid"]))
    for folder in (home, home / "mail"):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        os.chown(folder, *server.owner)
    config = home / "dovecot.conf"
    config.write_text(CONFIG.format(home=home, port=server.port, **users))
    process = subprocess.Popen([binary, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: _listens(server.port) or _check(process, home), 20)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def _listens(port: int) -> bool:
    with open("/proc/net/tcp", encoding="ascii") as table:
        return any(f"0100007F:{port:04X}" in line and " 0A " in line for line in table)


def _check(process: "subprocess.Popen[bytes]", home: Path) -> bool:
    log = home / "log"
    assert process.poll() is None, log.read_text() if log.exists() else "dovecot did not start"
    return False
