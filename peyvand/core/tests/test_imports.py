"""An import from its first byte to its undo, with a kind of record of its own."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone, translation

from peyvand.accounts.models import User
from peyvand.core import long_jobs, sheets
from peyvand.core.errors import Conflict, Invalid, NotAllowed, NotFound, TooLarge
from peyvand.core.imports import kinds, mappings, rejects, selectors, services, sessions
from peyvand.core.imports.blocks import cells_of
from peyvand.core.imports.errors import BadPlan, ColumnsChanged, OutOfStep, WrongImportState
from peyvand.core.imports.reading import workbook
from peyvand.core.imports.types import Action, ColumnKind, ColumnPlan, Mode, Plan
from peyvand.core.long_job_slices import BELLS
from peyvand.core.models import Import, ImportChunk, LongJob
from peyvand.core.queue import Queue
from peyvand.core.tests.importing_cast import FRIENDS, HOST, drop_table, friends, make_table

PLAN = Plan(mode=Mode.BOTH, key="name", columns=[ColumnPlan(index=0, field="name"), ColumnPlan(index=1, field="phone")])


@pytest.fixture(autouse=True)
def importer(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    monkeypatch.setitem(kinds._importers, HOST, FRIENDS)
    make_table()
    yield
    drop_table()


@pytest.fixture
def owner() -> User:
    return User.objects.create(username="alice", full_name="Alice", sort_key="alice", language="en")


def work() -> None:
    """Run every bell as a worker does, until none is left."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'core.long_job_%' AND status = 'todo'"
                " RETURNING (args ->> 'job_id')::bigint, (args ->> 'attempt')::int"
            )
            found = cursor.fetchall()
        if not found:
            return
        for job_id, attempt in found:
            BELLS[Queue.BULK](job_id=job_id, attempt=attempt)


def brought(owner: User, data: bytes | str, name: str = "friends.csv") -> Import:
    """A file that was uploaded and read."""
    raw = data.encode() if isinstance(data, str) else data
    item = services.upload(actor=owner, host=HOST, file_name=name, pieces=[raw], size=len(raw))
    work()
    item.refresh_from_db()
    return item


def table(count: int) -> str:
    return "نام,موبایل\r\n" + "".join(f"friend {n:05},0912{n:07}\r\n" for n in range(count))


def planned(owner: User, data: bytes | str, plan: Plan = PLAN) -> Import:
    item = brought(owner, data)
    return services.save_plan(actor=owner, import_id=item.pk, plan=plan)


def run(owner: User, item: Import) -> Any:
    job = services.start_import(actor=owner, import_id=item.pk)
    work()
    job.refresh_from_db()
    return job


def test_a_file_comes_in_pieces_is_read_mapped_run_and_taken_back(owner: User) -> None:
    raw = table(4_500).encode()
    item = services.begin_upload(actor=owner, host=HOST, file_name="friends.csv", size=len(raw))
    at = 0
    while at < len(raw):
        at = services.add_chunk(actor=owner, import_id=item.pk, data=raw[at : at + 50_001], at=at)
    services.finish_upload(actor=owner, import_id=item.pk)
    work()
    item.refresh_from_db()
    assert (item.state, item.error, item.format, item.total, item.size) == ("ready", "", "csv", 4_500, len(raw))
    assert [(c.header, c.kind, c.field) for c in selectors.columns_of(item)] == [
        ("نام", ColumnKind.TEXT, "name"),
        ("موبایل", ColumnKind.PHONE, "phone"),
    ]
    services.save_plan(actor=owner, import_id=item.pk, plan=PLAN)
    shown = selectors.preview(owner, Import.objects.get(pk=item.pk), start=4_490)
    assert [row.number for row in shown.rows] == list(range(4_490, 4_500)) and shown.after is None
    assert shown.rows[0].verdict.action is Action.ADD and shown.rows[0].cells[1] == "09120004490"
    job = run(owner, item)
    assert (job.state, job.done, job.failed, job.result["add"]) == ("done", 4_500, 0, 4_500)
    assert len(friends()) == 4_500 and not ImportChunk.objects.exists()
    item.refresh_from_db()
    assert item.state == "done" and item.expires_at is not None
    undo = services.start_undo(actor=owner, import_id=item.pk)
    work()
    undo.refresh_from_db()
    assert (undo.state, undo.result["undone"]) == ("done", 4_500) and friends() == []


def test_a_piece_that_came_twice_is_passed_over_and_one_that_leaves_a_gap_is_refused(owner: User) -> None:
    item = services.begin_upload(actor=owner, host=HOST, file_name="a.csv")
    assert services.add_chunk(actor=owner, import_id=item.pk, data=b"name,mobile\n", at=0) == 12
    assert services.add_chunk(actor=owner, import_id=item.pk, data=b"name,mobile\n", at=0) == 12
    with pytest.raises(OutOfStep):
        services.add_chunk(actor=owner, import_id=item.pk, data=b"x", at=13)
    assert services.add_chunk(actor=owner, import_id=item.pk, data=b"ali,1\n", at=12) == 18


