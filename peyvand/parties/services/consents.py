"""The ledger of consents: what a customer said about being contacted, by which way and for what."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid
from peyvand.parties.models import Consent, Party
from peyvand.parties.services.derived import touch
from peyvand.parties.services.holding import hold
from peyvand.parties.services.words import line, one_of
from peyvand.parties.types import ConsentDetails


@transaction.atomic
def record_consent(*, actor: User | None, party: Party, details: ConsentDetails, version: int | None = None) -> Consent:
    """Add one word of a customer to the ledger; nothing in it is ever changed.

    Errors: NotAllowed, NotFound, Invalid.
    """
    held = hold(actor, party, version)
    made = write_consents(held, actor, [details])
    touch([held.pk])
    return made[0]


def write_consents(party: Party, actor: User | None, words: Iterable[ConsentDetails]) -> list[Consent]:
    """Add words of a party that is held; the caller derives. Errors: Invalid."""
    return Consent.objects.bulk_create([_row(party, actor, each) for each in words])


def _row(party: Party, actor: User | None, details: ConsentDetails) -> Consent:
    source = line(details.source, 120, key="source")
    if not source:
        raise Invalid(fields={"source": _("Write where this was said, as «by phone» or «form on the website».")})
    now = timezone.now()
    if details.at is not None and details.at > now:
        raise Invalid(fields={"at": _("This day is still to come.")})
    point = details.contact_point_id
    if point is not None and not party.contact_points.filter(pk=point).exists():
        raise Invalid(fields={"contact_point_id": _("There is no such record, or you may not see it.")})
    return Consent(
        party=party,
        contact_point_id=point,
        channel=one_of(details.channel, Consent.Channel.values, key="channel", blank=False),
        purpose=one_of(details.purpose, Consent.Purpose.values, key="purpose", blank=False),
        is_given=details.is_given,
        source=source,
        text_version=line(details.text_version, 40, key="text_version"),
        at=details.at or now,
        by=actor,
    )
