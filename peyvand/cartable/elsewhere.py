"""What the cartable shows on pages of lower apps: the requests of a customer, the code of a sent form, its files."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.cartable.models import Answer, Note, Request
from peyvand.cartable.views.wording import STATUS_COLOURS
from peyvand.channels.models import Attachment, Message
from peyvand.core.files import register_parent
from peyvand.parties.models import Party
from peyvand.web import slots

MOST = 20


def follow_up(message: Message, *, request: HttpRequest | None) -> SafeString | None:
    """The follow-up code of the request that a public form became, for whoever holds its receipt."""
    code = Request.objects.filter(thread__message=message).values_list("code", flat=True).first()
    return format_html('<bdi dir="ltr">{}</bdi>', code) if code else None


def requests_of(party: Party, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The latest requests of a customer, and of an organisation's people, that the reader may see."""
    user = request.user if request else None
    if not isinstance(user, User) or not may(user, "cartable.view"):
        return None
    rows = Request.objects.visible_to(user).filter(party=party)
    if party.kind == Party.Kind.ORGANISATION:
        rows = Request.objects.visible_to(user).filter(party__in=[party.pk, *party.people.values_list("pk", flat=True)])
    latest = rows.select_related("party", "department").defer("search").order_by("-opened_at")[: MOST + 1]
    found = [(each, STATUS_COLOURS[Request.Status(each.status)]) for each in latest]
    return {"party": party, "requests": found[:MOST], "more": len(found) > MOST}


def holds_file(user: AbstractBaseUser, file_id: str) -> bool:
    """Does a file hang on a message, a note or an answer of a request that the user may see?"""
    if not isinstance(user, User):
        return False
    seen = Request.objects.visible_to(user)
    return (
        seen.filter(thread__message__in=Attachment.objects.filter(file=file_id).values("message")).exists()
        or seen.filter(notes__in=Note.objects.filter(files=file_id)).exists()
        or seen.filter(answers__in=Answer.objects.filter(files=file_id)).exists()
    )


slots.register("channels.follow_up", follow_up)
slots.register("party.requests", slots.template("cartable/_of_party.html", requests_of))
register_parent(holds_file)
