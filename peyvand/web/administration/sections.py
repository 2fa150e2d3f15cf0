"""The pages of the administration area; a higher app adds its own in `ui.py`."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise

from peyvand.accounts.models import User
from peyvand.accounts.policies import may


@dataclass(frozen=True, kw_only=True)
class Section:
    """One page of the area, shown to who holds `permission`.

    personal: for one's own work; it stands in one's profile, too, and nobody comes to it without asking for it.
    """

    key: str
    label: str | Promise
    url_name: str
    icon: str
    permission: str
    order: int = 100
    personal: bool = False

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a page; the same key again replaces the former."""
    _sections[section.key] = section


@cache
def addresses() -> tuple[str, ...]:
    """The addresses of all pages of the area, wherever they live."""
    return tuple(each.url for each in _sections.values())


def sections_for(user: User) -> list[Section]:
    """The pages that `user` may open, in order."""
    ordered = sorted(_sections.values(), key=lambda each: (each.order, each.key))
    return [each for each in ordered if may(user, each.permission)]
