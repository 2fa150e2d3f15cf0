"""A slice of an import that is written in lanes: who writes which block, who waits for whom.

The slice itself writes nothing: every block is a transaction of its lane, which counts its rows at the job. The slice
ends when its time is over and the blocks that were begun are committed; its commit raises the job's `attempt`, which
is the fence of the blocks as well.
"""

import time
from typing import Any

from django.conf import settings

from peyvand.core.imports.kinds import Importer
from peyvand.core.imports.lanes import crew as crews
from peyvand.core.imports.lanes.crew import Crew, Hand
from peyvand.core.imports.lanes.traffic import Traffic, Turn
from peyvand.core.imports.types import Plan
from peyvand.core.long_job_kinds import Slice
from peyvand.core.models import Import, LongJob

SECONDS = 15.0  # of a slice: at its end lanes wait for one another
_GOES_ON = (LongJob.State.WAITING, LongJob.State.RUNNING)


def fits(importer: Importer, actor: Any, plan: Plan, item: Import) -> bool:
    """Is this import written in lanes? Large files are, where the importer can and there is a second processor."""
    if importer.lanes is None or settings.IMPORT_LANES < 2 or item.total < settings.IMPORT_LANES_FROM:
        return False
    return importer.lanes.fits(actor, plan)


def conduct(job: LongJob, item: Import) -> Slice:
    """Have blocks written until the time of the slice is over, one at least. Raises what a block failed with."""
    begun, rows = time.monotonic(), _rows(job)
    at = job.cursor.get("block", 0)
    waiting = item.blocks.filter(number__gte=at, outcome=None).order_by("number").values_list("number", flat=True)
    crew = crews.take(job.pk, job.attempt) or Crew(settings.IMPORT_LANES)
    try:
        conductor = _Conductor(job, crew, Traffic.of(waiting))
        conductor.run(begun + SECONDS)
    except BaseException:
        crew.end()
        raise
    left = conductor.traffic.pending
    if left and not conductor.is_stopping:
        crews.keep(job.pk, job.attempt + 1, crew)
    else:
        crew.end()
    return Slice(cursor={"block": left[0] if left else at}, done=_rows(job) - rows, finished=not left, is_counted=True)


def _rows(job: LongJob) -> int:
    """How many rows are counted at the job by now."""
    done, failed = LongJob.objects.values_list("done", "failed").get(pk=job.pk)
    return done + failed


class _Conductor:
    def __init__(self, job: LongJob, crew: Crew, traffic: Traffic) -> None:
        self.job, self.crew, self.traffic = job, crew, traffic
        self.is_stopping = False
        self.error: Exception | None = None

    def run(self, until: float) -> None:
        self._give()
        while self.traffic.flights:
            for hand in self.crew.heard_from():
                self._hear(hand)
            self._tell()
            if time.monotonic() < until and self._goes_on():
                self._give()
        if self.error is not None:
            raise self.error

    def _goes_on(self) -> bool:
        """Has nobody paused or cancelled it meanwhile? Then the slice ends with the blocks that are begun."""
        if self.crew.free() is None:
            return True
        return LongJob.objects.filter(pk=self.job.pk, state__in=_GOES_ON).exists()

    def _give(self) -> None:
        """Every free lane gets the lowest block that nobody has begun."""
        while not self.is_stopping and (hand := self.crew.free()) is not None:
            number = self.traffic.begin()
            if number is None:
                return
            hand.block = number
            if not hand.say(job=self.job.pk, attempt=self.job.attempt, block=number):
                self._lose(hand)

    def _tell(self) -> None:
        """Tell lanes whose blocks are decided what they may do."""
        lanes = {hand.block: hand for hand in self.crew.hands if hand.block is not None}
        for number, turn in self.traffic.turns():
            answer = Turn.LEAVE if self.is_stopping and turn is not Turn.GO else turn
            if not lanes[number].say(turn=answer):
                self._lose(lanes[number])

    def _hear(self, hand: Hand) -> None:
        heard = hand.hear()
        if heard is None:
            self._lose(hand)
        elif heard["said"] == "ready":
            hand.is_ready = True
        elif hand.block is not None:
            self._note(hand, hand.block, heard)

    def _note(self, hand: Hand, number: int, heard: dict[str, Any]) -> None:
        if heard["said"] == "decided":
            self.traffic.decided(number, heard["used"], heard["read"])
            return
        hand.block = None
        if heard["said"] == "written":
            self.traffic.written(number)
            for other in self.crew.hands:
                if other is not hand:
                    other.untold += heard["refs"]
            return
        self.traffic.given_up(number)
        if heard["said"] == "lost":
            self.is_stopping = True
        elif heard["said"] == "failed":
            self._fail(hand)

    def _fail(self, hand: Hand) -> None:
        """What fails elsewhere is tried in the lane of this process, where its reason is known."""
        if hand is self.crew.first:
            self.error, self.is_stopping = self.crew.first.lane.error, True
        else:
            self._lose(hand)

    def _lose(self, hand: Hand) -> None:
        self.crew.drop(hand)
        if hand.block is not None:
            self.traffic.given_up(hand.block)
            hand.block = None
        if hand is self.crew.first:
            raise RuntimeError("the lane of this process has ended")
