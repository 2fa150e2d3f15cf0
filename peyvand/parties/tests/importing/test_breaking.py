"""What happens around an import while it runs: rights go, fields go, it is paused and cancelled, others write too."""

from collections.abc import Iterator

import pytest

from peyvand.accounts.models import Branch, RolePermission, User
from peyvand.core import custom_fields, long_jobs
from peyvand.core.errors import NotFound
from peyvand.core.imports import selectors, services
from peyvand.core.imports.types import ColumnPlan, FieldRule, Mode, Plan
from peyvand.core.long_job_slices import run_slice
from peyvand.core.models import CustomField, Import, LongJob
from peyvand.parties.fields import HOST
from peyvand.parties.importing.importer import IMPORTER
from peyvand.parties.models import ContactPoint, Party, Tag
from peyvand.parties.tests.conftest import make_user
from peyvand.parties.tests.importing.conftest import EVERYTHING
from peyvand.parties.tests.importing.test_deciding import person
from peyvand.parties.tests.importing.test_undoing import everything
from peyvand.parties.tests.importing.test_whole import table, uploaded, work

ROWS = 4_001  # three blocks


@pytest.fixture(autouse=True)
def a_block_a_slice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(long_jobs, "SLICE", 0.0)
    yield


def many(count: int = ROWS, city: str = "قم") -> bytes:
    return table(*((f"نام {n}", f"0912{n:07d}", "", city, "") for n in range(1, count + 1)))


def begun(nora: User) -> tuple[Import, LongJob]:
    """An import of which one block of three is written."""
    item = uploaded(nora, many())
    job = services.start_import(actor=nora, import_id=item.pk)
    run_slice(job.pk, job.attempt, rings=False)
    job.refresh_from_db()
    assert Party.objects.count() == job.done == 2_000
    return item, job


def one_more_slice(job: LongJob) -> LongJob:
    job.refresh_from_db()
    run_slice(job.pk, job.attempt, rings=False)
    job.refresh_from_db()
    return job


def test_who_loses_the_right_writes_no_further_row_and_gets_a_sentence(nora: User) -> None:
    item, job = begun(nora)
    RolePermission.objects.filter(permission="parties.import").delete()
    one_more_slice(job)
    assert (job.state, job.tries, Party.objects.count()) == (LongJob.State.FAILED, 1, 2_000) and job.error
    RolePermission.objects.create(role=nora.grants.get().role, permission="parties.import", scope="branch")
    long_jobs.retry(job=job)
    work(job)
    item.refresh_from_db()
    assert Party.objects.filter(version=1).count() == Party.objects.count() == ROWS and item.state == "done"


def test_a_field_that_is_removed_meanwhile_stops_the_import_with_its_name(nora: User) -> None:
    field = CustomField.objects.create(host=HOST, kind="text", label="رنگ", norm="رنگ")
    custom_fields.forget()
    item = uploaded(nora, many())
    columns = [ColumnPlan(index=0, field="name"), ColumnPlan(index=3, field=f"custom:{field.pk}")]
    services.save_plan(actor=nora, import_id=item.pk, plan=Plan(mode=Mode.ADD, columns=columns))
    job = one_more_slice(services.start_import(actor=nora, import_id=item.pk))
    key = f"custom:{field.pk}"
    field.delete()
    custom_fields.forget()
    one_more_slice(job)
    assert (job.state, Party.objects.count()) == (LongJob.State.FAILED, 2_000)
    assert job.tries == 1 and key in job.error


def test_cancelled_while_paused_it_keeps_what_is_done_and_is_taken_back(nora: User) -> None:
    before = everything()
    item, job = begun(nora)
    long_jobs.pause(job=job)
    assert one_more_slice(job).state == LongJob.State.PAUSED and Party.objects.count() == 2_000
    long_jobs.cancel(job=job)
    assert one_more_slice(job).state == LongJob.State.CANCELLED and Party.objects.count() == 2_000
    work(services.start_undo(actor=nora, import_id=item.pk))
    assert not Party.objects.exists() and everything() == before


def test_an_undo_leaves_what_a_second_import_wrote_over_it(nora: User) -> None:
    ali = person(nora, "علی", "09120000001", city="تهران", job_title="مدیر")
    first = uploaded(nora, table(("علی", "09120000001", "a@x.example", "قم", "")))
    work(services.start_import(actor=nora, import_id=first.pk))
    second = uploaded(nora, table(("علی", "09120000001", "", "کرج", "")))
    work(services.start_import(actor=nora, import_id=second.pk))
    undo = work(services.start_undo(actor=nora, import_id=first.pk))
    ali.refresh_from_db()
    assert ali.city == "کرج" and not ali.contact_points.filter(kind="email").exists()
    first.refresh_from_db()
    [row], _after = selectors.left_by_undo(first)
    assert undo.result["left"] == 1 and row.left == ["شهر از آن پس تغییر کرده است."]
    work(services.start_undo(actor=nora, import_id=second.pk))
    ali.refresh_from_db()
    assert ali.city == "قم"  # what the second had found


def test_adding_the_same_file_twice_adds_nothing_the_second_time(nora: User) -> None:
    person(nora, "علی", "09120000001")
    data = "نام,موبایل,برچسب‌ها,یادداشت,موبایل ۲\nعلی,09120000001,ویژه,سلام,09350000000\n".encode()
    names = ("name", "mobile", "tags", "note", "mobile")
    states = []
    for _time in range(2):
        item = services.upload(actor=nora, host=IMPORTER.host, file_name="a.csv", pieces=[data])
        work(item.read_job)
        columns = [ColumnPlan(index=at, field=name, rule=FieldRule.APPEND) for at, name in enumerate(names)]
        services.save_plan(actor=nora, import_id=item.pk, plan=Plan(mode=Mode.BOTH, key="mobile", columns=columns))
        job = work(services.start_import(actor=nora, import_id=item.pk))
        states.append((ContactPoint.objects.count(), Tag.objects.count(), Party.objects.get().notes.count()))
    assert states[0] == states[1] == (2, 1, 1) and job.result["unchanged"] == 1


def test_an_import_is_its_owners_alone(nora: User, tabriz: Branch) -> None:
    item, _job = begun(nora)
    other = make_user("omid", nora.branch, EVERYTHING)  # of her own branch, with every right to import
    far = make_user("farid", tabriz, EVERYTHING)
    for who in (other, far):
        with pytest.raises(NotFound):
            selectors.import_for(who, item.pk)
        for verb in (services.start_undo, services.start_check, services.forget_import):
            with pytest.raises(NotFound):
                verb(actor=who, import_id=item.pk)
