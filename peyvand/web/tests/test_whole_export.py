"""The page that writes the whole installation: for few, with a passphrase, one file that is taken once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peyvand.accounts.models import RolePermission, User
from peyvand.accounts.services.moving import OneAtATime, start_whole_export
from peyvand.core.errors import NotAllowed
from peyvand.core.long_job_slices import BELLS
from peyvand.core.models import LongJob
from peyvand.core.moving import snapshot
from peyvand.core.moving.errors import WeakPassphrase
from peyvand.core.moving.opening import Opened
from peyvand.core.queue import Queue
from peyvand.parties.models import AccessLog
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PASSPHRASE = "a long passphrase"
Login = Callable[[User], Client]


@pytest.fixture
def root(cast: Cast) -> User:
    return cast.ada


def step(job: LongJob) -> None:
    BELLS[Queue.BULK](job_id=job.pk, attempt=job.attempt)
    job.refresh_from_db()


def worked(job: LongJob) -> LongJob:
    while job.state in ("waiting", "running"):
        step(job)
    return job


def test_the_page_begins_the_work_and_the_file_is_taken_once(
    root: User, logged_in: Login, drain: Callable[[], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peyvand.core.long_jobs.SLICE", 0.05)
    browser = logged_in(root)
    answer = browser.post(reverse("administration:moving"), {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    job, away = LongJob.objects.get(), f'<a class="btn btn-line btn-sm" href="{reverse("jobs:list")}">'
    shown = browser.get(reverse("jobs:job", args=[job.pk])).content.decode()
    assert shown.index('id="job"') < shown.index(away), "it goes with the part that is read anew"
    job = worked(job)
    assert answer.headers["Location"] == reverse("jobs:job", args=[job.pk])
    assert away not in browser.get(reverse("jobs:job", args=[job.pk])).content.decode()
    assert job.state == "done", job.error
    assert PASSPHRASE not in str(job.params) and job.attempt > 1, "several slices, and no passphrase in the database"
    page = browser.get(reverse("jobs:job", args=[job.pk])).content.decode()
    assert f"peyvand-{job.created_at:%Y-%m-%d}.zip" in page or reverse("jobs:file", args=[job.pk]) in page
    taken = browser.get(reverse("jobs:file", args=[job.pk]))
    assert taken["Content-Type"] == "application/zip"
    path = tmp_path / "whole.zip"
    path.write_bytes(b"".join(taken))  # type: ignore[arg-type]
    opened = Opened(path, PASSPHRASE)
    assert sum(len(list(opened.lines(part))) for part in opened.manifest.parts) == opened.manifest.rows == job.done
    assert browser.get(reverse("jobs:file", args=[job.pk])).status_code == 404
    drain()
    noted = AccessLog.objects.get(act=AccessLog.Act.EXPORTED)
    assert (noted.user, noted.count, noted.detail) == (root, job.done, {"list": "installation", "job": job.pk})


def test_the_pages_of_the_whole_export_ask_the_database_a_fixed_number_of_times(root: User, logged_in: Login) -> None:
    browser = logged_in(root)
    job = start_whole_export(actor=root, passphrase=PASSPHRASE)
    asked = {}
    for name, address in (("form", reverse("administration:moving")), ("work", reverse("jobs:job", args=[job.pk]))):
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        asked[name] = len(queries)
    assert asked == {"form": 4, "work": 5}


def test_two_passphrases_that_differ_or_are_short_begin_nothing(root: User, logged_in: Login) -> None:
    browser, address = logged_in(root), reverse("administration:moving")
    assert browser.get(address).status_code == 200
    for data in ({"passphrase": PASSPHRASE, "again": "another one"}, {"passphrase": "short", "again": "short"}, {}):
        assert browser.post(address, data).status_code == 422
    with pytest.raises(WeakPassphrase):
        start_whole_export(actor=root, passphrase="short")
    assert not LongJob.objects.exists()


def test_who_may_do_less_gets_neither_page_nor_file(root: User, cast: Cast, logged_in: Login) -> None:
    job = worked(start_whole_export(actor=root, passphrase=PASSPHRASE))
    for user in (cast.olivia, cast.bob):
        browser = logged_in(user)
        assert browser.get(reverse("administration:moving")).status_code == 403
        assert browser.get(reverse("jobs:file", args=[job.pk])).status_code == 404
        with pytest.raises(NotAllowed):
            start_whole_export(actor=user, passphrase=PASSPHRASE)
    RolePermission.objects.filter(permission="core.move").delete()
    assert logged_in(root).get(reverse("jobs:file", args=[job.pk])).status_code == 403


def test_only_one_is_written_at_a_time(root: User) -> None:
    start_whole_export(actor=root, passphrase=PASSPHRASE)
    with pytest.raises(OneAtATime):
        start_whole_export(actor=root, passphrase=PASSPHRASE)


def test_when_the_snapshot_is_lost_the_work_begins_anew(
    root: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("peyvand.core.long_jobs.SLICE", 0.0)
    job = start_whole_export(actor=root, passphrase=PASSPHRASE)
    for _slice in range(30):
        step(job)
    assert job.state == "running" and job.parts.count()
    snapshot.release(job.cursor["snapshot"])  # as when the worker is killed
    step(job)
    assert (job.cursor, job.done, job.parts.count()) == ({}, 0, 0)
    monkeypatch.setattr("peyvand.core.long_jobs.SLICE", 5.0)
    assert worked(job).state == "done", job.error


def test_a_stopped_work_leaves_no_file(root: User, logged_in: Login) -> None:
    job = start_whole_export(actor=root, passphrase=PASSPHRASE)
    browser = logged_in(root)
    browser.post(reverse("jobs:act", args=[job.pk]), {"act": "cancel"})
    assert browser.get(reverse("jobs:file", args=[job.pk])).status_code == 404
