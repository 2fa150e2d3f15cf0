"""Filters of a list: declared once, read from the address, shown as chips that can be taken off."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyvand.web.paging import with_query

M = TypeVar("M", bound=Model)
Choice = tuple[str, str | Promise]
LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One condition. `apply(queryset, value)` narrows; `choices` (a list or a function) limits the values.

    With choices, a value that is not among them is ignored, so that nothing typed into the address reaches a query.
    """

    key: str
    label: str | Promise
    apply: Callable[[Any, str], Any]
    choices: Sequence[Choice] | Callable[[], Iterable[Choice]] = ()
    operator: str | Promise = _("is")
    is_search: bool = False

    def options(self) -> list[Choice]:
        return list(self.choices() if callable(self.choices) else self.choices)


@dataclass(frozen=True)
class Chip:
    """A filter that is on: its words and the address without it."""

    key: str
    label: str | Promise
    operator: str | Promise
    value: str | Promise
    remove_url: str


@dataclass(frozen=True)
class Menu:
    """A filter that can be chosen: each option with its address."""

    key: str
    label: str | Promise
    options: list[tuple[str | Promise, str, bool]]


class Bound:
    """The filters of one request."""

    def __init__(self, filters: Sequence[Filter], request: HttpRequest) -> None:
        self.request = request
        self.filters = filters
        self.active: list[tuple[Filter, str, str | Promise]] = []
        for one in filters:
            value = request.GET.get(one.key, "").replace("\x00", "").strip()[:LONGEST]
            if not value:
                continue
            names = dict(one.options())
            if not one.choices or value in names:
                self.active.append((one, value, names.get(value, value)))

    def apply(self, qs: QuerySet[M]) -> QuerySet[M]:
        """Return `qs` narrowed by every filter that is on."""
        for one, value, _name in self.active:
            qs = one.apply(qs, value)
        return qs

    def value(self, key: str) -> str:
        """Return what the filter `key` is set to, empty when it is off."""
        return next((value for one, value, _name in self.active if one.key == key), "")

    @property
    def search(self) -> str:
        """Return the text of the search filter."""
        return next((value for one, value, _name in self.active if one.is_search), "")

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(one.key, one.label, one.operator, name, self._without(one.key))
            for one, _value, name in self.active
            if not one.is_search
        ]

    @property
    def menus(self) -> list[Menu]:
        return [
            Menu(
                one.key,
                one.label,
                [(name, self._with(one.key, key), self.value(one.key) == key) for key, name in options],
            )
            for one in self.filters
            if (options := one.options())
        ]

    @property
    def clear_url(self) -> str:
        return with_query(self.request, after=None, before=None, **{one.key: None for one in self.filters})

    def _with(self, key: str, value: str) -> str:
        return with_query(self.request, after=None, before=None, **{key: value})

    def _without(self, key: str) -> str:
        return with_query(self.request, after=None, before=None, **{key: None})

    def __bool__(self) -> bool:
        return bool(self.active)


@dataclass(frozen=True)
class FilterSet:
    """The filters of a list."""

    filters: Sequence[Filter]

    def bind(self, request: HttpRequest) -> Bound:
        """Read the request's filters."""
        return Bound(self.filters, request)
