"""The thread of a request: messages, notes, referrals and steps in the order of time."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from peyvand.cartable.models import Answer, Note, Referral, Request, Step
from peyvand.cartable.selectors.reading import RequestPage, codes_in
from peyvand.cartable.types import StepKind
from peyvand.cartable.views.wording import SHOWN_OTHERWISE, file_icon, said, why_blocked
from peyvand.channels.models import Message
from peyvand.core.models import File

START, END = SafeString('<b class="pv-link">'), SafeString("</b>")


@dataclass(frozen=True)
class Attached:
    """A file that can be downloaded from the thread."""

    id: str
    name: str
    size: int
    icon: str
    url: str


@dataclass(frozen=True)
class Blocked:
    """An attachment that was left out, and why."""

    name: str
    size: int
    reason: str


@dataclass
class Entry:
    """One thing in the thread, with everything its template needs."""

    template: str
    at: datetime
    id: int = 0
    name: str = ""
    instead_of: str = ""
    avatar_id: int = 0
    text: str = ""
    address: str = ""
    marked: SafeString | str = ""
    medium: str = ""
    quoted: str = ""
    has_html: bool = False
    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()
    reports: Sequence[tuple[str, str, str]] = ()  # address, what became of it, why
    answer_id: int = 0
    for_all: bool = False  # others are named in it, so that one may answer to all
    outgoing: bool = False
    automatic: bool = False
    state: str = ""
    error: str = ""
    done_at: datetime | None = None
    icon: str = ""
    target: str = ""
    due_at: datetime | None = None
    read_at: datetime | None = None
    remark: str = ""
    codes: Sequence[str] = ()  # of other requests that it speaks of
    score: int = 0  # of 5, in a survey
    action: str = ""
    role: str = ""
    files: Sequence[Attached] = ()
    blocked: Sequence[Blocked] = ()
    day: str = ""  # today, yesterday, other: a new day begins here

    __getitem__ = object.__getattribute__  # how a template asks first


def attached(files: Iterable[File], code: str) -> list[Attached]:
    """Describe files of one request."""
    return [
        Attached(
            each.pk, each.name, each.size, file_icon(each.content_type), reverse("cartable:file", args=[code, each.pk])
        )
        for each in files
    ]


def target_of(referral: Referral) -> str:
    """To whom a referral went, with the department of a person or a post."""
    if referral.to_user:
        place = referral.to_user.department
        return f"{referral.to_user} ({place})" if place else str(referral.to_user)
    if referral.to_post:
        return f"{referral.to_post} ({referral.to_post.department})"
    if referral.to_branch:
        return _("Branch %(name)s") % {"name": referral.to_branch}
    return str(referral.to_department)


def _addresses(recipients: Iterable[object]) -> list[str]:
    """Recipients are stored as addresses, or as {"name", "address"}."""
    return [str(each.get("address") or "") if isinstance(each, dict) else str(each) for each in recipients]


def _reports(message: Message) -> list[tuple[str, str, str]]:
    """What is known of single addresses: those that were refused, and what reports said."""
    refused = [(address, "bounced", words) for address, words in message.refused.items()]
    said = [(one, known["state"], known.get("why", "")) for one, known in message.delivery.items()]
    return [*refused, *said]


def message_entry(message: Message, request: Request, answer: Answer | None = None) -> Entry:
    """A message of the customer, or our answer."""
    outgoing = message.direction == Message.Direction.OUT
    party = request.party
    to, cc, bcc = (_addresses(message.recipients.get(name) or []) for name in ("to", "cc", "bcc"))
    if outgoing:
        name = str(message.created_by) if message.created_by else _("Our organisation")
        address = ", ".join(to)
    else:
        name = message.sender_name or (party.name if party else "") or message.sender or _("Unknown sender")
        address = message.sender
    return Entry(
        "cartable/_entry_message.html",
        message.occurred_at,
        id=message.pk,
        name=name,
        avatar_id=(message.created_by_id if outgoing else request.party_id) or 0,
        address=address,
        medium=message.medium,
        text=message.text,
        quoted=message.quoted,
        has_html=bool(message.html),
        outgoing=outgoing,
        automatic=bool(message.automatic),
        state=message.outcome if outgoing else "",
        due_at=message.due_at if outgoing else None,
        to=to,
        cc=cc,
        bcc=bcc,
        reports=_reports(message) if outgoing else (),
        answer_id=answer.pk if answer else 0,
        for_all=len(to) + len(cc) > 1,
        error=message.error,
        done_at=message.done_at,
        files=attached((each.file for each in message.attachments.all()), request.code),
        blocked=[Blocked(each["name"], each["size"], why_blocked(each["reason"])) for each in message.blocked],
    )


def marked(text: str, names: Iterable[str]) -> SafeString:
    """A text with the «@name» of those it mentions in colour."""
    known = "|".join(re.escape(f"@{name}") for name in sorted(names, key=len, reverse=True))
    parts = re.split(f"({known})", text) if known else [text]
    return format_html_join(
        "", "{}{}{}", ((START if n % 2 else "", part, END if n % 2 else "") for n, part in enumerate(parts))
    )


def note_entry(note: Note, code: str) -> Entry:
    """A word among colleagues."""
    return Entry(
        "cartable/_entry_note.html",
        note.created_at,
        id=note.pk,
        name=str(note.author),
        avatar_id=note.author_id,
        text=note.body,
        marked=marked(note.body, [str(each) for each in note.mentions.all()] if "@" in note.body else ()),
        files=attached(note.files.all(), code),
    )


def referral_entry(referral: Referral, code: str) -> Entry:
    """A referral with its instruction and whether it was read."""
    address = reverse("cartable:referral", args=[code, referral.pk])
    return Entry(
        "cartable/_entry_referral.html",
        referral.created_at,
        id=referral.pk,
        name=str(referral.by),
        instead_of=str(referral.instead_of or ""),
        target=target_of(referral),
        address=address,
        text=referral.instruction,
        due_at=referral.due_at,
        read_at=referral.read_at,
        action=str(referral.action or ""),
        role=referral.role,
        # A remark on an original is a step of its own; on a copy it is the opinion that was asked for.
        remark="" if referral.is_original else referral.remark,
    )


def step_entry(step: Step) -> Entry:
    """A line of the history."""
    words = said(step.kind, by_person=step.actor is not None)
    remark, score = str(step.details.get("remark") or step.details.get("reason") or ""), 0
    if step.kind == StepKind.SURVEY_ANSWERED:
        score, remark = int(step.details.get("score") or 0), remark.partition("\n")[2]
    return Entry(
        "cartable/_entry_step.html",
        step.at,
        id=step.pk,
        name=str(step.actor) if step.actor else "",
        instead_of=str(step.instead_of or ""),
        icon=words.icon,
        text=str(words.text),
        codes=codes_in(step),
        score=score,
        remark=remark,
    )


def build(page: RequestPage) -> list[Entry]:
    """Put everything in the order of time and mark where a new day begins."""
    prefetch_related_objects([each for each in page.notes if "@" in each.body], "mentions")
    answers = {each.message_id: each for each in page.answers if each.message_id}
    entries = [message_entry(each, page.request, answers.get(each.pk)) for each in page.messages]
    entries += [note_entry(each, page.request.code) for each in page.notes]
    entries += [referral_entry(each, page.request.code) for each in page.referrals]
    entries += [step_entry(each) for each in page.steps if _is_shown(each)]
    entries.sort(key=lambda each: each.at)
    day: date | None = None
    today = timezone.localdate()
    for entry in entries:
        local = timezone.localdate(entry.at)
        if local != day:
            entry.day = {0: "today", 1: "yesterday"}.get((today - local).days, "other")
            day = local
    return entries


def _is_shown(step: Step) -> bool:
    """A request that a message opened shows the message; other steps stand as lines, unless shown in another form."""
    return step.kind not in SHOWN_OTHERWISE and (step.kind != StepKind.OPENED or step.actor_id is not None)


def history(page: RequestPage) -> list[Entry]:
    """Every step, the newest first."""
    return [step_entry(each) for each in reversed(page.steps)]


def stamp(page: RequestPage) -> str:
    """A word that changes whenever the thread does, so that an open page is not drawn anew for nothing."""
    parts = [str(page.request.version), str(len(page.steps))]
    parts += [f"{each.pk}{each.outcome}" for each in page.messages]
    parts += [f"{each.pk}{each.state}" for each in page.referrals]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
