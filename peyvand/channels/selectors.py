"""Questions about channels and messages."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db.models import Count, IntegerField, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from peyvand.accounts.scoping import Who, fields_q
from peyvand.channels.models import Channel, Mailbox, Message, Sighting
from peyvand.channels.types import Ledger

PATIENCE = timedelta(minutes=5)  # so long something may be seen and not yet stored


def channels_for(who: Who) -> QuerySet[Channel]:
    """The channels that `who` may see."""
    return Channel.objects.filter(fields_q(who, "channels.view", Channel.scope_fields)).order_by("name")


Withheld = Callable[[Who], Q]
_withheld: list[Withheld] = []


def withhold(condition: Withheld) -> None:
    """Leave messages out of every list of channels: `condition(who)` says which are for others alone."""
    _withheld.append(condition)


def messages_for(who: Who, rows: QuerySet[Message] | None = None) -> QuerySet[Message]:
    """The messages of the channels that `who` may see, without those that are withheld from him."""
    found = Message.objects.filter(channel__in=channels_for(who)) if rows is None else rows
    for condition in _withheld:
        found = found.exclude(condition(who))
    return found


def outgoing_channel(branch_id: int | None) -> Channel | None:
    """The mailbox that our own mail goes out from: of the branch, else any that can send."""
    rows = Channel.objects.filter(kind=Channel.Kind.EMAIL, is_active=True, settings__has_key="smtp").exclude(address="")
    rows = rows.exclude(settings__smtp={})  # one that only receives
    return rows.filter(branch=branch_id).order_by("pk").first() or rows.order_by("pk").first()


def mail_channels() -> QuerySet[Channel]:
    """Every active mailbox, for the doors."""
    return Channel.objects.filter(kind=Channel.Kind.EMAIL, is_active=True).exclude(address="")


def messages_by_message_ids(ids: Iterable[str]) -> QuerySet[Message]:
    """Messages with one of these Message-IDs (no brackets), newest first. What they name is a claim of the sender."""
    return Message.objects.filter(message_id__in=[one for one in ids if one]).exclude(message_id="").order_by("-pk")


def mailbox_ledger(channel: Channel, *, days: int | None = None) -> Ledger:
    """The books of a channel: everything its doors saw, by what became of it."""
    lines = Sighting.objects.filter(channel=channel)
    if days is not None:
        lines = lines.filter(seen_at__gte=timezone.now() - timedelta(days=days))
    late = Q(outcome=Sighting.Outcome.SEEN, seen_at__lt=timezone.now() - PATIENCE)
    sums = lines.aggregate(
        seen=Count("pk"),
        stored=Count("pk", filter=Q(outcome=Sighting.Outcome.STORED)),
        repeated=Count("pk", filter=Q(outcome=Sighting.Outcome.DUPLICATE)),
        waiting=Count("pk", filter=Q(outcome=Sighting.Outcome.SEEN)),
        late=Count("pk", filter=late),
    )
    skipped = lines.filter(outcome=Sighting.Outcome.SKIPPED).values_list("reason").annotate(Count("pk"))
    newest = Mailbox.objects.filter(channel=channel).order_by("-pk")
    missing = newest.aggregate(missing=Sum("missing"))["missing"] or 0
    error = newest.values_list("error", flat=True).first() or ""
    return Ledger(
        seen=sums["seen"] - (sums["waiting"] - sums["late"]),
        stored=sums["stored"],
        repeated=sums["repeated"],
        skipped=dict(skipped.order_by()),
        waiting=sums["waiting"],
        missing=missing,
        error=error,
    )


def refused_at_the_door(*, days: int = 7) -> dict[str, int]:
    """How often mail was refused before it had a channel, by reason; some lines stand for many refusals."""
    since = timezone.now() - timedelta(days=days)
    lines = Sighting.objects.filter(channel=None, outcome=Sighting.Outcome.SKIPPED, seen_at__gte=since)
    times = Coalesce(Cast(KT("details__count"), IntegerField()), 1)
    return dict(lines.values_list("reason").annotate(times=Sum(times)).order_by())


def uncertain_messages() -> QuerySet[Message]:
    """Outgoing messages whose fate a person must decide, oldest first."""
    return Message.objects.filter(state=Message.State.UNCERTAIN).order_by("pk")


def unread_backlog() -> int:
    """How many stored messages were not read yet."""
    return Message.objects.filter(state=Message.State.STORED).count()
