"""The cartable's rows that belong to a customer."""

from django.utils.translation import gettext_lazy as _

from peyvand.cartable.selectors.owners import place_requests, words_of_requests
from peyvand.cartable.services.erasing import erase_requests, hand_over_files, hand_over_requests
from peyvand.parties.registry import refers_to_party

refers_to_party(
    "cartable.Request",
    "party",
    label=_("Requests"),
    hand_over=hand_over_requests,
    files=hand_over_files,
    erase=erase_requests,
    place=place_requests,
    words=words_of_requests,
)
refers_to_party("cartable.RequestMessage", "party", stays=True)  # a trigger has it follow its request
