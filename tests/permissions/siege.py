"""A confidential request and those who try to get at it.

The attackers: charlie of another branch, a colleague beside its officer, and somebody who holds every permission in its
widest scope.
"""

import json
from dataclasses import replace

from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.permissions import all_permissions
from peyvand.accounts.services import create_role
from peyvand.cartable.models import (
    Answer,
    Confidant,
    Endorsement,
    Mention,
    Note,
    Referral,
    Regrouping,
    Request,
    RequestMessage,
    Snooze,
    Step,
    Tie,
)
from peyvand.channels.models import Message
from peyvand.core.models import File
from tests.cast import Cast, make_user
from tests.permissions.house import House, make_house

WORD = "نهان‌واژه"


def confidential_house(cast: Cast) -> House:
    """The house of the matrix, whose request is confidential: alice holds it, olivia is its officer."""
    made = make_house(cast)
    now = timezone.now()
    Request.objects.update(
        confidential=True, subject=f"موضوع {WORD}", search=f"{made.request.code} {WORD}", tag_ids=[1]
    )
    Message.objects.update(subject=f"عنوان {WORD}", text=f"متن {WORD}", html=f"<p>{WORD}</p>")
    Note.objects.update(body=f"یادداشت {WORD}")
    Answer.objects.update(body=f"پاسخ {WORD}")
    Referral.objects.update(instruction=f"پاراف {WORD}")
    Step.objects.create(request=made.request, kind="note", at=now, details={"remark": WORD})
    own = File.objects.create(blob=made.file.blob, name=f"{WORD}.png", content_type="image/png", size=10)
    made.received.attachments.update(file=own)
    made.request.refresh_from_db()
    return replace(made, file=own)


def make_attackers(cast: Cast) -> dict[str, User]:
    return {"charlie": cast.charlie, "omni": make_omni(cast), "sara": make_sara(cast)}


def make_omni(cast: Cast) -> User:
    """She holds every permission there is, everywhere."""
    widest = {name: each.scopes[-1] for name, each in all_permissions().items()}
    role = create_role(actor=None, name="همه‌کاره", permissions=widest)
    return make_user("omni", department=cast.sales, roles=[role])


def make_sara(cast: Cast) -> User:
    """An officer at the side of the request's."""
    return make_user("sara", department=cast.customer_relations, roles=[cast.roles["officer"]])


def told(text: str, house: House, address: str) -> list[str]:
    """Which secrets of the request a text holds; what the attacker wrote into the address himself is none."""
    escaped = json.dumps(WORD)[1:-1]
    return [word for word in (WORD, escaped, house.request.code) if word in text and word not in address]


def fingerprint(request: Request) -> list[object]:
    """Everything that hangs on it."""
    rows: list[object] = [list(Request.objects.filter(pk=request.pk).values())]
    for model in (Referral, Answer, Note, RequestMessage, Snooze, Mention, Confidant, Step):
        rows.append(list(model._default_manager.filter(request=request.pk).order_by("pk").values()))
    rows.append(
        list(Message.objects.filter(in_request__request=request).order_by("pk").values("pk", "state", "attempt"))
    )
    rows.append(list(Endorsement.objects.filter(answer__request=request).values()))
    return [*rows, Tie.objects.count(), Regrouping.objects.count()]
