"""Mailboxes on other servers: one thread each, woken by IDLE, taking every message once.

The ledger leads: what a folder holds beyond the first UID that is ours is first written down as seen, then fetched and
stored, then marked as read on the server. A reconciliation compares the folder's UIDs with the ledger, so a message
that slipped through (a lost connection, a crash between two steps) is fetched then, and the books show it until it
is.
"""

import imaplib
import logging
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from imap_tools.errors import ImapToolsError, MailboxLoginError

from peyvand.channels import services
from peyvand.channels.adapters.email import limits
from peyvand.channels.adapters.email.imap import Box, connect
from peyvand.channels.models import Channel, Mailbox, Sighting
from peyvand.channels.services.servers import imap_server
from peyvand.channels.types import Inbound
from peyvand.core.errors import PeyvandError

logger = logging.getLogger("peyvand.mail")

IDLE_SECONDS = 60
RECONCILE_SECONDS = 300
BATCH_BYTES = 8 * 1024 * 1024
BATCH_MESSAGES = 50
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0
TROUBLE = (
    OSError,
    imaplib.IMAP4.error,
    ImapToolsError,
    PeyvandError,
    DatabaseError,
    InterfaceError,
    ValueError,
    KeyError,
)


class MailboxReader(threading.Thread):
    """Reads one channel's mailbox until it is told to stop; every trouble ends in a new try after a growing pause."""

    def __init__(self, channel_id: int, *, idle_seconds: float = IDLE_SECONDS) -> None:
        super().__init__(name=f"imap-{channel_id}", daemon=True)
        self.channel_id = channel_id
        self.idle_seconds = idle_seconds
        self.ended = threading.Event()

    def run(self) -> None:
        """Connect, read, wait; again and again."""
        wait = FIRST_WAIT
        while not self.ended.is_set():
            began = time.monotonic()
            try:
                self._session()
            except TROUBLE as error:
                logger.warning("mailbox of channel %s: %s", self.channel_id, _words(error))
                self._note(_words(error))
            except Exception as error:
                logger.exception("mailbox of channel %s", self.channel_id)
                self._note(_words(error))
            finally:
                connection.close()
            wait = FIRST_WAIT if time.monotonic() - began > 60 else min(wait * 2, LONGEST_WAIT)
            self.ended.wait(wait)

    def stop(self) -> None:
        """End soon; a message that is being stored is stored."""
        self.ended.set()

    def _session(self) -> None:
        channel = Channel.objects.get(pk=self.channel_id)
        server = imap_server(channel)
        connection.close()
        with connect(server) as box:
            folder = Folder(box, channel, server.folder)
            reconciled = float("-inf")
            while not self.ended.is_set():
                box.client.untagged_responses.pop("EXISTS", None)
                if time.monotonic() - reconciled > RECONCILE_SECONDS:
                    folder.reconcile()
                    reconciled = time.monotonic()
                else:
                    folder.take_new()
                connection.close()
                self._idle(box)

    def _idle(self, box: Box) -> None:
        """Wait for news. Slices of a second, so that the end is noticed; without IDLE, look every 15 s."""
        if "IDLE" not in {str(one).upper() for one in box.client.capabilities}:
            self.ended.wait(min(15.0, self.idle_seconds))
            return
        end = time.monotonic() + self.idle_seconds
        with box.idle as idle:
            if box.client.has_news():
                return
            while time.monotonic() < end and not self.ended.is_set():
                if idle.poll(timeout=1):
                    return

    def _note(self, error: str) -> None:
        with suppress(DatabaseError, InterfaceError):
            newest = Mailbox.objects.filter(channel_id=self.channel_id).order_by("-pk").first()
            if newest is None:
                newest = Mailbox(channel_id=self.channel_id, folder="INBOX", uid_validity=0)
            newest.error = error[:1000]
            newest.checked_at = timezone.now()
            newest.save()


