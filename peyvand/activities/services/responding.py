"""Telling an organiser outside what one of us answers (iTIP REPLY): once for each answer, by the ledger of mail."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from peyvand.activities.events import InvitationAnswered
from peyvand.activities.itip import REPLY, Component, Person, message_of
from peyvand.activities.models import Invitee, Outside, OutsideSeries
from peyvand.activities.outside_words import subject_of, text_of
from peyvand.activities.selectors.mailboxes import outgoing_channel
from peyvand.activities.services.incoming import moment_in
from peyvand.channels.models import Channel, Message
from peyvand.channels.services import send
from peyvand.channels.types import Letter
from peyvand.core.errors import PeyvandError

PARTSTAT = {"accepted": "ACCEPTED", "tentative": "TENTATIVE", "declined": "DECLINED", "waiting": "NEEDS-ACTION"}


def tell_organizers(events: Sequence[InvitationAnswered]) -> None:
    """The reaction to answers: organisers outside hear what holds now. Idempotent."""
    for activity_id in sorted({event.activity_id for event in events}):
        tell_organizer(activity_id)


@transaction.atomic
def tell_organizer(activity_id: int) -> None:
    """Mail the present answer to the organiser of what somebody outside holds, unless he has it."""
    held = (
        Outside.objects.select_for_update(of=("self",))
        .filter(activity=activity_id)
        .select_related("activity", "user", "series")
        .first()
    )
    channel = outgoing_channel(held.activity.branch_id) if held is not None else None
    if held is None or channel is None:
        return
    if held.series is not None and held.series.answer not in ("", held.series.told):
        _tell_whole(channel, held, held.series)
        held.refresh_from_db(fields=["told"])
    invitee = Invitee.objects.filter(activity=activity_id, user=held.user).first()
    if invitee is not None and invitee.answer != (held.told or Invitee.Answer.WAITING):
        held.told, held.message = invitee.answer, _mail(channel, held, _component(held), invitee.answer)
        held.save(update_fields=["told", "message"])


def _tell_whole(channel: Channel, held: Outside, series: OutsideSeries) -> None:
    """One mail for the whole series; with it the organiser has the answer to each of its times that has the same."""
    whole = replace(_component(held), recurrence=None, sequence=int(series.parts[""]["order"][0]))
    series.told, series.message = series.answer, _mail(channel, held, whole, series.answer)
    series.save(update_fields=["told", "message"])
    same = Invitee.objects.filter(user=series.user_id, answer=series.answer, activity__outside__series=series)
    series.times.filter(activity__in=same.values("activity")).update(told=series.answer, message=series.message)


def _component(held: Outside) -> Component:
    activity = held.activity
    at = activity.at or held.stamp
    return Component(
        uid=held.uid, sequence=held.sequence, subject=activity.subject, starts=at, ends=activity.ends_at or at,
        stamp=timezone.now(), zone=activity.zone, all_day=activity.all_day, place=activity.place,
        recurrence=moment_in(held.recurrence),
    )  # fmt: skip


def _mail(channel: Channel, held: Outside, one: Component, answer: str) -> Message | None:
    """Put the answer on its way; None where no mail can go."""
    who = held.user.full_name or held.user.username
    guest = Person(email=held.attendee, name=who, answer=PARTSTAT[answer], sent_by=channel.address)
    organizer = Person(email=held.organizer, name=held.organizer_name)
    with translation.override(settings.LANGUAGE_CODE):
        words = f"{text_of(REPLY, one, who)}\n\n{Invitee.Answer(answer).label}"
        letter = Letter(
            to=[held.organizer],
            subject=subject_of(REPLY, one, is_new=False),
            text=words,
            thread=f"activity-{held.activity_id}",
            language=settings.LANGUAGE_CODE,
            calendar=message_of(REPLY, organizer, guest, [one]),
            calendar_method=REPLY,
        )
    try:
        with transaction.atomic():
            return send(channel=channel, letter=letter)
    except PeyvandError:  # an address that no mail can go to: the page of the activity says so
        return None
