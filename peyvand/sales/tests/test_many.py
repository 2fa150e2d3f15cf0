"""One act on many deals: seen before it is done, done to those that allow it, taken back as one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import User
from peyvand.api.testing import Caller
from peyvand.core.list_selection import Selection
from peyvand.core.list_state import Condition, ListState
from peyvand.core.long_job_slices import BELLS
from peyvand.core.models import LongJob
from peyvand.core.queue import Queue
from peyvand.parties.models import Tag
from peyvand.parties.services.tags import remove_tag
from peyvand.sales import services
from peyvand.sales.errors import TooManyTags
from peyvand.sales.models import Deal
from peyvand.sales.services import bulk
from peyvand.sales.services.bulk import Change, How
from peyvand.sales.tests.selling import MILLION, House, allow, deal, house
from peyvand.sales.types import DealDetails
from tests.cast import Cast

Login = Callable[[User], Client]
WHOLE = Selection(state=ListState())


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


def stages() -> dict[str, str]:
    return dict(Deal.objects.order_by("pk").values_list("name", "stage__name"))


def test_many_are_moved_where_they_may_and_taken_back(place: House) -> None:
    alice = place.cast.alice
    ready, late, poor = (deal(place, name, amount=MILLION) for name in ("ready", "late", "poor"))
    Deal.objects.filter(pk=poor.pk).update(amount=None)
    already = deal(place, "already", amount=MILLION, stage="need")
    change = Change(how=How.MOVE, to=place.stage("need").pk)
    shown, plan = bulk.preview(actor=alice, selection=WHOLE, change=change, place="deals")
    assert (shown.total, shown.changed, shown.same, shown.refused, shown.is_whole) == (4, 2, 1, 1, True)
    assert [(line.label, line.changes) for line in shown.refusals] == [("poor", [])]
    assert set(stages().values()) == {"first", "need"} and stages()["ready"] == "first"  # nothing was done yet
    services.change_deal(
        actor=alice, deal_id=late.pk, details=DealDetails(name="late", amount=2 * MILLION)
    )  # between preview and doing
    job = bulk.run(actor=alice, plan=plan)
    assert (job.state, job.result) == (LongJob.State.DONE, {"changed": 1, "same": 1, "refused": 2})
    assert stages() == {"ready": "need", "late": "first", "poor": "first", "already": "need"}
    undone = bulk.undo(actor=alice, job=job)
    assert undone.result["changed"] == 1 and stages()["ready"] == "first" and stages()["already"] == "need"
    assert Deal.objects.get(pk=ready.pk).stage_since == ready.stage_since
    assert Deal.objects.get(pk=already.pk).version == already.version


def test_many_are_given_away_and_come_back_whose_they_were(place: House) -> None:
    alice, bob = place.cast.alice, place.cast.bob
    mine, nobodys = deal(place, "mine"), deal(place, "nobody's")
    services.assign_deal(actor=None, deal_id=nobodys.pk, owner_id=None)
    before = list(Deal.objects.order_by("pk").values_list("owner", "department", "branch"))
    allow(alice, "sales.assign", "sales.view", "sales.change")
    change = Change(how=How.ASSIGN, to=bob.pk)
    _shown, plan = bulk.preview(actor=alice, selection=WHOLE, change=change, place="deals")
    job = bulk.run(actor=alice, plan=plan)
    assert set(Deal.objects.values_list("owner", flat=True)) == {bob.pk}
    services.change_deal(actor=bob, deal_id=mine.pk, details=DealDetails(name="changed since"))
    undone = bulk.undo(actor=alice, job=job)
    assert undone.result == {"changed": 1, "same": 0, "refused": 1}
    assert list(Deal.objects.order_by("pk").values_list("owner", "department", "branch"))[1] == before[1]
    assert Deal.objects.get(pk=mine.pk).owner == bob


def test_a_tag_is_hung_on_many_found_by_it_and_goes_with_the_tag(place: House, logged_in: Login) -> None:
    alice, fair = place.cast.alice, Tag.objects.create(name="نمایشگاه", norm="نمایشگاه")
    first, second = deal(place, "first"), deal(place, "second")
    services.tag_deal(actor=alice, deal_id=first.pk, add=[fair.pk])
    _shown, plan = bulk.preview(actor=alice, selection=WHOLE, change=Change(how=How.TAG, to=fair.pk), place="deals")
    job = bulk.run(actor=alice, plan=plan)
    assert job.result == {"changed": 1, "same": 1, "refused": 0}
    tagged = ListState(filters=(Condition("tags", "any_of", (str(fair.pk),)),))
    rows = bulk.rows_of(actor=alice, selection=Selection(state=tagged), place="deals")
    assert {row.pk for row in rows} == {first.pk, second.pk}
    assert "نمایشگاه" in logged_in(alice).get(reverse("sales:deal", args=[second.pk])).content.decode()
    bulk.undo(actor=alice, job=job)
    assert [Deal.objects.get(pk=one.pk).tag_ids for one in (first, second)] == [[fair.pk], []]
    remove_tag(actor=place.cast.ada, tag=fair)
    assert Deal.objects.get(pk=first.pk).tag_ids == []
    with pytest.raises(TooManyTags):
        services.tag_deal(actor=alice, deal_id=first.pk, add=range(1, 22))


def test_nobody_acts_on_what_he_does_not_see(place: House) -> None:
    deal(place, "hers")
    charlie = place.cast.charlie
    shown, plan = bulk.preview(
        actor=charlie, selection=WHOLE, change=Change(how=How.MOVE, to=place.stage("need").pk), place="deals"
    )
    assert shown.total == 0
    ids = Selection(ids=tuple(Deal.objects.values_list("pk", flat=True)))
    assert not bulk.rows_of(actor=charlie, selection=ids, place="deals").exists()
    assert not bulk.rows_of(actor=place.cast.alice, selection=ids, place="leads").exists()


def test_the_pages_ask_show_do_and_take_back(place: House, logged_in: Login) -> None:
    one, client = deal(place, "آبشار", amount=MILLION), logged_in(place.cast.alice)
    asked = client.post(f"{reverse('sales:bulk_ask')}?list=deals", {"how": "move", "ids": [one.pk]})
    chosen = asked.context["chosen"]
    assert "need" in asked.content.decode()
    wrong = client.post(reverse("sales:bulk_preview"), {"chosen": chosen, "how": "move", "to": "999999"})
    assert wrong.status_code == 422
    need = {"chosen": chosen, "how": "move", "to": place.stage("need").pk}
    shown = client.post(reverse("sales:bulk_preview"), need)
    assert "آبشار" in shown.content.decode() and stages() == {"آبشار": "first"}
    done = client.post(reverse("sales:bulk_run"), {"plan": shown.context["plan"]}, headers={"HX-Request": "true"})
    job = LongJob.objects.get(kind=bulk.EDIT)
    assert done.status_code == 204 and reverse("sales:bulk_undo", args=[job.pk]) in done.headers["HX-Trigger"]
    assert stages() == {"آبشار": "need"}
    other = logged_in(place.cast.bob).post(reverse("sales:bulk_undo", args=[job.pk]))
    assert other.status_code == 404
    client.post(reverse("sales:bulk_undo", args=[job.pk]), headers={"X-Requested-With": "fetch"})
    assert stages() == {"آبشار": "first"}
    assert "آبشار" in client.get(reverse("jobs:lines", args=[job.pk])).content.decode()


def test_the_api_previews_moves_and_takes_back(place: House) -> None:
    one, poor = deal(place, "ready", amount=MILLION), deal(place, "poor")
    hidden = deal(place, "hidden", by=place.cast.charlie, amount=MILLION)
    client, need = Caller(place.cast.alice), place.stage("need").pk
    body = {"selection": {"ids": [one.pk, poor.pk, hidden.pk]}, "how": "move", "to": need}
    shown = client.post("/deals/bulk/preview", body).json()
    assert (shown["total"], shown["changed"], shown["refused"]) == (2, 1, 1)
    assert len(shown["reasons"]) == 1 and stages()["ready"] == "first"
    job = client.post("/deals/bulk", body)
    assert (job.status_code, job.json()["state"], job.json()["failed"]) == (201, "done", 1)
    assert stages() == {"ready": "need", "poor": "first", "hidden": "first"}
    undoing = client.post(f"/jobs/{job.json()['id']}/undo").json()["id"]
    BELLS[Queue.BULK](job_id=undoing, attempt=0)
    assert stages()["ready"] == "first"
    whole = {"selection": {"state": {"filters": [{"key": "stage", "op": "is", "values": [str(poor.stage_id)]}]}}}
    given = client.post("/deals/bulk", whole | {"how": "assign", "to": place.cast.bob.pk})
    assert given.status_code == 403  # alice gives nothing away
    assert client.post("/deals/bulk", whole | {"how": "move", "to": 10**9}).status_code == 422
    assert client.post("/deals/bulk", {"how": "move", "to": need, "selection": {}}).status_code == 422
    leads = client.post("/deals/bulk/preview", whole | {"kind": "lead", "how": "move", "to": need}).json()
    assert leads["total"] == 0
