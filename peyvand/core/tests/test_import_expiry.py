"""What remains of an import whose time is over: its records, and a clear word that it cannot be taken back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from peyvand.accounts.models import User
from peyvand.core import long_jobs
from peyvand.core.errors import NotFound
from peyvand.core.imports import kinds, selectors, services
from peyvand.core.imports.errors import WrongImportState
from peyvand.core.models import Import, ImportBlock, LongJob
from peyvand.core.tests import test_imports as stage
from peyvand.core.tests.importing_cast import FRIENDS, HOST, drop_table, friends, make_table


@pytest.fixture(autouse=True)
def importer(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    monkeypatch.setitem(kinds._importers, HOST, FRIENDS)
    make_table()
    with translation.override("en"):
        yield
    drop_table()


@pytest.fixture
def owner() -> User:
    return User.objects.create(username="alice", full_name="Alice", sort_key="alice", language="en")


@pytest.fixture
def ended(owner: User) -> Import:
    """An import of a month ago."""
    item = stage.planned(owner, stage.table(3))
    stage.run(owner, item)
    Import.objects.filter(pk=item.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    item.refresh_from_db()
    return item


def test_an_expired_import_is_gone_with_its_rows_and_its_records_stay(owner: User, ended: Import) -> None:
    assert services.forget_expired() == 1
    assert len(friends()) == 3 and not ImportBlock.objects.exists()
    with pytest.raises(NotFound):
        selectors.import_for(owner, ended.pk)
    for verb in (services.start_undo, services.start_import, services.forget_import):
        with pytest.raises(NotFound):
            verb(actor=owner, import_id=ended.pk)


def test_until_the_night_it_can_still_be_taken_back_and_then_outlives_the_night(owner: User, ended: Import) -> None:
    undo = services.start_undo(actor=owner, import_id=ended.pk)
    assert services.forget_expired() == 0
    stage.work()
    undo.refresh_from_db()
    assert undo.state == LongJob.State.DONE and friends() == []


def test_its_work_says_why_it_cannot_be_taken_back_any_more(owner: User, ended: Import) -> None:
    """The list of long work keeps the run for as long and offers to take it back."""
    services.forget_expired()
    undo = long_jobs.undo(job=LongJob.objects.get(pk=ended.job_id), owner_id=owner.pk)
    stage.work()
    undo.refresh_from_db()
    assert (undo.state, undo.tries) == (LongJob.State.FAILED, 1)
    assert undo.error == "The rows of this import are not kept any more, so it cannot be taken back."
    assert len(friends()) == 3


def test_what_is_being_taken_back_from_the_page_of_long_work_is_not_forgotten(owner: User, ended: Import) -> None:
    undo = long_jobs.undo(job=LongJob.objects.get(pk=ended.job_id), owner_id=owner.pk)
    assert services.forget_expired() == 0
    with pytest.raises(WrongImportState):
        services.forget_import(actor=owner, import_id=ended.pk)
    stage.work()
    undo.refresh_from_db()
    assert undo.state == LongJob.State.DONE and friends() == []
