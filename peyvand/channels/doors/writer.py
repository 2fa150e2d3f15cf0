"""Many sessions' messages in one transaction: a commit costs the same for one message as for two hundred.

While a batch is being committed the next one gathers, so that a single message waits for nobody and a flood is written
in large batches. A session gets its answer only after the commit that holds its message.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from peyvand.channels import services
from peyvand.channels.types import Inbound, Received

logger = logging.getLogger(__name__)

BATCH_MESSAGES = 200
BATCH_BYTES = 16 * 1024 * 1024


class DatabaseAway(Exception):
    """Nothing was stored; the other side keeps the message and tries again."""


class Unstorable(Exception):
    """This very message cannot be stored, whatever is tried."""


@dataclass
class _Waiting:
    inbounds: Sequence[Inbound]
    size: int
    done: "asyncio.Future[list[Received]]"


class GroupWriter:
    """One task that writes; `store` waits until the message is committed."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail-writer")
        self._task: asyncio.Task[None] | None = None
        self._held: _Waiting | None = None

    def start(self) -> None:
        """Begin to write, in the running loop."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Finish nothing more; sessions that still wait get no answer and send again later."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(self._thread, _close)
        self._thread.shutdown(wait=True)

    async def store(self, inbounds: Sequence[Inbound]) -> list[Received]:
        """Store the copies of one message (one for each channel it is for), all or none.

        Raises DatabaseAway (temporary) or Unstorable (for good).
        """
        future: asyncio.Future[list[Received]] = asyncio.get_running_loop().create_future()
        await self._queue.put(_Waiting(inbounds, sum(len(one.raw) for one in inbounds), future))
        return await future

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            batch = await self._gather()
            try:
                outcomes = await loop.run_in_executor(self._thread, _write, [one.inbounds for one in batch])
            except asyncio.CancelledError:
                for one in batch:
                    one.done.cancel()
                raise
            except Exception as error:  # the writer outlives everything: without it no mail is taken
                logger.exception("a batch could not be written")
                await asyncio.gather(loop.run_in_executor(self._thread, _close), return_exceptions=True)
                outcomes = [DatabaseAway(str(error)) for _ in batch]
            for one, outcome in zip(batch, outcomes, strict=True):
                if one.done.done():
                    continue
                if isinstance(outcome, Exception):
                    one.done.set_exception(outcome)
                else:
                    one.done.set_result(outcome)
            del batch, outcomes

    async def _gather(self) -> list[_Waiting]:
        first = self._held or await self._queue.get()
        self._held = None
        batch, size = [first], first.size
        while len(batch) < BATCH_MESSAGES and not self._queue.empty():
            following = self._queue.get_nowait()
            if size + following.size > BATCH_BYTES:
                self._held = following
                break
            batch.append(following)
            size += following.size
        return batch


def _close() -> None:
    """Close the connection of the thread that calls."""
    connection.close()


def _write(groups: list[Sequence[Inbound]]) -> list["list[Received] | Exception"]:
    """All groups in one transaction; when that fails for a reason of one of them, each by itself."""
    try:
        received = services.receive_batch([one for group in groups for one in group])
    except (OperationalError, InterfaceError) as error:
        return _away(error, len(groups))
    except (DatabaseError, ValueError) as error:
        if len(groups) == 1:
            logger.error("a message cannot be stored: %s", error)
            return [Unstorable(str(error))]
        return [outcome for group in groups for outcome in _write([group])]
    outcomes: list[list[Received] | Exception] = []
    for group in groups:
        outcomes.append(received[: len(group)])
        received = received[len(group) :]
    return outcomes


def _away(error: Exception, count: int) -> list["list[Received] | Exception"]:
    logger.warning("nothing can be stored now: %s", str(error).strip())
    connection.close()
    return [DatabaseAway(str(error)) for _ in range(count)]
