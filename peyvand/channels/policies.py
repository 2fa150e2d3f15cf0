"""Who may do what with channels."""

from peyvand.accounts.policies import may
from peyvand.accounts.scoping import Who
from peyvand.channels.models import Channel

VIEW = "channels.view"
MANAGE = "channels.manage"


def may_manage(who: Who, channel: Channel | None = None) -> bool:
    """May `who` change this channel, or any at all?"""
    return may(who, MANAGE, channel)
