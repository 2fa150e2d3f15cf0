"""An import that only added customers goes back in several lanes, with the result of one after the other."""

import threading
from typing import Any

import pytest

from peyvand.accounts.models import User
from peyvand.core import long_jobs
from peyvand.core.imports import blocks, running, services
from peyvand.core.imports.lanes import crew, taking_back
from peyvand.core.long_job_slices import run_slice
from peyvand.core.models import Import, ImportBlock, LongJob
from peyvand.parties.importing import undoing
from peyvand.parties.models import Party
from peyvand.parties.services.editing import set_field
from peyvand.parties.services.relations import ensure_relation_types
from peyvand.parties.tests.conftest import make_branch, make_user
from peyvand.parties.tests.importing.conftest import EVERYTHING
from peyvand.parties.tests.importing.test_deciding import person
from peyvand.parties.tests.importing.test_lanes import elsewhere, imported, people, plain
from peyvand.parties.tests.importing.test_whole import is_whole, work


@pytest.fixture
def mina(transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> User:
    settings.IMPORT_LANES, settings.IMPORT_LANES_FROM = 3, 1
    monkeypatch.setattr(crew, "beside", lambda count: [crew.ThreadHand() for _ in range(count)])
    ensure_relation_types()
    return make_user("mina", make_branch("تهران"), EVERYTHING)


def begun(actor: User, count: int = 10, size: int = 8) -> LongJob:
    """A finished import of new people, whose undo is begun."""
    work(imported(actor, plain(count, size)))
    return services.start_undo(actor=actor, import_id=Import.objects.get().pk)


def told() -> list[list[Any]]:
    """What is said of each row that was taken back, without the numbers of customers."""
    packed = ImportBlock.objects.exclude(undone=None).order_by("number").values_list("undone", flat=True)
    found = [row for each in packed if each for row in blocks.undone_of(each).rows]
    return [[row.number, row.is_undone, list(row.left)] for row in found]


def changed_since(actor: User) -> None:
    """Three of the new people are worked with meanwhile."""
    ids = list(Party.objects.filter(name__in=["نام 3", "نام 40", "نام 77"]).order_by("pk"))
    for party in ids[:2]:
        set_field(actor=actor, party=party, key="city", raw="تهران")
    Party.objects.filter(pk=ids[2].pk).update(version=9, organisation=None)


@pytest.mark.parametrize("seconds", [0.0, 15.0])
def test_lanes_take_back_what_one_would(
    mina: User, settings: Any, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(taking_back, "SECONDS", seconds)
    person(mina, "کهنه", "09350000001", city="قم")
    seen: set[str] = set()
    monkeypatch.setattr(undoing, "_tell", lambda *_who: seen.add(threading.current_thread().name))
    results = []
    for lanes in (1, 3):
        settings.IMPORT_LANES = 3
        job = begun(mina)
        changed_since(mina)
        settings.IMPORT_LANES = lanes
        work(job)
        job.refresh_from_db()
        assert is_whole_with(3)
        results.append([told(), job.result, job.done, job.total, [row[:4] for row in people()]])
        Import.objects.all().delete()
        Party.objects.filter(name__startswith="نام").delete()
    assert results[0] == results[1] and results[0][1] == {"undone": 77, "left": 3}
    assert len({name for name in seen if name.startswith("import undo")}) > (1 if seconds else 0)


def is_whole_with(left: int) -> bool:
    """Are the old customer and those who stay all that is there?"""
    return Party.objects.count() == left + 1 and is_whole()


def test_a_block_that_fails_is_tried_again_and_the_others_stay(mina: User, monkeypatch: pytest.MonkeyPatch) -> None:
    job = begun(mina)
    original, calls = undoing._delete, []

    def delete(ids: set[int]) -> None:
        original(ids)
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("the disk is full")

    monkeypatch.setattr(undoing, "_delete", delete)
    run_slice(job.pk, job.attempt, rings=False)
    job.refresh_from_db()
    gone = sum(ImportBlock.objects.exclude(undone=None).values_list("count", flat=True))
    assert job.state in long_jobs.ENDED or job.tries == 1
    assert job.done == gone == 80 - Party.objects.count() and is_whole()
    work(job)
    job.refresh_from_db()
    assert (job.done, job.result["undone"], Party.objects.count()) == (80, 80, 0)
    assert Import.objects.get().state == Import.State.UNDONE


def test_nothing_is_taken_back_after_a_cancel(mina: User, monkeypatch: pytest.MonkeyPatch) -> None:
    job = begun(mina)
    original, calls = undoing._delete, []

    def delete(ids: set[int]) -> None:
        original(ids)
        calls.append(1)
        if len(calls) == 4:  # deleted, not committed
            elsewhere(lambda: long_jobs.cancel(job=LongJob.objects.get(pk=job.pk)))

    monkeypatch.setattr(undoing, "_delete", delete)
    run_slice(job.pk, job.attempt, rings=False)
    job.refresh_from_db()
    gone = sum(ImportBlock.objects.exclude(undone=None).values_list("count", flat=True))
    assert job.state == "cancelled" and 0 < job.done == gone == 80 - Party.objects.count() < 80


def test_what_was_changed_goes_back_one_after_the_other(mina: User) -> None:
    person(mina, "کهنه", "09120000003", city="تهران")
    work(imported(mina, plain(4)))
    item = Import.objects.get()
    assert not taking_back.fits(running.importer_of(item.host), mina, item)
