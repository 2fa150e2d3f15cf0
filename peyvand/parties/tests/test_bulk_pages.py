"""Pages of a change of many customers, of single cells, and of exports."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from peyvand.accounts.models import RolePermission, User
from peyvand.api.testing import Caller
from peyvand.core import exports, long_job_files
from peyvand.core.errors import NotAllowed
from peyvand.core.list_state import Condition, ListState
from peyvand.core.long_job_kinds import KINDS
from peyvand.core.long_job_slices import BELLS
from peyvand.core.models import LongJob
from peyvand.core.queue import Queue
from peyvand.parties.models import AccessLog, Party, Segment, Tag
from peyvand.parties.services import exporting
from peyvand.parties.services.bulk import Selection
from peyvand.parties.services.editing import set_field

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def ann(alice: User) -> User:
    role = alice.grants.get().role
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=name, scope="branch")
        for name in ("parties.bulk", "parties.delete", "parties.export")
    )
    alice.language, alice.calendar, alice.digits = "en", "gregorian", "latin"
    alice.save()
    return alice


@pytest.fixture
def client(ann: User) -> Client:
    browser = Client()
    browser.force_login(ann)
    return browser


def make(user: User, count: int, **fields: Any) -> list[Party]:
    return Party.objects.bulk_create(
        Party(name=f"مشتری {n}", sort_key=f"{n:05}", search=f"مشتری {n}", **{"branch": user.branch, **fields})
        for n in range(count)
    )


def hidden(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, page.content.decode()
    return found[1]


def chosen(parties: list[Party]) -> str:
    return ",".join(str(party.pk) for party in parties)


def test_the_list_offers_the_bar_and_the_export_to_who_may(client: Client, ann: User) -> None:
    make(ann, 3)
    page = client.get(reverse("parties:list")).content.decode()
    assert "data-bulk-list" in page and reverse("parties:bulk_ask") in page and reverse("parties:export") in page
    RolePermission.objects.exclude(permission="parties.view").delete()
    page = client.get(reverse("parties:list")).content.decode()
    assert "data-bulk-list" not in page and reverse("parties:export") not in page


def test_from_the_choice_over_the_preview_to_the_change_and_back(client: Client, ann: User) -> None:
    parties = make(ann, 3)
    data = {"ids": chosen(parties), "key": "life_cycle"}
    asked = client.post(reverse("parties:bulk_ask"), data, headers=HTMX)
    assert "Change 3 customers" in asked.content.decode() and "<html" not in asked.content.decode()
    data = {"selection": hidden(asked, "selection"), "key": "life_cycle", "how": "set", "raw": "lost"}
    seen = client.post(reverse("parties:bulk_preview"), data, headers=HTMX)
    assert "Potential" in seen.content.decode() and "Lost" in seen.content.decode()
    done = client.post(reverse("parties:bulk_run"), {"plan": hidden(seen, "plan")}, headers=HTMX)
    assert done.status_code == 204
    events = json.loads(done["HX-Trigger"])
    assert "pv:chosen:done" in events and events["pv:toasts"]["items"][0]["text"] == "3 customers were changed."
    assert set(Party.objects.values_list("life_cycle", flat=True)) == {"lost"}
    client.post(events["pv:toasts"]["items"][0]["undo"], headers=HTMX)
    assert set(Party.objects.values_list("life_cycle", flat=True)) == {"potential"}


def test_it_works_without_scripts_too(client: Client, ann: User) -> None:
    parties = make(ann, 2)
    asked = client.post(reverse("parties:bulk_ask"), {"ids": [party.pk for party in parties], "key": "city"})
    assert "<html" in asked.content.decode() and "Change 2 customers" in asked.content.decode()
    data = {"selection": hidden(asked, "selection"), "key": "city", "how": "set", "raw": "قم"}
    seen = client.post(reverse("parties:bulk_preview"), data)
    assert "<html" in seen.content.decode()
    client.post(reverse("parties:bulk_run"), {"plan": hidden(seen, "plan")})
    assert set(Party.objects.values_list("city", flat=True)) == {"قم"}


def test_a_value_that_cannot_be_comes_back_with_its_reason(client: Client, ann: User) -> None:
    asked = client.post(reverse("parties:bulk_ask"), {"ids": chosen(make(ann, 1)), "key": "website"}, headers=HTMX)
    data = {"selection": hidden(asked, "selection"), "key": "website", "how": "set", "raw": "not a place"}
    again = client.post(reverse("parties:bulk_preview"), data, headers=HTMX)
    assert (
        again.status_code == 422
        and 'role="alert"' in again.content.decode()
        and "not a place" in again.content.decode()
    )


@pytest.mark.parametrize("data", [{}, {"ids": "x"}, {"selection": "forged"}, {"all": "1", "query": "f=password~is~x"}])
def test_a_choice_that_is_none_is_refused(client: Client, ann: User, data: dict[str, str]) -> None:
    make(ann, 1)
    assert client.post(reverse("parties:bulk_ask"), data | {"key": "city"}, headers=HTMX).status_code == 422


def test_a_forged_plan_changes_nothing(client: Client, ann: User) -> None:
    make(ann, 1)
    assert client.post(reverse("parties:bulk_run"), {"plan": "forged"}, headers=HTMX).status_code == 422
    assert not LongJob.objects.exists()


def test_the_whole_list_goes_to_the_page_of_its_job(client: Client, ann: User) -> None:
    make(ann, 205)
    data = {"all": "1", "query": "", "key": "life_cycle", "how": "set", "raw": "lost"}
    seen = client.post(reverse("parties:bulk_preview"), data, headers=HTMX)
    assert "Will change at most" in seen.content.decode() and "205" in seen.content.decode()
    answer = client.post(reverse("parties:bulk_run"), {"plan": hidden(seen, "plan")}, headers=HTMX)
    job = LongJob.objects.get()
    assert answer["HX-Redirect"] == reverse("jobs:job", args=[job.pk])
    page = client.get(answer["HX-Redirect"]).content.decode()
    assert "Life cycle: Lost, of 205 customers" in page and "0%" in page
    client.post(reverse("jobs:act", args=[job.pk]), {"act": "pause"})
    job.refresh_from_db()
    assert job.state == "paused"


def test_a_deletion_is_previewed_and_undone(client: Client, ann: User) -> None:
    parties = make(ann, 2)
    seen = client.post(reverse("parties:bulk_preview"), {"ids": chosen(parties), "how": "delete"}, headers=HTMX)
    client.post(reverse("parties:bulk_run"), {"plan": hidden(seen, "plan")}, headers=HTMX)
    assert not Party.objects.filter(deleted_at=None).exists()
    client.post(reverse("parties:bulk_undo", args=[LongJob.objects.get().pk]), headers=HTMX)
    assert Party.objects.filter(deleted_at=None).count() == 2


# Cells


def cell_of(party: Party, key: str) -> str:
    return reverse("parties:cell", args=[party.pk, key])


def test_a_cell_gives_its_input_and_saves_what_is_typed(client: Client, ann: User) -> None:
    (party,) = make(ann, 1, city="تهران")
    form = client.get(cell_of(party, "city"), headers=HTMX)
    assert 'value="تهران"' in form.content.decode()
    data = {"raw": " شیراز ", "version": hidden(form, "version"), "seen": '"تهران"'}
    saved = client.post(cell_of(party, "city"), data, headers=HTMX)
    party.refresh_from_db()
    assert saved.status_code == 200 and "شیراز" in saved.content.decode() and party.city == "شیراز"
    assert saved["X-Version"] == str(party.version)
    undo = json.loads(saved["HX-Trigger"])["pv:toasts"]["items"][0]["undo"]
    client.post(undo, headers=HTMX)
    party.refresh_from_db()
    assert party.city == "تهران"


def test_a_bad_value_stays_in_the_cell_with_its_reason(client: Client, ann: User) -> None:
    (party,) = make(ann, 1)
    answer = client.post(cell_of(party, "phone"), {"raw": "12", "version": "1", "seen": '""'}, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 422 and 'aria-invalid="true"' in text and 'value="12"' in text


def test_of_two_people_the_second_sees_both_values_and_chooses(client: Client, ann: User) -> None:
    (party,) = make(ann, 1, city="تهران")
    form = client.get(cell_of(party, "city"), headers=HTMX)
    version = hidden(form, "version")
    set_field(actor=ann, party=party, key="city", raw="قم")
    data = {"raw": "یزد", "version": version, "seen": json.dumps("تهران")}
    both = client.post(cell_of(party, "city"), data, headers=HTMX)
    assert both.status_code == 409 and "قم" in both.content.decode() and "یزد" in both.content.decode()
    party.refresh_from_db()
    assert party.city == "قم"
    data = {"raw": "یزد", "version": hidden(both, "version"), "seen": json.dumps("قم")}
    assert client.post(cell_of(party, "city"), data, headers=HTMX).status_code == 200
    party.refresh_from_db()
    assert party.city == "یزد"


def test_an_emptied_cell_that_should_be_filled_invites(client: Client, ann: User) -> None:
    (party,) = make(ann, 1)
    answer = client.post(cell_of(party, "phone"), {"raw": "09121234567", "version": "1", "seen": '""'}, headers=HTMX)
    assert answer.status_code == 200 and "data-add" not in answer.content.decode()
    answer = client.post(cell_of(party, "phone"), {"raw": "", "seen": '"09121234567"'}, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200 and "data-add" in text and f'href="/customers/{party.pk}/change/"' in text


def test_tags_and_choices_have_their_own_inputs(client: Client, ann: User) -> None:
    tag = Tag.objects.create(name="طلایی", norm="طلایی")
    (party,) = make(ann, 1)
    assert 'type="checkbox"' in client.get(cell_of(party, "tags"), headers=HTMX).content.decode()
    assert "<select" in client.get(cell_of(party, "life_cycle"), headers=HTMX).content.decode()
    answer = client.post(cell_of(party, "tags"), {"raw": [tag.pk], "version": "1", "seen": "[]"}, headers=HTMX)
    party.refresh_from_db()
    assert answer.status_code == 200 and party.tag_ids == [tag.pk]


@pytest.mark.parametrize(("key", "status"), [("created_at", 422), ("nonsense", 404), ("national_id", 404)])
def test_what_is_no_editable_cell_is_none(client: Client, ann: User, key: str, status: int) -> None:
    (party,) = make(ann, 1)
    assert client.get(cell_of(party, key), headers=HTMX).status_code == status


def test_a_cell_of_another_branch_is_not_there(client: Client, ann: User, tabriz: Any) -> None:
    (party,) = make(ann, 1, branch=tabriz)
    assert client.post(cell_of(party, "city"), {"raw": "x"}, headers=HTMX).status_code == 404


# Exports


def test_the_list_goes_out_as_it_is_shown(client: Client, ann: User, tabriz: Any) -> None:
    make(ann, 2, city="تهران", life_cycle="lost", owner=ann)
    make(ann, 1, city="شیراز")
    make(ann, 1, city="تهران", branch=tabriz)
    data = {"query": "f=city~is~تهران&sort=-name", "columns": "name,city,life_cycle,owner", "format": "csv"}
    answer = client.post(reverse("parties:export"), data)
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows == [
        ["Name", "City", "Life cycle", "Owner"],
        ["مشتری 1", "تهران", "Lost", "alice"],
        ["مشتری 0", "تهران", "Lost", "alice"],
    ]
    log = AccessLog.objects.get()
    assert (log.user, log.count, log.detail["columns"]) == (ann, 2, ["name", "city", "life_cycle", "owner"])


def test_chosen_rows_alone_go_out(client: Client, ann: User) -> None:
    parties = make(ann, 3)
    data = {"ids": chosen(parties[:2]), "query": "", "format": "xlsx"}
    answer = client.post(reverse("parties:export"), data)
    assert b"".join(answer)[:2] == b"PK" and AccessLog.objects.get().count == 2


@pytest.mark.parametrize(
    "data", [{"columns": "password"}, {"columns": "national_id"}, {"format": "exe"}, {"query": "f=x~is~y"}]
)
def test_an_export_of_what_may_not_leave_is_refused(client: Client, ann: User, data: dict[str, str]) -> None:
    make(ann, 1)
    assert client.post(reverse("parties:export"), {"format": "csv", "columns": "name"} | data).status_code in (403, 422)
    assert not AccessLog.objects.exists()


def worked(job: LongJob) -> LongJob:
    while job.state in ("waiting", "running"):
        BELLS[Queue.BULK](job_id=job.pk, attempt=job.attempt)
        job.refresh_from_db()
    return job


@pytest.fixture
def written(ann: User, monkeypatch: pytest.MonkeyPatch) -> LongJob:
    """A long export, cut into slices of one portion."""
    make(ann, 450)
    monkeypatch.setattr("peyvand.core.long_jobs.SLICE", 0.0001)
    monkeypatch.setattr("peyvand.core.exports.reading.PORTION", 100)
    selection = Selection(state=ListState(filters=(Condition("life_cycle", "is", ("potential",)),)))
    export = exporting.wanted(selection, columns=("name", "city"), sort="name")
    return worked(exports.start_export(actor=ann, export=export))


def test_a_long_list_is_written_piece_by_piece_and_taken_a_few_times(written: LongJob, client: Client) -> None:
    assert (written.state, written.done) == ("done", 450) and written.parts.count() > 1
    assert AccessLog.objects.get().count == 450
    for _time in range(5):
        answer = client.get(reverse("jobs:file", args=[written.pk]))
        rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
        assert len(rows) == 451 and rows[0] == ["Name", "City"] and rows[450][0] == "مشتری 449"
    assert client.get(reverse("jobs:file", args=[written.pk])).status_code == 404


@pytest.fixture
def once(written: LongJob, monkeypatch: pytest.MonkeyPatch) -> LongJob:
    """A file that may be taken one time."""
    monkeypatch.setitem(KINDS, written.kind, replace(KINDS[written.kind], most_downloads=1))
    return written


def broken_off(answer: Any) -> None:
    """The line breaks: what a server does with an answer then, but for the end of the request."""
    for close in answer._resource_closers:
        close()


def test_a_file_that_breaks_off_was_not_taken(once: LongJob, client: Client) -> None:
    address = reverse("jobs:file", args=[once.pk])
    broken = client.get(address)
    assert client.get(address).status_code == 404, "two at once: one has it"
    broken_off(broken)
    whole = client.get(address, headers={"Range": "bytes=0-9"})
    assert whole.status_code == 200 and len(b"".join(whole).splitlines()) == 451, "no part stands for the whole"
    broken_off(whole)
    assert client.get(address).status_code == 404


def test_one_who_has_read_half_may_come_again(once: LongJob, ann: User) -> None:
    half = long_job_files.take(job=once, user=ann).chunks
    assert next(half)
    with pytest.raises(long_job_files.FileGone):
        long_job_files.take(job=once, user=ann)
    half.close()
    half.close()
    assert len(b"".join(long_job_files.take(job=once, user=ann).chunks).splitlines()) == 451
    once.refresh_from_db()
    assert once.downloads == 1


def test_a_head_takes_nothing(once: LongJob, ann: User) -> None:
    caller = Caller(ann)
    asked = caller("HEAD", f"/jobs/{once.pk}/file")
    assert asked.status_code == 200
    broken_off(asked)
    assert caller.get(f"/jobs/{once.pk}/file").status_code == 200


def test_an_expired_file_is_gone(once: LongJob, client: Client) -> None:
    LongJob.objects.filter(pk=once.pk).update(expires_at=timezone.now())
    assert client.get(reverse("jobs:file", args=[once.pk])).status_code == 404


def test_the_permission_is_asked_again_at_the_download(written: LongJob, client: Client, ann: User) -> None:
    RolePermission.objects.filter(permission="parties.export").delete()
    assert client.get(reverse("jobs:file", args=[written.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        exports.guard(written, User.objects.get(pk=ann.pk))


def test_the_file_of_another_is_not_there(written: LongJob, charlie: User) -> None:
    browser = Client()
    browser.force_login(charlie)
    for name in ("jobs:job", "jobs:file", "jobs:lines"):
        assert browser.get(reverse(name, args=[written.pk])).status_code == 404
    assert browser.post(reverse("jobs:act", args=[written.pk]), {"act": "cancel"}).status_code == 404


def test_the_bar_puts_customers_into_a_segment(client: Client, ann: User) -> None:
    RolePermission.objects.bulk_create(
        RolePermission(role=ann.grants.get().role, permission=name, scope="branch")
        for name in ("parties.segments", "parties.segment")
    )
    parties = make(ann, 2)
    asked = client.post(reverse("parties:bulk_ask"), {"ids": chosen(parties), "key": "segment"}, headers=HTMX)
    assert "make one first" in asked.content.decode()
    vip = Segment.objects.create(name="VIP", kind="static", owner=ann, branch=ann.branch)
    asked = client.post(reverse("parties:bulk_ask"), {"ids": chosen(parties), "key": "segment"}, headers=HTMX)
    assert "The segment of 2 customers" in asked.content.decode() and "VIP" in asked.content.decode()
    data = {"selection": hidden(asked, "selection"), "key": "segment", "how": "join", "raw": str(vip.pk)}
    assert client.post(reverse("parties:bulk_preview"), data | {"raw": "x"}, headers=HTMX).status_code == 422
    seen = client.post(reverse("parties:bulk_preview"), data, headers=HTMX)
    client.post(reverse("parties:bulk_run"), {"plan": hidden(seen, "plan")}, headers=HTMX)
    assert vip.members.count() == 2
    client.post(reverse("parties:bulk_undo", args=[LongJob.objects.get().pk]), headers=HTMX)
    assert vip.members.count() == 0
