"""Handing a person his data over, and erasing them for ever; the figures keep their rows."""

import json
from collections import Counter
from functools import reduce
from operator import or_
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.accounts.services import notifications
from peyvand.core import files
from peyvand.core.errors import NotFound
from peyvand.core.events import publish
from peyvand.core.imports.erasing import erase_record
from peyvand.core.models import LongJobItem
from peyvand.parties.events import PartyErased
from peyvand.parties.fields import HOST
from peyvand.parties.models import AccessLog, Merge, MergeRow, Party, PartyFile, Relation, SegmentMember
from peyvand.parties.policies import ERASE
from peyvand.parties.registry import references
from peyvand.parties.selectors.aliases import aliases_of
from peyvand.parties.services.duplicates.storing import forget_all as forget_duplicates

ERASED = "—"
OWN = ("contact_points", "addresses", "identifiers", "notes", "consent_rows")
HISTORY = ("ContactPoint", "Address", "Identifier", "PartyRole", "Profile", "PartyNote", "PartyFile")


@transaction.atomic
def note_hand_over(*, actor: User, party: Party) -> None:
    """Note that all data of a person were taken out. Errors: NotAllowed."""
    require(actor, ERASE, party)
    AccessLog.objects.create(act=AccessLog.Act.HANDED_OVER, user=actor, party=party)


@transaction.atomic
def erase_party(*, actor: User | None, party: Party, reason: str = "") -> dict[str, int]:
    """Erase all personal data of a customer for ever, and return how many rows of each table that took.

    Gone: names, addresses, numbers, profile, notes, files, custom values, the words of his messages and requests, and
    the history of all that, also of the duplicates that were merged into him. Kept without a name: the row itself with
    kind, category, branch, roles, life-cycle and times, and the requests, so that figures stay. The report is kept in
    the access log. Again: nothing more happens.
    actor: None when an erasure is repeated after a restore. Errors: NotAllowed, NotFound.
    """
    held = Party.objects.select_for_update().filter(pk=party.pk).first()
    if held is None:
        raise NotFound
    if actor is not None:
        require(actor, ERASE, held)
    report: Counter[str] = Counter()
    for pk in [*aliases_of(held.pk), held.pk]:
        report.update(_erase_one(Party.objects.get(pk=pk)))
    report.update(_forget_merges(held))
    if held.erased_at is None:
        detail = {"reason": reason[:200], "rows": report}
        AccessLog.objects.create(act=AccessLog.Act.ERASED, user=actor, party=held, detail=detail)
        publish(PartyErased(party_id=held.pk))
        transaction.on_commit(lambda: _engrave(held.pk))
    return dict(report)


def _erase_one(party: Party) -> Counter[str]:
    """Erase one record: the customer's own, or that of a duplicate that was merged into it."""
    report = Counter(_erase_rows(party))
    for reference in references():
        if reference.erase is not None:
            report.update(reference.erase(party.pk))
    _empty(party)
    report.update(_forget_history(party))
    return report


def _forget_merges(party: Party) -> dict[str, int]:
    """Delete what merges remember of the person for their undo, which cannot be any more."""
    ids = [party.pk, *aliases_of(party.pk)]
    mine = Merge.objects.filter(Q(survivor__in=ids) | Q(sources__party__in=ids))
    ends = [Q(before__source_id=pk) | Q(before__target_id=pk) for pk in ids]
    kept = Q(merge__in=mine) | Q(model="parties.Relation") & reduce(or_, ends)
    count, _each = MergeRow.objects.filter(Q(pk__in=MergeRow.objects.filter(kept).values("pk"))).delete()
    Merge.objects.filter(pk__in=mine.values("pk"), undo_until__gt=timezone.now()).update(undo_until=timezone.now())
    return {"parties.merges": count}


def _erase_rows(party: Party) -> dict[str, int]:
    report = {f"parties.{name}": getattr(party, name).all().delete()[0] for name in OWN}
    kept = list(PartyFile.objects.filter(party=party).values_list("file_id", flat=True))
    report["parties.files"] = PartyFile.objects.filter(party=party).delete()[0]
    files.drop(kept)
    profile = apps.get_model("parties", "Profile")._default_manager.filter(party=party)
    report["parties.profile"] = profile.delete()[0]
    report["parties.relations"] = Relation.objects.filter(Q(source=party) | Q(target=party)).delete()[0]
    report["parties.duplicate_pairs"] = forget_duplicates(party.pk)
    report["parties.segment_members"] = SegmentMember.objects.filter(party=party).delete()[0]
    report["accounts.notifications"] = notifications.forget(under=reverse("parties:detail", args=[party.pk]))
    return report


def _empty(party: Party) -> None:
    now = timezone.now()
    Party.objects.filter(organisation=party).update(organisation=None, version=F("version") + 1, changed_at=now)
    Party.objects.filter(pk=party.pk).update(
        name=ERASED, first_name="", last_name="", search="", sort_key="~", honorific="", job_title="",
        organisation=None, city="", tag_ids=[], custom={}, consents=[], preferred_channel="", preferred_from=None,
        preferred_until=None, owner=None, completeness=0, missing=[], version=F("version") + 1, changed_at=now,
        deleted_at=party.deleted_at or now, erased_at=party.erased_at or now,
    )  # fmt: skip


def _forget_history(party: Party) -> dict[str, int]:
    """Delete what the history remembers of the erased values, and what long work kept for its undo."""
    report = {"parties.history": _events("Party", Q(pgh_obj_id=party.pk))}
    for name in HISTORY:
        report["parties.history"] += _events(name, Q(party_id=party.pk))
    report["parties.history"] += _events("Relation", Q(source_id=party.pk) | Q(target_id=party.pk))
    items = LongJobItem.objects.filter(job__kind__startswith="parties.", ref=party.pk)
    report["core.long_job_items"] = items.delete()[0]
    report["core.imported_rows"] = erase_record(host=HOST, ref=party.pk)
    return report


def _events(name: str, condition: Q) -> int:
    count: int = apps.get_model("parties", f"{name}Event")._default_manager.filter(condition).delete()[0]
    return count


def tombstones() -> Path:
    """The list of erased numbers beside the data: it is not in the backups, so that a restore can repeat it."""
    return Path(settings.DATA) / "erased.jsonl"


def _engrave(party_id: int) -> None:
    with tombstones().open("a") as stone:
        stone.write(json.dumps({"party": party_id, "at": timezone.now().isoformat()}) + "\n")


def repeat_erasures() -> int:
    """Erase again whom a restored backup brought back, and return how many they were; safe to call at every start."""
    if not tombstones().exists():
        return 0
    ids = {json.loads(line)["party"] for line in tombstones().read_text().splitlines() if line.strip()}
    back = list(Party.objects.filter(pk__in=ids, erased_at=None))
    for party in back:
        erase_party(actor=None, party=party, reason="restored backup")
    return len(back)
