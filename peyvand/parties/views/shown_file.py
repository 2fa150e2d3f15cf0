"""What the page of one customer shows, read once: head, figures, tabs, timeline, side."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core.jalali import MONTHS, WEEKDAYS, format_date, to_jalali
from peyvand.core.text import to_persian_digits
from peyvand.parties import file_parts, policies, timeline
from peyvand.parties.models import Consent, ContactPoint, Identifier, Party, PartyNote, Tag
from peyvand.parties.selectors import points_of
from peyvand.parties.selectors.papers import pinned_notes
from peyvand.parties.selectors.relations import Link, links_of
from peyvand.parties.timeline import Entry, Source
from peyvand.parties.types import Role
from peyvand.web import prefs
from peyvand.web.templatetags.pv import chip, jdate, localised

EVENTS = "events"
MOST_LINKS = 6
MOST_POINTS = 4
MOST_READ = 40  # relations that the card looks at
CONTACT_ICONS = {
    "email": "mail",
    "mobile": "device-mobile",
    "phone": "phone",
    "fax": "printer",
    "messenger": "message-circle",
}
DIALLED = ("mobile", "phone")
LIFE_TONES = {"potential": "line", "current": "ok", "dissatisfied": "bad", "lost": "n"}


@dataclass(frozen=True)
class ShownTab:
    """A tab as this reader sees it; its count follows the page."""

    key: str
    label: str
    url: str
    is_on: bool


@dataclass(frozen=True)
class Group:
    """Entries under one heading; `slug` names it in the page, `fresh` while the page is open."""

    slug: str
    label: str
    entries: list[Entry]


@dataclass(frozen=True)
class ShownTimeline:
    """One page of the timeline."""

    groups: list[Group]
    next: str
    newest: str
    only: str
    sources: Sequence[Source] = ()

    @property
    def last(self) -> str:
        """The heading that the entries after these continue."""
        return self.groups[-1].slug if self.groups else ""


@dataclass(frozen=True)
class Head:
    """The head of the file."""

    points: Sequence[tuple[ContactPoint, str]]
    more_points: int
    dial: str
    mail: str
    roles: Sequence[str]
    life_tone: str
    tags: Sequence[Tag]
    tabs: Sequence[ShownTab]
    may: dict[str, bool]


@dataclass(frozen=True)
class Side:
    """The cards beside the timeline."""

    links: Sequence[Link]
    more_links: int
    ended: Sequence[Link]
    identifiers: Sequence[Identifier]
    facts: Sequence[tuple[str, Any]]

    @property
    def count(self) -> int:
        """How many relations hold."""
        return len(self.links) + self.more_links


def head_of(user: User, party: Party, tab: str) -> Head:
    """Everything above the tabs, and the tabs."""
    points = points_of(party)
    return Head(
        points=[(point, CONTACT_ICONS.get(point.kind, "address-book")) for point in points[:MOST_POINTS]],
        more_points=max(0, len(points) - MOST_POINTS),
        dial=next((point.value for point in points if point.kind in DIALLED), ""),
        mail=next((point.value for point in points if point.kind == "email"), ""),
        roles=[str(Role(role).label) for role in party.roles],
        life_tone=LIFE_TONES.get(party.life_cycle, "line"),
        tags=tags_of(party),
        tabs=tabs_of(user, party, tab),
        may=may_of(user, party),
    )


def may_of(user: User, party: Party) -> dict[str, bool]:
    """What the reader may do here."""
    return {
        "change": policies.may_change(user, party),
        "contribute": policies.may_contribute(user, party),
        "delete": may(user, policies.DELETE, party),
        "merge": may(user, policies.MERGE, party),
        "erase": may(user, policies.ERASE, party),
        "reveal": may(user, "parties.reveal", party),
    }


def tags_of(party: Party) -> list[Tag]:
    """The words that hang on a customer."""
    return list(Tag.objects.filter(pk__in=party.tag_ids).order_by("name")) if party.tag_ids else []


def tabs_of(user: User, party: Party, on: str) -> list[ShownTab]:
    """«Events» and what the apps registered."""
    first = ShownTab(EVENTS, _("Events"), reverse("parties:detail", args=[party.pk]), on == EVENTS)
    others = [
        ShownTab(tab.key, str(tab.label), reverse("parties:tab", args=[party.pk, tab.key]), on == tab.key)
        for tab in file_parts.tabs_for(user)
    ]
    return [first, *others]


@dataclass(frozen=True)
class Numbers:
    """What follows the page: the figures of the strip and how much is behind each tab."""

    figures: Sequence[file_parts.Figure]
    counts: Sequence[tuple[str, int]]


def numbers_of(user: User, party: Party) -> Numbers:
    """The figures first: what they have read, counts need not read again."""
    figures = file_parts.figures_for(user, party)
    counts = [(tab.key, tab.count(user, party) or 0) for tab in file_parts.tabs_for(user) if tab.count]
    return Numbers(figures, counts)


def side_of(user: User, party: Party) -> Side:
    """The cards beside the timeline: relations that hold, those that ended, protected numbers."""
    links = links_of(user, party, MOST_READ)
    held = [link for link in links if link.is_open]
    return Side(
        links=held[:MOST_LINKS],
        more_links=max(0, len(held) - MOST_LINKS),
        ended=[link for link in links if not link.is_open][:MOST_LINKS],
        identifiers=list(party.identifiers.order_by("id")),
        facts=list(facts_of(party)),
    )


def facts_of(party: Party) -> Iterator[tuple[str, Any]]:
    """The few values of the card of details."""
    profile = getattr(party, "profile", None)
    if profile is not None and profile.birth_date:
        yield _("Date of birth"), jdate(profile.birth_date, "short")
    if party.preferred_channel:
        yield _("Preferred channel"), _preferred(party)
    told = "marketing" in " ".join(party.consents)
    yield _("Consent to marketing"), chip(_("given"), "ok") if told else chip(_("not given"), "n")
    if party.owner:
        yield _("Owner"), format_html("<bdi>{}</bdi>", party.owner.full_name)
    if party.branch:
        yield _("Branch"), format_html("<bdi>{}</bdi>", party.branch.name)
    yield _("Added"), jdate(party.created_at, "short")


def _preferred(party: Party) -> str:
    """«SMS, 9 to 17»."""
    labels = dict(Consent.Channel.choices)
    channel = str(labels.get(party.preferred_channel, party.preferred_channel))
    if party.preferred_from is None or party.preferred_until is None:
        return channel
    hours = [localised(f"{each.hour}:{each.minute:02}") for each in (party.preferred_from, party.preferred_until)]
    return _("%(channel)s, %(start)s to %(end)s") % {"channel": channel, "start": hours[0], "end": hours[1]}


def pinned_of(party: Party) -> list[PartyNote]:
    """The notes above the timeline."""
    return pinned_notes(party)


def timeline_of(user: User, party: Party, *, only: str = "", before: str = "") -> ShownTimeline:
    """One page of the timeline, in groups of days."""
    sources = timeline.sources_for(user)
    known = only if any(source.key == only for source in sources) else ""
    page = timeline.read(user, party, only=known, before=before)
    newest = page.entries[0].position if page.entries else (timezone.now(), "", 0)
    groups = grouped(page.entries)
    return ShownTimeline(groups, page.next, timeline.cursor_of(newest), known, sources)


def grouped(entries: Iterable[Entry]) -> list[Group]:
    """Entries under their days: today, yesterday, this week, last week, then months."""
    groups: list[Group] = []
    for entry in entries:
        slug, label = group_of(entry.at)
        if not groups or groups[-1].slug != slug:
            groups.append(Group(slug, label, []))
        groups[-1].entries.append(entry)
    return groups


def group_of(at: dt.datetime) -> tuple[str, str]:
    """The heading of a moment: its name in the page and in words."""
    now = prefs.current()
    day, today = timezone.localtime(at).date(), timezone.localdate()
    if day >= today:
        date = format_date(today, calendar=now.calendar, lang=now.language, style="short", digits=now.digits)
        weekday = WEEKDAYS["fa" if now.language == "fa" else "en"][today.weekday()]
        return "today", _("Today, %(weekday)s %(date)s") % {"weekday": weekday, "date": date}
    if day == today - dt.timedelta(days=1):
        return "yesterday", _("Yesterday")
    week = today - dt.timedelta(days=(today.weekday() + 2) % 7)  # Saturday
    if day >= week:
        return "week", _("This week")
    if day >= week - dt.timedelta(days=7):
        return "last-week", _("Last week")
    return _month(day, today, now)


def _month(day: dt.date, today: dt.date, now: prefs.Prefs) -> tuple[str, str]:
    if now.calendar == "jalali":
        parts, this = to_jalali(day), to_jalali(today)
        year, month, same = parts.year, parts.month, parts.year == this.year
    else:
        year, month, same = day.year, day.month, day.year == today.year
    name = MONTHS[now.calendar, "fa" if now.language == "fa" else "en"][month - 1]
    label = name if same else f"{name} {year}"
    return f"m{year}-{month:02}", to_digits(label, now)


def to_digits(text: str, now: prefs.Prefs) -> str:
    """The digits that this reader reads."""
    return to_persian_digits(text) if now.digits == "persian" else text
