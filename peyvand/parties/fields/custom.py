"""The custom fields of customers as registered fields, and how a field points to a customer."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from peyvand.core import record_links
from peyvand.core.custom_fields import fields_for, record_field
from peyvand.core.models import CustomField
from peyvand.core.record_fields import Kind, RecordField
from peyvand.core.text import sort_key
from peyvand.parties.fields.host import HOST
from peyvand.parties.models import Party, PartyQuerySet
from peyvand.parties.models.survivors import survivors_of

CUSTOM = _("Custom")


def source() -> Iterator[RecordField]:
    """Yield every custom field that there is now; a protected number needs the permission for them."""
    for custom in fields_for(HOST):
        is_protected = custom.kind == CustomField.Kind.NATIONAL_ID
        yield record_field(custom, group=CUSTOM, permission="parties.reveal" if is_protected else "")


def _seen(who: Any) -> PartyQuerySet:
    return Party.objects.filter(deleted_at=None) if who is None else Party.objects.visible_to(who)


def _named(who: Any, name: str) -> Party | None:
    """The one customer of this name in any spelling; None when there are several."""
    found = list(_seen(who).filter(sort_key=sort_key(name)).order_by("id")[:2])
    return found[0] if len(found) == 1 else None


record_links.register(Kind.PARTY, record_links.Links(seen=_seen, named=_named, moved=survivors_of))
