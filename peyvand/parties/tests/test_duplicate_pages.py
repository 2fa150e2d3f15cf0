"""The queue of duplicates, the warning while typing, merging many, merging by itself; pages and API."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.models import Branch, User
from peyvand.accounts.services import create_token
from peyvand.core import long_jobs
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.core.long_job_slices import run_slice
from peyvand.core.models import LongJob
from peyvand.parties.models import DuplicatePair, Merge, Party, PartyNote
from peyvand.parties.selectors.duplicates import DuplicateRules, automatic_pairs, duplicate_rules
from peyvand.parties.selectors.likeness import records_of
from peyvand.parties.services import duplicates as services
from peyvand.parties.services.duplicates import follow_changes, merge_automatically
from peyvand.parties.services.duplicates.storing import write_keys
from peyvand.parties.services.merging import moving, undo_merge
from peyvand.parties.tests.conftest import make_user
from peyvand.parties.tests.test_duplicates import MAIL, PHONE, party, scan, twins

pytestmark = pytest.mark.django_db
SCOPES = {f"parties.{act}": "all" for act in ("view", "change", "duplicates", "merge", "shape", "delete")}
State = DuplicatePair.State


@pytest.fixture
def sara(tehran: Branch) -> User:
    return make_user("sara", tehran, SCOPES)


@pytest.fixture
def desk(client: Client, sara: User) -> Client:
    client.force_login(sara)
    return client


def pair(one: Party, other: Party, score: int = 90, **more: Any) -> DuplicatePair:
    reasons = more.pop("reasons", ["name_same", "phone_same"])
    return DuplicatePair.objects.create(
        first=min(one, other, key=lambda each: each.pk), second=max(one, other, key=lambda each: each.pk), score=score,
        reasons=reasons, checked_at=timezone.now(), **more,
    )  # fmt: skip


def alike(branch: Branch, number: int) -> tuple[Party, Party]:
    """Two whose name, phone and e-mail are one: still a sure pair when a merge weighs it again."""
    name, phone, mail = f"علی رضایی{'ان' * number}", f"+98912123456{number}", f"a{number}@example.ir"
    return party(name, branch, phone=phone, mail=mail), party(name, branch, phone=phone, mail=mail)


def queue(desk: Client, **query: Any) -> str:
    return desk.get(reverse("parties:duplicates"), query).content.decode()


def test_the_queue_shows_both_records_the_reasons_and_what_differs(desk: Client, tehran: Branch) -> None:
    one = party("علی رضایی", tehran, phone=PHONE, city="تهران")
    pair(one, party("Ali Rezaei", tehran, phone=PHONE, city="کرج"))
    page = queue(desk)
    assert "Ali Rezaei" in page and "علی رضایی" in page and "is-other" in page
    assert reverse("parties:detail", args=[one.pk]) in page


def test_customers_that_hang_together_are_one_card(desk: Client, tehran: Branch) -> None:
    a, b, c, d = (party(name, tehran) for name in "abcd")
    pair(a, b, 90), pair(b, c, 80), pair(a, d, 70)
    assert queue(desk).count("<article") == 1
    assert all(reverse("parties:detail", args=[each.pk]) in queue(desk) for each in (a, b, c, d))


def test_filters_narrow_by_score_reason_branch_and_state(desk: Client, tehran: Branch, tabriz: Branch) -> None:
    pair(party("a", tehran), party("b", tehran), 90)
    pair(party("c", tabriz), party("d", tabriz), 65, reasons=["email_same"])
    pair(party("e", tehran), party("f", tehran), 50)
    pair(party("g", tehran), party("h", tehran), 90, state=State.NOT_SAME)
    found = {
        name: queue(desk, **query).count("<article")
        for name, query in {
            "all": {}, "possible": {"score": 45}, "sure": {"score": 90}, "reason": {"reason": "email_same"},
            "branch": {"branch": tabriz.pk}, "apart": {"state": "not_same"}, "nonsense": {"score": "x", "branch": "-"},
        }.items()
    }  # fmt: skip
    assert found == {"all": 2, "possible": 3, "sure": 1, "reason": 1, "branch": 1, "apart": 1, "nonsense": 2}


def test_the_queue_asks_as_often_for_many_as_for_few(
    desk: Client, tehran: Branch, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(12):
        pair(party(f"a{number}", tehran, phone=f"+98912000{number:04d}"), party(f"b{number}", tehran))
    with django_assert_max_num_queries(21):
        queue(desk)


def test_kept_apart_with_the_way_back(desk: Client, tehran: Branch) -> None:
    made = [pair(party("a", tehran), party("b", tehran)), pair(party("c", tehran), party("d", tehran))]
    url = reverse("parties:duplicates_decide")
    desk.post(url, {"pair": [str(made[0].pk), str(made[1].pk)], "back": "score=75"})
    assert DuplicatePair.objects.filter(state=State.NOT_SAME).count() == 2
    desk.post(f"{reverse('parties:duplicates_reopen')}?pair={made[0].pk}")
    assert list(DuplicatePair.objects.filter(state=State.OPEN)) == [made[0]]
    answer = desk.post(url, {"pair": f"{made[0].pk},x,", "back": "score=75&branch=//evil"})
    assert answer.status_code == 303 and answer["Location"] == f"{reverse('parties:duplicates')}?score=75"


def test_a_group_is_merged_at_once_and_taken_back(desk: Client, sara: User, tehran: Branch) -> None:
    one, other = party("علی رضایی", tehran, phone=PHONE, completeness=90), party("ع رضایی", tehran, mail=MAIL)
    found = pair(one, other)
    desk.post(reverse("parties:duplicates_merge"), {"id": [one.pk, other.pk]})
    found.refresh_from_db()
    merge = Merge.objects.get()
    assert (merge.survivor_id, found.state, found.decided_by_id) == (one.pk, State.MERGED, sara.pk)
    assert not DuplicatePair.objects.visible_to(sara).exists()
    undo_merge(actor=sara, merge=merge)
    assert DuplicatePair.objects.visible_to(sara).count() == 1


def finish(job: LongJob) -> LongJob:
    for _slice in range(50):
        job.refresh_from_db()
        if job.state not in (LongJob.State.WAITING, LongJob.State.RUNNING):
            return job
        run_slice(job.pk, job.attempt, rings=False)
    raise AssertionError(job.state)


def test_many_are_merged_above_a_score_and_taken_back_as_a_whole(desk: Client, sara: User, tehran: Branch) -> None:
    people = [each for number in range(4) for each in alike(tehran, number)]
    sure, low = pair(*people[:2], score=95), pair(*people[2:4], score=74)
    against, mixed = pair(*people[4:6], score=95, contradicts=True), pair(*people[6:], score=95)
    Party.objects.filter(pk=people[7].pk).update(kind="household")
    url = reverse("parties:duplicates_merge_many")
    preview = desk.get(url, {"score": 60}).content.decode()
    assert reverse("parties:detail", args=[people[0].pk]) in preview
    assert reverse("parties:detail", args=[people[4].pk]) not in preview
    desk.post(url, {"score": 80})
    job = finish(LongJob.objects.get(kind="parties.merge_duplicates"))
    assert (job.state, job.result["merged"], job.result["refused"]) == ("done", 1, 1)
    states = {each.pk: each.state for each in DuplicatePair.objects.all()}
    assert states == {sure.pk: "merged", low.pk: "open", against.pk: "open", mixed.pk: "open"}
    undo = finish(services_undo(job, sara))
    assert undo.state == "done" and not Party.objects.filter(deleted_at__isnull=False).exists()
    sure.refresh_from_db()
    assert sure.state == State.OPEN


def services_undo(job: LongJob, sara: User) -> LongJob:
    return long_jobs.undo(job=job, owner_id=sara.pk)


# ---------------------------------------------------------------------------------------------------------- by itself


def test_nothing_is_merged_by_itself_unless_the_business_says_so(sara: User, tehran: Branch) -> None:
    sure = pair(*alike(tehran, 1), 99)
    against = pair(party("c", tehran), party("d", tehran), 99, contradicts=True)
    low = pair(party("e", tehran), party("f", tehran), 94)
    assert not merge_automatically() and not Merge.objects.exists()
    assert automatic_pairs(95).count() == 1
    services.change_duplicate_rules(actor=sara, rules=DuplicateRules(automatic=True, threshold=95))
    merge_automatically()
    merge = Merge.objects.get()
    assert merge.by is None
    for each in (sure, against, low):
        each.refresh_from_db()
    assert [sure.state, against.state, low.state] == ["merged", "open", "open"]
    undo_merge(actor=sara, merge=merge)
    DuplicatePair.objects.filter(pk=sure.pk).update(state=State.OPEN)  # as the next look finds it
    merge_automatically()
    assert Merge.objects.count() == 1  # what a person took apart is never joined by a machine again


def test_a_pair_that_cannot_be_merged_is_left_to_people(
    sara: User, tehran: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = pair(*alike(tehran, 1), 99)
    for each in (found.first, found.second):
        PartyNote.objects.create(party=each, body="یکی")
    services.change_duplicate_rules(actor=sara, rules=DuplicateRules(automatic=True, threshold=90))
    monkeypatch.setattr(moving, "move_rows", lambda *_args, **_more: 0)  # rows would be lost: the merge is refused
    merge_automatically()
    assert DuplicatePair.objects.get().is_left_to_people and not Merge.objects.exists()


def test_a_pair_that_turned_out_of_two_kinds_is_not_merged(sara: User, tehran: Branch) -> None:
    one, other = alike(tehran, 1)
    Party.objects.filter(pk=other.pk).update(kind="organisation")
    pair(one, other, 99)
    services.change_duplicate_rules(actor=sara, rules=DuplicateRules(automatic=True, threshold=90))
    assert not merge_automatically() and not Merge.objects.exists()
    left = DuplicatePair.objects.get()
    assert left.contradicts and left.state == State.OPEN and "kind_other" in left.reasons


def test_only_who_may_merge_everybody_sets_the_rules(desk: Client, sara: User, alice: User) -> None:
    with pytest.raises(NotAllowed):
        services.change_duplicate_rules(actor=alice, rules=DuplicateRules(automatic=True))
    with pytest.raises(Invalid):
        services.change_duplicate_rules(actor=sara, rules=DuplicateRules(automatic=True, threshold=79))
    url = reverse("parties:duplicate_rules")
    assert desk.post(url, {"automatic": "on", "threshold": "۷۰"}).status_code == 422
    assert desk.post(url, {"automatic": "on", "threshold": "۹۰", "count": "1"}).status_code == 200
    assert not duplicate_rules().automatic
    desk.post(url, {"automatic": "on", "threshold": "۹۰", "tells_unseen": "on"})
    assert duplicate_rules() == DuplicateRules(automatic=True, threshold=90, tells_unseen=True)


# -------------------------------------------------------------------------------------------------------- while typing


def told(client: Client, **typed: Any) -> str:
    return client.post(reverse("parties:likely"), {"kind": "person"} | typed).content.decode()


def known(*parties: Party) -> None:
    write_keys(records_of([each.pk for each in parties]).values(), replacing=True)


def test_who_types_is_told_of_customers_that_are_like_it(desk: Client, tehran: Branch) -> None:
    one, other = twins(tehran)
    known(one, other)
    by_phone = told(desk, **{"contacts-0-kind": "mobile", "contacts-0-typed": "۰۹۱۲ ۱۲۳ ۴۵۶۷"})
    assert reverse("parties:change", args=[one.pk]) in by_phone
    by_name = told(desk, first_name="علی", last_name="رضائی")
    assert reverse("parties:detail", args=[one.pk]) in by_name
    assert not told(desk, name="مینا کاوه").strip() and not told(desk, name="ع").strip()
    own = told(desk, name="علی رضایی", party=one.pk)
    assert reverse("parties:change", args=[one.pk]) not in own


def test_of_whom_one_may_not_see_only_the_number_is_told_and_only_if_the_business_wants(
    client: Client, sara: User, charlie: User, tehran: Branch
) -> None:
    one, other = twins(tehran)
    known(one, other)
    client.force_login(charlie)
    typed = {"name": "علی رضایی", "contacts-0-kind": "mobile", "contacts-0-typed": PHONE}
    assert not told(client, **typed).strip()
    services.change_duplicate_rules(actor=sara, rules=DuplicateRules(tells_unseen=True))
    page = told(client, **typed)
    assert page.strip() and "رضایی" not in page and str(one.pk) not in page
    assert not told(client, name="علی رضایی").strip()


def test_the_form_asks_while_one_types(desk: Client) -> None:
    page = desk.get(reverse("parties:create")).content.decode()
    assert f'hx-post="{reverse("parties:likely")}"' in page and "delay:400ms" in page


# ----------------------------------------------------------------------------------------------------------------- API


def test_the_api_lists_decides_and_answers_who_is_like(client: Client, sara: User, tehran: Branch) -> None:
    one, other = twins(tehran)
    scan(sara)
    _token, secret = create_token(actor=None, user=sara, name="t", scopes=list(SCOPES))
    headers = {"Authorization": f"Bearer {secret}"}

    def call(method: str, path: str, body: Any = None) -> Any:
        send = getattr(client, method)
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        answer = send(f"/api/v1/duplicates{path}", headers=headers, **data)
        assert answer.status_code < 300, answer.content
        return answer.json()

    (found,) = call("get", "")["items"]
    assert [found["first"]["id"], found["second"]["id"]] == [one.pk, other.pk]
    assert {each["code"] for each in found["reasons"]} == {"phone_same", "name_script", "city_same"}
    assert call("get", f"/{found['id']}")["score"] == found["score"]
    assert call("post", "/not-same", {"ids": [found["id"]]}) == {"ids": [found["id"]]}
    assert call("get", "?state=not_same")["items"] and not call("get", "")["items"]
    assert call("post", "/reopen", {"ids": [found["id"]]}) == {"ids": [found["id"]]}
    likely = call("post", "/likely", {"name": "Ali Rezaei", "contacts": [{"kind": "phone", "typed": PHONE}]})
    assert [each["id"] for each in likely["possible_duplicates"]] == [other.pk, one.pk]
    assert likely["unseen"] is False
    assert call("post", "/scan")["kind"] == "parties.find_duplicates"


def test_following_does_nothing_while_all_are_looked_through(sara: User, tehran: Branch) -> None:
    twins(tehran)
    services.start_scan(actor=sara)
    assert not follow_changes() and not DuplicatePair.objects.exists()
