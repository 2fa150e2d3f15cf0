"""Rules at work: changing them, sharing what they take among people, the log, the dry run."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.services import name_substitute
from peyvand.accounts.types import Leave
from peyvand.cartable.models import Kind, Request, Routed, RoutingRule, Seat, Step, Turn
from peyvand.cartable.routing_rules import Conditions, Outcome
from peyvand.cartable.selectors.named_things import lost_of, things_of
from peyvand.cartable.selectors.rehearsal import runs_of
from peyvand.cartable.selectors.routing import forget_rules, ready
from peyvand.cartable.services import placing, rehearsing, ruling, take_in
from peyvand.cartable.tests.desk import mail, mailbox, opened, request_of
from peyvand.core import long_job_slices
from peyvand.core.errors import Conflict, Invalid, NotAllowed, NotFound
from peyvand.core.models import LongJob
from tests.cast import Cast, make_user


def rule_of(cast: Cast, to: str = "", on: bool = True, name: str = "قاعده", **more: Any) -> RoutingRule:
    """A rule that is on."""
    outcome = {key: more.pop(key) for key in list(more) if key in {"share", "skill", "kind", "priority", "officer"}}
    wanted = ruling.Wanted(name=name, conditions=Conditions(**more), outcome=Outcome(to=to, **outcome))
    rule = ruling.create_rule(actor=cast.ada, wanted=wanted)
    return ruling.switch_rule(actor=cast.ada, rule_id=rule.pk, is_active=True) if on else rule


def to(department: Any) -> str:
    return f"department:{department.pk}"


def test_a_rule_takes_what_fits_and_the_log_says_so(cast: Cast) -> None:
    kind = Kind.objects.create(code="complaint", name_fa="شکایت", name_en="Complaint")
    rule = rule_of(cast, to(cast.logistics), words=("نرسیده",), kind=kind.pk, priority="high", officer=cast.bob.pk)
    request = opened(mailbox(cast))
    assert (request.department, request.kind, request.priority) == (cast.logistics, kind, "high")
    assert (request.officer, request.assignee) == (cast.bob, None)
    assert (request.routed.rule, request.routed.reason) == (rule, "rule")
    assert request.routed.details["rule"] == rule.name
    other = opened(mailbox(cast), "x@y.example", text="قیمت چند است؟", subject="قیمت")
    assert (other.department, other.routed.reason, other.routed.rule) == (cast.customer_relations, "channel", None)


def test_a_rule_that_is_off_or_in_the_trash_takes_nothing(cast: Cast) -> None:
    rule_of(cast, to(cast.logistics), on=False)
    gone = rule_of(cast, to(cast.logistics))
    ruling.delete_rule(actor=cast.ada, rule_id=gone.pk)
    assert opened(mailbox(cast)).department == cast.customer_relations
    ruling.restore_rule(actor=cast.ada, rule_id=gone.pk)
    assert opened(mailbox(cast), "b@y.example").department == cast.logistics


def test_work_goes_on_where_nobody_is_there(cast: Cast) -> None:
    empty = rule_of(cast, to(cast.after_sales), name="خالی")
    vacant = rule_of(cast, f"post:{cast.head_of_logistics.pk}", name="پست")
    person = rule_of(cast, f"user:{cast.alice.pk}", name="شخص")
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)
    cast.head_of_logistics.delete()
    request = opened(mailbox(cast))
    assert (request.department, request.routed.reason) == (cast.customer_relations, "channel")
    assert [(one["rule"], one["why"]) for one in request.routed.details["skipped"]] == [
        (empty.pk, "department"),
        (vacant.pk, "post"),
        (person.pk, "user"),
    ]
    things = things_of([empty, vacant, person])
    for rule in (empty, vacant, person):
        assert lost_of(ready(rule).conditions, ready(rule).outcome, things) == ["to"]


def test_posts_and_persons_hold_it_from_the_start(cast: Cast) -> None:
    rule_of(cast, f"post:{cast.head_of_logistics.pk}", senders=("a.example",))
    rule_of(cast, f"user:{cast.alice.pk}", senders=("b.example",))
    by_post, by_name = opened(mailbox(cast), "x@a.example"), opened(mailbox(cast), "x@b.example")
    assert (by_post.post, by_post.assignee, by_post.department) == (cast.head_of_logistics, None, cast.logistics)
    assert (by_name.assignee, by_name.department) == (cast.alice, cast.logistics)
    assert by_name.routed.details["to"]["user"] == cast.alice.pk


def shared(cast: Cast, count: int, share: str = "turns", **more: Any) -> list[User | None]:
    rule_of(cast, to(cast.logistics), share=share, **more)
    messages = [mail(mailbox(cast), f"n{number}@arman.example") for number in range(count)]
    for part in (messages[: count // 2], messages[count // 2 :]):
        take_in([message.pk for message in part])
    return [request_of(message).assignee for message in messages]


def test_everybody_of_the_department_gets_his_turn(cast: Cast) -> None:
    make_user("auditor", department=cast.logistics, roles=[cast.roles["auditor"]])  # may look, not handle
    assert shared(cast, 5) == [cast.bob, cast.alice] * 2 + [cast.bob]
    newcomer = make_user("new", department=cast.logistics, roles=[cast.roles["expert"]])
    later = [opened(mailbox(cast), f"l{number}@arman.example").assignee for number in range(3)]
    assert later == [newcomer, cast.alice, cast.bob]


def test_the_least_busy_get_it(cast: Cast) -> None:
    for number in range(2):
        held = opened(mailbox(cast), f"h{number}@arman.example")
        Request.objects.filter(pk=held.pk).update(assignee=cast.bob)
    assert Counter(shared(cast, 4, "least_busy")) == {cast.alice: 3, cast.bob: 1}


def test_nobody_gets_more_than_he_can_hold(cast: Cast) -> None:
    ruling.set_seat(actor=cast.ada, user_id=cast.alice.pk, capacity=1, skills=[])
    ruling.set_seat(actor=cast.ada, user_id=cast.bob.pk, capacity=2, skills=[])
    given = shared(cast, 5)
    assert Counter(given) == {cast.alice: 1, cast.bob: 2, None: 2}
    last = Routed.objects.latest("request_id")
    assert last.details["share"] == {"by": "turns", "to": None, "why": "full"}
    assert last.request.department == cast.logistics


def test_only_those_with_the_skill_get_it(cast: Cast) -> None:
    arabic, french = (ruling.add_skill(actor=cast.ada, name=name) for name in ("عربی", "فرانسه"))
    ruling.set_seat(actor=cast.ada, user_id=cast.alice.pk, capacity=None, skills=[arabic.pk])
    assert shared(cast, 2, skill=arabic.pk) == [cast.alice, cast.alice]
    ruling.remove_skill(actor=cast.ada, skill_id=arabic.pk)
    assert Seat.objects.get(pk=cast.alice.pk).skills == []
    assert opened(mailbox(cast), "z@arman.example").routed.details["share"]["why"] == "unskilled"
    with pytest.raises(Conflict):
        ruling.add_skill(actor=cast.ada, name=french.name)


def test_who_is_on_leave_gets_nothing(cast: Cast) -> None:
    today = timezone.localdate()
    name_substitute(actor=None, person=cast.bob, substitute=cast.alice, leave=Leave(first_day=today, last_day=today))
    assert shared(cast, 3) == [cast.alice] * 3


@pytest.mark.django_db(transaction=True)
def test_two_intakes_at_once_share_evenly(cast: Cast) -> None:
    rule_of(cast, to(cast.logistics), share="turns")
    channel = mailbox(cast)
    ids = [[mail(channel, f"w{worker}n{n}@arman.example").pk for n in range(7)] for worker in range(4)]
    barrier, failed = threading.Barrier(4), []

    def work(mine: list[int]) -> None:
        try:
            barrier.wait()
            for pk in mine:
                take_in([pk])
        except Exception as error:  # noqa: BLE001 -- shown below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(mine,)) for mine in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Counter(Request.objects.values_list("assignee", flat=True)) == {cast.alice.pk: 14, cast.bob.pk: 14}
    assert len(set(Turn.objects.values_list("number", flat=True))) == 2


def test_sharing_costs_few_statements_however_many_messages(cast: Cast) -> None:
    channel = mailbox(cast)

    def statements(sender: str) -> int:
        messages = [mail(channel, f"{sender}{number}@arman.example").pk for number in range(20)]
        with CaptureQueriesContext(connection) as asked:
            take_in(messages)
        return len(asked)

    statements("warm")
    without = statements("a")
    rule_of(cast, to(cast.logistics), share="least_busy")
    statements("warmer")
    assert statements("b") <= without + 12  # calendar and rules may be read anew in between


def test_a_rolled_back_intake_gives_nothing(cast: Cast) -> None:
    rule_of(cast, to(cast.logistics), share="turns")
    with pytest.raises(RuntimeError), transaction.atomic():
        take_in([mail(mailbox(cast), "q@arman.example").pk])
        raise RuntimeError
    assert not Turn.objects.exists() and not Routed.objects.exists()


def test_only_who_configures_changes_rules(cast: Cast) -> None:
    rule = rule_of(cast, to(cast.logistics))
    wanted = ruling.Wanted(name="x")
    acts: list[Callable[[], object]] = [
        lambda: ruling.create_rule(actor=cast.olivia, wanted=wanted),
        lambda: ruling.change_rule(actor=cast.olivia, rule_id=rule.pk, wanted=wanted),
        lambda: ruling.switch_rule(actor=cast.olivia, rule_id=rule.pk, is_active=False),
        lambda: ruling.order_rules(actor=cast.olivia, ids=[rule.pk]),
        lambda: ruling.delete_rule(actor=cast.olivia, rule_id=rule.pk),
        lambda: ruling.restore_rule(actor=cast.olivia, rule_id=rule.pk),
        lambda: ruling.go_back(actor=cast.olivia, rule_id=rule.pk, version=1),
        lambda: ruling.add_skill(actor=cast.olivia, name="x"),
        lambda: ruling.remove_skill(actor=cast.olivia, skill_id=1),
        lambda: ruling.set_seat(actor=cast.olivia, user_id=cast.alice.pk, capacity=1, skills=[]),
        lambda: rehearsing.start_rehearsal(actor=cast.olivia, rule_id=rule.pk),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_a_change_is_a_version_to_which_one_can_go_back(cast: Cast) -> None:
    rule = rule_of(cast, to(cast.logistics), words=("قيمت",))
    assert rule.conditions == {"words": ["قیمت"]}  # folded
    wanted = ruling.Wanted(name="دیگر", conditions=Conditions(languages=("en",)), outcome=Outcome(priority="low"))
    changed = ruling.change_rule(actor=cast.ada, rule_id=rule.pk, wanted=wanted, version=rule.version)
    with pytest.raises(Conflict):
        ruling.change_rule(actor=cast.ada, rule_id=rule.pk, wanted=wanted, version=rule.version)
    back = ruling.go_back(actor=cast.ada, rule_id=rule.pk, version=rule.version)
    assert (back.name, back.conditions, back.outcome) == (rule.name, rule.conditions, rule.outcome)
    assert back.version == changed.version + 1 and back.is_active
    with pytest.raises(NotFound):
        ruling.go_back(actor=cast.ada, rule_id=rule.pk, version=99)


def test_rules_are_asked_in_the_order_they_are_put(cast: Cast) -> None:
    first, second = rule_of(cast, to(cast.logistics)), rule_of(cast, to(cast.sales))
    assert opened(mailbox(cast)).department == cast.logistics
    ruling.order_rules(actor=cast.ada, ids=[second.pk, first.pk, 999])
    assert opened(mailbox(cast), "k@y.example").department == cast.sales


@pytest.mark.parametrize(
    "conditions, outcome, field",
    [
        ({"channels": (99,)}, {}, "channels"),
        ({"mediums": ("pigeon",)}, {}, "mediums"),
        ({"days": (9,)}, {}, "days"),
        ({"start": "8 o'clock"}, {}, "start"),
        ({"words": tuple(f"w{n}" for n in range(101))}, {}, "words"),
        ({"words": ("w" * 81,)}, {}, "words"),
        ({}, {"to": "department:99"}, "to"),
        ({}, {"kind": 99}, "kind"),
        ({}, {"skill": 99}, "skill"),
        ({}, {"officer": 99}, "officer"),
        ({}, {"priority": "very"}, "priority"),
        ({}, {"share": "lottery"}, "share"),
    ],
)
def test_what_is_not_there_cannot_be_named(
    cast: Cast, conditions: dict[str, Any], outcome: dict[str, Any], field: str
) -> None:
    wanted = ruling.Wanted(name="x", conditions=Conditions(**conditions), outcome=Outcome(**outcome))
    with pytest.raises(Invalid) as refused:
        ruling.create_rule(actor=cast.ada, wanted=wanted)
    assert list(refused.value.fields) == [field]


def worked(job: LongJob) -> LongJob:
    while job.state in ("waiting", "running"):
        long_job_slices.run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
    assert job.state == "done", job.error
    return job


def test_a_dry_run_says_where_requests_would_go_and_changes_nothing(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(rehearsing, "PORTION", 2)
    channel = mailbox(cast)
    late = [opened(channel, f"n{number}@arman.example") for number in range(5)]
    price = opened(channel, "p@arman.example", subject="قیمت", text="قیمت؟")
    old = opened(channel, "old@arman.example")
    Request.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(days=91))
    rule_of(cast, to(cast.customer_relations), senders=("n0@arman.example",), name="پیش از آن")
    rule = rule_of(cast, to(cast.logistics), words=("سفارش",), on=False)
    steps = Step.objects.count()
    job = worked(rehearsing.start_rehearsal(actor=cast.ada, rule_id=rule.pk))
    counts = {key: job.result[key] for key in ("looked", "taken", "elsewhere", "passed")}
    assert counts == {"looked": 6, "taken": 4, "elsewhere": 4, "passed": 0}
    assert job.result["moves"] == {f"{cast.customer_relations.pk}>{cast.logistics.pk}": 4}
    assert [row[0] for row in job.result["sample"]] == [one.pk for one in late[:0:-1]]
    assert (Step.objects.count(), Request.objects.get(pk=price.pk).version) == (steps, price.version)
    assert runs_of(cast.ada, rule) == job and runs_of(cast.olivia, rule) is None


def test_a_dry_run_knows_nothing_of_confidential_requests(cast: Cast) -> None:
    secret = opened(mailbox(cast))
    Request.objects.filter(pk=secret.pk).update(confidential=True)
    rule = rule_of(cast, to(cast.logistics), on=False)
    job = worked(rehearsing.start_rehearsal(actor=cast.ada, rule_id=rule.pk))
    assert job.result["looked"] == 0 and job.result["sample"] == []


def test_what_a_dry_run_sees_of_an_empty_department(cast: Cast) -> None:
    opened(mailbox(cast))
    rule = rule_of(cast, to(cast.after_sales), on=False)
    result = worked(rehearsing.start_rehearsal(actor=cast.ada, rule_id=rule.pk)).result
    assert (result["taken"], result["passed"]) == (0, 1)


def test_the_rules_are_read_once_and_believed(cast: Cast, django_assert_num_queries: Callable[..., Any]) -> None:
    rule_of(cast, to(cast.logistics))
    forget_rules()
    with django_assert_num_queries(1):
        for _n in range(3):
            placing.rules_in_use()
