"""What is to be known of customers where records have custom fields: who asks for one, and what is derived from it."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.core.custom_fields.hosts import FieldHost
from peyvand.parties.fields import HOST
from peyvand.parties.models import Category, Party
from peyvand.parties.services.categories import ask_again, forget_key, recount
from peyvand.parties.services.derived import touch


def _names(key: str) -> Iterable[str]:
    return Category.objects.filter(required__contains=[key]).values_list("name", flat=True)


def _forget(key: str, actor: User) -> list[int]:
    ids = forget_key(key)
    for category in Category.objects.filter(pk__in=ids):
        recount(actor=actor, category=category)
    return ids


def _ask_again(key: str, ids: Sequence[int], actor: User) -> None:
    for category in ask_again(key, ids):
        recount(actor=actor, category=category)


CUSTOMERS = FieldHost(
    key=HOST,
    label=_("Customers"),
    title="name",
    lists=("customers",),
    seen=lambda who: Party.objects.visible_to(who),
    address=lambda pk: reverse("parties:detail", args=[pk]),
    touched=touch,
    names=_names,
    forget=_forget,
    ask_again=_ask_again,
    is_of_person=True,
)
