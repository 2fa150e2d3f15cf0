"""The addresses of our own mailboxes: no mail of ours goes to them."""

from peyvand.channels.models import Channel
from peyvand.core.known import Known
from peyvand.core.text import normalise_email


def _addresses(_key: None) -> frozenset[str]:
    own = Channel.objects.filter(kind=Channel.Kind.EMAIL).values_list("address", flat=True)
    return frozenset(normalise_email(address) or address for address in own)


_own = Known(_addresses)


def own_addresses() -> frozenset[str]:
    """Every address under which mail reaches us, as of the last seconds."""
    return _own(None)
