"""Every field of a customer, registered for lists, filters, segments, bulk work, export and the API.

What `read` gives: of CHOICE and CHOICES the keys (labels come from `choices`), of USER and PARTY the loaded record or
None, of MOMENT and DATE Python's, of PHONE and EMAIL the comparable form. `is_editable` ones can be written by
`services.editing.set_field`.
"""

from peyvand.core import record_fields
from peyvand.parties.fields import contact, custom, identity, profile, quality, system
from peyvand.parties.fields.host import HOST

__all__ = ["HOST"]

record_fields.register(HOST, *identity.FIELDS, *contact.FIELDS, *profile.FIELDS, *system.FIELDS, *quality.FIELDS)
record_fields.register_source(HOST, custom.source)
