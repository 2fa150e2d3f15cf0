"""Invitations by mail: whoever is asked from outside hears of a meeting, of what changes of it, and of its end.

What each guest was told last is kept beside the mail, and this brings it up to what holds now: run twice, or for
several changes at once, it tells everything once. It runs after the change, as a reaction to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from peyvand.accounts.models import User
from peyvand.activities.events import SeriesChanged
from peyvand.activities.itip import CANCEL, REQUEST, Component, Person, message_of
from peyvand.activities.models import Activity, Invitee, Series, Told
from peyvand.activities.outside_words import subject_of, text_of
from peyvand.activities.selectors.mailboxes import outgoing_channel
from peyvand.activities.services import outside_shape as shape
from peyvand.channels.models import Channel, Message
from peyvand.channels.services import send
from peyvand.channels.types import Letter
from peyvand.core.errors import PeyvandError
from peyvand.core.events import Event

AGAIN = timedelta(days=270)  # days of a series that has a stand-in are told again when they run out


def tell_outside(events: Sequence[Event]) -> None:
    """The reaction to whatever happens to activities: guests from outside are asked, told anew, or called off."""
    ids = {int(event.payload()["activity_id"]) for event in events}
    asked = Invitee.objects.filter(activity__in=ids, user=None).exclude(email="").values("activity_id")
    told = Told.objects.values("uid")
    concerned = Q(pk__in=asked) | Q(uid__in=told) | Q(series__uid__in=told)
    rows = Activity.objects.filter(concerned, pk__in=ids).order_by("pk").values_list("pk", "series_id")
    found = list(rows)
    for series_id in sorted({series for _pk, series in found if series is not None}):
        bring_series(series_id)
    for pk, series_id in found:
        bring(pk, series_id)


def tell_of_series(events: Sequence[SeriesChanged]) -> None:
    """The reaction to a series that ends earlier or reaches further."""
    for series_id in sorted({event.series_id for event in events}):
        bring_series(series_id)


@dataclass
class Teller:
    """Tells the guests of one meeting: the mailbox, who holds it, the name of its correspondence, what they know."""

    uid: UUID
    channel: Channel
    owner: str
    thread: str
    known: dict[str, Told]

    def tell(
        self, method: str, guest: Person, components: Sequence[Component], occurrence: date | None = None
    ) -> Told | None:
        """Mail this to a guest unless he knows it, and keep what he knows now. The first component is what it is of."""
        former, digest = self.known.get(guest.email), shape.digest_of(components[0])
        if former is not None and former.is_cancelled == (method == CANCEL) and former.digest == digest:
            return None
        sequence = former.sequence + 1 if former else 0
        numbered = [replace(one, sequence=max(one.sequence, sequence)) for one in components]
        values = {
            "sequence": sequence, "digest": digest, "is_cancelled": method == CANCEL, "told_at": timezone.now(),
            "message": self._mail(method, guest, numbered, is_new=former is None),
        }  # fmt: skip
        told, _made = Told.objects.update_or_create(
            uid=self.uid, occurrence=occurrence, email=guest.email, defaults=values
        )
        self.known[guest.email] = told
        return told

    def _mail(self, method: str, guest: Person, components: Sequence[Component], *, is_new: bool) -> Message | None:
        """Put the mail on its way; None where no mail can go."""
        organizer = Person(email=self.channel.address, name=self.owner)
        with translation.override(settings.LANGUAGE_CODE):
            letter = Letter(
                to=[guest.email],
                subject=subject_of(method, components[0], is_new=is_new),
                text=text_of(method, components[0], self.owner),
                thread=self.thread,
                language=settings.LANGUAGE_CODE,
                calendar=message_of(method, organizer, guest, components),
                calendar_method=method,
            )
        try:
            with transaction.atomic():
                return send(channel=self.channel, letter=letter)
        except PeyvandError:  # an address that no mail can go to: the page of the activity says so
            return None


def _teller(owner: User, thread: str, uid: UUID, occurrence: date | None = None) -> Teller | None:
    """None without a mailbox that can send: nobody is told, and nothing is kept as told."""
    channel = outgoing_channel(owner.branch_id)
    if channel is None:
        return None
    known = Told.objects.select_for_update().filter(uid=uid, occurrence=occurrence)
    return Teller(uid, channel, owner.full_name, thread, {one.email: one for one in known})


@transaction.atomic
def bring(activity_id: int, series_id: int | None = None) -> None:
    """Bring what guests know of one activity up to what holds now."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("owner")
    activity = rows.filter(pk=activity_id).first()
    series = Series.objects.filter(pk=series_id or 0).first()
    if activity is None or shape.is_over(activity) or not (shape.stands(activity) or shape.is_off(activity)):
        return
    uid, day = (series.uid, activity.occurrence) if series else (activity.uid, None)
    teller = _teller(activity.owner, f"activity-{activity.pk}", uid, day)
    if teller is None:
        return
    guests = shape.guests_of(activity) if shape.stands(activity) else {}
    whole = _holders(series) if series else set()
    component = shape.component_of(activity, series)
    for email, guest in guests.items():
        if activity.is_exception or email not in whole or email in teller.known:
            teller.tell(REQUEST, guest, [component], day)
    for email in sorted((set(teller.known) | whole) - set(guests)):
        if email not in teller.known or not teller.known[email].is_cancelled:
            teller.tell(CANCEL, Person(email=email), [component], day)


