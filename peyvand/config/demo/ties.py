"""Requests that belong together: some merged, some linked, an incident, messages split off, child requests."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable.models import Request, RequestMessage
from peyvand.cartable.services import close
from peyvand.cartable.services.parts import open_part
from peyvand.cartable.services.regrouping import merge, split_off
from peyvand.cartable.services.tying import tie
from peyvand.cartable.types import PartOrder, Target, TargetKind
from peyvand.channels.models import Message
from peyvand.config.demo.organisation import Company

MERGES, SPLITS, WHOLES, MEMBERS = 5, 3, 6, 6
LINKS = ("duplicate", "caused", "related", "related")
PARTS = (
    ("sales", "زمان ارسال بار را از فروش بپرسید"),
    ("service", "نظر فنی دربارهٔ خرابی"),
    ("finance", "مانده‌حساب مشتری را بررسی کنید"),
)
RESULT = "انجام شد؛ نتیجه در پرونده است."


def tie_together(company: Company) -> None:
    """Tie open requests of the officer Leila's sight together, as she would."""
    leila = Actor(User.objects.get(username="leila"))
    rows = Request.objects.visible_to(leila).active().filter(confidential=False, needs_review=False, perhaps_of=None)
    found = list(rows.filter(branch__name=leila.user.branch.name if leila.user.branch else "").order_by("-opened_at"))
    _merge(leila, found)
    left = [one for one in found if not Request.objects.filter(pk=one.pk, tied=True).exists()]
    _link(leila, left)
    _split(leila, left[12:])
    _part(leila, company, left[40:])


def _merge(leila: Actor, requests: Sequence[Request]) -> None:
    """Requests of one customer that turned out to be one."""
    by_party: dict[int, list[Request]] = defaultdict(list)
    for one in requests:
        if one.party_id is not None:
            by_party[one.party_id].append(one)
    pairs = [mine[:2] for mine in by_party.values() if len(mine) > 1][:MERGES]
    for newer, older in pairs:
        merge(actor=leila, survivor_id=older.pk, request_ids=[newer.pk], agreed=True)


def _link(leila: Actor, requests: Sequence[Request]) -> None:
    """Some pairs, and one incident that hit several customers."""
    for number, kind in enumerate(LINKS):
        one, other = requests[number * 2 : number * 2 + 2]
        tie(actor=leila, request_id=one.pk, other_id=other.pk, kind=kind)
    master, *members = requests[20 : 21 + MEMBERS]
    for one in members:
        tie(actor=leila, request_id=one.pk, other_id=master.pk, kind="incident")


def _split(leila: Actor, requests: Sequence[Request]) -> None:
    """A second message that spoke of something else."""
    done = 0
    for request in requests:
        written = RequestMessage.objects.filter(request=request, message__direction=Message.Direction.IN, opens=False)
        first = written.order_by("pk").first()
        if first is not None and request.message_count > 1 and done < SPLITS:
            split_off(actor=leila, request_id=request.pk, message_ids=[first.message_id])
            done += 1


def _part(leila: Actor, company: Company, requests: Sequence[Request]) -> None:
    """Requests that wait for two departments; some of their parts are done."""
    for number, whole in enumerate(requests[:WHOLES]):
        for place, (department, title) in enumerate(PARTS[: 2 + number % 2]):
            to = Target(TargetKind.DEPARTMENT, company.departments[department].pk)
            order = PartOrder(title=title, to=to, due_at=timezone.now() + dt.timedelta(days=2 + place))
            part = open_part(actor=leila, request_id=whole.pk, part=order)
            if place == 0 and number % 2:
                close(actor=leila, request_id=part.pk, remark=RESULT)
