"""Noting who looks at personal data and who takes it out."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.events import WholeInstallationTaken
from peyvand.accounts.models import User
from peyvand.core.prepared import Given, Prepared
from peyvand.parties.models import AccessLog, Party

ONE_LOOK = dt.timedelta(hours=1)
_RECENT = Prepared(
    lambda: AccessLog.objects.filter(
        party=Given("party"), user=Given("user"), act=AccessLog.Act.VIEWED, at__gt=Given("since")
    ).values_list("pk")[:1]
)


def note_view(*, user: User, party: Party) -> None:
    """Note that a user opened a customer file; looks within an hour are one, and cost one query."""
    if _RECENT.all(party=party.pk, user=user.pk, since=timezone.now() - ONE_LOOK):
        return
    with transaction.atomic():
        AccessLog.objects.create(act=AccessLog.Act.VIEWED, user=user, party=party)


@transaction.atomic
def note_reveal(*, user: User, party: Party, kind: str) -> None:
    """Note that a user saw a protected number; kind: of `Identifier.Kind`."""
    AccessLog.objects.create(act=AccessLog.Act.REVEALED, user=user, party=party, detail={"kind": kind})


@transaction.atomic
def note_export(*, user: User, count: int, detail: dict[str, Any]) -> None:
    """Note that a user took a list out; detail: the list, its filters and its columns, as plain values."""
    AccessLog.objects.create(act=AccessLog.Act.EXPORTED, user=user, count=count, detail=detail)


@transaction.atomic
def note_whole_export(event: WholeInstallationTaken) -> None:
    """Note that somebody wrote the whole installation into a file; once for each of these files."""
    detail = {"list": "installation", "job": event.job_id}
    if not AccessLog.objects.filter(act=AccessLog.Act.EXPORTED, detail=detail).exists():
        AccessLog.objects.create(act=AccessLog.Act.EXPORTED, user_id=event.user_id, count=event.rows, detail=detail)
