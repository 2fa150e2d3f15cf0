"""The processes of an installation, each as a function that runs until it is told to stop."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces, Loops

from peyvand.config.postgres import die_with_parent

DOOR = "peyvand.channels.doors.run.run_door"
PAGES = "peyvand.config.asgi.application"


def run_worker(name: str) -> None:
    """Serve the queues of one worker plan: interactive, inbound or bulk."""
    plans = {plan.name: plan for plan in import_string("peyvand.core.queue_worker.PLANS")}
    import_string("peyvand.core.queue_worker.run_worker")(plans[name])


def run_scheduler() -> None:
    import_string("peyvand.core.scheduler.run_scheduler")()


def run_door() -> None:
    """Receive mail: the SMTP and LMTP listener and the IMAP mailboxes."""
    import_string(DOOR)()


def run_web() -> None:
    """Answer pages, the API and the live stream on one port."""
    logging.getLogger("_granian").setLevel(logging.WARNING)
    server = Granian(
        target=PAGES,
        address=settings.BIND,
        port=settings.PORT,
        interface=Interfaces.ASGINL,
        loop=Loops.uvloop,
        workers=settings.WEB_PROCESSES,
        log_enabled=False,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=4,  # open live streams end here; pages are done long before
        backlog=1024,
    )
    server.serve(target_loader=_load_pages)


def _load_pages(target: str) -> Callable[..., Any]:
    """Called in each process of the web server: it must not outlive its parent.

    What is loaded now stays: the collector need not look through it again while a page waits.
    """
    die_with_parent(signal.SIGKILL)
    application: Callable[..., Any] = import_string(target)
    gc.collect()
    gc.freeze()
    return application


def heart_of(role: str, run: Callable[[], None]) -> Callable[[], None]:
    """`run` with a heartbeat beside it."""

    def beating() -> None:
        heart = import_string("peyvand.core.heartbeats.Heart")(role=role)
        heart.start()
        try:
            run()
        finally:
            heart.stop()

    return beating


WORKERS = ("interactive", "inbound", "bulk")
ROLES: dict[str, Callable[[], None]] = {
    **{f"worker-{name}": partial(run_worker, name) for name in WORKERS},
    "scheduler": run_scheduler,
    "door": heart_of("door", run_door),
    "web": heart_of("web", run_web),
}


def is_here(path: str) -> bool:
    """Does this installation have the part with that dotted name?"""
    try:
        import_string(path)
    except ImportError:
        return False
    return True
