"""Records of other apps that activities are about: each app says once how its records are found, named and opened.

    link_to(LinkKind(key="sales.Deal", label=_("Deal"), icon="coin", seen=lambda who: Deal.objects.visible_to(who),
                     title=lambda deal: deal.name, address=lambda deal: f"/deals/{deal.pk}/",
                     party=lambda deal: deal.party_id))

in its `references.py`. It stands here so that apps that do not know activities, as the cartable, can say it. An
activity then carries `About(kind="sales.Deal", id=…)`, its page shows the link to who may see that deal, and
`activities.selectors.of_record(who, "sales.Deal", id)` answers with the activities of a deal.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class LinkKind:
    """A kind of record that activities can be about.

    key: the model's label ("sales.Deal"). seen(who): those that he may see. title, address: how one is shown.
    party(record): the customer it belongs to, taken over where an activity names none. permission: needed to link.
    search(who, words): up to ten records for a form, by what a person types; None: it is linked only from its own page.
    messages(record): the numbers of the messages that it consists of, for what they ask (an invitation).
    """

    key: str
    label: str | Promise
    icon: str
    seen: Callable[[Any], QuerySet[Any]]
    title: Callable[[Any], str]
    address: Callable[[Any], str]
    party: Callable[[Any], int | None] = lambda record: None
    permission: str = ""
    search: Callable[[Any, str], Iterable[Any]] | None = None
    messages: Callable[[Any], Iterable[int]] = lambda record: ()
    is_confidential: Callable[[Any], bool] = lambda record: False


_kinds: dict[str, LinkKind] = {}


def link_to(kind: LinkKind) -> None:
    """Say how records of a kind are linked to; the same key again replaces the former."""
    _kinds[kind.key] = kind


def link_kind(key: str) -> LinkKind | None:
    """The registered kind; None when no app knows it."""
    return _kinds.get(key)


def link_kinds() -> list[LinkKind]:
    """All registered kinds, by key."""
    return [_kinds[key] for key in sorted(_kinds)]
