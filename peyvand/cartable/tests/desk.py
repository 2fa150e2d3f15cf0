"""What tests of the cartable need: a mailbox, mails as the door leaves them, requests in every state."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable import services
from peyvand.cartable.models import Answer, Referral, Request
from peyvand.cartable.types import Draft, Order, Target, TargetKind
from peyvand.channels.models import Channel, Message
from tests.cast import Cast

numbers = count(1)


def as_actor(user: User) -> Actor:
    """The user as services know him, with his rights read afresh."""
    return Actor(User.objects.get(pk=user.pk))


def mailbox(cast: Cast, address: str = "support@company.example", **settings: Any) -> Channel:
    """The mailbox of customer relations in Tehran; it sends, too."""
    return Channel.objects.get_or_create(
        address=address,
        defaults={
            "kind": Channel.Kind.EMAIL,
            "name": "پشتیبانی",
            "token": f"token-{address}",
            "branch": cast.tehran,
            "department": cast.customer_relations,
            "settings": {"smtp": {"host": "localhost", "port": 25}, **settings},
        },
    )[0]


def mail(channel: Channel, sender: str = "negar@arman.example", **values: Any) -> Message:
    """A mail that has been received and read."""
    number = next(numbers)
    message_id = values.pop("message_id", f"m{number}@arman.example")
    return Message.objects.create(
        channel=channel,
        direction=Message.Direction.IN,
        medium=values.pop("medium", Message.Medium.MAIL),
        state=values.pop("state", Message.State.PARSED),
        external_id=f"external-{number}-{message_id}"[:200],
        message_id=message_id,
        sender=sender,
        sender_name=values.pop("sender_name", "نگار رستمی"),
        subject=values.pop("subject", "تأخیر در تحویل سفارش"),
        text=values.pop("text", "سفارش ما هنوز نرسیده است."),
        occurred_at=values.pop("occurred_at", None) or timezone.now(),
        **values,
    )


def opened(channel: Channel, sender: str = "negar@arman.example", **values: Any) -> Request:
    """The request that a new mail opened."""
    message = mail(channel, sender, **values)
    services.take_in([message.pk])
    return request_of(message)


def request_of(message: Message) -> Request:
    """Where a message is."""
    return Request.objects.get(thread__message=message)


def user_target(user: User) -> Target:
    return Target(TargetKind.USER, user.pk)


def referred(officer: User, request: Request, to: Target, **values: Any) -> Referral:
    """Refer a request and return the referral."""
    services.refer(actor=as_actor(officer), request_id=request.pk, to=to, order=Order(**values))
    return Referral.objects.filter(request=request).latest("id")


def drafted(author: User, request: Request, body: str = "فردا می‌رسد.", **values: Any) -> Answer:
    return services.save_draft(actor=as_actor(author), request_id=request.pk, draft=Draft(body=body, **values))


def submitted(author: User, request: Request, body: str = "فردا می‌رسد.") -> Answer:
    answer = drafted(author, request, body)
    services.submit_draft(actor=as_actor(author), answer_id=answer.pk)
    answer.refresh_from_db()
    return answer


def moment(text: str) -> datetime:
    """«2026-11-22 10:00» in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
