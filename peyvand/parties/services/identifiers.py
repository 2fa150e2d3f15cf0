"""The numbers by which a state, a bank or another office knows a customer."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core import iran
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.secrets import decrypt, encrypt
from peyvand.parties.errors import FlawedNumber, NumberKnown
from peyvand.parties.models import Identifier, Party
from peyvand.parties.numbers import digest_of
from peyvand.parties.services.access_log import note_reveal
from peyvand.parties.services.derived import touch
from peyvand.parties.services.holding import hold
from peyvand.parties.types import IdentifierDetails

REVEAL = "parties.reveal"
DOTS = "••••"


@transaction.atomic
def add_identifier(
    *, actor: User | None, party: Party, details: IdentifierDetails, version: int | None = None
) -> Identifier:
    """Add a number, encrypted when its kind is sensitive.

    Errors: NotAllowed, NotFound, NumberKnown, FlawedNumber (hard flaws always, soft ones unless `insist`).
    """
    held = hold(actor, party, version)
    made = write_identifier(held, details)
    touch([held.pk])
    return made


@transaction.atomic
def remove_identifier(*, actor: User | None, party: Party, identifier_id: int, version: int | None = None) -> None:
    """Forget a number. Errors: NotAllowed, NotFound."""
    held = hold(actor, party, version)
    if not held.identifiers.filter(pk=identifier_id).delete()[0]:
        raise NotFound
    touch([held.pk])


@transaction.atomic
def reveal(*, actor: User, identifier: Identifier) -> str:
    """Return a protected number in full, and note who saw it. Errors: NotAllowed, SecretUnreadable."""
    require(actor, REVEAL, identifier.party)
    note_reveal(user=actor, party=identifier.party, kind=identifier.kind)
    return plain(identifier)


def plain(identifier: Identifier) -> str:
    """Return the number itself; who may see it is asked before. Errors: SecretUnreadable."""
    return identifier.value or decrypt(identifier.cipher)


def read(details: IdentifierDetails, *, key: str = "typed") -> iran.Checked:
    """Check a number as it was typed. Errors: Invalid and FlawedNumber, with the field `key`."""
    if details.kind not in Identifier.Kind.values:
        raise Invalid(fields={"kind": _("This is none of the choices.")})
    checked = iran.check(details.kind, details.typed)
    if checked.is_hard or (checked.flaw and not details.insist):
        raise FlawedNumber.of(checked, key)
    return checked


def write_identifier(party: Party, details: IdentifierDetails, *, key: str = "typed") -> Identifier:
    """Write a number of a party that is held; the caller derives. Errors: as `add_identifier`."""
    made = make_identifier(party, details.kind, read(details, key=key))
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise NumberKnown(fields={key: str(NumberKnown())}) from error
    return made


def make_identifier(party: Party, kind: str, checked: iran.Checked) -> Identifier:
    """Return an unsaved identifier of a number that was checked."""
    hidden = kind in Identifier.SENSITIVE
    return Identifier(
        party=party,
        kind=kind,
        value="" if hidden else checked.value,
        cipher=encrypt(checked.value) if hidden else "",
        digest=digest_of(kind, checked.value),
        shown=f"{DOTS} {checked.value[-4:]}" if hidden else checked.value,
        flaw=checked.flaw,
        is_insisted=bool(checked.flaw),
    )


def replace_identifier(party: Party, kind: str, typed: str, *, insist: bool = False, key: str) -> None:
    """Make this the one number of its kind (none when nothing is typed) of a held party; the caller derives."""
    if not typed.strip():
        party.identifiers.filter(kind=kind).delete()
        return
    checked = read(IdentifierDetails(kind=kind, typed=typed, insist=insist), key=key)
    digest = digest_of(kind, checked.value)
    party.identifiers.filter(kind=kind).exclude(digest=digest).delete()
    if not party.identifiers.filter(kind=kind, digest=digest).exists():
        make_identifier(party, kind, checked).save()
