"""Looks at all customers that are stopped in the middle or begun twice, and what a machine may lose by it."""

import pytest
from django.db import connection

from peyvand.accounts.models import Branch, User
from peyvand.core import long_jobs
from peyvand.core.errors import PeyvandError
from peyvand.core.long_job_slices import run_slice
from peyvand.core.models import LongJob
from peyvand.parties.models import DuplicateKey, DuplicatePair, Party
from peyvand.parties.services.duplicates import follow_changes, start_scan
from peyvand.parties.services.duplicates.scanning import SCAN, ScanRuns
from peyvand.parties.tests.conftest import make_user
from peyvand.parties.tests.settling import settle
from peyvand.parties.tests.test_duplicates import ALL, PHONE, party, scan, twins
from peyvand.parties.tests.test_merging_together import together


@pytest.fixture
def sara(tehran: Branch) -> User:
    return make_user("sara", tehran, ALL)


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_a_look_at_the_same_moment_begin_one(sara: User) -> None:
    for _round in range(3):
        found = together(lambda: start_scan(actor=sara), lambda: start_scan(actor=sara))
        assert sorted(type(each).__name__ for each in found) == ["LongJob", "ScanRuns"], found
        assert isinstance(next(each for each in found if not isinstance(each, LongJob)), PeyvandError | ScanRuns)
        assert LongJob.objects.filter(kind=SCAN).count() == 1
        LongJob.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_look_that_was_stopped_in_the_middle_blinds_nobody(sara: User, tehran: Branch) -> None:
    old = party("علی رضایی", tehran, phone=PHONE)
    scan(sara)
    settle()
    while follow_changes():
        pass
    job = start_scan(actor=sara)
    run_slice(job.pk, 0, rings=False)  # the keys are emptied, and not made yet
    assert DuplicateKey.objects.filter(party_id=old.pk).count() == 0
    job.refresh_from_db()
    long_jobs.cancel(job=job)
    new = party("علی رضایی", tehran, phone=PHONE)
    settle()
    for _look in range(3):
        follow_changes()
    assert DuplicatePair.objects.filter(first=old, second=new).exists()
    assert DuplicateKey.objects.filter(party_id=old.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_look_that_goes_on_after_a_pause_ends_and_finds(sara: User, tehran: Branch) -> None:
    one, other = twins(tehran)
    job = start_scan(actor=sara)
    run_slice(job.pk, 0, rings=False)
    job.refresh_from_db()
    long_jobs.pause(job=job)
    follow_changes()
    job.refresh_from_db()
    long_jobs.resume(job=job)
    for _slice in range(10):
        job.refresh_from_db()
        run_slice(job.pk, job.attempt, rings=False)
    job.refresh_from_db()
    assert job.state == LongJob.State.DONE
    assert DuplicatePair.objects.filter(first=one, second=other).count() == 1
    new = party("علی رضایی", tehran, phone=PHONE)
    settle()
    follow_changes()
    assert DuplicatePair.objects.filter(second=new).count() == 2


@pytest.mark.django_db(transaction=True)
def test_keys_lost_in_a_crash_are_made_again(sara: User, tehran: Branch) -> None:
    one, other = twins(tehran)
    scan(sara)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE parties_duplicatekey")  # unlogged: what a crash of the database does
    DuplicatePair.objects.all().delete()
    Party.objects.filter(pk=other.pk).update(job_title="x")
    settle()
    follow_changes()
    assert DuplicatePair.objects.filter(first=one, second=other).exists()
