"""What colleagues do together in the demo company: referrals in many hands, approvals, leave, secrets."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Substitution, User
from peyvand.accounts.services.substituting import name_substitute
from peyvand.accounts.types import Leave
from peyvand.cartable import services
from peyvand.cartable.models import ApprovalRule, Referral, ReferralAction, Request, ReturnRule, RuleApprover, Step
from peyvand.cartable.services import finish_referral, read_referral, refer, return_referral
from peyvand.cartable.services.starting import ACTIONS
from peyvand.cartable.types import Copy, Draft, Order, Target, TargetKind, Timer
from peyvand.config.demo.organisation import Company

FREE = (Request.Status.NEW, Request.Status.OPEN, Request.Status.REFERRED)
TREES, FOR_KAMYAR, SECRETS = 4, 4, 3
LATELY = dt.timedelta(days=2)
LONG_ANSWER = 120  # words
ANSWER = (
    "با سلام و احترام،\n\nاز ناخشنودی شما متأسفیم. پرونده بررسی شد؛ هزینهٔ سرویس بازگردانده می‌شود و کارشناس ما فردا "
    "پیش از ظهر با شما تماس می‌گیرد.\n\nآب‌آفرین"
)
# person, substitute, days from today: first and last, work (1 requests, 2 reviews, 3 both), note
LEAVES = (
    ("saman", "leila", 0, 4, 3, "پرونده‌های سازمان‌ها فوری‌ترند."),
    ("hooman", "nima", 7, 12, 1, "بازدیدهای اصفهان جابه‌جا شده‌اند."),
    ("mahnaz", "omid", 0, 1, 3, ""),
    ("taraneh", "sina", 3, 5, 2, "تنها پاسخ‌های در انتظار تأیید."),
)


def work_together(company: Company) -> None:
    """Let the officer Leila and her colleagues work on open requests that nobody tied together."""
    people = {name: Actor(user) for name, user in company.users.items()}
    _approvals(company, people)
    found = _open_of(people["leila"])
    for request in islice(found, TREES):
        _tree(company, people, request)
    actions = list(_asked().values())
    for number, request in enumerate(islice(found, FOR_KAMYAR)):
        _ask_kamyar(people, request, actions[number % len(actions)])
    for request in islice(found, SECRETS):
        services.confide(
            actor=people["leila"], request_id=request.pk, confidential=True, people=[_pk(people["kamyar"])]
        )
    _leaves(company.users)
    ReturnRule.objects.create(department=company.departments["service"], minutes=8 * 60, to=ReturnRule.To.HEAD)
    ReturnRule.objects.create(minutes=24 * 60, when=ReturnRule.When.UNTOUCHED)


def _open_of(who: Actor) -> Iterator[Request]:
    rows = Request.objects.visible_to(who).filter(status__in=FREE, tied=False)
    plain: QuerySet[Request] = rows.filter(confidential=False, needs_review=False, trouble="", perhaps_of=None)
    return iter(plain.filter(branch=who.user.branch, merged_into=None, parent=None).order_by("-opened_at", "-pk"))


def _asked() -> dict[str, ReferralAction]:
    """What a referral can ask for; a database that no start of the product has filled has none yet."""
    if not ReferralAction.objects.exists():
        ReferralAction.objects.bulk_create(
            ReferralAction(code=code, name_fa=persian, name_en=english, position=position)
            for position, (code, persian, english) in enumerate(ACTIONS)
        )
    return {each.code: each for each in ReferralAction.objects.order_by("position")}


def _pk(who: Actor) -> int:
    return int(who.user.pk)


def _to(who: Actor) -> Target:
    return Target(TargetKind.USER, _pk(who))


def _last(request: Request, role: str = Referral.Role.ORIGINAL) -> int:
    return Referral.objects.filter(request=request, role=role).latest("pk").pk


def _tree(company: Company, people: dict[str, Actor], request: Request) -> None:
    """To the head of the service with copies; he passes it on, it comes back to him, and goes to another."""
    began = timezone.now()
    since = max(request.last_activity_at, began - LATELY)
    asked = {code: action.pk for code, action in _asked().items()}
    copies = (
        Copy(to=_to(people["nima"]), action_id=asked["opinion"]),
        Copy(to=Target(TargetKind.DEPARTMENT, company.departments["sales"].pk), action_id=asked["information"]),
        Copy(to=_to(people["farnaz"]), blind=True),
    )
    order = Order(
        instruction="علت خرابی را روشن کنید و تا پس‌فردا نتیجه را بنویسید.", due_at=began + LATELY, tell_when_done=True,
        action_id=asked["action"], timer=Timer(minutes=16 * 60, when="untouched", to="head"),
    )  # fmt: skip
    service = Target(TargetKind.POST, company.posts["service"].pk)
    refer(actor=people["leila"], request_id=request.pk, to=service, order=order, copies=copies)
    asked_nima = Referral.objects.filter(request=request, to_user=people["nima"].user).latest("pk")
    finish_referral(actor=people["nima"], referral_id=asked_nima.pk, remark="به گمان من شیر برقی باید عوض شود.")
    read_referral(actor=people["davood"], request_id=request.pk)
    first = Order(instruction="امروز با مشتری تماس بگیرید.")
    refer(actor=people["davood"], request_id=request.pk, to=_to(people["shirin"]), order=first)
    read_referral(actor=people["shirin"], request_id=request.pk)
    reason = "این مشتری در برنامهٔ هومن است؛ هفتهٔ گذشته او رفته بود."
    return_referral(actor=people["shirin"], referral_id=_last(request), remark=reason)
    second = Order(instruction="ادامهٔ کار با شماست.", keep=True)
    refer(actor=people["davood"], request_id=request.pk, to=_to(people["hooman"]), order=second)
    read_referral(actor=people["hooman"], request_id=request.pk)
    _spread(request, since, began)


def _spread(request: Request, since: dt.datetime, began: dt.datetime) -> None:
    """Set these steps apart in time, as if they had taken hours, and their referrals with them."""
    steps = list(Step.objects.filter(request=request, at__gte=began).select_related("referral").order_by("pk"))
    pause = (began - since) / (len(steps) + 1)
    for number, step in enumerate(steps, 1):
        step.at = since + number * pause
        moment = {"referred": "created_at", "read": "read_at", "returned": "ended_at", "finished": "ended_at"}.get(
            step.kind
        )
        if moment and step.referral_id:
            Referral.objects.filter(pk=step.referral_id).update(**{moment: step.at})
    Step.objects.bulk_update(steps, ["at"])
    copies = Referral.objects.filter(request=request).exclude(role=Referral.Role.ORIGINAL)
    copies.update(created_at=steps[0].at)
    Request.objects.filter(pk=request.pk).update(last_activity_at=steps[-1].at)


def _ask_kamyar(people: dict[str, Actor], request: Request, action: ReferralAction) -> None:
    """Leila asks her manager, and keeps an eye on it."""
    order = Order(instruction="لطفاً نظرتان را بنویسید.", action_id=action.pk, keep=True)
    copies = (Copy(to=_to(people["farnaz"])),)
    refer(actor=people["leila"], request_id=request.pk, to=_to(people["kamyar"]), order=order, copies=copies)


def _approvals(company: Company, people: dict[str, Actor]) -> None:
    """Answers to complaints need two approvals, long ones any of two; some wait for the first, some for the second."""
    complaints = ApprovalRule.objects.create(name="پاسخ شکایت‌ها", kind=company.kinds["complaint"], position=10)
    long = ApprovalRule.objects.create(name="پاسخ‌های بلند", min_words=LONG_ANSWER, in_order=False, position=20)
    RuleApprover.objects.bulk_create(
        RuleApprover(rule=rule, user=company.users[name], position=position)
        for rule, names in ((complaints, ("kamyar", "parisa")), (long, ("parisa", "mahnaz")))
        for position, name in enumerate(names)
    )
    kind = company.kinds["complaint"]
    waiting = (one for one in _open_of(people["leila"]) if one.kind == kind and one.medium == "mail")
    for number, request in enumerate(islice(waiting, 3)):
        draft = Draft(body=ANSWER)
        answer = services.save_draft(actor=people["leila"], request_id=request.pk, draft=draft)
        services.submit_draft(actor=people["leila"], answer_id=answer.pk)
        if number == 0:
            services.approve_and_send(actor=people["kamyar"], answer_id=answer.pk)


def _leaves(users: dict[str, User]) -> None:
    """Who is away and who stands in; one leave is over."""
    today = timezone.localdate()
    for person, substitute, first, last, work, note in LEAVES:
        days = [today + dt.timedelta(days=number) for number in (first, last)]
        leave = Leave(first_day=days[0], last_day=days[1], work=work, note=note)
        name_substitute(actor=None, person=users[person], substitute=users[substitute], leave=leave)
    over = timezone.localtime() - dt.timedelta(days=33)
    Substitution.objects.create(
        person=users["leila"], substitute=users["saman"], first_day=(over - dt.timedelta(days=6)).date(),
        last_day=over.date(), ended_at=over, settled_at=over,
    )  # fmt: skip
