"""Changing many customers at once: each by its own permission, each to be taken back."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from peyvand.accounts.models import RolePermission, User
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.core.list_state import BadListState, Condition, ListState
from peyvand.core.long_job_slices import BELLS
from peyvand.core.models import LongJob, LongJobItem
from peyvand.core.queue import Queue
from peyvand.core.totals import Total
from peyvand.parties.models import Party, Segment, SegmentMember, Tag
from peyvand.parties.services import bulk
from peyvand.parties.services.bulk import Change, How, Plan, Selection
from peyvand.parties.services.editing import set_field

pytestmark = pytest.mark.django_db
Make = Callable[..., list[Party]]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def ann(alice: User) -> User:
    """alice, who may change and delete many in her branch."""
    role = alice.grants.get().role
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=name, scope="branch") for name in ("parties.bulk", "parties.delete")
    )
    alice.language = "en"
    alice.save()
    return alice


@pytest.fixture
def make(ann: User) -> Make:
    def run(count: int, **fields: Any) -> list[Party]:
        values = {"branch": ann.branch, "city": "تهران", **fields}
        return Party.objects.bulk_create(
            Party(name=f"مشتری {n}", sort_key=f"{n:05}", search=f"مشتری {n}", **values) for n in range(count)
        )

    return run


def plan_of(parties: list[Party], **change: Any) -> Plan:
    selection = Selection(ids=tuple(party.pk for party in parties))
    return Plan(selection=selection.to_json(), change=Change(**change))


def whole_list(*filters: str, **change: Any) -> Plan:
    state = ListState(filters=tuple(Condition.read(each) for each in filters))
    return Plan(selection=Selection(state=state).to_json(), change=Change(**change))


def work(job: LongJob) -> None:
    """Run slices until the job has ended."""
    while job.state in ("waiting", "running"):
        BELLS[Queue.BULK](job_id=job.pk, attempt=job.attempt)
        job.refresh_from_db()


def life(parties: list[Party]) -> list[str]:
    ids = [party.pk for party in parties]
    return list(Party.objects.filter(pk__in=ids).order_by("pk").values_list("life_cycle", flat=True))


def test_a_few_are_changed_at_once_and_taken_back(ann: User, make: Make) -> None:
    parties = make(3)
    Party.objects.filter(pk=parties[0].pk).update(life_cycle="lost")
    job = bulk.run(actor=ann, plan=plan_of(parties, how=How.SET, key="life_cycle", raw="current"))
    assert (job.state, job.total, job.result["changed"]) == ("done", 3, 3)
    assert life(parties) == ["current"] * 3
    undoing = bulk.undo(actor=ann, job=job)
    job.refresh_from_db()
    assert (undoing.state, job.state) == ("done", "undone")
    assert life(parties) == ["lost", "potential", "potential"]


def test_what_was_changed_since_is_left_and_listed(ann: User, make: Make) -> None:
    parties = make(2)
    job = bulk.run(actor=ann, plan=plan_of(parties, how=How.SET, key="life_cycle", raw="current"))
    set_field(actor=ann, party=parties[0], key="life_cycle", raw="lost")
    undoing = bulk.undo(actor=ann, job=job)
    assert life(parties) == ["lost", "potential"]
    refused = undoing.items.exclude(error="").get()
    assert refused.ref == parties[0].pk and "meanwhile" in refused.error


def test_a_long_list_is_worked_off_in_slices(ann: User, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    parties = make(230)
    make(5, city="شیراز")
    job = bulk.run(actor=ann, plan=whole_list("city~is~تهران", how=How.SET, key="life_cycle", raw="current"))
    assert (job.state, job.total) == ("waiting", 230)
    work(job)
    assert (job.state, job.done, job.result["changed"]) == ("done", 230, 230)
    assert set(life(parties)) == {"current"}
    assert Party.objects.filter(life_cycle="current").count() == 230
    undoing = bulk.undo(actor=ann, job=job)
    work(undoing)
    assert (undoing.state, undoing.done) == ("done", 230) and set(life(parties)) == {"potential"}


def test_a_change_of_what_the_list_is_filtered_by_reaches_every_row(ann: User, make: Make) -> None:
    make(120)
    job = bulk.run(actor=ann, plan=whole_list("life_cycle~is~potential", how=How.SET, key="life_cycle", raw="lost"))
    work(job)
    assert job.result["changed"] == 120 and not Party.objects.filter(life_cycle="potential").exists()


def test_rows_that_were_taken_out_of_the_whole_list_stay(ann: User, make: Make) -> None:
    parties = make(4)
    selection = Selection(state=ListState(), but=(parties[1].pk,))
    change = Change(how=How.SET, key="life_cycle", raw="lost")
    bulk.run(actor=ann, plan=Plan(selection=selection.to_json(), change=change))
    assert life(parties) == ["lost", "potential", "lost", "lost"]


def test_customers_of_another_branch_are_neither_seen_nor_changed(ann: User, make: Make, tabriz: Any) -> None:
    theirs = make(2, branch=tabriz)
    job = bulk.run(actor=ann, plan=plan_of(theirs, how=How.SET, key="life_cycle", raw="lost"))
    assert job.total == 0 and life(theirs) == ["potential"] * 2 and not LongJobItem.objects.exists()


def test_what_may_be_seen_but_not_changed_is_refused_with_a_reason(ann: User, make: Make, tabriz: Any) -> None:
    RolePermission.objects.filter(permission="parties.view").update(scope="all")
    parties = [*make(1), *make(2, branch=tabriz)]
    plan = plan_of(parties, how=How.SET, key="life_cycle", raw="lost")
    shown, _plan = bulk.preview(actor=ann, selection=Selection.from_json(plan.selection), change=plan.change)
    assert (shown.total, shown.allowed, shown.forbidden, shown.changed, shown.refused) == (3, 1, 2, 1, 2)
    assert shown.reasons == [("You have no permission for this.", 2)]
    assert life(parties) == ["potential"] * 3
    job = bulk.run(actor=ann, plan=plan)
    assert life(parties) == ["lost", "potential", "potential"]
    assert (job.done, job.failed) == (1, 2)
    assert {item.error for item in job.items.exclude(error="")} == {"You have no permission for this."}


def test_nobody_changes_many_without_the_permission(alice: User, tehran: Any) -> None:
    party = Party.objects.create(name="الف", branch=tehran)
    with pytest.raises(NotAllowed):
        bulk.run(actor=alice, plan=plan_of([party], how=How.SET, key="life_cycle", raw="lost"))
    assert not LongJob.objects.exists()


def test_tags_are_added_taken_away_and_replaced(ann: User, make: Make) -> None:
    gold, new, old = (Tag.objects.create(name=name, norm=name) for name in ("gold", "new", "old"))
    parties = make(2, tag_ids=[old.pk])

    def tags() -> list[list[int]]:
        return [sorted(party.tag_ids) for party in Party.objects.order_by("pk")]

    bulk.run(actor=ann, plan=plan_of(parties, how=How.ADD, key="tags", raw=[str(gold.pk), str(new.pk)]))
    assert tags() == [[gold.pk, new.pk, old.pk]] * 2
    job = bulk.run(actor=ann, plan=plan_of(parties, how=How.REMOVE, key="tags", raw=[str(old.pk)]))
    assert tags() == [[gold.pk, new.pk]] * 2
    bulk.undo(actor=ann, job=job)
    assert tags() == [[gold.pk, new.pk, old.pk]] * 2
    bulk.run(actor=ann, plan=plan_of(parties, how=How.SET, key="tags", raw=[str(new.pk)]))
    assert tags() == [[new.pk]] * 2
    bulk.run(actor=ann, plan=plan_of(parties, how=How.CLEAR, key="tags"))
    assert tags() == [[]] * 2


def test_the_preview_says_before_and_after_and_changes_nothing(ann: User, make: Make) -> None:
    parties = make(3)
    Party.objects.filter(pk=parties[2].pk).update(life_cycle="lost")
    change = Change(how=How.SET, key="life_cycle", raw="lost")
    shown, plan = bulk.preview(actor=ann, selection=Selection(ids=tuple(p.pk for p in parties)), change=change)
    assert (shown.total, shown.changed, shown.same, shown.is_whole) == (3, 2, 1, True)
    assert shown.lines[0].label == "مشتری 0" and list(shown.lines[0].changes) == [("Life cycle", "Potential", "Lost")]
    assert life(parties) == ["potential", "potential", "lost"] and not LongJob.objects.exists()
    assert plan.seen == {str(p.pk): value for p, value in zip(parties, life(parties), strict=True)}


def test_what_changed_after_the_preview_is_refused(ann: User, make: Make) -> None:
    parties = make(2)
    change = Change(how=How.SET, key="life_cycle", raw="lost")
    _shown, plan = bulk.preview(actor=ann, selection=Selection(ids=tuple(p.pk for p in parties)), change=change)
    set_field(actor=ann, party=parties[1], key="life_cycle", raw="dissatisfied")
    job = bulk.run(actor=ann, plan=plan)
    assert life(parties) == ["lost", "dissatisfied"] and job.failed == 1


def test_customers_are_deleted_into_the_trash_and_come_back(ann: User, make: Make) -> None:
    parties = make(3)
    job = bulk.run(actor=ann, plan=plan_of(parties[:2], how=How.DELETE))
    assert Party.objects.filter(deleted_at=None).count() == 1 and job.result["changed"] == 2
    bulk.undo(actor=ann, job=job)
    assert Party.objects.filter(deleted_at=None).count() == 3


@pytest.mark.parametrize(
    ("key", "raw"),
    [("name", "x"), ("phone", "09121234567"), ("created_at", "x"), ("nonsense", "x"), ("life_cycle", "king"),
     ("life_cycle", ""), ("owner", "999999")],
)  # fmt: skip
def test_a_field_or_a_value_that_cannot_be_is_refused_as_a_whole(ann: User, make: Make, key: str, raw: str) -> None:
    parties = make(1)
    with pytest.raises(Invalid):
        bulk.run(actor=ann, plan=plan_of(parties, how=How.SET, key=key, raw=raw))
    assert not LongJob.objects.exists()


def test_a_list_that_names_what_it_may_not_is_refused(ann: User, make: Make) -> None:
    make(1)
    with pytest.raises(BadListState):
        bulk.run(actor=ann, plan=whole_list("password~is~x", how=How.SET, key="life_cycle", raw="lost"))
    assert life(list(Party.objects.all())) == ["potential"]


def test_nothing_chosen_is_nothing_done() -> None:
    with pytest.raises(Invalid):
        Selection.read(ids=[], but=[])
    with pytest.raises(Invalid):
        Selection.read(ids=["1; DROP"], but=[])
    assert Selection.read(ids=["1,2", "2"], but=[]).ids == (1, 2)


@pytest.fixture
def vip(ann: User) -> Segment:
    RolePermission.objects.bulk_create(
        RolePermission(role=ann.grants.get().role, permission=name, scope="branch")
        for name in ("parties.segments", "parties.segment")
    )
    return Segment.objects.create(name="VIP", kind="static", owner=ann, branch=ann.branch)


def members(segment: Segment) -> set[int]:
    return set(segment.members.values_list("party_id", flat=True))


def test_customers_go_into_a_static_segment_and_out_again(ann: User, make: Make, vip: Segment) -> None:
    one, two, three = make(3)
    SegmentMember.objects.create(segment=vip, party=one)
    join = Change(how=How.JOIN, raw=str(vip.pk))
    shown, plan = bulk.preview(actor=ann, selection=Selection(ids=(one.pk, two.pk, three.pk)), change=join)
    assert (shown.title, shown.changed, shown.same) == ("Put into the segment VIP", 2, 1) and members(vip) == {one.pk}
    assert list(shown.lines[0].changes) == [("Segment", "", "VIP")]
    job = bulk.run(actor=ann, plan=plan)
    assert members(vip) == {one.pk, two.pk, three.pk} and job.result["changed"] == 2
    bulk.undo(actor=ann, job=job)
    assert members(vip) == {one.pk}
    job = bulk.run(actor=ann, plan=plan_of([one, two], how=How.LEAVE, raw=str(vip.pk)))
    assert members(vip) == set() and job.result == {"changed": 1, "same": 1, "refused": 0}
    bulk.undo(actor=ann, job=job)
    assert members(vip) == {one.pk}


def test_a_whole_list_goes_into_a_segment_as_long_work(ann: User, make: Make, vip: Segment, tabriz: Any) -> None:
    make(205)
    hidden = make(1, branch=tabriz)
    job = bulk.run(actor=ann, plan=whole_list("city~is~تهران", how=How.JOIN, raw=str(vip.pk)))
    assert job.state == "waiting"
    work(job)
    assert (job.state, job.done, len(members(vip))) == ("done", 205, 205) and hidden[0].pk not in members(vip)
    undoing = bulk.undo(actor=ann, job=job)
    work(undoing)
    assert (undoing.state, members(vip)) == ("done", set())


def test_only_a_static_segment_of_ones_own_takes_many(ann: User, make: Make, vip: Segment, charlie: User) -> None:
    parties = make(1)
    live = Segment.objects.create(name="live", owner=ann, branch=ann.branch)
    theirs = Segment.objects.create(name="theirs", kind="static", owner=charlie, branch=charlie.branch)
    for raw in (str(live.pk), str(theirs.pk), "x", "", "99999999"):
        with pytest.raises(Invalid):
            bulk.run(actor=ann, plan=plan_of(parties, how=How.JOIN, raw=raw))
    RolePermission.objects.filter(permission="parties.segment").delete()
    with pytest.raises(Invalid):
        bulk.run(actor=User.objects.get(pk=ann.pk), plan=plan_of(parties, how=How.JOIN, raw=str(vip.pk)))
    assert not SegmentMember.objects.exists()


def test_very_many_are_not_counted(ann: User, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    make(230)
    monkeypatch.setattr("peyvand.core.totals.estimated", lambda rows: Total(98_765, is_exact=False))
    change = Change(how=How.SET, key="life_cycle", raw="current")
    shown, plan = bulk.preview(actor=ann, selection=Selection(state=ListState()), change=change)
    assert (shown.total, shown.allowed, shown.is_whole, shown.is_at_once) == (98_800, 98_800, False, False)
    job = bulk.run(actor=ann, plan=plan)
    work(job)
    assert (job.state, job.total, job.done) == ("done", 98_800, 230)
    assert not Party.objects.filter(life_cycle="potential").exists()
