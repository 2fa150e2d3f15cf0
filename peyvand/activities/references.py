"""What activities are asked about: which rows belong to a customer, and which mail answers an invitation."""

from django.utils.translation import gettext_lazy as _

from peyvand.activities import importing
from peyvand.activities.services.calendar_mail import claim_answers
from peyvand.activities.services.erasing import erase_invitations, erase_of_party, hand_over, words_of
from peyvand.activities.services.field_host import ACTIVITIES
from peyvand.channels import claims
from peyvand.core.custom_fields import hosts
from peyvand.parties.registry import refers_to_party

refers_to_party(
    "activities.Activity", "party", label=_("Activities"), hand_over=hand_over, erase=erase_of_party, words=words_of
)
refers_to_party("activities.Invitee", "party", label=_("Invitations"), erase=erase_invitations, asks=False)
claims.register(claim_answers)
hosts.register(ACTIVITIES)

__all__ = ["importing"]  # it registers itself
