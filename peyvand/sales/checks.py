"""What can be asked of a deal before it comes to a stage: fields that are filled, things that happened.

A check is a key, a label for the settings, and a sentence for whoever moved too early. Apps that know more register
their own (`register`), so that a stage can ask for a call that was made or a quote that was sent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peyvand.activities.models import Activity, Link, State
from peyvand.core.custom_fields import fields_for, is_empty, key_of, label_of
from peyvand.core.models import CustomField
from peyvand.core.record_fields import Text
from peyvand.parties.models import ContactPoint
from peyvand.sales.deal_fields import HOST
from peyvand.sales.models import Deal, DealPerson, Stage


@dataclass(frozen=True, kw_only=True)
class Check:
    """label: as «A first call was made»; missing: the sentence when it does not hold; holds(deal): one look."""

    key: str
    label: Text
    missing: Text
    holds: Callable[[Deal], bool]


_fields: dict[str, Check] = {}
_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    """Offer a check for stages."""
    _checks[check.key] = check


def offered() -> list[Check]:
    """The checks that a stage can ask for."""
    return list(_checks.values())


def fields() -> list[Check]:
    """The fields of a deal that a stage can require, those of the business among them."""
    return [*_fields.values(), *map(_of_custom, fields_for(HOST))]


def _of_custom(custom: CustomField) -> Check:
    name = label_of(custom)
    return Check(
        key=key_of(custom),
        label=name,
        missing=_now("«%(name)s» is not filled in yet.") % {"name": name},
        holds=lambda deal: not is_empty(deal.custom.get(str(custom.pk))),
    )


def missing_for(deal: Deal, stage: Stage) -> list[str]:
    """The sentences that say what is missing before the deal may come to this stage; empty when nothing is.

    A check whose app is gone, or a field that was removed, holds: nobody could ever fulfil it.
    """
    return [str(each.missing) for each in _asked(stage) if not each.holds(deal)]


def _asked(stage: Stage) -> Iterable[Check]:
    known = {each.key: each for each in fields()} if stage.required else {}
    yield from (known[key] for key in stage.required if key in known)
    yield from (_checks[key] for key in stage.checks if key in _checks)


def _filled(key: str, label: Text, missing: Text) -> None:
    _fields[key] = Check(key=key, label=label, missing=missing, holds=lambda deal: getattr(deal, key) not in (None, ""))


_filled("amount", _("Amount"), _("The amount is not known yet."))
_filled("close_on", _("Expected close"), _("The day on which it will be decided is not known yet."))
_filled("source", _("Source"), _("It is not written where it came from."))
_filled("note", _("Description"), _("There is no description yet."))
_filled("owner_id", _("Responsible"), _("Nobody is responsible for it yet."))

register(
    Check(
        key="reachable",
        label=_("The customer has a phone or an e-mail"),
        missing=_("The customer has neither a phone nor an e-mail."),
        holds=lambda deal: ContactPoint.objects.filter(party=deal.party_id).exists(),
    )
)
register(
    Check(
        key="decider",
        label=_("Somebody on the customer's side is known"),
        missing=_("Nobody on the customer's side is named yet."),
        holds=lambda deal: DealPerson.objects.filter(deal=deal).exists(),
    )
)


def _happened(key: str, kind: str, label: Text, missing: Text) -> None:
    """A check that an activity of a kind, about the deal, is done."""

    def holds(deal: Deal) -> bool:
        about = Link.objects.filter(kind="sales.Deal", record=deal.pk).values("activity_id")
        return Activity.objects.filter(pk__in=about, kind=kind, state=State.DONE, deleted_at=None).exists()

    register(Check(key=key, label=label, missing=missing, holds=holds))


_happened("call_done", "call", _("A call about it was made"), _("No call about it was made yet."))
_happened("meeting_done", "meeting", _("A meeting about it took place"), _("No meeting about it took place yet."))
_happened("visit_done", "visit", _("A visit for it took place"), _("No visit for it took place yet."))
