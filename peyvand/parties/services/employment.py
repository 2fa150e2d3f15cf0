"""Where a person works, as a relation that begins and ends."""

import datetime as dt

from peyvand.accounts.models import User
from peyvand.core.jalali import today
from peyvand.parties.models import Party, Relation, RelationType
from peyvand.parties.types import EMPLOYEE


def write_employer(party: Party, organisation: Party | None, *, actor: User | None = None) -> None:
    """Make this the one employer of a person that is held, since today (None: no employer); the caller derives.

    Work elsewhere ends yesterday; what began today and is taken back was a slip and leaves nothing.
    """
    now = today()
    jobs = Relation.objects.filter(source=party, type__code=EMPLOYEE)
    others = jobs.exclude(target=organisation) if organisation else jobs
    others.filter(since__gte=now).delete()
    others.filter(until=None).update(until=now - dt.timedelta(days=1))
    others.filter(until__gte=now).update(until=now - dt.timedelta(days=1))
    party.organisation = organisation
    kind = RelationType.objects.filter(code=EMPLOYEE).first()
    holds = organisation and (jobs.filter(until=None) | jobs.filter(until__gte=now)).exists()
    if organisation is not None and kind is not None and not holds:
        Relation.objects.create(type=kind, source=party, target=organisation, since=now, created_by=actor)
