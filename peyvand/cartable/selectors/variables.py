"""What the variables of canned answers and signatures stand for in one request."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from peyvand.accounts.models import Post, User
from peyvand.accounts.selectors import organisation_name
from peyvand.cartable.models import Request
from peyvand.cartable.variables import language_of
from peyvand.channels.models import Message
from peyvand.core.jalali import format_date
from peyvand.parties.models import Party, Profile

TITLES = {("fa", "woman"): "سرکار خانم", ("fa", "man"): "جناب آقای", ("en", "woman"): "Ms.", ("en", "man"): "Mr."}
CALENDARS = {"fa": "jalali", "en": "gregorian"}


def language_of_request(request: Request) -> str:
    """The language in which the customer wrote last, else that of the subject; Persian when there are no letters."""
    received: QuerySet[Message] = Message.objects.filter(in_request__request=request, direction=Message.Direction.IN)
    text = received.order_by("-occurred_at", "-id").values_list("text", flat=True).first()
    return language_of((text or "")[:4000], language_of(request.subject))


def values_for(request: Request, writer: User, lang: str) -> dict[str, str]:
    """The values of all variables for an answer of `writer` to a request; what is not known is left empty."""
    with translation.override(lang):
        return {
            **_of_customer(request.party, lang),
            **_of_writer(writer),
            "code": request.code,
            "subject": request.subject,
            "kind": str(request.kind or ""),
            "department": str(request.department),
            "branch": str(request.branch),
            "date": _day(timezone.now(), lang),
            "opened_on": _day(request.opened_at, lang),
            "deadline": _day(request.next_due, lang) if request.next_due else "",
            "tracking_link": f"{settings.BASE_URL}{reverse('cartable-public:track')}?code={request.code}",
            "help_link": f"{settings.BASE_URL}{reverse('cartable-public:help')}",
            "organisation": organisation_name(),
        }


def _day(moment: datetime, lang: str) -> str:
    return format_date(timezone.localdate(moment), calendar=CALENDARS[lang], lang=lang, style="numeric")


def _of_writer(writer: User) -> dict[str, str]:
    post = Post.objects.filter(holder=writer).order_by("pk").values_list("title", flat=True).first()
    return {"officer": writer.full_name, "position": post or "", "phone": writer.phone}


def _of_customer(party: Party | None, lang: str) -> dict[str, str]:
    """A provisional customer, whom a message brought, may have no name but an address."""
    if party is None or not party.name or "@" in party.name:
        return {}
    if party.kind != Party.Kind.PERSON:
        return {"customer": party.name, "customer_title": party.name}
    title = party.honorific or _usual_title(party, lang)
    return {"customer": party.name, "customer_title": f"{title} {party.name}" if title else ""}


def _usual_title(party: Party, lang: str) -> str:
    """«جناب آقای» or «سرکار خانم» by gender; nothing is guessed."""
    gender = Profile.objects.filter(party=party).values_list("gender", flat=True).first()
    return TITLES.get((lang, gender or ""), "")
