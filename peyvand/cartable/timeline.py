"""What the cartable adds to a customer's timeline: requests opened and closed, and messages in and out.

Only of requests that the reader may see.
"""

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from peyvand.accounts.scoping import Who
from peyvand.cartable.models import Request, RequestMessage
from peyvand.cartable.views.wording import STATUS_COLOURS
from peyvand.channels.models import Message
from peyvand.core.prepared import Given
from peyvand.core.text import isolated
from peyvand.parties.timeline import Chip, Entry, Found, Lines, Source, snippet
from peyvand.web.channel_marks import channel_of

READ = 400  # letters of a message that are read for its first line
TROUBLE = {
    Message.State.FAILED: ("bad", gettext_lazy("Not sent")),
    Message.State.UNCERTAIN: ("warn", gettext_lazy("Perhaps not sent")),
}


def _seen(who: Who) -> QuerySet[Request]:
    return Request.objects.visible_to(who).filter(party=Given("party"))


def _messages(who: Who) -> QuerySet[RequestMessage]:
    """The messages of a customer and our answers, without those that opened a request."""
    seen = Request.objects.visible_to(who)
    rows = RequestMessage.objects.filter(party=Given("party"), opens=False, request__in=seen)
    return rows.exclude(message__state=Message.State.CANCELLED)


def _first_words() -> Subquery:
    first = RequestMessage.objects.filter(request=OuterRef("pk"), opens=True).order_by("id")
    return Subquery(first.annotate(words=Left("message__text", READ)).values("words")[:1])


def _opened(row: Found) -> Entry:
    status = Request.Status(row["status"])
    chips = [Chip(status.label, STATUS_COLOURS[status])]
    if row["merged_into"]:
        chips.append(Chip(_("Continued in another request"), "line"))
    kind = row["kind_fa"] if get_language() == "fa" else row["kind_en"]
    return Entry(
        at=row.at,
        source=row.source,
        number=row.number,
        mark=row["medium"],
        title=_("%(kind)s: %(subject)s") % {"kind": kind or pgettext("add", "Request"), "subject": row["subject"]},
        text=snippet(row["words"] or ""),
        url=reverse("cartable:any", args=[row["code"]]),
        chips=chips,
    )


def _closed(row: Found) -> Entry:
    return Entry(
        at=row.at,
        source=row.source,
        number=row.number,
        icon="circle-check",
        tone="peste",
        title=_("Closed: %(subject)s") % {"subject": row["subject"]},
        text=_("Request %(code)s") % {"code": isolated(row["code"])},
        url=reverse("cartable:any", args=[row["code"]]),
    )


def _message(row: Found) -> Entry:
    words = {"medium": channel_of(row["medium"]).label, "words": snippet(row["words"] or "")}
    is_ours = row["direction"] == Message.Direction.OUT
    title = _("Our answer by %(medium)s: “%(words)s”") if is_ours else _("%(medium)s: “%(words)s”")
    tone, text = TROUBLE.get(row["state"], ("", ""))
    return Entry(
        at=row.at,
        source=row.source,
        number=row.number,
        mark=row["medium"],
        title=title % words,
        text=_("Request %(code)s · %(subject)s") % {"code": isolated(row["code"]), "subject": row["subject"]},
        url=reverse("cartable:any", args=[row["code"]]),
        chips=[Chip(text, tone)] if text else (),
    )


REQUESTS = (
    Lines(
        rows=_seen,
        at="opened_at",
        entry=_opened,
        columns={
            "code": "code", "subject": "subject", "status": "status", "medium": "medium",
            "merged_into": "merged_into_id", "kind_fa": "kind__name_fa", "kind_en": "kind__name_en",
            "words": _first_words(),
        },
        kind=0,
        kinds=2,
    ),
    Lines(
        rows=lambda who: _seen(who).filter(status=Request.Status.CLOSED),
        at="closed_at", entry=_closed, columns={"code": "code", "subject": "subject"}, kind=1, kinds=2,
    ),
)  # fmt: skip
MESSAGES = Lines(
    rows=_messages,
    at="at",
    entry=_message,
    columns={
        "code": "request__code", "subject": "request__subject", "medium": "message__medium",
        "direction": "message__direction", "state": "message__state", "words": Left("message__text", READ),
    },
)  # fmt: skip
SOURCES = (
    Source(
        key="requests", label=gettext_lazy("Requests"), icon="inbox", lines=REQUESTS, permission="cartable.view",
        order=20,
    ),
    Source(
        key="messages", label=gettext_lazy("Messages"), icon="messages", lines=(MESSAGES,),
        permission="cartable.view", order=30,
    ),
)  # fmt: skip
