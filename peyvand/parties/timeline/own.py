"""What the customer's own rows add to the timeline: notes, files, relations, roles, states and consents."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, F, Func, QuerySet, Value, Window
from django.db.models.functions import Lead
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from peyvand.accounts.scoping import Who
from peyvand.core.prepared import Given
from peyvand.parties.models import Consent, Party, PartyFile, PartyNote, PartyRole, Relation
from peyvand.parties.timeline import Chip, Entry, Found, Lines, Source, snippet
from peyvand.parties.types import Role

PARTY = Given("party")
KINDS, BEGUN, ENDED, CONSENT, STATE, FORMER = 5, 0, 1, 2, 3, 4
NAMES = {name: f"type__{name}" for name in ("name_fa", "name_en", "inverse_fa", "inverse_en")}


def _note(row: Found) -> Entry:
    """One note with its own actions."""
    note = PartyNote(
        id=row.id, party=row.party, author_id=row["author_id"], body=row["body"], is_pinned=row["is_pinned"],
        edited_at=row.at if row["edited"] else None, created_at=row.at,
    )  # fmt: skip
    return Entry(
        at=row.at,
        source=row.source,
        number=row.number,
        icon="note",
        tone="zaferan",
        title=row["author"] or "",
        text=snippet(note.body),
        actor=row["author"] or "",
        body="parties/file/_note.html",
        thing=note,
    )


def _file(row: Found) -> Entry:
    return Entry(
        at=row.at,
        source=row.source,
        number=row.number,
        icon="paperclip",
        tone="sang",
        title=_("File: %(name)s") % {"name": row["label"] or row["name"]},
        text=row["by"] or "",
        actor=row["by"] or "",
        url=reverse("parties:file", args=[row.party.pk, row["file"]]),
    )


def _relation(row: Found) -> Entry:
    """A relation that was noted; one with somebody whom the reader may not see is left out."""
    label = row[f"{'inverse' if row['is_out'] else 'name'}_{'fa' if get_language() == 'fa' else 'en'}"]
    is_open = row["until"] is None or dt.date.fromisoformat(row["until"]) >= timezone.localdate()
    return Entry(
        at=row.at,
        source=row.source,
        number=row.number,
        icon="affiliate",
        tone="lajevard",
        title=_("Relation: %(what)s") % {"what": f"{label} · {row['other']}"},
        text=row["note"],
        url=reverse("parties:detail", args=[row["other_id"]]),
        chips=() if is_open else (Chip(pgettext_lazy("relation", "Ended")),),
    )


def _begun(row: Found) -> Entry:
    return _change(row, "user-star", "firouzeh", _("Became: %(role)s") % {"role": _role(row)})


def _ended(row: Found) -> Entry:
    return _change(row, "user-minus", "sang", _("No longer: %(role)s") % {"role": _role(row)})


def _state(row: Found) -> Entry:
    """A life-cycle state, the present one or one that was."""
    state = Party.LifeCycle(row["life_cycle"]).label
    return _change(row, "heartbeat", "banafsh", _("Life-cycle: %(state)s") % {"state": state})


def _consent(row: Found) -> Entry:
    """What a customer said about being contacted."""
    is_given = row["is_given"]
    words = {"purpose": Consent.Purpose(row["purpose"]).label, "channel": Consent.Channel(row["channel"]).label}
    title = _("Agreed to %(purpose)s by %(channel)s") if is_given else _("Refused %(purpose)s by %(channel)s")
    icon, tone = ("circle-check", "peste") if is_given else ("circle-x", "anar")
    return _change(row, icon, tone, title % words, row["source"])


def _change(row: Found, icon: str, tone: str, title: str, text: str = "") -> Entry:
    return Entry(at=row.at, source=row.source, number=row.number, icon=icon, tone=tone, title=title, text=text)


def _role(row: Found) -> str:
    return str(Role(row["role"]).label)


def _related(mine: str, others: str) -> Lines:
    """The relations in which the party is `mine` (source or target) with an other whom the reader sees."""

    def rows(who: Who) -> QuerySet[Relation]:
        seen = Party.objects.visible_to(who).values("pk")
        return Relation.objects.filter(**{mine: PARTY, f"{others}__in": seen})

    columns = {"other": f"{others}__name", "other_id": f"{others}_id", "until": "until", "note": "note"}
    return Lines(rows=rows, entry=_relation, columns=columns | NAMES | {"is_out": Value(mine == "source")})


def _morning(day: str) -> Func:
    """The moment in which a day begins where the organisation is."""
    template = "(%(expressions)s)"
    return Func(
        F(day), Given("zone"), template=template, arg_joiner="::timestamp AT TIME ZONE ", output_field=DateTimeField()
    )


def _roles(day: str, **wanted: Any) -> Callable[[Who], QuerySet[PartyRole]]:
    return lambda who: PartyRole.objects.filter(party=PARTY, **wanted).annotate(moment=_morning(day))


def _former(who: Who) -> QuerySet[Any]:
    """The last record of each life-cycle state before another one followed."""
    events: QuerySet[Any] = apps.get_model("parties", "PartyEvent")._default_manager.all()
    following = Window(Lead("life_cycle"), order_by="pgh_id")
    left = events.filter(pgh_obj_id=PARTY).annotate(following=following)
    left = left.filter(following__isnull=False).exclude(following=F("life_cycle"))
    return events.filter(pk__in=left.values("pk"), life_cycle_since__isnull=False)


NOTES = Lines(
    rows=lambda who: PartyNote.objects.filter(party=PARTY, deleted_at=None),
    entry=_note,
    columns={
        "body": "body", "author_id": "author_id", "author": "author__full_name", "is_pinned": "is_pinned",
        "edited": "edited_at",
    },
)  # fmt: skip
FILES = Lines(
    rows=lambda who: PartyFile.objects.filter(party=PARTY, deleted_at=None),
    entry=_file,
    columns={"label": "label", "file": "file_id", "name": "file__name", "by": "added_by__full_name"},
)
CHANGES = (
    Lines(
        rows=_roles("since", since__lte=Given("today")),
        entry=_begun, at="moment", columns={"role": "role"}, kind=BEGUN, kinds=KINDS,
    ),
    Lines(
        rows=_roles("until", until__lt=Given("today")),
        entry=_ended, at="moment", columns={"role": "role"}, kind=ENDED, kinds=KINDS,
    ),
    Lines(
        rows=lambda who: Consent.objects.filter(party=PARTY),
        entry=_consent, at="at", kind=CONSENT, kinds=KINDS,
        columns={name: name for name in ("purpose", "channel", "is_given", "source")},
    ),
    Lines(
        rows=lambda who: Party.objects.filter(pk=PARTY, life_cycle_since__isnull=False),
        entry=_state, at="life_cycle_since", columns={"life_cycle": "life_cycle"}, kind=STATE, kinds=KINDS,
    ),
    Lines(
        rows=_former, entry=_state, at="life_cycle_since", columns={"life_cycle": "life_cycle"}, kind=FORMER,
        kinds=KINDS,
    ),
)  # fmt: skip
RELATIONS = (_related("source", "target"), _related("target", "source"))
SOURCES = (
    Source(key="notes", label=gettext_lazy("Notes"), icon="note", lines=(NOTES,), order=10),
    Source(key="files", label=gettext_lazy("Files"), icon="paperclip", lines=(FILES,), order=50),
    Source(key="relations", label=gettext_lazy("Relations"), icon="affiliate", lines=RELATIONS, order=60),
    Source(key="changes", label=gettext_lazy("Roles and consents"), icon="user-star", lines=CHANGES, order=70),
)
