"""Looking for duplicates: the whole base, what changed since, what a person decided, who sees which pair."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction

from peyvand.accounts.models import Branch, User
from peyvand.core import long_jobs
from peyvand.core.errors import NotAllowed
from peyvand.core.long_job_slices import run_slice
from peyvand.core.models import LongJob
from peyvand.parties.matching import PROBABLE
from peyvand.parties.models import ContactPoint, DuplicateKey, DuplicateMark, DuplicatePair, Party, Profile
from peyvand.parties.services.derived import touch
from peyvand.parties.services.duplicates import decide_not_same, follow_changes, reopen_pairs, start_scan
from peyvand.parties.services.duplicates.scanning import ScanRuns
from peyvand.parties.services.erasing import erase_party
from peyvand.parties.services.trash import delete_party
from peyvand.parties.tests.conftest import make_user

pytestmark = pytest.mark.django_db
ALL = {"parties.view": "all", "parties.duplicates": "all", "parties.change": "all", "parties.delete": "all"}
PHONE, MAIL = "+989121234567", "rezaei@example.ir"
State = DuplicatePair.State


@pytest.fixture
def sara(tehran: Branch) -> User:
    return make_user("sara", tehran, ALL)


def party(name: str, branch: Branch, *, phone: str = "", mail: str = "", **more: Any) -> Party:
    made = Party.objects.create(name=name, sort_key=name, branch=branch, **more)
    for kind, value in (("mobile", phone), ("email", mail)):
        if value:
            ContactPoint.objects.create(party=made, kind=kind, typed=value, value=value, identifies=False)
    return made


def scan(actor: User) -> LongJob:
    job = start_scan(actor=actor)
    for _slice in range(20):
        run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
        if job.state not in (LongJob.State.WAITING, LongJob.State.RUNNING):
            return job
    raise AssertionError(f"still {job.state}")


def pairs() -> list[tuple[int, int]]:
    return list(DuplicatePair.objects.order_by("first_id", "second_id").values_list("first_id", "second_id"))


def twins(branch: Branch) -> tuple[Party, Party]:
    one = party("علی رضایی", branch, phone=PHONE, city="تهران")
    return one, party("Ali Rezaei", branch, phone=PHONE, city="تهران")


def test_a_look_at_all_finds_pairs_with_points_and_reasons(sara: User, tehran: Branch) -> None:
    one, other = twins(tehran)
    party("مینا کاوه", tehran, phone="+989121111111", city="تهران")
    job = scan(sara)
    assert job.state == LongJob.State.DONE and job.result["found"] == 1 and job.done == job.total
    pair = DuplicatePair.objects.get()
    assert (pair.first_id, pair.second_id, pair.state) == (one.pk, other.pk, State.OPEN)
    assert pair.score >= PROBABLE and pair.reasons == ["phone_same", "name_script", "city_same"]


def test_only_who_may_look_at_all_starts_it_and_only_one_runs(sara: User, alice: User, tehran: Branch) -> None:
    with pytest.raises(NotAllowed):
        start_scan(actor=alice)
    start_scan(actor=sara)
    with pytest.raises(ScanRuns):
        start_scan(actor=sara)


def test_a_second_look_forgets_pairs_that_are_none_any_more(sara: User, tehran: Branch) -> None:
    one, _other = twins(tehran)
    scan(sara)
    ContactPoint.objects.filter(party=one).delete()
    Party.objects.filter(pk=one.pk).update(name="مینا کاوه")
    scan(sara)
    assert not pairs()


def test_the_look_begins_anew_when_the_keys_were_lost(sara: User, tehran: Branch) -> None:
    twins(tehran)
    job = start_scan(actor=sara)
    for _slice in range(2):
        run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
    DuplicateKey.objects.all().delete()  # as a crash of the database leaves an unlogged table
    while job.state in (LongJob.State.WAITING, LongJob.State.RUNNING):
        run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
    assert job.state == LongJob.State.DONE and len(pairs()) == 1


def test_a_slice_that_is_killed_leaves_nothing_half_done(sara: User, tehran: Branch) -> None:
    twins(tehran)
    job = start_scan(actor=sara)
    run_slice(job.pk, job.attempt, rings=False)
    job.refresh_from_db()
    before = DuplicateKey.objects.count()
    with transaction.atomic():
        run_slice(job.pk, job.attempt, rings=False)
        transaction.set_rollback(True)
    assert DuplicateKey.objects.count() == before
    assert scan_on(job).state == LongJob.State.DONE and len(pairs()) == 1


def scan_on(job: LongJob) -> LongJob:
    job.refresh_from_db()
    while job.state in (LongJob.State.WAITING, LongJob.State.RUNNING):
        run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
    return job


def test_it_pauses_and_is_cancelled(sara: User, tehran: Branch) -> None:
    twins(tehran)
    job = start_scan(actor=sara)
    run_slice(job.pk, job.attempt, rings=False)
    long_jobs.pause(job=job)
    job.refresh_from_db()
    run_slice(job.pk, job.attempt, rings=False)
    assert not pairs()
    long_jobs.resume(job=job)
    long_jobs.cancel(job=job)
    job.refresh_from_db()
    assert job.state == LongJob.State.CANCELLED
    assert start_scan(actor=sara).pk != job.pk


def test_a_large_block_is_compared_by_neighbours_only(sara: User, tehran: Branch) -> None:
    for number in range(60):
        party(f"مشتری {number:02d} شرکت", tehran, phone="+982188776655")
    one, other = twins(tehran)
    job = scan(sara)
    assert (one.pk, other.pk) in pairs()
    assert job.result["compared"] < 60 * 59 // 2


def settle() -> None:
    """Let changes be behind the horizon: the test's own transaction is always the newest."""
    while follow_changes():
        pass


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The horizon lies behind the test's own transaction, as it does once a transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        now = cursor.fetchone()[0]
    place = "peyvand.parties.services.duplicates.following.horizon"
    monkeypatch.setattr(place, lambda: (0, now + 1))


