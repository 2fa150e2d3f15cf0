"""Saying that one looks at a request, or types in it. Ephemeral: no history, no log, gone within half a minute."""

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.cartable.models import Presence, Request
from peyvand.cartable.selectors.presence import FRESH, Present, others_at
from peyvand.core import live
from peyvand.core.errors import Invalid, NotFound

TOPIC = "presence"
GONE = "gone"


@transaction.atomic
def be_present(*, actor: Actor, request_id: int, state: str) -> list[Present]:
    """Note that the actor looks, types or has gone; return who else is there.

    state: `looking`, `typing` or `gone`. Those who are there hear of it when something changed: a notice without names,
    upon which each page asks again with its own rights. Raises NotFound for who may not see the request, Invalid.
    """
    if state not in (*Presence.State.values, GONE):
        raise Invalid(fields={"state": state[:20]})
    if not Request.objects.visible_to(actor).filter(pk=request_id).exists():
        raise NotFound
    now, mine = timezone.now(), Presence.objects.filter(request=request_id, user=actor.user)
    before = mine.filter(at__gt=now - FRESH).values_list("state", flat=True).first() or GONE
    if state == GONE:
        mine.delete()
    else:
        Presence.objects.bulk_create(
            [Presence(request_id=request_id, user=actor.user, state=state, at=now)],
            update_conflicts=True, unique_fields=["request", "user"], update_fields=["state", "at"],
        )  # fmt: skip
    found = others_at(request_id, actor.user.pk)
    if before != state:
        live.notify(topic=TOPIC, audience=[f"user:{each.user_id}" for each in found], data={"request": request_id})
    return found
