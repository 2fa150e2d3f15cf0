"""The tags of the business, as leads and deals carry them."""

from collections.abc import Sequence

from peyvand.parties.models import Tag


def all_tags() -> list[Tag]:
    """Every tag, by name."""
    return list(Tag.objects.order_by("norm"))


def tags_of(tag_ids: Sequence[int]) -> list[Tag]:
    """The tags of these numbers that there still are, in the order of the numbers; no question for none."""
    known = Tag.objects.in_bulk(tag_ids) if tag_ids else {}
    return [known[pk] for pk in tag_ids if pk in known]
