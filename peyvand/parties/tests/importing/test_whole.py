"""A file from its upload to its undo, by slices of long work as workers run them; killed in the middle, and erased."""

import os
import random
import signal
import time
import zlib
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections, transaction

from peyvand.accounts.models import RolePermission, User
from peyvand.core import long_jobs
from peyvand.core.imports import services
from peyvand.core.imports.types import ColumnPlan, Mode, Plan
from peyvand.core.long_job_slices import OPEN, run_slice
from peyvand.core.models import Import, ImportBlock, LongJob
from peyvand.parties.importing.importer import IMPORTER
from peyvand.parties.models import ContactPoint, Party, PartyFacts
from peyvand.parties.services.derived import derive
from peyvand.parties.services.erasing import erase_party
from peyvand.parties.services.relations import ensure_relation_types
from peyvand.parties.tests.conftest import make_branch, make_user
from peyvand.parties.tests.importing.conftest import EVERYTHING
from peyvand.parties.tests.importing.test_deciding import person
from peyvand.parties.tests.importing.test_undoing import everything

HEADS = ("نام و نام خانوادگی", "موبایل", "ایمیل", "شهر", "نام شرکت")
FIELDS = ("name", "mobile", "email", "city", "organisation")


def work(job: LongJob | None) -> LongJob:
    """Run a job to its end, slice by slice."""
    assert job is not None
    job.refresh_from_db()
    while job.state in OPEN:
        run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
    assert job.state in {LongJob.State.DONE, LongJob.State.UNDONE}, (job.error, job.result)
    return job


def table(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(",".join(row) for row in (HEADS, *rows)).encode("utf-8-sig")


def uploaded(actor: User, data: bytes) -> Import:
    item = services.upload(actor=actor, host=IMPORTER.host, file_name="a.csv", pieces=[data])
    work(item.read_job)
    columns = [ColumnPlan(index=at, field=name, header=HEADS[at]) for at, name in enumerate(FIELDS)]
    return services.save_plan(actor=actor, import_id=item.pk, plan=Plan(mode=Mode.BOTH, key="mobile", columns=columns))


def test_a_file_comes_in_and_goes_back(nora: User) -> None:
    person(nora, "علی", "09121234567", city="تهران")
    before = everything()
    rows = (
        ("علی", "9121234567", "", "قم", ""),
        ("سارا", "09350000000", "s@x.example", "", "شرکت نو"),
        ("بد", "12", "", "", ""),
    )
    item = uploaded(nora, table(*rows))
    fields = {column["field"] for column in item.columns}
    assert fields == set(FIELDS)  # proposed by their heads
    job = work(services.start_import(actor=nora, import_id=item.pk))
    assert [job.result[name] for name in ("add", "update", "refuse")] == [1, 1, 1]
    events = apps.get_model("parties", "PartyEvent")._default_manager.filter(pgh_context__metadata__long_job=job.pk)
    assert events.filter(pgh_context__metadata__user=nora.pk).exists()
    undo = work(services.start_undo(actor=nora, import_id=item.pk))
    assert undo.result["undone"] >= 2 and undo.result.get("left", 0) == 0
    assert everything() == before


def test_a_repeated_key_in_another_block_is_found_after_a_new_start(nora: User) -> None:
    rows = [(f"نام {n}", f"0912{n:07d}", "", "", "") for n in range(1, 2002)] + [("دیگری", "09120000001", "", "", "")]
    item = uploaded(nora, table(*rows))
    job = services.start_import(actor=nora, import_id=item.pk)
    work(job)
    job.refresh_from_db()
    assert (job.result["add"], job.result["refuse"]) == (2001, 1)
    assert not Party.objects.filter(name="دیگری").exists()


def test_an_erased_person_is_gone_from_the_import_and_its_undo_leaves_him(
    nora: User, tmp_path: Any, settings: Any
) -> None:
    settings.DATA = tmp_path
    RolePermission.objects.create(role=nora.grants.get().role, permission="parties.erase", scope="all")
    known = person(nora, "کهنه پنهان‌زاده", "09121234567", city="تهران")
    rows = ("پنهان‌زاده", "9121234567", "p@secret.example", "قم", ""), ("سارا", "09350000000", "", "", "")
    item = uploaded(nora, table(*rows))
    services.fix_row(actor=nora, import_id=item.pk, number=0, cells={3: "شیراز پنهان"})
    work(services.start_import(actor=nora, import_id=item.pk))
    known.refresh_from_db()
    report = erase_party(actor=nora, party=known)
    assert report["core.imported_rows"] == 1
    [block] = ImportBlock.objects.all()
    from_block = b"".join(zlib.decompress(bytes(data)) for data in (block.rows, block.outcome)).decode()
    item.refresh_from_db()
    texts = [from_block, str(item.fixes), str(item.columns)]
    assert not [text for text in texts if "پنهان" in text or "secret" in text or "9121234567" in text]
    assert "سارا" in from_block
    assert erase_party(actor=nora, party=known)["core.imported_rows"] == 1  # again: the same empty row
    work(services.start_undo(actor=nora, import_id=item.pk))
    known.refresh_from_db()
    assert (known.name, known.city) == ("—", "") and not Party.objects.filter(name="سارا").exists()


def in_a_process_that_is_killed(job: LongJob, after: float) -> None:
    connections.close_all()
    pid = os.fork()
    if not pid:
        try:
            work(LongJob.objects.get(pk=job.pk))
        finally:
            os._exit(0)
    time.sleep(after)  # the moment of the kill, not a wait for something
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def end_of(job: LongJob, luck: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill the worker some times in the middle, and let the last one end it."""
    monkeypatch.setattr(long_jobs, "SLICE", 0.05)
    for _time in range(6):
        in_a_process_that_is_killed(job, luck.uniform(0.1, 0.7))
        assert is_whole()
    work(job)


def is_whole() -> bool:
    """Is nothing half written: every customer with his address, his facts and his row in the history?

    Counted in one moment: what the killed worker had told the database to commit may be committed a little later.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        parties = Party.objects.count()
        history = apps.get_model("parties", "PartyEvent")._default_manager
        made = history.filter(pgh_label="insert").values("pgh_obj_id").distinct().count()
        gone = history.filter(pgh_label="delete").values("pgh_obj_id").distinct().count()
        return ContactPoint.objects.count() == parties == PartyFacts.objects.count() == made - gone


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_an_import_and_of_its_undo(monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_relation_types()
    nora = make_user("nora", make_branch("تهران"), EVERYTHING)
    luck, count = random.Random(20261130), 9_000
    item = uploaded(nora, table(*((f"نام {n}", f"0912{n:07d}", "", "قم", "") for n in range(1, count + 1))))
    job = services.start_import(actor=nora, import_id=item.pk)
    end_of(job, luck, monkeypatch)
    assert Party.objects.count() == ContactPoint.objects.count() == count
    job.refresh_from_db()
    assert job.result["add"] == count == job.done
    assert Party.objects.filter(version=1).count() == count  # no row was written twice
    sample = list(Party.objects.order_by("pk")[:50].values("search", "completeness"))
    derive(Party.objects.order_by("pk").values_list("pk", flat=True)[:50])
    assert sample == list(Party.objects.order_by("pk")[:50].values("search", "completeness"))
    end_of(services.start_undo(actor=nora, import_id=item.pk), luck, monkeypatch)
    assert not Party.objects.exists() and not ContactPoint.objects.exists() and not PartyFacts.objects.exists()
