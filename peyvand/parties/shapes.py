"""Plain data of what a business makes of its customers: categories, custom fields, tags. No model here."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class CategoryDetails:
    """What a person writes about a category.

    required: keys of fields that are asked for («name», «custom:12»); fields: ids of the custom fields that only its
    customers (and those of other chosen categories) have; None leaves them as they are.
    """

    name: str
    description: str = ""
    applies_to: str = "all"
    hue: int = 1
    required: Sequence[str] = ("name", "email", "phone")
    fields: Sequence[int] | None = None


@dataclass(frozen=True, kw_only=True)
class ChoiceDetails:
    """One choice as it is written; id None for a new one."""

    fa: str
    en: str = ""
    id: int | None = None
    off: bool = False


@dataclass(frozen=True, kw_only=True)
class FieldDetails:
    """What a person writes about a custom field. categories: ids of those it is for, none for all customers."""

    label: str
    label_en: str = ""
    help: str = ""
    choices: Sequence[ChoiceDetails] = ()
    categories: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Where something of the shape is used: numbers, and the names of the segments and categories."""

    customers: int
    views: int = 0
    segments: Sequence[str] = ()
    categories: Sequence[str] = ()

    @property
    def is_used(self) -> bool:
        return bool(self.customers or self.views or self.segments or self.categories)


@dataclass(frozen=True, kw_only=True)
class Converted:
    """One value before and after a change of type, as people read it, and how many customers have it."""

    before: str
    after: str = ""
    reason: str = ""
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """What a change of a field's type would do: numbers of customers, and examples.

    is_whole: every value was looked at; otherwise only the most frequent ones. new_choices: those that would be made.
    """

    fits: int
    fails: int
    good: Sequence[Converted] = ()
    bad: Sequence[Converted] = ()
    is_whole: bool = True
    new_choices: Sequence[str] = field(default_factory=tuple)

    @property
    def total(self) -> int:
        return self.fits + self.fails
