"""Signatures: written for departments and by people, and put below an answer when it goes out."""

from dataclasses import dataclass

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.accounts.policies import require, require_everywhere
from peyvand.cartable.errors import NoOwnSignature
from peyvand.cartable.models import Answer, Request, Signature
from peyvand.cartable.models.texts import TEXTS
from peyvand.cartable.selectors.signatures import IN_SIGNATURES, may_have_own, signature_for
from peyvand.cartable.services.texts import DRAFT, check_variables, department_to_write_for
from peyvand.core.errors import Conflict, Invalid
from peyvand.core.text import display_text

LONGEST = 2000


@dataclass(frozen=True, kw_only=True)
class SignatureDetails:
    """A signature as it is written; empty in both languages it is taken away. personal: people may have their own."""

    text_fa: str = ""
    text_en: str = ""
    personal: bool = True


def signed(request: Request, answer: Answer) -> str:
    """The text of an answer as it goes out: with the signature of its author below it."""
    signature = signature_for(request, answer.author)
    return f"{answer.body.rstrip()}\n\n{signature}" if signature else answer.body


@transaction.atomic
def save_own_signature(
    *, actor: Actor, details: SignatureDetails, expected_version: int | None = None
) -> Signature | None:
    """Write one's own signature. Raises NoOwnSignature where the department does not want that, UnknownVariable."""
    require(actor, DRAFT)
    if (details.text_fa.strip() or details.text_en.strip()) and not may_have_own(actor):
        raise NoOwnSignature
    found = Signature.objects.select_for_update().filter(owner=actor.user).first() or Signature(owner=actor.user)
    return _save(actor, found, details, expected_version)


@transaction.atomic
def save_signature(
    *, actor: Actor, department_id: int | None, details: SignatureDetails, expected_version: int | None = None
) -> Signature | None:
    """Write the signature of a department, or of everybody (None). Asks `cartable.texts` there.

    Raises UnknownVariable, Invalid (too long), NotAllowed, NotFound, Conflict.
    """
    if department_id is None:
        require_everywhere(actor, TEXTS)
    else:
        department_to_write_for(actor, department_id)
    rows = Signature.objects.select_for_update().filter(owner=None, department=department_id)
    found = rows.first() or Signature(department_id=department_id)
    return _save(actor, found, details, expected_version)


def _save(actor: Actor, found: Signature, details: SignatureDetails, expected_version: int | None) -> Signature | None:
    if expected_version is not None and (found.version if found.pk else 0) != expected_version:
        raise Conflict
    texts = {name: display_text(getattr(details, name)).strip() for name in ("text_fa", "text_en")}
    if too_long := {name: "too_long" for name, text in texts.items() if len(text) > LONGEST}:
        raise Invalid(fields=too_long)
    for name, text in texts.items():
        check_variables(text, field=name, known=IN_SIGNATURES)
        setattr(found, name, text)
    if not any(texts.values()) and details.personal:
        if found.pk:
            found.delete()
        return None
    found.version = found.version + 1 if found.pk else 1
    found.personal, found.changed_by = details.personal, actor.user
    found.save()
    return found
