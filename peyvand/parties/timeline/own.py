"""What the customer's own rows add to the timeline: notes, files, relations, roles and consents."""

import datetime as dt
from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.scoping import Who
from peyvand.parties.models import Consent, Party, PartyFile, PartyNote, PartyRole
from peyvand.parties.selectors.relations import Link, latest_links
from peyvand.parties.timeline import Before, Chip, Entry, Source, merged, snippet


def notes_of(who: Who, party: Party, before: Before | None, limit: int) -> list[Entry]:
    """Notes of colleagues, each with its own actions."""
    rows = _page(PartyNote.objects.filter(party=party, deleted_at=None), before, limit)
    return [note_entry(party, note) for note in rows.select_related("author")]


def note_entry(party: Party, note: PartyNote) -> Entry:
    """One note as the timeline shows it."""
    note.party = party
    return Entry(
        at=note.created_at,
        source="notes",
        number=note.pk,
        icon="note",
        tone="zaferan",
        title=_name(note.author),
        text=snippet(note.body),
        actor=_name(note.author),
        body="parties/file/_note.html",
        thing=note,
    )


def files_of(who: Who, party: Party, before: Before | None, limit: int) -> list[Entry]:
    """Files that were put into the customer file."""
    rows = _page(PartyFile.objects.filter(party=party, deleted_at=None), before, limit)
    return [
        Entry(
            at=each.created_at,
            source="files",
            number=each.pk,
            icon="paperclip",
            tone="sang",
            title=_("File: %(name)s") % {"name": each.label or each.file.name},
            text=_name(each.added_by),
            actor=_name(each.added_by),
            url=reverse("parties:file", args=[party.pk, each.file_id]),
        )
        for each in rows.select_related("file", "added_by")
    ]


def relations_of(who: Who, party: Party, before: Before | None, limit: int) -> list[Entry]:
    """Relations that were noted; those with somebody whom the reader may not see are left out."""
    links = latest_links(who, party, before.q() if before else Q(), limit)
    return [_relation(link) for link in links]


def _relation(link: Link) -> Entry:
    row = link.relation
    return Entry(
        at=row.created_at,
        source="relations",
        number=row.pk,
        icon="affiliate",
        tone="lajevard",
        title=_("Relation: %(what)s") % {"what": f"{link.label} · {link.other.name}"},
        text=row.note,
        url=reverse("parties:detail", args=[link.other.pk]),
        chips=() if link.is_open else (Chip(pgettext_lazy("relation", "Ended")),),
    )


def changes_of(who: Who, party: Party, before: Before | None, limit: int) -> list[Entry]:
    """When somebody became what he is to us, and what he said about being contacted."""
    roles = _behind(_roles(party), before)
    consents = Consent.objects.filter(party=party)
    if before:
        consents = consents.filter(before.of(CONSENT, KINDS).q("at"))
    said = [_consent(each) for each in consents.order_by("-at", "-id")[:limit]]
    return merged(roles, said, limit=limit)


M = TypeVar("M", bound=Model)
KINDS, BEGUN, ENDED, CONSENT, STATE = 4, 0, 1, 2, 3


def _behind(entries: Iterator[Entry], before: Before | None) -> list[Entry]:
    """The entries behind the bound, for rows that are few for any customer."""
    if before is None:
        return list(entries)
    return [each for each in entries if (each.at, each.number) < (before.at, before.number)]


def _roles(party: Party) -> Iterator[Entry]:
    today = timezone.localdate()
    for row in PartyRole.objects.filter(party=party):
        begun = _("Became: %(role)s") % {"role": row.get_role_display()}
        if row.since <= today:
            yield _change(_morning(row.since), row.pk * KINDS + BEGUN, "user-star", "firouzeh", begun)
        if row.until and row.until < today:
            ended = _("No longer: %(role)s") % {"role": row.get_role_display()}
            yield _change(_morning(row.until), row.pk * KINDS + ENDED, "user-minus", "sang", ended)
    if party.life_cycle_since:
        state = _("Life-cycle: %(state)s") % {"state": party.get_life_cycle_display()}
        yield _change(party.life_cycle_since, party.pk * KINDS + STATE, "heartbeat", "banafsh", state)


def _consent(row: Consent) -> Entry:
    words = {"purpose": row.get_purpose_display(), "channel": row.get_channel_display()}
    title = _("Agreed to %(purpose)s by %(channel)s") if row.is_given else _("Refused %(purpose)s by %(channel)s")
    tone = "peste" if row.is_given else "anar"
    icon = "circle-check" if row.is_given else "circle-x"
    return _change(row.at, row.pk * KINDS + CONSENT, icon, tone, title % words, row.source)


def _change(at: dt.datetime, number: int, icon: str, tone: str, title: str, text: str = "") -> Entry:
    return Entry(at=at, source="changes", number=number, icon=icon, tone=tone, title=title, text=text)


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _page(rows: QuerySet[M], before: Before | None, limit: int) -> QuerySet[M]:
    found = rows.filter(before.q()) if before else rows
    return found.order_by("-created_at", "-id")[:limit]


def _name(user: User | None) -> str:
    return user.full_name if user else ""


SOURCES = (
    Source(key="notes", label=gettext_lazy("Notes"), icon="note", fetch=notes_of, order=10),
    Source(key="files", label=gettext_lazy("Files"), icon="paperclip", fetch=files_of, order=50),
    Source(key="relations", label=gettext_lazy("Relations"), icon="affiliate", fetch=relations_of, order=60),
    Source(key="changes", label=gettext_lazy("Roles and consents"), icon="user-star", fetch=changes_of, order=70),
)
