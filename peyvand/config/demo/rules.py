"""Rules of routing of the demo company, what its people can do and hold, and why its requests went where they went."""

from collections.abc import Sequence

from peyvand.cartable.models import Routed, RoutingRule, Seat, Skill
from peyvand.cartable.routing import Asked
from peyvand.cartable.routing_rules import Conditions, Outcome, World, decide
from peyvand.cartable.selectors.routing import channel_facts, forget_rules, ready, world_of
from peyvand.cartable.services.opening import words_of
from peyvand.cartable.services.placing import Placing, incoming_of
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Channel
from peyvand.config.demo.organisation import Company
from peyvand.config.demo.story import Story
from peyvand.core.text import search_norm

SEATS = {"nima": 25, "shirin": 25, "hooman": 15, "babak": None, "golnar": None}  # None: any number
SKILLED = ("babak", "golnar")


def lay_down(company: Company) -> None:
    """Store the rules: three that are on, and two to be tried first."""
    english = Skill.objects.create(name="مکاتبه به انگلیسی")
    Seat.objects.bulk_create(
        Seat(user=company.users[name], capacity=most, skills=[english.pk] if name in SKILLED else [])
        for name, most in SEATS.items()
    )
    to = {key: f"department:{one.pk}" for key, one in company.departments.items()}
    tehran = (company.branches["tehran"].pk,)
    rules = [
        (
            "شکایت‌ها به ارتباط با مشتری", True,
            Conditions(words=_words("شکایت", "نارضایتی", "گلایه"), branches=tehran),
            Outcome(to=to["relations"], officer=company.users["leila"].pk),
        ),
        (
            "تعمیر و نشتی به خدمات پس از فروش", True,
            Conditions(words=_words("تعمیر", "نشتی", "سرویس", "فیلتر"), without=_words("قیمت"), branches=tehran),
            Outcome(to=to["service"], kind=company.kinds["service"].pk),
        ),
        (
            "نامه‌های انگلیسی به فروش", True,
            Conditions(languages=("en",)),
            Outcome(to=to["sales"], share="least_busy", skill=english.pk),
        ),
        (
            "نشتی بیرون از ساعت کاری", False,
            Conditions(words=_words("نشتی"), hours="outside"),
            Outcome(to=to["service"], share="turns", priority="urgent"),
        ),
        (
            "فاکتور و مالیات به رئیس مالی", False,
            Conditions(words=_words("فاکتور", "مالیات", "صورت‌حساب"), mediums=("mail", "form")),
            Outcome(to=f"post:{company.posts['finance'].pk}"),
        ),
    ]  # fmt: skip
    RoutingRule.objects.bulk_create(
        RoutingRule(name=name, position=n, is_active=on, conditions=conditions.to_json(), outcome=outcome.to_json())
        for n, (name, on, conditions, outcome) in enumerate(rules, 1)
    )
    forget_rules()


def _words(*words: str) -> tuple[str, ...]:
    return tuple(search_norm(word) for word in words)


def explain(stories: Sequence[Story]) -> None:
    """Keep for each request that came by itself why it went where it went: a rule where one leads there, else its kind
    or channel."""
    rules = [ready(rule) for rule in RoutingRule.objects.filter(is_active=True).order_by("position")]
    world = world_of(Channel.objects.all(), rules)
    Routed.objects.bulk_create(
        (found for story in stories if (found := _explained(story, world)) is not None), batch_size=500
    )


def _explained(story: Story, world: World) -> Routed | None:
    opened, message = story.steps[0], story.messages[0]
    went = opened.details.get("department")
    if opened.kind != StepKind.OPENED or opened.actor is not None or went is None:
        return None
    party = story.request.party
    asked = Asked(text=words_of(message), party_branch_id=party.branch_id if party else None)
    decision = decide(asked, incoming_of(message, asked, opened.at), channel_facts(message.channel), world)
    if decision is None:
        return None
    if decision.rule is not None and decision.route.department_id == went:
        return Routed(
            request=story.request, rule_id=decision.rule.id, reason=Routed.Reason.RULE,
            details=Placing(decision=decision).details(), at=opened.at,
        )  # fmt: skip
    kind = next((one for one in world.kinds if one.id == story.request.kind_id), None)
    by_kind = kind is not None and kind.department_id == went
    reason = Routed.Reason.KIND if by_kind else Routed.Reason.CHANNEL
    return Routed(request=story.request, reason=reason, details={"department": went}, at=opened.at)