class Folder:
    """One folder of an open mailbox and its lines in the ledger."""

    def __init__(self, box: Box, channel: Channel, name: str) -> None:
        self.box = box
        self.channel = channel
        self.row = self._chosen(name)

    def _chosen(self, name: str) -> Mailbox:
        self.box.folder.set(name)
        status = self.box.folder.status(name, ["UIDVALIDITY", "UIDNEXT"])
        known = Mailbox.objects.filter(channel=self.channel, folder=name)
        renewed = known.filter(uid_validity__gt=0).exclude(uid_validity=status["UIDVALIDITY"]).exists()
        everything = bool((self.channel.settings.get("imap") or {}).get("import_existing")) or renewed
        row, created = Mailbox.objects.get_or_create(
            channel=self.channel,
            folder=name,
            uid_validity=status["UIDVALIDITY"],
            defaults={"first_uid": 1 if everything else status["UIDNEXT"]},
        )
        if created:
            known.exclude(pk=row.pk).update(missing=0, error="")
        return row

    def take_new(self) -> int:
        """Fetch what came since the last line of the ledger. Returns how many."""
        uids = Sighting.objects.filter(channel=self.channel, place=self.row.place).order_by("-pk")
        newest = max((int(uid) for uid in uids.values_list("uid", flat=True)[:500]), default=self.row.first_uid - 1)
        return self._take([uid for uid in self._uids(newest + 1) if uid > newest])

    def reconcile(self) -> int:
        """Compare the folder with the ledger and fetch what is missing. Returns how many were."""
        on_server = self._uids(self.row.first_uid)
        lines = Sighting.objects.filter(channel=self.channel, place=self.row.place)
        done = {int(uid) for uid in lines.exclude(outcome=Sighting.Outcome.SEEN).values_list("uid", flat=True)}
        missing = [uid for uid in on_server if uid not in done]
        self._checked(len(missing))
        taken = self._take(missing)
        gone = {str(uid) for uid in on_server}
        lines.filter(outcome=Sighting.Outcome.SEEN).exclude(uid__in=gone).update(
            outcome=Sighting.Outcome.SKIPPED, reason="deleted_before_fetch"
        )
        self._checked(len(missing) - taken)
        return taken

    def _checked(self, missing: int) -> None:
        Mailbox.objects.filter(pk=self.row.pk).update(missing=missing, error="", checked_at=timezone.now())

    def _uids(self, first: int) -> list[int]:
        found = self.box.uids(f"UID {first}:*")
        return sorted(int(uid) for uid in found if int(uid) >= first)

    def _take(self, uids: Sequence[int]) -> int:
        """Write down, fetch, store, mark as read: in this order."""
        taken = 0
        for start in range(0, len(uids), BATCH_MESSAGES):
            part = uids[start : start + BATCH_MESSAGES]
            Sighting.objects.bulk_create(
                [
                    Sighting(channel=self.channel, place=self.row.place, uid=str(uid), outcome=Sighting.Outcome.SEEN)
                    for uid in part
                ],
                ignore_conflicts=True,
            )
            taken += self._fetch(part)
        return taken

    def _fetch(self, uids: Sequence[int]) -> int:
        sizes = self._sizes(uids)
        waiting: list[Inbound] = []
        held = taken = 0
        for uid in uids:
            size = sizes.get(uid)
            if size is not None and size > limits.MESSAGE_BYTES:
                self._skip(uid, "too_large", size)
                taken += 1
                continue
            if waiting and held + (size or 0) > BATCH_BYTES:
                taken += self._keep(waiting)
                waiting, held = [], 0
            raw = self._raw(uid)
            reason = "deleted_before_fetch" if raw is None else services.unfit(raw)
            if raw is None or reason:
                self._skip(uid, reason, len(raw or b"") or size or 0)
                taken += 1
                continue
            waiting.append(Inbound(channel_id=self.channel.pk, raw=raw, place=self.row.place, uid=str(uid)))
            held += len(raw)
        return taken + self._keep(waiting)

    def _keep(self, waiting: list[Inbound]) -> int:
        if not waiting:
            return 0
        services.receive_batch(waiting)
        self.box.client.uid("STORE", ",".join(one.uid for one in waiting), "+FLAGS.SILENT", r"(\Seen)")
        return len(waiting)

    def _skip(self, uid: int, reason: str, size: int) -> None:
        services.record_skip(
            channel_id=self.channel.pk, place=self.row.place, uid=str(uid), reason=reason, details={"size": size}
        )

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        status, lines = self.box.client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
        sizes: dict[int, int] = {}
        if status != "OK":
            return sizes
        for line in lines:
            words = (line if isinstance(line, bytes) else b"").replace(b"(", b" ").replace(b")", b" ").upper().split()
            if b"UID" in words and b"RFC822.SIZE" in words:
                sizes[int(words[words.index(b"UID") + 1])] = int(words[words.index(b"RFC822.SIZE") + 1])
        return sizes

    def _raw(self, uid: int) -> bytes | None:
        status, answer = self.box.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
        if status != "OK":
            raise imaplib.IMAP4.error(f"FETCH {uid}: {status}")
        return next((bytes(item[1]) for item in answer if isinstance(item, tuple) and len(item) > 1), None)


def _words(error: BaseException) -> str:
    if isinstance(error, MailboxLoginError):
        return "the server does not accept the user name or the password"
    return f"{type(error).__name__}: {error}"[:500]
