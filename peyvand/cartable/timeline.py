"""What the cartable adds to a customer's timeline: requests opened and closed, and messages in and out.

Only of requests that the reader may see.
"""

from typing import Any, TypeVar

from django.db.models import F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from peyvand.accounts.scoping import Who
from peyvand.cartable.models import Request, RequestMessage
from peyvand.cartable.views.wording import STATUS_COLOURS
from peyvand.channels.models import Message
from peyvand.core.text import isolated
from peyvand.parties.models import Party
from peyvand.parties.timeline import Before, Chip, Entry, Source, merged, snippet
from peyvand.web.channel_marks import channel_of

M = TypeVar("M", bound=Model)
READ = 400  # letters of a message that are read for its first line
SHOWN = (
    "code", "subject", "status", "medium", "merged_into", "opened_at", "closed_at", "last_activity_at", "kind__code",
    "kind__name_fa", "kind__name_en",
)  # fmt: skip  # what a line reads: whole requests would be most of its cost
OPENED, CLOSED, KINDS = 0, 1, 2
TROUBLE = {
    Message.State.FAILED: ("bad", gettext_lazy("Not sent")),
    Message.State.UNCERTAIN: ("warn", gettext_lazy("Perhaps not sent")),
}


def requests_of(who: Who, party: Party, before: Before | None, limit: int) -> list[Entry]:
    """When requests of a customer were opened, with their first words, and when they were closed."""
    seen = Request.objects.visible_to(who).filter(party=party).select_related("kind").only(*SHOWN)
    first = RequestMessage.objects.filter(request=OuterRef("pk"), opens=True).order_by("id")
    words = Subquery(first.annotate(words=Left("message__text", READ)).values("words")[:1])
    opened = _page(seen.annotate(words=words), "opened_at", before.of(OPENED, KINDS) if before else None, limit)
    shut = seen.filter(status=Request.Status.CLOSED)
    closed = _page(shut, "closed_at", before.of(CLOSED, KINDS) if before else None, limit)
    return merged((_opened(each) for each in opened), (_closed(each) for each in closed), limit=limit)


def messages_of(who: Who, party: Party, before: Before | None, limit: int) -> list[Entry]:
    """The messages of a customer and our answers, without those that opened a request."""
    rows = RequestMessage.objects.filter(party=party, opens=False, request__in=Request.objects.visible_to(who))
    found = (
        rows.select_related("request")
        .only("at", "request__code", "request__subject")
        .annotate(
            medium=F("message__medium"),
            direction=F("message__direction"),
            state=F("message__state"),
            words=Left("message__text", READ),
        )
    )
    return [_message(each) for each in _page(found, "at", before, limit)]


def _opened(row: Any) -> Entry:
    chips = [Chip(row.get_status_display(), STATUS_COLOURS[Request.Status(row.status)])]
    if row.merged_into_id:
        chips.append(Chip(_("Continued in another request"), "line"))
    return Entry(
        at=row.opened_at,
        source="requests",
        number=row.pk * KINDS + OPENED,
        mark=row.medium,
        title=_("%(kind)s: %(subject)s") % {"kind": row.kind or pgettext("add", "Request"), "subject": row.subject},
        text=snippet(row.words or ""),
        url=reverse("cartable:any", args=[row.code]),
        chips=chips,
    )


def _closed(row: Request) -> Entry:
    return Entry(
        at=row.closed_at or row.last_activity_at,
        source="requests",
        number=row.pk * KINDS + CLOSED,
        icon="circle-check",
        tone="peste",
        title=_("Closed: %(subject)s") % {"subject": row.subject},
        text=_("Request %(code)s") % {"code": isolated(row.code)},
        url=reverse("cartable:any", args=[row.code]),
    )


def _message(row: Any) -> Entry:
    ours = row.direction == Message.Direction.OUT
    words = {"medium": channel_of(row.medium).label, "words": snippet(row.words or "")}
    title = _("Our answer by %(medium)s: “%(words)s”") if ours else _("%(medium)s: “%(words)s”")
    tone, text = TROUBLE.get(row.state, ("", ""))
    return Entry(
        at=row.at,
        source="messages",
        number=row.pk,
        mark=row.medium,
        title=title % words,
        text=_("Request %(code)s · %(subject)s") % {"code": isolated(row.request.code), "subject": row.request.subject},
        url=reverse("cartable:any", args=[row.request.code]),
        chips=[Chip(text, tone)] if text else (),
    )


def _page(rows: QuerySet[M], at: str, before: Before | None, limit: int) -> list[M]:
    found = rows.filter(before.q(at)) if before else rows
    return list(found.order_by(f"-{at}", "-id")[:limit])


SOURCES = (
    Source(
        key="requests", label=gettext_lazy("Requests"), icon="inbox", fetch=requests_of, permission="cartable.view",
        order=20,
    ),
    Source(
        key="messages", label=gettext_lazy("Messages"), icon="messages", fetch=messages_of,
        permission="cartable.view", order=30,
    ),
)  # fmt: skip
