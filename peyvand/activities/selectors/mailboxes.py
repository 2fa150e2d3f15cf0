"""The mailbox that mail about activities goes out from."""

from peyvand.channels.models import Channel


def outgoing_channel(branch_id: int | None) -> Channel | None:
    """The mailbox that our own mail goes out from: of the branch, else any that can send."""
    rows = Channel.objects.filter(kind=Channel.Kind.EMAIL, is_active=True, settings__has_key="smtp").exclude(address="")
    return rows.filter(branch=branch_id).order_by("pk").first() or rows.order_by("pk").first()