def again() -> None:
    """Every row of this test has the number of the one transaction it runs in: look at all of them again."""
    DuplicateMark.objects.update(xid=0, party_id=0)
    settle()


@pytest.mark.usefixtures("passed")
def test_new_and_changed_customers_are_compared_without_a_look_at_all(tehran: Branch) -> None:
    one, other = twins(tehran)
    settle()
    assert pairs() == [(one.pk, other.pk)]
    third = party("رضایی علی", tehran, phone=PHONE)
    again()
    assert (one.pk, third.pk) in pairs() and (other.pk, third.pk) in pairs()
    ContactPoint.objects.filter(party=other).delete()
    Party.objects.filter(pk=other.pk).update(name="Mina Kaveh", city="")
    touch([other.pk])
    again()
    assert pairs() == [(one.pk, third.pk)]


@pytest.mark.usefixtures("passed")
def test_who_is_in_the_trash_is_not_compared_and_comes_back(sara: User, tehran: Branch) -> None:
    one, other = twins(tehran)
    settle()
    delete_party(actor=sara, party=other)
    again()
    assert not DuplicatePair.objects.visible_to(sara).exists()
    assert not DuplicateKey.objects.filter(party_id=other.pk).exists()
    Party.objects.filter(pk=other.pk).update(deleted_at=None)
    again()
    assert DuplicatePair.objects.visible_to(sara).count() == 1 and one.pk


@pytest.mark.usefixtures("passed")
def test_not_the_same_is_remembered_until_there_is_new_evidence_that_weighs(sara: User, tehran: Branch) -> None:
    one, other = twins(tehran)
    settle()
    pair = DuplicatePair.objects.get()
    assert decide_not_same(actor=sara, pair_ids=[pair.pk]) == [pair.pk]
    again()
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by_id) == (State.NOT_SAME, sara.pk)
    for each in (one, other):  # a little more evidence
        Party.objects.filter(pk=each.pk).update(job_title="x")
    again()
    pair.refresh_from_db()
    assert pair.state == State.NOT_SAME
    for each in (one, other):
        Profile.objects.create(party=each, birth_date=dt.date(1990, 1, 1))
    again()
    pair.refresh_from_db()
    assert pair.state == State.OPEN and "birth_same" in pair.reasons


def test_not_the_same_can_be_taken_back(sara: User, tehran: Branch) -> None:
    twins(tehran)
    scan(sara)
    pair = DuplicatePair.objects.get()
    decide_not_same(actor=sara, pair_ids=[pair.pk])
    assert not decide_not_same(actor=sara, pair_ids=[pair.pk])
    assert reopen_pairs(actor=sara, pair_ids=[pair.pk]) == [pair.pk]
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by_id, pair.decided_reasons) == (State.OPEN, None, [])


def test_a_pair_is_seen_and_decided_only_by_who_sees_both(sara: User, tehran: Branch, tabriz: Branch) -> None:
    one, other = party("علی رضایی", tehran, phone=PHONE), party("علی رضایی", tabriz, phone=PHONE)
    scan(sara)
    near = make_user("near", tehran, {"parties.view": "branch", "parties.duplicates": "branch"})
    blind = make_user("blind", tehran, {"parties.view": "all"})
    pair = DuplicatePair.objects.get(first=one, second=other)
    assert [DuplicatePair.objects.visible_to(who).count() for who in (sara, near, blind)] == [1, 0, 0]
    assert decide_not_same(actor=near, pair_ids=[pair.pk]) == []
    with pytest.raises(NotAllowed):
        decide_not_same(actor=blind, pair_ids=[pair.pk])
    pair.refresh_from_db()
    assert pair.state == State.OPEN


def test_an_erased_customer_leaves_neither_pairs_nor_keys(sara: User, tehran: Branch) -> None:
    one, _other = twins(tehran)
    scan(sara)
    erase_party(actor=None, party=one)
    assert not pairs() and not DuplicateKey.objects.filter(party_id=one.pk).exists()