def _holders(series: Series) -> set[str]:
    """Who has the whole series in his calendar."""
    rows = Told.objects.filter(uid=series.uid, occurrence=None, is_cancelled=False)
    return set(rows.values_list("email", flat=True))


@transaction.atomic
def bring_series(series_id: int) -> None:
    """Bring what guests know of a whole series up to what holds now."""
    series = Series.objects.select_for_update().filter(pk=series_id).first()
    owner = User.objects.filter(pk=series.plan["owner_id"]).first() if series else None
    if series is None or owner is None:
        return
    teller = _teller(owner, f"series-{series.pk}", series.uid)
    if teller is None:
        return
    held = shape.held_of(series)
    like = next((one for one in reversed(held) if not one.is_exception), None)
    days = shape.days_told(series, held)
    if not days or (held and like is None):  # every occurrence is another: each is told of by itself
        return
    component = shape.component_of_series(series, days)
    guests = shape.guests_of(like) if like else {}
    for guest in guests.values():
        _tell_series(teller, series, guest, component, held)
    for email in sorted(set(teller.known) - set(guests)):
        if not teller.known[email].is_cancelled:
            teller.tell(CANCEL, Person(email=email), [component])


def _tell_series(teller: Teller, series: Series, guest: Person, component: Component, held: Sequence[Activity]) -> None:
    """Tell a guest of a series with the occurrences that were changed by themselves, as one message."""
    known = teller.known.get(guest.email)
    later = [one for one in held if not shape.is_over(one)]
    if (known is None and not later) or not _is_due(known, component, series):
        return
    moved = [one for one in later if one.is_exception and shape.stands(one) and guest.email in shape.guests_of(one)]
    others = {one.occurrence: shape.component_of(one, series) for one in moved if one.occurrence}
    days = shape.days_told(series, held)
    whole = shape.moved_days(series, component, days) | others
    told = teller.tell(REQUEST, guest, [component, *(whole[day] for day in sorted(whole))])
    for one, other in zip(moved, others.values(), strict=True) if told else ():
        values = {
            "sequence": told.sequence if told else 0, "digest": shape.digest_of(other), "is_cancelled": False,
            "told_at": timezone.now(), "message": told.message if told else None,
        }  # fmt: skip
        Told.objects.update_or_create(uid=series.uid, occurrence=one.occurrence, email=guest.email, defaults=values)


def _is_due(known: Told | None, component: Component, series: Series) -> bool:
    """A series by a stand-in grows each month; its guests hear of that when their days run out."""
    if known is None or known.is_cancelled or not component.days or series.ended_on is not None:
        return True
    return known.told_at < timezone.now() - AGAIN
