"""Whose a request seems to be, when the customers it could belong to were one for a while."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from peyvand.cartable.models import Request, RequestMessage
from peyvand.channels.models import Message
from peyvand.parties.types import normalise_address

KINDS = {"mail": "email", "sms": "phone", "phone": "phone", "fax": "fax"}


def place_requests(request_ids: Sequence[int], owners: Mapping[tuple[str, str], int]) -> Mapping[int, int]:
    """To which customer each request seems to belong: the one from whose address its first message came."""
    rows = RequestMessage.objects.filter(request__in=request_ids, message__direction=Message.Direction.IN)
    found: dict[int, int] = {}
    for row in rows.order_by("at", "pk").select_related("message"):
        sender, kind = row.message.sender, KINDS.get(row.message.medium, "email")
        address = normalise_address(kind, sender) if sender else None
        if address is not None and (address.kind, address.value) in owners:
            found.setdefault(row.request_id, owners[address.kind, address.value])
    return found


def words_of_requests(request_ids: Sequence[int]) -> Mapping[int, str]:
    """The code and the subject of each request; of a confidential one only that there is one."""
    rows = Request.objects.filter(pk__in=request_ids).values_list("pk", "code", "subject", "confidential")
    return {pk: _("Confidential request") if secret else f"{code} · {subject}" for pk, code, subject, secret in rows}
