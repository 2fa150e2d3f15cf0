"""The mailbox that mail about activities goes out from."""

from peyvand.channels.selectors import outgoing_channel

__all__ = ["outgoing_channel"]
