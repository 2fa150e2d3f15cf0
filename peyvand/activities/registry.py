"""The kinds of records that activities can be about: see `parties/linking.py`, which their apps reach."""

from peyvand.parties.linking import LinkKind, link_kind, link_kinds, link_to

__all__ = ["LinkKind", "link_kind", "link_kinds", "link_to"]
