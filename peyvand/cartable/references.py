"""The cartable's rows that belong to a customer."""

from peyvand.cartable.services.erasing import erase_requests, hand_over_files, hand_over_requests
from peyvand.parties.registry import refers_to_party

refers_to_party("cartable.Request", "party", hand_over=hand_over_requests, files=hand_over_files, erase=erase_requests)
refers_to_party("cartable.RequestMessage", "party")  # follows its request
