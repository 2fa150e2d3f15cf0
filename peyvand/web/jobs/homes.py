"""Where long work is shown: on its own page, or on the page of what it is a part of."""

from collections.abc import Callable

from django.urls import reverse

from peyvand.core.models import LongJob

Home = Callable[[LongJob], str]
_homes: dict[str, Home] = {}


def register_home(kinds: tuple[str, ...], home: Home) -> None:
    """Let work of these kinds be shown at `home(job)`; an empty address means its own page."""
    _homes.update(dict.fromkeys(kinds, home))


def home_of(job: LongJob) -> str:
    """The address of a page that shows this work better than its own; empty when there is none."""
    home = _homes.get(job.kind)
    return home(job) if home else ""


def address_of(job: LongJob) -> str:
    """Where to look at this work."""
    return home_of(job) or reverse("jobs:job", args=[job.pk])
