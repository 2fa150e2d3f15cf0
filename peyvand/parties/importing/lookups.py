"""What cells name by word: choices in both languages, categories, tags, people, branches; read once for a block."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from peyvand.accounts.models import Branch, User
from peyvand.accounts.policies import may
from peyvand.core.record_links import Names as LinkNames
from peyvand.core.text import search_norm
from peyvand.parties.fields.contact import consent_choices
from peyvand.parties.importing import cells
from peyvand.parties.models import Category, Tag

SHAPE = "parties.shape"
MOST_TAG = 60
Names = tuple[dict[str, Any], list[str]]


class NewTag(str):
    """A tag that the business does not have yet, by its name."""


class Lookups:
    """The names that cells of one import may use, as its actor may use them."""

    def __init__(self, actor: User) -> None:
        self.actor = actor

    def labels(self, choices: Any, more: Mapping[str, str]) -> Names:
        """The values of choices by label in Persian and English, by value, and by other words that people write."""
        names = {search_norm(word): value for word, value in more.items()} | self.named(choices.choices)
        return names, [str(label) for _value, label in choices.choices]

    def named(self, pairs: Collection[tuple[str, Any]]) -> dict[str, str]:
        """Values by their labels in Persian and English, and by themselves; pairs: (value, label)."""
        names: dict[str, str] = {}
        for language in ("fa", "en"):
            with translation.override(language):
                names |= {search_norm(str(label)): value for value, label in pairs}
        return names | {search_norm(value): value for value, _label in pairs}

    @cached_property
    def categories(self) -> Names:
        rows = Category.objects.filter(is_active=True).order_by("order", "id").values_list("pk", "norm", "name")
        return {norm: pk for pk, norm, _name in rows}, [name for _pk, _norm, name in rows]

    @cached_property
    def category_rows(self) -> dict[int, Category]:
        return Category.objects.in_bulk()

    @cached_property
    def consents(self) -> Names:
        """What somebody may have agreed to, «sms:marketing» by «SMS · Marketing»."""
        pairs = consent_choices()
        return self.named(pairs), [str(label) for _value, label in pairs]

    @cached_property
    def users(self) -> Names:
        rows = list(User.objects.filter(is_active=True).values_list("pk", "username", "email", "full_name"))
        named: dict[str, Any] = {}
        twice: set[str] = set()
        for pk, _login, _email, name in rows:
            folded = search_norm(name)
            twice |= {folded} & named.keys()
            named[folded] = pk
        named = {name: pk for name, pk in named.items() if name not in twice}  # two of one name: by login or address
        for pk, login, email, _name in rows:
            named |= {search_norm(word): pk for word in (login, email) if word}
        return named, [name for _pk, _login, _email, name in rows]

    @cached_property
    def user_names(self) -> dict[int, str]:
        return dict(User.objects.values_list("pk", "full_name"))

    @cached_property
    def branches(self) -> Names:
        rows = list(Branch.objects.filter(is_active=True).values_list("pk", "name"))
        return {search_norm(name): pk for pk, name in rows}, [name for _pk, name in rows]

    @cached_property
    def branch_names(self) -> dict[int, str]:
        return dict(Branch.objects.values_list("pk", "name"))

    @cached_property
    def tags(self) -> dict[str, int]:
        return dict(Tag.objects.values_list("norm", "pk"))

    @cached_property
    def tag_names(self) -> dict[int, str]:
        return dict(Tag.objects.values_list("pk", "name"))

    @cached_property
    def may_make_tags(self) -> bool:
        return may(self.actor, SHAPE)

    @cached_property
    def names(self) -> LinkNames:
        """The names of the customers that values point to, as far as the actor may see them."""
        return LinkNames(self.actor)

    def name_of_party(self, pk: int) -> str:
        """The name of a customer, when the actor may see it."""
        return self.names.seen(pk)

    def read_tags(self, text: str) -> list[int | NewTag]:
        """Tags by their names; one that is not there is made when the actor may shape the business's words."""
        found = cells.known_pieces(text, lambda part: search_norm(part.lstrip("#"))[:MOST_TAG] in self.tags)
        return list(dict.fromkeys(self._tag(part) for part in found))

    def _tag(self, typed: str) -> int | NewTag:
        name = cells.clean(typed.strip().lstrip("#"))
        known = self.tags.get(search_norm(name)[:MOST_TAG])
        if known is not None:
            return known
        if not search_norm(name) or len(name) > MOST_TAG:
            raise cells.BadCell(_("Write a name of at most 60 characters."))
        if not self.may_make_tags:
            raise cells.BadCell(_("There is no tag «%(name)s», and you may not make one.") % {"name": name})
        return NewTag(name)

    def make_tags(self, names: Iterable[str]) -> dict[str, int]:
        """Store tags that rows of a block need; return the new ones by folded name."""
        wanted = {search_norm(name)[:MOST_TAG]: name for name in names}
        rows = [Tag(name=name, norm=norm) for norm, name in wanted.items() if norm not in self.tags]
        Tag.objects.bulk_create(rows, ignore_conflicts=True)
        found = dict(Tag.objects.filter(norm__in=list(wanted)).values_list("norm", "pk"))
        made = {norm: pk for norm, pk in found.items() if norm not in self.tags}
        self.tags |= made
        self.__dict__.pop("tag_names", None)
        return made
