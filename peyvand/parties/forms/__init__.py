"""The shape of what is typed about customers."""

from peyvand.parties.forms.record import PartyForm
from peyvand.parties.forms.rows import ContactForm
from peyvand.parties.forms.whole import WholeForm

__all__ = ["ContactForm", "PartyForm", "WholeForm"]
