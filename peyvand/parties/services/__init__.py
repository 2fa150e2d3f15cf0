"""Every write on parties."""

from peyvand.parties.services.contacts import add_contact_point, remove_contact_point, sync_contact_points
from peyvand.parties.services.identify import identify, identify_many
from peyvand.parties.services.people import change_party, confirm_party, create_party, link_to_organisation

__all__ = [
    "add_contact_point",
    "change_party",
    "confirm_party",
    "create_party",
    "identify",
    "identify_many",
    "link_to_organisation",
    "remove_contact_point",
    "sync_contact_points",
]
