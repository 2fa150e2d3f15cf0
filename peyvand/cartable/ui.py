"""What the cartable puts into the shell: its entries, its commands, its slots in other pages."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.cartable import code, customer_file, routing_words, taken_out, timeline
from peyvand.cartable.models import LEXEMES, Article, Request
from peyvand.cartable.selectors import knowledge
from peyvand.cartable.selectors.counting import number_in
from peyvand.cartable.selectors.folders import Folder
from peyvand.cartable.selectors.leave import secrets_of
from peyvand.cartable.selectors.routed import names_of, routed_of
from peyvand.cartable.views.wording import STATUS_COLOURS
from peyvand.channels.models import Message
from peyvand.core import finding
from peyvand.core.prepared import Given
from peyvand.core.text import search_norm
from peyvand.core.word_index import holds, words_query
from peyvand.parties import file_parts
from peyvand.parties.models import Party
from peyvand.parties.timeline import register
from peyvand.web import nav, slots
from peyvand.web.administration import sections
from peyvand.web.notifications import kinds

__all__ = ["taken_out"]

SHORTEST = 3
MOST_COUNTED = 99
MOST_FOUND = 50


def _found(who: Who) -> QuerySet[Request]:
    return Request.objects.visible_to(who).select_related("party").only("code", "subject", "party__name")


_BY_CODE = PreparedFor(lambda who: _found(who).filter(code=Given("code")))
_BY_WORDS = PreparedFor(
    lambda who: _found(who).filter(holds(LEXEMES, Given("words"))).order_by("-last_activity_at")[:MOST_FOUND]
)


def found(user: User, question: str, limit: int) -> Iterator[finding.Found]:
    """Requests by follow-up code or by words of subject and customer."""
    number = code.parse(question)
    wanted = search_norm(question)
    if number:
        rows = _BY_CODE.all(user, code=number)
    elif len(wanted) >= SHORTEST:
        rows = _BY_WORDS.all(user, words=words_query(question))
    else:
        return
    for each in rows[:limit]:
        yield finding.Found(
            id=each.code,
            title=each.subject or each.code,
            subtitle=each.party.name if each.party else "",
            code=each.code,
            page="cartable:any",
            arguments=(each.code,),
            icon="inbox",
        )


def waiting(user: User) -> int:
    """How much stands in one's own folder; the badge says no more than 99."""
    return number_in(user, Folder.MINE, MOST_COUNTED)


def follow_up(message: Message, *, request: HttpRequest | None) -> SafeString | None:
    """The follow-up code of the request that a public form became, for whoever holds its receipt."""
    code = Request.objects.filter(thread__message=message).values_list("code", flat=True).first()
    return format_html('<bdi dir="ltr">{}</bdi>', code) if code else None


def requests_of(party: Party, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The latest requests of a customer, and of an organisation's people, that the reader may see."""
    user = request.user if request else None
    if not isinstance(user, User) or not may(user, "cartable.view"):
        return None
    latest = customer_file.latest_requests(user, party)
    found = [(each, STATUS_COLOURS[Request.Status(each.status)]) for each in latest]
    most = customer_file.MOST_LISTED
    return {"party": party, "requests": found[:most], "more": len(found) > most}


def requests_tab(request: HttpRequest, party: Party) -> str:
    """The tab of requests in a customer's file: whatever fills the slot."""
    return slots.render("party.requests", party, request=request)


def why_here(opened: Request, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """Why a request is where it went at first; nothing for one that is older than the log."""
    routed = routed_of(opened)
    return {"lines": routing_words.why(routed, **names_of(routed))} if routed is not None else None


def secrets(person: User, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """On one's own page of leave: the confidential requests that a substitute would not see."""
    if request is None or request.user != person:
        return None
    found = secrets_of(person)
    return {"secrets": found} if found else None


nav.register(
    nav.NavItem(
        key="cartable",
        label=_("Cartable"),
        url_name="cartable:home",
        icon="inbox",
        order=10,
        permission="cartable.view",
        count=waiting,
        phone=True,
        shortcut="KeyI",
    )
)
nav.register(
    nav.NavItem(
        key="new-request",
        label=pgettext_lazy("add", "Request"),
        url_name="cartable:new",
        icon="inbox",
        section="create",
        order=10,
        permission="cartable.register",
        shortcut="KeyR",
    )
)
finding.register(finding.Source(key="requests", label=_("Requests"), find=found, order=20))
slots.register("channels.follow_up", follow_up)
slots.register("party.requests", slots.template("cartable/_of_party.html", requests_of))
slots.register("party.chips", customer_file.complaints_chip)
slots.register("party.actions", customer_file.write_to)
slots.register("party.actions", customer_file.new_request)
file_parts.register_figures(customer_file.figures, permission="cartable.view", order=10)
file_parts.register_tab(
    file_parts.Tab(
        key="requests",
        label=_("Requests"),
        render=requests_tab,
        count=customer_file.count_of,
        permission="cartable.view",
        order=10,
    )
)
kinds.register("referral", icon="arrow-ramp-right", tone="info")
for source in timeline.SOURCES:
    register(source)
sections.register(
    sections.Section(
        key="referrals",
        label=_("Referrals"),
        url_name="cartable:referrals",
        icon="arrow-ramp-right",
        permission="cartable.configure",
        order=140,
    )
)
sections.register(
    sections.Section(
        key="outward",
        label=_("Receipts and surveys"),
        url_name="cartable:outward",
        icon="mail-check",
        permission="cartable.configure",
        order=150,
    )
)
sections.register(
    sections.Section(
        key="routing",
        label=_("Routing"),
        url_name="cartable:rules",
        icon="route",
        permission="cartable.configure",
        order=135,
    )
)
slots.register("cartable.why", slots.template("cartable/routing/_why.html", why_here))
slots.register("person.leave", slots.template("cartable/_leave.html", secrets))
kinds.register("survey", icon="star", tone="warn")
sections.register(
    sections.Section(
        key="answers",
        label=_("Answers"),
        url_name="cartable:answers",
        icon="mail-forward",
        permission="cartable.configure",
        order=145,
    )
)
kinds.register("approval", icon="user-check", tone="info")
kinds.register("delivery", icon="mail-x", tone="bad")
sections.register(
    sections.Section(
        key="canned",
        label=_("Canned answers"),
        url_name="cartable:canned",
        icon="message-2-plus",
        permission="cartable.draft",
        order=120,
        personal=True,
    )
)
sections.register(
    sections.Section(
        key="signatures",
        label=_("Signatures"),
        url_name="cartable:signatures",
        icon="signature",
        permission="cartable.draft",
        order=130,
        personal=True,
    )
)
nav.register(
    nav.NavItem(
        key="knowledge",
        label=_("Knowledge base"),
        url_name="cartable:articles",
        icon="book-2",
        section="foot",
        permission="cartable.view",
        order=20,
    )
)


def found_articles(user: User, question: str, limit: int) -> Iterator[finding.Found]:
    """Articles of the knowledge base that hold these words."""
    if len(search_norm(question)) < SHORTEST:
        return
    for each in knowledge.found(Article.objects.visible_to(user), question, limit):
        subtitle = str(each.topic or "")
        yield finding.Found(
            id=each.pk,
            title=each.title,
            subtitle=subtitle,
            page="cartable:article",
            arguments=(each.pk,),
            icon="book-2",
        )


finding.register(finding.Source(key="articles", label=_("Articles"), find=found_articles, order=60))
