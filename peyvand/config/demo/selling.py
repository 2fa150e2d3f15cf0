"""What the demo company sells: leads and deals on their way, some for long, some won, some lost."""

import datetime as dt
import random
from collections.abc import Sequence

from peyvand.accounts.models import Branch, User
from peyvand.config.demo.organisation import Company
from peyvand.core.text import search_norm
from peyvand.parties.models import Party
from peyvand.sales.models import Deal, DealPassage, DealPerson, DealSpan, LostReason, Pipeline, Stage
from peyvand.sales.services import (
    ensure_starter_pipelines,
    save_assignment_rule,
    save_lead_form,
    set_fallback_owner,
)
from peyvand.sales.services.holding import GAP
from peyvand.sales.types import AssignmentDetails, LeadFormDetails, Question

DEALS, LEADS = 84, 26
THINGS = (
    "دستگاه تصفیهٔ صنعتی", "سرویس سالانه", "تصفیهٔ خانگی مجتمع", "فیلتر عمده", "آب‌شیرین‌کن کارگاهی", "ایستگاه پمپاژ",
    "بازسازی موتورخانه", "قرارداد نگه‌داری سه‌ساله", "لوازم یدکی", "پایش آب", "تجهیز خط دوم تولید", "استخر مجموعه",
)  # fmt: skip
SOURCES = ("نمایشگاه صنعت آب", "وب‌سایت", "معرفی مشتری", "تماس تلفنی", "")
RIVALS = ("آب‌گستر", "زلال صنعت", "")
ROLES = (("مدیر خرید", "for"), ("مدیر فنی", "neutral"), ("مدیر مالی", "unknown"))
MILLION = 10_000_000  # Rial: a million Toman


def sell(company: Company, dice: random.Random, now: dt.datetime) -> None:
    """Write pipelines, deals and leads of the last months, each with its way through the stages."""
    ensure_starter_pipelines()
    firms = list(Party.objects.filter(kind=Party.Kind.ORGANISATION, deleted_at=None).order_by("pk")[:200])
    sellers = [company.users[name] for name, code in company.roles.items() if code in ("salesperson", "manager")]
    reasons = list(LostReason.objects.order_by("position"))
    for kind, number in ((Pipeline.Kind.DEAL, DEALS), (Pipeline.Kind.LEAD, LEADS)):
        stages = list(Stage.objects.filter(pipeline__kind=kind).select_related("pipeline").order_by("position"))
        for place in range(number):
            deal = _deal(dice, dice.choice(firms), dice.choice(sellers), stages, now)
            deal.rank = place * GAP
            _walk(dice, deal, stages, reasons, now)
    _capture(sellers)


def _capture(sellers: Sequence[User]) -> None:
    """A form for the web site, rules that give its leads away, and who gets what is left."""
    branches = list(Branch.objects.order_by("pk"))
    leads = Pipeline.objects.get(kind=Pipeline.Kind.LEAD)
    asked = (
        Question(label="شهر", kind="city"),
        Question(label="نوع نیاز", kind="choice", choices=("تصفیهٔ صنعتی", "تصفیهٔ خانگی", "سرویس دوره‌ای")),
        Question(label="توضیح", kind="long"),
    )
    save_lead_form(
        actor=None,
        details=LeadFormDetails(
            name="درخواست مشاورهٔ رایگان", pipeline_id=leads.pk, branch_id=branches[0].pk, source="وب‌سایت",
            intro="نیاز خود را بنویسید؛ کارشناس ما با شما تماس می‌گیرد.", questions=asked,
            consent="می‌پذیرم که پیشنهادها و خبرهای شرکت برایم فرستاده شود.",
        ),
    )  # fmt: skip
    ids = [each.pk for each in sellers]
    rules = (
        AssignmentDetails(name="سرنخ‌های وب‌سایت، به نوبت", sources=["وب‌سایت"], people=ids),
        AssignmentDetails(name="دیگر سرنخ‌ها، به کم‌کارترین", people=ids, share="least", most=40),
    )
    for details in rules:
        save_assignment_rule(actor=None, details=details)
    set_fallback_owner(actor=None, user_id=ids[0])


def _deal(dice: random.Random, firm: Party, seller: User, stages: Sequence[Stage], now: dt.datetime) -> Deal:
    name = f"{dice.choice(THINGS)}، {firm.name}"[:200]
    amount = None if dice.random() < 0.1 else dice.randint(4, 150) * 10 * MILLION
    opened = now - dt.timedelta(days=dice.random() ** 2 * 240 + 1)
    return Deal(
        name=name, party=firm, pipeline=stages[0].pipeline, stage=stages[0], amount=amount, owner=seller,
        department_id=seller.department_id, branch_id=seller.branch_id, source=dice.choice(SOURCES),
        is_hot=dice.random() < 0.15, close_on=(now + dt.timedelta(days=dice.randint(3, 90))).date(),
        opened_at=opened, stage_since=opened, created_by=seller, search=search_norm(name),
    )  # fmt: skip


def _walk(
    dice: random.Random, deal: Deal, stages: Sequence[Stage], reasons: Sequence[LostReason], now: dt.datetime
) -> None:
    """Let it go from stage to stage until today, until it is won or lost."""
    spans: list[tuple[Stage, str, dt.datetime]] = [(stages[0], "open", deal.opened_at)]
    for stage in stages[1:]:
        moment = spans[-1][2] + dt.timedelta(days=dice.randint(2, 16), hours=dice.randint(0, 9))
        if moment >= now or dice.random() < 0.12:
            break
        spans.append((stage, "open", moment))
    last, _state, since = spans[-1]
    end = since + dt.timedelta(days=dice.randint(3, 20))
    if end < now and deal.pipeline.kind == Pipeline.Kind.DEAL:
        deal.state = Deal.State.WON if last == stages[-1] else Deal.State.LOST
        if deal.state == Deal.State.LOST and dice.random() < 0.45:
            deal.state = Deal.State.OPEN
    if deal.state != Deal.State.OPEN:
        deal.closed_at = end
        spans.append((last, str(deal.state), end))
    if deal.state == Deal.State.LOST:
        deal.lost_reason, deal.competitor = dice.choice(reasons), dice.choice(RIVALS)
    deal.stage, deal.stage_since = last, since
    deal.save()
    _store(deal, spans)
    _people(dice, deal)


def _store(deal: Deal, spans: Sequence[tuple[Stage, str, dt.datetime]]) -> None:
    ends = [*(since for _stage, _state, since in spans[1:]), None]
    DealSpan.objects.bulk_create(
        DealSpan(
            deal=deal, pipeline_id=deal.pipeline_id, stage=stage, state=state, amount=deal.amount, since=since,
            until=until, owner_id=deal.owner_id, department_id=deal.department_id, branch_id=deal.branch_id,
            by_id=deal.owner_id,
        )
        for (stage, state, since), until in zip(spans, ends, strict=True)
    )  # fmt: skip
    DealPassage.objects.create(
        deal=deal, pipeline_id=deal.pipeline_id, furthest_id=deal.stage_id, began_at=deal.opened_at
    )


def _people(dice: random.Random, deal: Deal) -> None:
    staff = list(Party.objects.filter(organisation=deal.party_id, deleted_at=None).order_by("pk")[: len(ROLES)])
    for place, (person, (role, influence)) in enumerate(zip(staff, ROLES, strict=False), 1):
        DealPerson.objects.create(deal=deal, party=person, role=role, influence=influence, position=place)
