"""The shape of what is typed about customers."""

from peyvand.parties.forms.record import ContactForm, PartyForm, contact_rows, details_of, show_error

__all__ = ["ContactForm", "PartyForm", "contact_rows", "details_of", "show_error"]
