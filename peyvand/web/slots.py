"""Slots: a lower page opens `{% slot "party.tabs" party %}`, a higher app fills it from its `ui.py`."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Filling = Callable[..., SafeString | str | None]

_fillings: dict[str, list[tuple[int, Filling]]] = defaultdict(list)


def register(name: str, filling: Filling, *, order: int = 100) -> None:
    """Let `filling(obj, request=…)` write into the slot `name`; lower `order` comes first, once per function."""
    if all(filling is not known for _, known in _fillings[name]):
        _fillings[name].append((order, filling))
        _fillings[name].sort(key=lambda pair: pair[0])


def template(path: str, build: Callable[..., dict[str, Any] | None]) -> Filling:
    """Make a filling that renders `path` with what `build(obj, request=…)` returns; None leaves the slot empty."""

    def fill(obj: Any, *, request: HttpRequest | None) -> SafeString | None:
        context = build(obj, request=request)
        return None if context is None else render_to_string(path, context, request=request)

    return fill


def render(name: str, obj: Any, *, request: HttpRequest | None) -> SafeString:
    """Return everything registered for `name`, escaped where it is not markup already."""
    parts = (filling(obj, request=request) for _, filling in _fillings.get(name, ()))
    return mark_safe("".join(conditional_escape(part) for part in parts if part))  # noqa: S308 - each part is escaped


def is_filled(name: str) -> bool:
    """Has any app registered something for `name`?"""
    return bool(_fillings.get(name))
