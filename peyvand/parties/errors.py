"""Rules of parties that can be broken."""

from peyvand.core.errors import Conflict, Invalid


class BadAddress(Invalid):
    """This is no address of this kind."""

    code = "bad_address"


class AddressTaken(Conflict):
    """Another customer is known by this address; mark it as shared or open that customer."""

    code = "address_taken"


class NameMissing(Invalid):
    """A customer needs a name."""

    code = "name_missing"


class NotAnOrganisation(Invalid):
    """Only a person can belong to an organisation, and only to an organisation."""

    code = "not_an_organisation"
