"""Moving all deals of a removed stage at once, in a few statements however many there are."""

from typing import Any

from django.db import connection
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.sales.models import Deal, DealPassage, DealSpan, Stage

_END = """
    UPDATE {span} SET until = %(now)s
    FROM {deal} d WHERE d.id = {span}.deal_id AND d.stage_id = %(old)s AND d.state = 'open' AND {span}.until IS NULL
"""
_BEGIN = """
    INSERT INTO {span} (deal_id, pipeline_id, stage_id, state, amount, owner_id, department_id, branch_id, since, by_id)
    SELECT id, pipeline_id, %(new)s, state, amount, owner_id, department_id, branch_id, %(now)s, %(by)s
    FROM {deal} WHERE stage_id = %(old)s AND state = 'open'
"""


def empty_stage(actor: User, old: Stage, new: Stage) -> None:
    """Let all open deals of `old`, also those in the trash, stand in `new` of the same pipeline, and note it."""
    now = timezone.now()
    deals = Deal.objects.filter(stage=old, state=Deal.State.OPEN)
    list(deals.order_by("pk").select_for_update().values_list("pk", flat=True))
    names = {"span": DealSpan._meta.db_table, "deal": Deal._meta.db_table}
    values: dict[str, Any] = {"now": now, "old": old.pk, "new": new.pk, "by": actor.pk}
    with connection.cursor() as cursor:
        cursor.execute(_END.format(**names), values)
        cursor.execute(_BEGIN.format(**names), values)
    DealPassage.objects.filter(deal__in=deals, ended_at=None, furthest__position__lt=new.position).update(furthest=new)
    deals.update(stage=new, stage_since=now)