def test_a_file_over_the_limit_is_refused_at_once_and_nothing_of_it_stays(owner: User, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 2 * 1024 * 1024
    with pytest.raises(TooLarge, match="2 مگابایت"):
        services.begin_upload(actor=owner, host=HOST, file_name="a.csv", size=2 * 1024**3)
    item = services.begin_upload(actor=owner, host=HOST, file_name="a.csv")
    services.add_chunk(actor=owner, import_id=item.pk, data=b"x" * 1_500_000, at=0)
    assert sorted(map(len, item.chunks.values_list("data", flat=True))) == [451_424, 1_048_576]
    with pytest.raises(TooLarge):
        services.add_chunk(actor=owner, import_id=item.pk, data=b"x" * 1_500_000, at=1_500_000)
    assert not Import.objects.exists() and not ImportChunk.objects.exists()

    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 1024 * 1024

    with pytest.raises(TooLarge):
        services.upload(actor=owner, host=HOST, file_name="a.csv", pieces=endless())
    assert not Import.objects.exists()


def test_an_import_is_its_owners_alone_and_the_importer_says_who_may(owner: User) -> None:
    charlie = User.objects.create(username="charlie", full_name="Charlie", sort_key="c", language="en")
    bob = User.objects.create(username="bob", full_name="Bob", sort_key="b", language="en")
    item = planned(owner, table(3))
    with pytest.raises(NotAllowed):
        services.begin_upload(actor=charlie, host=HOST, file_name="a.csv")
    for verb in (services.start_import, services.start_check, services.start_undo, services.forget_import):
        with pytest.raises(NotFound):
            verb(actor=bob, import_id=item.pk)
    with pytest.raises(NotFound):
        selectors.import_for(bob, item.pk)
    with pytest.raises(NotFound):
        services.begin_upload(actor=owner, host="tests.Nothing", file_name="a.csv")
    Import.objects.filter(pk=item.pk).update(owner=charlie)
    with pytest.raises(NotAllowed):
        services.start_import(actor=charlie, import_id=item.pk)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "picture"),
        (b"name,mobile\n", "no rows"),
        (b"PK\x03\x04" + bytes(300), "damaged"),
        (("c," * 2_000 + "\n").encode() * 3, "1,000 columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(owner: User, data: bytes, words: str) -> None:
    item = brought(owner, data)
    assert item.state == "refused" and words in item.error and not item.blocks.exists()
    with pytest.raises(WrongImportState):
        services.start_import(actor=owner, import_id=item.pk)


def test_a_reader_that_eats_too_much_is_ended_and_the_file_refused(owner: User, monkeypatch: Any) -> None:
    monkeypatch.setitem(sessions.LIMITS, "jsonl", (60, 60.0, 90))  # megabytes: hardly more than the interpreter
    item = brought(owner, b'[{"name": "' + b"x" * 60_000_000)
    assert item.state == "refused" and "memory" in item.error


def test_reading_goes_on_exactly_when_its_child_is_lost_after_every_slice(owner: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(long_jobs, "SLICE", 0.0)
    monkeypatch.setattr(services, "CHUNK", 40_000)
    raw = table(9_000).encode()
    at_once = brought(owner, raw)
    assert LongJob.objects.get(pk=at_once.read_job_id).attempt > 5

    def lost(_import_id: int, _number: int, session: Any) -> None:
        session.end()

    monkeypatch.setattr(sessions, "keep", lost)
    again = brought(owner, raw)
    rows = [[cells_of(block.rows) for block in item.blocks.order_by("number")] for item in (at_once, again)]
    assert rows[0] == rows[1] and [len(block) for block in rows[1]] == [2000, 2000, 2000, 2000, 1000]
    assert again.columns == at_once.columns and again.total == 9_000


def test_a_workbook_goes_on_after_its_child_was_lost(owner: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(long_jobs, "SLICE", 0.0)
    monkeypatch.setattr(workbook, "PORTION", 10_000)
    rows = [["نام", "موبایل"], *([f"friend {n}", f"0912{n:07}"] for n in range(23_000))]
    data = b"".join(sheets.whole(sheets.Format.XLSX, rows))
    monkeypatch.setattr(sessions, "keep", lambda _import, _number, session: session.end())
    item = brought(owner, data, "friends.xlsx")
    assert (item.state, item.format, item.total) == ("ready", "xlsx", 23_000)
    read = [row for block in item.blocks.order_by("number") for row in cells_of(block.rows)]
    assert read == rows[1:]


def test_the_person_corrects_a_cell_and_leaves_a_row_out(owner: User) -> None:
    item = planned(owner, "name,mobile\nali,1\nsara,2\n,3\nreza,4\n")
    services.fix_row(actor=owner, import_id=item.pk, number=2, cells={0: "nameless"})
    services.fix_row(actor=owner, import_id=item.pk, number=1, cells=None)
    item.refresh_from_db()
    shown = {row.number: row for row in selectors.preview(owner, item).rows}
    assert shown[2].cells == ["nameless", "3"] and shown[2].fixed == {0} and shown[2].verdict.action is Action.ADD
    assert shown[1].is_left_out and shown[1].verdict.action is Action.SKIP
    job = run(owner, item)
    assert (job.result["add"], job.result["skip"], job.result.get("refuse", 0)) == (3, 1, 0)
    assert friends() == [("ali", "1"), ("nameless", "3"), ("reza", "4")]


def test_a_correction_can_be_taken_back_and_has_its_bounds(owner: User) -> None:
    item = planned(owner, "name,mobile\nali,1\n")
    services.fix_row(actor=owner, import_id=item.pk, number=0, cells={1: "2"})
    services.fix_row(actor=owner, import_id=item.pk, number=0, cells={0: "sara"})
    assert Import.objects.get().fixes == {"0": {"1": "2", "0": "sara"}}
    services.fix_row(actor=owner, import_id=item.pk, number=0, cells={})
    assert Import.objects.get().fixes == {}
    with pytest.raises(NotFound):
        services.fix_row(actor=owner, import_id=item.pk, number=1, cells=None)
    with pytest.raises(Invalid):
        services.fix_row(actor=owner, import_id=item.pk, number=0, cells={2: "x"})


MESSY = 'name,mobile\nali,1\n,2\n\n"reza,3\nsara,4,5\nmina,6\n'


def test_rows_with_problems_are_shown_alone_counted_and_come_back_as_a_workbook(owner: User) -> None:
    item = planned(owner, MESSY)
    shown = selectors.preview(owner, item, only_problems=True)
    assert [row.number for row in shown.rows] == [1, 3, 4]
    with translation.override("en"):
        assert [str(row.verdict.problems[0]) for row in selectors.preview(owner, item, only_problems=True).rows][
            1:
        ] == [
            "A quotation mark of this row is not closed, so its cells cannot be told apart.",
            "This row has more cells than the heading.",
        ]
    some = selectors.counts(owner, item)
    assert (some.actions, some.is_whole) == ({"add": 2, "refuse": 3}, True)
    check = services.start_check(actor=owner, import_id=item.pk)
    work()
    check.refresh_from_db()
    item.refresh_from_db()
    assert check.state == "done" and item.counts == {"add": 2, "refuse": 3} and item.blocks.get().problems == [1, 3, 4]
    assert friends() == []
    job = run(owner, item)
    assert (job.done, job.failed, job.result["blank"]) == (3, 3, 1)
    item.refresh_from_db()
    found, after = selectors.results(item, action=Action.REFUSE)
    assert [each.outcome.reason for each in found][0] == "no name" and after is None
    with translation.override("en"):
        data = b"".join(rejects.rejects_file(item, sheets.Format.XLSX))
    back = brought(owner, data, "back.xlsx")
    rows = cells_of(back.blocks.get().rows)
    assert [c.header for c in selectors.columns_of(back)] == ["name", "mobile", "Row", "Reason"]
    assert [(row[2], row[3]) for row in rows][0] == ("3", "no name") and len(rows) == 3
    plain = b"".join(rejects.rejects_file(item, sheets.Format.CSV)).decode("utf-8-sig")
    assert plain.splitlines()[1] == '"","2","3","no name"'


def test_undo_gives_back_what_nobody_touched_since_and_tells_the_rest(owner: User) -> None:
    run(owner, planned(owner, "name,mobile\nali,1\nsara,2\n"))
    item = planned(owner, "name,mobile\nali,9\nsara,2\nreza,3\n")
    job = run(owner, item)
    assert (job.result["update"], job.result["unchanged"], job.result["add"]) == (1, 1, 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE friends SET phone = 'mine' WHERE name = 'reza'")
    services.start_undo(actor=owner, import_id=item.pk)
    work()
    assert friends() == [("ali", "1"), ("reza", "mine"), ("sara", "2")]
    item.refresh_from_db()
    assert item.state == "undone" and LongJob.objects.get(pk=item.job_id).state == "undone"
    left, after = selectors.left_by_undo(item)
    assert [(row.label, row.left) for row in left] == [("reza", ["changed since"])] and after is None
    with pytest.raises(Conflict):
        services.start_undo(actor=owner, import_id=item.pk)


def test_a_plan_must_fit_the_file_and_the_fields(owner: User) -> None:
    item = brought(owner, "name,mobile,mobile 2\nali,1,2\n")

    def save(plan: Plan) -> None:
        services.save_plan(actor=owner, import_id=item.pk, plan=plan)

    name, phone = ColumnPlan(index=0, field="name"), ColumnPlan(index=1, field="phone")
    with pytest.raises(BadPlan):
        save(Plan(mode=Mode.BOTH, key="name", columns=[phone]))
    with pytest.raises(BadPlan):
        save(Plan(mode=Mode.UPDATE, key="", columns=[name]))
    with pytest.raises(BadPlan):
        save(Plan(mode=Mode.ADD, columns=[ColumnPlan(index=0, field="salary")]))
    with pytest.raises(BadPlan):
        save(Plan(mode=Mode.ADD, columns=[name, ColumnPlan(index=1, field="name")]))
    with pytest.raises(ColumnsChanged):
        save(Plan(mode=Mode.ADD, columns=[ColumnPlan(index=7, field="name")]))
    with pytest.raises(ColumnsChanged):
        save(Plan(mode=Mode.ADD, columns=[ColumnPlan(index=0, field="name", header="family")]))
    save(Plan(mode=Mode.ADD, columns=[name, phone, ColumnPlan(index=2, field="phone")]))
    with pytest.raises(Conflict):
        services.save_plan(actor=owner, import_id=item.pk, plan=PLAN, version=1)


def test_reading_again_takes_what_the_person_says_until_the_import_begins(owner: User) -> None:
    item = planned(owner, "نام;موبایل\nali;1\n")
    services.read_again(actor=owner, import_id=item.pk, shape={"header_row": None, "delimiter": ";"})
    work()
    item.refresh_from_db()
    assert (item.total, item.plan, item.fixes, item.state) == (2, {}, {}, "ready")
    assert [column["header"] for column in item.columns] == ["", ""]
    with pytest.raises(Invalid):
        services.read_again(actor=owner, import_id=item.pk, shape={"encoding": "rot13"})
    ImportChunk.objects.all().delete()
    with pytest.raises(WrongImportState):
        services.read_again(actor=owner, import_id=item.pk, shape={"delimiter": ","})


def test_a_saved_mapping_finds_its_columns_wherever_they_stand(owner: User) -> None:
    item = brought(owner, "موبایل,نام\n1,ali\n")
    columns = [ColumnPlan(index=1, field="name", header="نام"), ColumnPlan(index=0, field="phone", header="موبایل")]
    services.save_plan(actor=owner, import_id=item.pk, plan=Plan(key="name", columns=columns, quiet=False))
    mappings.save_mapping(actor=owner, import_id=item.pk, name="Friends")
    other = brought(owner, "شهر,نام,موبايل\nx,ali,1\n")
    plan = mappings.proposed_plan(owner, other)
    assert {(column.index, column.field) for column in plan.columns} == {(1, "name"), (2, "phone")}
    assert plan.key == "name" and plan.quiet is False
    mappings.delete_mapping(actor=owner, mapping_id=mappings.mappings_of(owner, HOST).get().pk)
    plan = mappings.proposed_plan(owner, other)
    assert (plan.mode, plan.key, plan.quiet) == (Mode.BOTH, "name", True)
    with pytest.raises(NotFound):
        mappings.delete_mapping(actor=owner, mapping_id=1)


def test_what_is_over_is_forgotten(owner: User) -> None:
    done, ready = planned(owner, table(3)), brought(owner, table(3))
    run(owner, done)
    unfinished = services.begin_upload(actor=owner, host=HOST, file_name="a.csv")
    now = timezone.now()
    Import.objects.filter(pk=unfinished.pk).update(changed_at=now - timedelta(days=2))
    Import.objects.filter(pk=ready.pk).update(changed_at=now - timedelta(days=2))
    assert services.forget_expired() == 1
    assert set(Import.objects.values_list("pk", flat=True)) == {done.pk, ready.pk} and not ImportChunk.objects.exists()
    Import.objects.filter(pk=done.pk).update(expires_at=now - timedelta(days=1))
    assert services.forget_expired() == 1 and len(friends()) == 3
    services.forget_import(actor=owner, import_id=ready.pk)
    assert not Import.objects.exists()


def test_what_was_cancelled_is_forgotten_after_a_month_and_what_runs_is_not(owner: User) -> None:
    item = planned(owner, table(3))
    job = services.start_import(actor=owner, import_id=item.pk)
    Import.objects.update(changed_at=timezone.now() - timedelta(days=31))
    assert services.forget_expired() == 0
    with pytest.raises(WrongImportState):
        services.forget_import(actor=owner, import_id=item.pk)
    long_jobs.cancel(job=job)
    assert services.forget_expired() == 1 and not Import.objects.exists()
