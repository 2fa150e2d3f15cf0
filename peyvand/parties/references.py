"""The rows of this app that belong to a customer, and what becomes of them when customers are merged; custom fields."""

from django.utils.translation import gettext_lazy as _

from peyvand.core.custom_fields import hosts
from peyvand.parties.registry import refers_to_party
from peyvand.parties.selectors import row_words
from peyvand.parties.services.field_host import CUSTOMERS
from peyvand.parties.services.merging import folding, linking

hosts.register(CUSTOMERS)

refers_to_party(
    "parties.ContactPoint", "party", label=_("Contact points"), prepare=folding.fold_points, words=row_words.points
)
refers_to_party(
    "parties.Address", "party", label=_("Addresses"), prepare=folding.fold_addresses, words=row_words.addresses
)
refers_to_party("parties.Identifier", "party", label=_("Numbers"), words=row_words.numbers)
refers_to_party("parties.PartyRole", "party", label=_("Roles"), prepare=folding.fold_roles, words=row_words.roles)
refers_to_party("parties.Profile", "party", stays=True)  # its fields are chosen one by one
refers_to_party("parties.Consent", "party", label=_("Consents"), is_ledger=True, words=row_words.consents)
refers_to_party("parties.PartyNote", "party", label=_("Notes"), words=row_words.notes)
refers_to_party("parties.PartyFile", "party", label=_("Files"), prepare=folding.fold_files, words=row_words.files)
refers_to_party(
    "parties.Relation", "source", label=_("Relations"), move=linking.move_relations, words=row_words.relations
)
refers_to_party(
    "parties.Relation", "target", label=_("Relations"), move=linking.move_other_side, words=row_words.relations
)
refers_to_party("parties.Party", "organisation", label=_("People"), move=linking.move_people, asks=False)
refers_to_party("parties.SegmentMember", "party", label=_("Segments"), words=row_words.segments)
refers_to_party("parties.AccessLog", "party", is_ledger=True, sums=("count",), asks=False)
refers_to_party("parties.DuplicatePair", "first", stays=True, asks=False)  # of a hidden customer it is not shown
refers_to_party("parties.DuplicatePair", "second", stays=True, asks=False)
