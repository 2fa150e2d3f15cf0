"""kill -9 at every step: a worker or a web process is killed before each write of an act, and before its commit.

Nothing is half done: every table is as it was before, and afterwards the act succeeds as if nothing had been.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

import pytest
from django.db import Error, transaction
from django.test import Client
from django.utils import timezone

from peyvand.cartable import services
from peyvand.cartable.answer_ways import AnswerWays
from peyvand.cartable.models import Answer, Referral, Regrouping, Request, Step
from peyvand.cartable.services import bulk
from peyvand.cartable.services.bulk import Change, How, running
from peyvand.cartable.services.configuring import change_answer_ways
from peyvand.cartable.services.regrouping import merge, split_off, undo_regrouping
from peyvand.cartable.tests.desk import as_actor, drafted, mail, mailbox, opened, referred, submitted, user_target
from peyvand.cartable.tests.killing import database_dies_at, dies_at, differing, digest
from peyvand.cartable.types import Copy, Order, Target, TargetKind
from peyvand.channels.models import Message
from peyvand.channels.services import delivering
from peyvand.channels.tests.sink import Sink, open_sink
from peyvand.core import long_jobs
from peyvand.core.list_selection import Selection
from peyvand.core.long_job_slices import run_slice
from peyvand.core.models import LongJob, LongJobItem, OutboxEvent
from tests.cast import Cast, make_cast
from tests.killed import Killable, killable

Act = Callable[[], object]
STEPS = 400  # more than any act has
pytestmark = pytest.mark.timeout(300)


def refer_to_several(cast: Cast) -> Act:
    request = opened(mailbox(cast))
    copies = [Copy(to=user_target(cast.bob)), Copy(to=Target(TargetKind.DEPARTMENT, cast.sales.pk), blind=True)]
    order = Order(instruction="بررسی", tell_when_done=True)

    def act() -> None:
        services.refer(
            actor=as_actor(cast.olivia), request_id=request.pk, to=user_target(cast.alice), order=order, copies=copies
        )
        assert Referral.objects.filter(request=request).count() == 3

    return act


def answer_it(cast: Cast) -> Act:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    answer = submitted(cast.alice, request)
    return lambda: services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)


def take_it_back(cast: Cast) -> Act:
    request = opened(mailbox(cast))
    answer = drafted(cast.olivia, request)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    return lambda: services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)


def return_it(cast: Cast) -> Act:
    referral = referred(cast.olivia, opened(mailbox(cast)), user_target(cast.alice), tell_when_done=True)
    return lambda: services.return_referral(actor=as_actor(cast.alice), referral_id=referral.pk, remark="نه")


def merge_them(cast: Cast) -> Act:
    first, second, third = (opened(mailbox(cast), f"{number}@arman.example") for number in range(3))
    referred(cast.olivia, second, user_target(cast.alice))
    submitted(cast.alice, second)
    drafted(cast.olivia, third)
    ids = [second.pk, third.pk]
    return lambda: merge(actor=as_actor(cast.olivia), survivor_id=first.pk, request_ids=ids, agreed=True)


def undo_the_merge(cast: Cast) -> Act:
    made = merge_them(cast)()
    assert isinstance(made, Regrouping)
    return lambda: undo_regrouping(actor=as_actor(cast.olivia), regrouping_id=made.pk)


def split_it(cast: Cast) -> Act:
    request = opened(mailbox(cast))
    more = mail(mailbox(cast), subject=f"Re: [{request.code}]")
    services.take_in([more.pk])
    return lambda: split_off(actor=as_actor(cast.olivia), request_id=request.pk, message_ids=[more.pk])


def refer_many_at_once(cast: Cast) -> Act:
    requests = [opened(mailbox(cast), f"{number}@many.example") for number in range(3)]
    change = Change(how=How.REFER, to=f"user:{cast.alice.pk}", words="لطفاً")
    chosen = Selection(ids=tuple(one.pk for one in requests))
    _shown, plan = bulk.preview(actor=as_actor(cast.olivia).user, selection=chosen, change=change)
    return lambda: bulk.run(actor=as_actor(cast.olivia).user, plan=plan)


def refer_on_the_page(cast: Cast) -> Act:
    request = opened(mailbox(cast))
    client = Client()
    client.force_login(cast.olivia)
    form = {"to": f"user:{cast.alice.pk}", "copy": f"user:{cast.bob.pk}", f"role-user:{cast.bob.pk}": "copy"}

    def act() -> None:
        assert client.post(f"/cartable/{request.code}/refer/", form).status_code == 303

    return act


# What is killed before every write, and what has so many that every other, or every fifth, will do.
ACTS = [
    (refer_to_several, 1), (answer_it, 1), (take_it_back, 1), (return_it, 1), (split_it, 1), (refer_on_the_page, 1),
    (merge_them, 2), (undo_the_merge, 2), (refer_many_at_once, 5),
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("furnish", "stride"), ACTS)
def test_a_process_killed_at_any_write_leaves_nothing_half_done(furnish: Callable[[Cast], Act], stride: int) -> None:
    act = furnish(make_cast())
    before, killed = digest(), 0
    for number in range(1, STEPS, stride):
        if not dies_at(number, act):
            break
        killed += 1
        assert differing(before, digest()) == [], f"killed before write {number}"
    assert 4 < killed < STEPS / stride - 1
    assert differing(before, digest()) != [], "the last one came to its end"
    assert_whole()


def assert_whole() -> None:
    """What must be true of a cartable after any kill: holders, chains, messages and events fit together."""
    for request in Request.objects.all():
        assert not (request.assignee_id and request.post_id)
        assert request.message_count == request.thread.exclude(message__state="cancelled").count()
    for step in Step.objects.filter(kind="referred"):
        assert Referral.objects.filter(pk__in=step.details["made"]).count() == len(step.details["made"])
    told = Counter(one.payload["referral_id"] for one in OutboxEvent.objects.filter(name="cartable.request_referred"))
    made = Referral.objects.exclude(action__code="approval").values_list("pk", flat=True)
    assert set(told) == set(made) and set(told.values()) <= {1}
    approved = Answer.objects.filter(state="approved")
    assert approved.count() == Message.objects.filter(direction="out").exclude(state="cancelled").count()


@pytest.mark.django_db(transaction=True)
def test_long_work_goes_on_after_each_kill_and_refers_each_request_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    requests = [opened(mailbox(cast), f"{number}@many.example") for number in range(24)]
    monkeypatch.setattr(long_jobs, "SLICE", 0.0)
    monkeypatch.setattr(running, "BATCH", 3)
    monkeypatch.setattr(running, "AT_ONCE", 2)
    change = Change(how=How.REFER, to=f"user:{cast.alice.pk}")
    chosen = Selection(ids=tuple(one.pk for one in requests))
    _shown, plan = bulk.preview(actor=as_actor(cast.olivia).user, selection=chosen, change=change)
    job = bulk.run(actor=as_actor(cast.olivia).user, plan=plan)
    kills = _storm(job)
    assert kills > 5 and job.result == {"changed": 24, "same": 0, "refused": 0}
    assert sorted(LongJobItem.objects.values_list("ref", flat=True)) == [one.pk for one in requests]
    assert Counter(Referral.objects.values_list("request", "state")) == {(one.pk, "waiting"): 1 for one in requests}
    assert_whole()
    undoing = bulk.undo(actor=as_actor(cast.olivia).user, job=job)
    assert _storm(undoing) > 5 and undoing.result["changed"] == 24
    assert not Referral.objects.filter(ended_at=None).exists()
    assert set(Request.objects.values_list("status", "assignee")) == {("new", None)}


def _storm(job: LongJob) -> int:
    """Slices in processes that are killed a little later each time, until one comes to the end; how many were."""
    kills, dice = 0, Random(20261130)  # the same storm every time
    for _round in range(STEPS):
        job.refresh_from_db()
        if job.state not in ("waiting", "running"):
            return kills
        attempt = job.attempt
        kills += dies_at(dice.randrange(2, 70), lambda: run_slice(job.pk, attempt, rings=False), whole=False)  # noqa: B023  # at once
    raise AssertionError(job.state)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with open_sink() as found:
        yield found


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_out_once_though_its_worker_is_killed_at_any_statement(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    change_answer_ways(actor=cast.ada, wanted=AnswerWays(undo_seconds=0))
    channel = mailbox(cast, smtp={"host": "127.0.0.1", "port": sink.port, "security": "none"})
    monkeypatch.setattr(delivering, "STALLED", timedelta(0))
    monkeypatch.setattr(delivering, "_database_is_young", lambda: False)
    monkeypatch.setattr(delivering, "wait_before", lambda attempt: timedelta(0))
    states: Counter[str] = Counter()
    for number in range(1, 40):
        answer = drafted(cast.olivia, opened(channel, f"{number}@arman.example"))
        services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
        answer.refresh_from_db()
        message_id = answer.message_id or 0
        sink.taken.clear()
        killed = dies_at(number, lambda: delivering.deliver(message_id=message_id), whole=False)  # noqa: B023  # at once
        delivering.give_up_stalled()
        state = delivering.deliver(message_id=message_id)
        states[state] += 1
        assert len(sink.taken) <= 1 and (state, len(sink.taken)) in {("sent", 1), ("uncertain", 0), ("uncertain", 1)}
        assert Request.objects.get(pk=answer.request_id).thread.filter(message__direction="out").count() == 1
        if not killed:
            break
    assert not killed and states["sent"] >= 2 and set(states) == {"sent", "uncertain"}


@pytest.fixture
def server(transactional_db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killable]:
    with killable(tmp_path_factory.mktemp("killed")) as found:
        yield found


def test_a_database_killed_in_the_middle_has_all_of_an_act_or_nothing(server: Killable) -> None:
    cast = make_cast()
    for furnish in (refer_to_several, answer_it, merge_them, undo_the_merge, refer_many_at_once):
        act = furnish(cast)
        before = digest()
        for number in (1, 4, 7):
            with pytest.raises(Error), database_dies_at(server, number), transaction.atomic():
                act()
            server.start()
            assert differing(before, digest()) == [], (furnish.__name__, number)
        act()
        assert_whole()


def test_kept_aside_is_kept_whole(db: None, cast: Cast) -> None:
    """The fingerprint sees a change of one row, so that the tests above prove something."""
    request = opened(mailbox(cast))
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    before = digest()
    services.snooze(actor=as_actor(cast.olivia), request_id=request.pk, until=timezone.now() + timedelta(hours=1))
    assert {"cartable_snooze", "cartable_step"} <= set(differing(before, digest()))
