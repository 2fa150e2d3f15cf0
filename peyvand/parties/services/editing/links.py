"""Editors of what a party points to: organisation, category, branch, owner, tags."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from peyvand.accounts.models import Branch, User
from peyvand.core.errors import Invalid
from peyvand.core.text import search_norm
from peyvand.parties.errors import NotAnOrganisation
from peyvand.parties.models import Category, Party, Tag
from peyvand.parties.services.editing.base import Asked, Editor, Raw, many, one, unknown, written
from peyvand.parties.services.employment import write_employer


def _number(raw: Raw, asked: Asked) -> int | None:
    typed = one(raw).strip()
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise unknown(asked)
    return int(typed) if typed else None


def _organisation(raw: Raw, asked: Asked) -> Party | None:
    pk = _number(raw, asked)
    if pk is None:
        return None
    seen = Party.objects.filter(deleted_at=None) if asked.actor is None else Party.objects.visible_to(asked.actor)
    found = seen.answering(pk)
    if found is None:
        raise unknown(asked)
    if found.kind != Party.Kind.ORGANISATION:
        raise NotAnOrganisation(fields={asked.key: str(NotAnOrganisation())})
    return found


def _write_organisation(party: Party, value: Party | None, asked: Asked) -> None:
    if value is not None and (party.kind != Party.Kind.PERSON or value.pk == party.pk):
        raise NotAnOrganisation(fields={asked.key: str(NotAnOrganisation())})
    write_employer(party, value, actor=asked.actor)


def _category(raw: Raw, asked: Asked) -> Category | None:
    pk = _number(raw, asked)
    if pk is None:
        return None
    found = Category.objects.filter(pk=pk).first()
    if found is None:
        raise unknown(asked)
    return found


def _write_category(party: Party, value: Category | None, asked: Asked) -> None:
    if value is not None and value.pk != party.category_id:
        if not value.is_active or value.applies_to not in {Category.For.ALL, party.kind}:
            raise Invalid(fields={asked.key: _("This category is not for this kind of customers.")})
    party.category = value


def _branch(raw: Raw, asked: Asked) -> Branch | None:
    pk = _number(raw, asked)
    found = None if pk is None else Branch.objects.filter(pk=pk, is_active=True).first()
    if pk is not None and found is None:
        raise unknown(asked)
    return found


def _owner(raw: Raw, asked: Asked) -> User | None:
    pk = asked.actor.pk if one(raw) == "me" and asked.actor else _number(raw, asked)
    found = None if pk is None else User.objects.filter(pk=pk, is_active=True).first()
    if pk is not None and found is None:
        raise unknown(asked)
    return found


def _tags(raw: Raw, asked: Asked) -> list[int]:
    """Tags are named by their id or by their name in any spelling; new ones are made in another place."""
    given = many(raw)
    ids = {int(each) for each in given if each.isascii() and each.isdigit() and len(each) < 10}
    norms = {search_norm(each) for each in given if not (each.isascii() and each.isdigit())}
    found = {tag.pk: tag.norm for tag in Tag.objects.filter(pk__in=ids) | Tag.objects.filter(norm__in=norms)}
    if ids - set(found) or norms - set(found.values()):
        raise Invalid(fields={asked.key: _("There is no such tag.")})
    return sorted(found)


def _link(name: str, parse: Callable[[Raw, Asked], Any], write: Callable[[Party, Any, Asked], None]) -> Editor:
    return Editor(
        parse=parse, write=write, current=lambda party: written(getattr(party, f"{name}_id")), columns=(name,)
    )


def _lay(name: str) -> Callable[[Party, Any, Asked], None]:
    return lambda party, value, asked: setattr(party, name, value)


EDITORS = {
    "organisation": _link("organisation", _organisation, _write_organisation),
    "category": _link("category", _category, _write_category),
    "branch": _link("branch", _branch, _lay("branch")),
    "owner": _link("owner", _owner, _lay("owner")),
    "tags": Editor(
        parse=_tags,
        write=_lay("tag_ids"),
        current=lambda party: [str(pk) for pk in party.tag_ids],
        columns=("tag_ids",),
    ),
}
PLAIN = frozenset(EDITORS) - {"organisation"}  # those that write nothing but the party itself
