"""Taking a decision about a registration back: everybody has again what he had, and both partners are told."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.events import publish
from peyvand.parties.selectors.aliases import survivor_of
from peyvand.sales.errors import NotTakenBack
from peyvand.sales.events import DecisionTakenBack
from peyvand.sales.models import CommissionEntry, CommissionStatement, Deal, DealRegistration
from peyvand.sales.permissions import MANAGE_PARTNERS
from peyvand.sales.selectors.rivals import LIVE_STATES
from peyvand.sales.services.channels import put_partners
from peyvand.sales.services.holding import hold, store, tell_worth
from peyvand.sales.services.registering import LOCK
from peyvand.sales.services.registrations import held_registration, shares_in

State = DealRegistration.State
UNDO_FOR = timedelta(days=14)


@transaction.atomic
def take_decision_back(*, actor: User, registration_id: int, version: int | None = None) -> DealRegistration:
    """Let a decided registration wait again, for two weeks after a person decided it.

    The deal goes through those partners again through whom it went before, and the claim that was refused for this
    one stands again. A deal that was opened by the decision goes to the trash while it is open. It is refused when
    the partners of the deal were changed since, when the partner registered the same anew, or when a statement that
    has an entry of the deal was confirmed. Errors: NotAllowed, NotFound, NotTakenBack.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    one = held_registration(actor, registration_id)
    if not may_be_taken_back(one) or (version is not None and one.version != version):
        raise NotTakenBack
    memory, was = one.memory, one.state
    _give_deal_back(actor, one)
    _stand_again(actor, memory.get("rival"))
    was_of = memory["party"]
    one.party_id = was_of and (survivor_of(was_of) or was_of)  # he may be merged by now
    one.state, one.deal, one.exclusive_until = memory["state"], None, None
    _require_alone(one)
    one.remark, one.decided_by, one.decided_at, one.memory = "", None, None, {}
    one.version += 1
    one.save()
    publish(DecisionTakenBack(registration_id=one.pk, before=was))
    return one


def may_be_taken_back(one: DealRegistration) -> bool:
    """Was it decided by a person a short while ago, and is it still known what that changed?"""
    is_decided = one.state in (State.ACCEPTED, State.REFUSED) and one.decided_at is not None
    return is_decided and bool(one.memory) and one.decided_at is not None and one.decided_at > timezone.now() - UNDO_FOR


def _give_deal_back(actor: User, one: DealRegistration) -> None:
    memory = one.memory
    deal_id = memory.get("opened") or memory.get("deal")
    if deal_id is None:
        return
    if _is_closed_over(deal_id):
        raise NotTakenBack(_("A statement with this deal was confirmed; take that back first."))
    is_there = Deal.objects.filter(pk=deal_id, deleted_at=None).exists()
    if "opened" not in memory:
        _give_shares_back(actor, deal_id, memory)
    elif is_there:
        _throw_away(actor, one, deal_id)


def _is_closed_over(deal_id: int) -> bool:
    """Does a confirmed statement hold a line of this deal?"""
    lines = CommissionEntry.objects.filter(deal=deal_id).values_list("partner_id", "month")
    return any(CommissionStatement.objects.filter(partner=pk, month=month).exists() for pk, month in set(lines))


def _throw_away(actor: User, one: DealRegistration, deal_id: int) -> None:
    """The deal that the decision opened goes; not when another has a claim on it by now, or it took others in."""
    held = hold(None, deal_id)
    is_shared = DealRegistration.objects.filter(deal=deal_id).exclude(pk=one.pk).exists()
    if is_shared or [each for each, _percent in shares_in(held)] != [one.partner_id]:
        raise NotTakenBack(_("The partners of the deal were changed since; change them on its page."))
    if Deal.objects.filter(joined_into=deal_id, deleted_at=None).exists():
        raise NotTakenBack
    if not held.is_open:
        raise NotTakenBack(_("The deal was closed since; work on it again first."))
    held.deleted_at = timezone.now()
    store(held, actor)


def _give_shares_back(actor: User, deal_id: int, memory: dict[str, Any]) -> None:
    held = hold(actor, deal_id)
    if held.state == Deal.State.JOINED or shares_in(held) != memory["after"]:
        raise NotTakenBack(_("The partners of the deal were changed since; change them on its page."))
    put_partners(held, dict(memory["before"]))
    store(held, actor)
    if not memory["before"]:
        tell_worth(held)


def _stand_again(actor: User, memory: dict[str, Any] | None) -> None:
    """The claim that was refused for this one is again what it was."""
    if memory is None:
        return
    rival = DealRegistration.objects.select_for_update().filter(pk=memory["id"]).first()
    if rival is None:
        return
    require(actor, MANAGE_PARTNERS, rival.partner)
    if rival.version != memory["version"]:
        raise NotTakenBack(_("The other claim was decided anew since."))
    rival.state, rival.remark, rival.decided_by_id = memory["state"], memory["remark"], memory["decided_by_id"]
    rival.decided_at = datetime.fromisoformat(memory["decided_at"]) if memory["decided_at"] else None
    rival.memory, rival.version = memory["memory"], rival.version + 1
    _require_alone(rival)
    rival.save()
    publish(DecisionTakenBack(registration_id=rival.pk, before=State.REFUSED))


def _require_alone(one: DealRegistration) -> None:
    same = DealRegistration.objects.filter(partner=one.partner_id, fingerprint=one.fingerprint, state__in=LIVE_STATES)
    if one.state in LIVE_STATES and same.exclude(pk=one.pk).exists():
        raise NotTakenBack(_("The partner registered the same again meanwhile; decide that one."))
