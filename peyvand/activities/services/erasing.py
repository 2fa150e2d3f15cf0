"""What activities know about a customer, handed over or erased."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from peyvand.accounts.services import notifications
from peyvand.activities.models import Activity, Invitee, Outside, OutsideSeries, Step, Told
from peyvand.activities.types import HOST, page_of
from peyvand.core.imports.erasing import erase_record
from peyvand.parties.models import ContactPoint

ERASED = "—"


def hand_over(party_id: int) -> Iterator[dict[str, Any]]:
    """The activities with a person: what, when and with what outcome; our words on them stay ours."""
    rows = Activity.objects.filter(party=party_id, deleted_at=None).order_by("pk").select_related("outcome")
    for one in rows.iterator(chunk_size=200):
        yield {
            "kind": one.kind, "subject": one.subject, "at": one.at, "ends_at": one.ends_at, "place": one.place,
            "state": one.state, "outcome": str(one.outcome) if one.outcome else "",
            "custom": one.custom,
        }  # fmt: skip


@transaction.atomic
def erase_of_party(party_id: int) -> dict[str, int]:
    """Take the words out of a person's activities; that there was one, of which kind and when, stays counted."""
    rows = Activity.objects.filter(party=party_id)
    ids = list(rows.values_list("pk", flat=True))
    steps = Step.objects.filter(activity__in=ids).update(details={})
    changed = rows.update(subject=ERASED, description="", search="", place="", link="", result="", custom={})
    imported = sum(erase_record(host=HOST, ref=one) for one in ids)
    gone = notifications.forget(pages=[page_of(one) for one in ids])
    return {
        "activities.Activity": changed,
        "activities.Step": steps,
        "activities.notifications": gone,
        "activities.imports": imported,
    }


@transaction.atomic
def erase_invitations(party_id: int) -> dict[str, int]:
    """Take a person out of what he was invited to, and forget what he was told."""
    rows = Invitee.objects.filter(party=party_id)
    emails = {email.casefold() for email in rows.exclude(email="").values_list("email", flat=True)}
    emails |= set(ContactPoint.objects.filter(party=party_id, kind="email").values_list("value", flat=True))
    told = Told.objects.filter(email__in=emails).delete()[0] if emails else 0
    with_him = Outside.objects.filter(activity__party=party_id).values("series")  # each night would make them again
    series = OutsideSeries.objects.filter(Q(organizer__in=emails) | Q(pk__in=with_him)).delete()[0]
    held = Outside.objects.filter(Q(organizer__in=emails) | Q(activity__party=party_id)).delete()[0]
    return {"activities.Invitee": rows.delete()[0], "activities.Told": told, "activities.Outside": held + series}


def words_of(activity_ids: Sequence[int]) -> Mapping[int, str]:
    """What each activity is called."""
    return dict(Activity.objects.filter(pk__in=activity_ids).values_list("pk", "subject"))
