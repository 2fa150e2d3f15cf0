"""Rules of commission and margin."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.text import display_norm
from peyvand.sales.channel_types import RuleDetails
from peyvand.sales.commission import PERCENT
from peyvand.sales.errors import RuleChanged, RuleUsed
from peyvand.sales.models import WHOLE, Level, Partner, PartnerRule, Pipeline, SalesChannel
from peyvand.sales.policies import require_configure
from peyvand.sales.services.opening import LARGEST

MOST_BANDS = 10
FREE = ("name", "until")  # what may change once something was earned by it


@transaction.atomic
def save_partner_rule(
    *, actor: User | None, details: RuleDetails, rule_id: int | None = None, version: int | None = None
) -> PartnerRule:
    """Write a rule. Of one by which something was earned only the name and the last day may change.

    Errors: NotAllowed, NotFound, RuleChanged, RuleUsed, Invalid.
    """
    require_configure(actor)
    rule = PartnerRule() if rule_id is None else _held(rule_id)
    if rule_id is not None and version is not None and rule.version != version:
        raise RuleChanged
    values = _checked(details)
    changed = {key for key, value in values.items() if getattr(rule, key) != value}
    if not changed <= set(FREE) and rule_id is not None and rule.entries.exists():
        raise RuleUsed
    for key, value in values.items():
        setattr(rule, key, value)
    rule.version += 0 if rule._state.adding else 1
    rule.save()
    return rule


@transaction.atomic
def delete_partner_rule(*, actor: User, rule_id: int) -> None:
    """Apply a rule no longer; what was earned by it stays. Errors: NotAllowed, NotFound."""
    require_configure(actor)
    rule = _held(rule_id)
    rule.deleted_at, rule.version = timezone.now(), rule.version + 1
    rule.save()


def _held(rule_id: int) -> PartnerRule:
    rule = PartnerRule.objects.select_for_update().filter(pk=rule_id, deleted_at=None).first()
    if rule is None:
        raise NotFound
    return rule


def _checked(details: RuleDetails) -> dict[str, Any]:
    """What a rule is written with. Errors: Invalid."""
    name = display_norm(details.name)[:120]
    wrong = {} if name else {"name": _("Write a name.")}
    if details.purpose not in PartnerRule.Purpose.values or details.way not in PartnerRule.Way.values:
        wrong["purpose"] = _("There is no such record.")
    if details.since and details.until and details.until < details.since:
        wrong["until"] = _("It ends before it begins.")
    wrong |= _unknown(details) | _bad_bands(details)
    if wrong:
        raise Invalid(fields=wrong)
    bands = sorted(details.bands, key=lambda band: band.start)
    return {
        "name": name, "purpose": details.purpose, "way": details.way, "channel_id": details.channel_id,
        "partner_id": details.partner_id, "level": details.level, "pipeline_id": details.pipeline_id,
        "bands": [{"from": band.start, "value": band.value} for band in bands], "since": details.since,
        "until": details.until,
    }  # fmt: skip


def _unknown(details: RuleDetails) -> dict[str, str]:
    named = {
        "channel": (SalesChannel.objects.filter(deleted_at=None), details.channel_id),
        "partner": (Partner.objects.all(), details.partner_id),
        "pipeline": (Pipeline.objects.filter(deleted_at=None), details.pipeline_id),
    }
    wrong = {key: _("There is no such record.") for key, (rows, pk) in named.items() if pk and not _has(rows, pk)}
    return wrong | ({} if details.level in ("", *Level.values) else {"level": _("There is no such record.")})


def _has(rows: Any, pk: int) -> bool:
    return bool(rows.filter(pk=pk).exists())


def _bad_bands(details: RuleDetails) -> dict[str, str]:
    """Bands begin at nothing, each begins elsewhere, and none gives more than the whole."""
    starts = [band.start for band in details.bands]
    largest = WHOLE if details.way == PERCENT else LARGEST
    if not starts or min(starts) != 0 or len(set(starts)) < len(starts) or len(starts) > MOST_BANDS:
        return {"bands": _("The first step begins at 0, and each step begins once; at most ten.")}
    if any(band.start > LARGEST or not 0 <= band.value <= largest for band in details.bands):
        return {"bands": _("A step gives at most the whole amount.")}
    return {}
