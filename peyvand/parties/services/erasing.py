"""Handing a person his data over, and erasing them for ever; the figures keep their rows."""

import json
from collections import Counter
from collections.abc import Sequence
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
from peyvand.core.errors import NotFound, PeyvandError
from peyvand.core.events import publish
from peyvand.core.imports.erasing import erase_record
from peyvand.core.models import LongJobItem
from peyvand.parties.errors import MergedAlready, MergeTooOld
from peyvand.parties.events import PartyErased
from peyvand.parties.fields import HOST
from peyvand.parties.models import AccessLog, Merge, MergeRow, Party, PartyFile, Relation, SegmentMember
from peyvand.parties.policies import ERASE
from peyvand.parties.registry import references
from peyvand.parties.selectors.aliases import aliases_of
from peyvand.parties.services.duplicates.storing import forget_all as forget_duplicates
from peyvand.parties.services.merging.undo import blocked_by, undo_merge

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
    the access log. Again: nothing more happens. One that was merged is not erased by its old number, where nothing of
    it lies any more: the merge is taken back first, or the survivor is erased.
    actor: None when an erasure is repeated after a restore. Errors: NotAllowed, NotFound, MergedAlready.
    """
    held = Party.objects.select_for_update().filter(pk=party.pk).first()
    if held is None:
        raise NotFound
    if actor is not None:
        require(actor, ERASE, held)
    if held.merged_into_id is not None and held.erased_at is None:
        raise MergedAlready
    report: Counter[str] = Counter()
    everybody = [*aliases_of(held.pk), held.pk]
    for pk in everybody:
        report.update(_erase_one(Party.objects.get(pk=pk)))
    report.update(_forget_merges(held))
    if held.erased_at is None:
        detail = {"reason": reason[:200], "rows": report}
        AccessLog.objects.create(act=AccessLog.Act.ERASED, user=actor, party=held, detail=detail)
        publish(PartyErased(party_id=held.pk))
        transaction.on_commit(lambda: _engrave(everybody))
    return dict(report)


def _erase_one(party: Party) -> Counter[str]:
    """Erase one record: the customer's own, or that of a duplicate that was merged into it."""
    report: Counter[str] = Counter()
    for reference in references():  # first, while the addresses still say what else is of the person
        if reference.erase is not None:
            report.update(reference.erase(party.pk))
    report.update(_erase_rows(party))
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


def _engrave(party_ids: Sequence[int]) -> None:
    """Note the person's numbers: a backup may be older than the merges, and bring back several records of him."""
    at = timezone.now().isoformat()
    with tombstones().open("a") as stone:
        stone.writelines(json.dumps({"party": pk, "at": at}) + "\n" for pk in party_ids)


def repeat_erasures() -> int:
    """Erase again whom a restored backup brought back, and return how many they were; safe to call at every start."""
    if not tombstones().exists():
        return 0
    ids = {json.loads(line)["party"] for line in tombstones().read_text().splitlines() if line.strip()}
    back = set(Party.objects.filter(pk__in=ids, erased_at=None).values_list("pk", flat=True))
    merged = Party.objects.filter(pk__in=back, merged_into__isnull=False)
    for pk in [*back.difference(merged.values_list("pk", flat=True)), *sorted(back)]:
        _erase_again(pk)
    return len(back)


@transaction.atomic
def _erase_again(party_id: int) -> None:
    """Erase a person whom a backup brought back, unless that has happened together with who he was merged into."""
    party = Party.objects.get(pk=party_id)
    while party.erased_at is None and party.merged_into_id is not None:
        _take_out(party)
        party.refresh_from_db()
    if party.erased_at is None:
        erase_party(actor=None, party=party, reason="restored backup")


def _take_out(party: Party) -> None:
    """The backup is from while he was merged into somebody else: take back what stands on top of that, the last first.

    Where the time for that is over he is that other customer, who was not erased: nobody else's data are touched.
    """
    merge = Merge.objects.standing().filter(sources__party=party, survivor=party.merged_into_id).first()
    try:
        while merge is not None and (top := blocked_by(merge)) is not None:
            undo_merge(actor=None, merge=top)
        if merge is None:
            raise MergeTooOld
        undo_merge(actor=None, merge=merge)
    except PeyvandError:
        Party.objects.filter(pk=party.pk).update(merged_into=None)
