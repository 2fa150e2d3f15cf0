"""The rows about activities that belong to a customer: they move when he is merged, and go when he is erased."""

from django.utils.translation import gettext_lazy as _

from peyvand.activities.services.erasing import erase_invitations, erase_of_party, hand_over, words_of
from peyvand.parties.registry import refers_to_party

refers_to_party(
    "activities.Activity", "party", label=_("Activities"), hand_over=hand_over, erase=erase_of_party, words=words_of
)
refers_to_party("activities.Invitee", "party", label=_("Invitations"), erase=erase_invitations, asks=False)
