"""What a customer is to us, since when and until when, and where it stands in its life with us."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid
from peyvand.core.jalali import today
from peyvand.parties.errors import EndsBeforeStart, PeriodsOverlap
from peyvand.parties.models import Party, PartyRole, Role
from peyvand.parties.services.derived import derive, touch
from peyvand.parties.services.holding import hold
from peyvand.parties.types import RoleDetails

A_DAY = dt.timedelta(days=1)


@transaction.atomic
def set_roles(*, actor: User | None, party: Party, roles: Iterable[RoleDetails], version: int | None = None) -> None:
    """Make the periods of a customer's roles exactly these.

    Errors: NotAllowed, NotFound, EndsBeforeStart, PeriodsOverlap (one role twice on one day).
    """
    held = hold(actor, party, version)
    sync_roles(party=held, roles=roles)
    touch([held.pk])


@transaction.atomic
def set_life_cycle(*, actor: User | None, party: Party, life_cycle: str, since: dt.datetime | None = None) -> None:
    """Say where a customer stands, since a moment (now). Errors: NotAllowed, NotFound, Invalid."""
    held = hold(actor, party)
    if life_cycle not in Party.LifeCycle.values:
        raise Invalid(fields={"life_cycle": _("This is none of the choices.")})
    if held.life_cycle == life_cycle and since is None:
        return
    held.life_cycle, held.life_cycle_since = life_cycle, since or timezone.now()
    held.save(update_fields=["life_cycle", "life_cycle_since"])
    touch([held.pk])


@transaction.atomic
def set_standing(
    *,
    actor: User | None,
    party: Party,
    life_cycle: str,
    roles: Iterable[RoleDetails],
    since: dt.datetime | None = None,
    version: int | None = None,
) -> None:
    """Write the life cycle and all roles of a customer at once.

    Errors: as `set_roles` and `set_life_cycle`, Conflict.
    """
    held = hold(actor, party, version)
    sync_roles(party=held, roles=list(roles))
    if life_cycle not in Party.LifeCycle.values:
        raise Invalid(fields={"life_cycle": _("This is none of the choices.")})
    if held.life_cycle != life_cycle or since is not None:
        held.life_cycle, held.life_cycle_since = life_cycle, since or timezone.now()
        held.save(update_fields=["life_cycle", "life_cycle_since"])
    touch([held.pk])


def sync_roles(*, party: Party, roles: Iterable[RoleDetails]) -> None:
    """Write the periods of a party that is held; the caller derives. Errors: as `set_roles`, with the row's field."""
    wanted = list(roles)
    for row, each in enumerate(wanted):
        if each.role not in Role.values:
            raise Invalid(fields={f"roles-{row}-role": _("This is none of the choices.")})
        if each.until is not None and each.until < each.since:
            raise EndsBeforeStart(fields={f"roles-{row}-until": str(EndsBeforeStart())})
        if any(_overlap(each, other) for other in wanted[:row]):
            raise PeriodsOverlap(fields={f"roles-{row}-since": str(PeriodsOverlap())})
    missing = {(each.role, each.since, each.until) for each in wanted}
    for period in party.role_periods.all():
        key = (period.role, period.since, period.until)
        if key in missing:
            missing.discard(key)
        else:
            period.delete()
    for role, since, until in sorted(missing, key=lambda key: (key[1], key[0])):
        PartyRole.objects.create(party=party, role=role, since=since, until=until)


def set_present_roles(party: Party, roles: Iterable[str]) -> None:
    """Begin today what is new among these roles and end yesterday what is not; the caller derives.

    A role that began today and is taken back was a slip: it leaves no period.
    """
    now, wanted = today(), set(roles)
    for period in party.role_periods.filter(since__lte=now):
        if period.until is not None and period.until < now:
            continue
        if period.role in wanted:
            wanted.discard(period.role)
        elif period.since == now:
            period.delete()
        else:
            period.until = now - A_DAY
            period.save(update_fields=["until"])
    for role in sorted(wanted):
        party.role_periods.filter(role=role, since__gt=now).delete()
        PartyRole.objects.create(party=party, role=role, since=now)


def derive_of_today(day: dt.date | None = None) -> int:
    """Derive those whose period began or ended within a week and is not in their roles yet; return how many."""
    now = day or today()
    week = now - 7 * A_DAY
    among = Q(party__roles__contains=Func(F("role"), function="ARRAY", template="%(function)s[%(expressions)s]"))
    began = PartyRole.objects.filter(Q(until=None) | Q(until__gte=now), ~among, since__range=(week, now))
    ended = PartyRole.objects.filter(among, until__range=(week - A_DAY, now - A_DAY))
    ids = {*began.values_list("party_id", flat=True), *ended.values_list("party_id", flat=True)}
    derive(ids)
    return len(ids)


def _overlap(one: RoleDetails, other: RoleDetails) -> bool:
    if one.role != other.role:
        return False
    return (one.until is None or other.since <= one.until) and (other.until is None or one.since <= other.until)
