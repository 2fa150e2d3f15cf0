"""Series from outside: what the organiser says of the whole and of single times, and the activities of what comes.

Every word is kept with its order (SEQUENCE, DTSTAMP, arrival), and the times are laid anew from all that was said: a
mail that is read twice, or late, changes nothing. The coming three months stand in the calendar as activities, 120 at
most; each night makes what is missing. What took place stays as it was.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.activities.itip import CANCEL, REQUEST
from peyvand.activities.models import Activity, Invitee, Outside, OutsideSeries
from peyvand.activities.services import shaping
from peyvand.activities.services.incoming import Post, day_in, stamp_of
from peyvand.activities.services.invitations import (
    CALLED_OFF,
    CHANGED,
    METHODS,
    asked,
    begun,
    bring,
    call_off,
    is_foreign,
    is_of,
    organizer_of,
    planned_of,
    show_stranger,
    span_of,
    tell_of,
)
from peyvand.core import jail
from peyvand.core.errors import Invalid
from peyvand.core.text import display_norm

EXPAND = "peyvand.activities.itip_series.expand"
AHEAD, BACK = timedelta(days=92), timedelta(days=31)
MOST_TIMES = 120
MOST_WORDS = 200  # of single times that are kept of one series
MOST_SERIES = 3  # of one mail: programs send one, and each may cost the jail its whole time
SLICE = 50
Parts = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class SeriesCall:
    """What one mail says of one series, for one of us asked at `attendee`. known: what he has of it already."""

    post: Post
    uid: str
    events: Sequence[Mapping[str, Any]]
    user: User
    attendee: str
    known: OutsideSeries | None

    @property
    def is_own(self) -> bool:
        """Does it come from who holds the series?"""
        holder = self.known.organizer if self.known is not None else ""
        return all(is_of(self.post, event, holder) for event in self.events)


def series_calls_in(post: Post) -> list[SeriesCall]:
    """What a mail says of series that somebody has, or could have by it."""
    if post.method not in METHODS:
        return []
    uids = list(dict.fromkeys(event["uid"] for event in post.events if is_foreign(event)))[:MOST_SERIES]
    return [call for uid in uids for call in _calls(post, uid, [one for one in post.events if one["uid"] == uid])]


def _calls(post: Post, uid: str, events: Sequence[Mapping[str, Any]]) -> Iterator[SeriesCall]:
    known = {each.user_id: each for each in OutsideSeries.objects.filter(uid=uid).select_related("user")}
    whole = next((one for one in events if one["repeats"] and not one["recurrence"]), None)
    people = {user.pk: (user, address) for user, address in asked(post, whole)} if whole is not None else {}
    people |= {pk: (each.user, each.attendee) for pk, each in known.items()}
    calls = [SeriesCall(post, uid, events, user, address, known.get(user.pk)) for user, address in people.values()]
    begins: bool | None = None
    for call in calls:
        if call.known is not None:
            yield call
        elif not _is_held_by_another(call):
            begins = can_begin(call) if begins is None else begins
            if begins:
                yield call


def can_begin(call: SeriesCall) -> bool:
    """Can it be the first of its series: the organiser himself asks to it, and it has coming times?"""
    return call.post.method == REQUEST and call.is_own and bool(times_of(words_of(call.post, call.events)))


def _is_held_by_another(call: SeriesCall) -> bool:
    """Has he a meeting of this UID already, from another organiser? Nobody makes that a time of his own series."""
    held = Outside.objects.filter(uid=call.uid, user=call.user)
    return held.exclude(organizer__in=[organizer_of(event) for event in call.events]).exists()


def words_of(post: Post, events: Sequence[Mapping[str, Any]]) -> Parts:
    """What a mail says of one series, by the time that each word is of."""
    return {one["recurrence"]: _word(post, one) for one in events}


def _word(post: Post, event: Mapping[str, Any]) -> dict[str, Any]:
    order = [int(event["sequence"]), stamp_of(event).astimezone(UTC).isoformat(), post.message.pk]
    off = post.method == CANCEL or event["is_off"]
    return {"order": order, "off": off, "reaches": event["reaches"], "text": event["text"], "when": event["when"]}


def _merged(known: Parts, said: Parts) -> Parts:
    """What holds after a mail: of two words on the same the newer. A whole at other times forgets older single ones."""
    newer = {key: word for key, word in said.items() if key not in known or word["order"] > known[key]["order"]}
    whole, former = newer.get(""), known.get("", {})
    if whole is not None and whole["when"] != former.get("when"):
        known = {key: word for key, word in known.items() if word["order"] > whole["order"]}
    found = known | newer
    singles = sorted((key for key in found if key), key=lambda key: found[key]["order"], reverse=True)[:MOST_WORDS]
    return {key: found[key] for key in ("", *singles) if key in found}


def times_of(parts: Parts, *, is_known: bool = False) -> list[dict[str, Any]] | None:
    """Its times from a month ago on that are times of an activity; None when they cannot be read."""
    if not parts.get("", {}).get("text"):
        return None
    today = timezone.localdate()
    asked_for = {
        "parts": [{"key": key, **word} for key, word in parts.items()], "most": MOST_TIMES + BACK.days,
        "first": (today - BACK).isoformat(), "last": (today + AHEAD).isoformat(),
    }  # fmt: skip
    (result,) = jail.run(EXPAND, [json.dumps(asked_for).encode()], cpu_seconds=2)
    if not result.ok:
        return None
    found = [one for one in result.value if span_of(one) is not None]
    return found if is_known else [one for one in found if _is_coming(one)]


def _is_coming(event: Mapping[str, Any]) -> bool:
    span = span_of(event)
    return span is not None and span[1] > timezone.now()


@transaction.atomic
def take_series(call: SeriesCall) -> None:
    """Bring what one of us has of a series up to what its organiser says. Does nothing twice."""
    # Two mails of one series come one after another; not as strong as to keep who extends it from adding times of his.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=call.user.pk)
    known = OutsideSeries.objects.select_for_update().filter(uid=call.uid, user=call.user).first()
    call = SeriesCall(call.post, call.uid, call.events, call.user, call.attendee, known)
    said = words_of(call.post, call.events)
    if known is None:
        if not _is_held_by_another(call) and can_begin(call):
            begin_series(call.user, call.attendee, call.events, said)
    elif not call.is_own:
        _show(call.post, known)
    else:
        _follow(call.post, known, said)


def _show(post: Post, series: OutsideSeries, *, is_unread: bool = False) -> None:
    activity = Activity.objects.filter(outside__series=series).order_by("-at").first()
    if activity is not None:
        show_stranger(post, activity, is_unread=is_unread)


def begin_series(user: User, attendee: str, events: Sequence[Mapping[str, Any]], said: Parts) -> Activity | None:
    """Put the coming times of a series into somebody's calendar; return the first, None where it has none."""
    whole = next(one for one in events if not one["recurrence"])
    series = OutsideSeries.objects.create(
        user=user, uid=whole["uid"], organizer=organizer_of(whole), attendee=attendee, parts=said,
        organizer_name=display_norm(whole["organizer"]["name"])[:200], made_until=timezone.localdate() + AHEAD,
    )  # fmt: skip
    _adopt(series)
    _lay(series, times_of(said) or [])
    first = Activity.objects.filter(outside__series=series).order_by("at").first()
    if first is not None:
        begun(first, series.organizer)
    return first


def _adopt(series: OutsideSeries) -> None:
    """What he had of it as a single meeting, or as single times, is of the series now."""
    rows = Outside.objects.filter(uid=series.uid, user=series.user_id).select_related("activity")
    rows.update(series=series)
    alone = rows.filter(recurrence="").first()
    if alone is not None and alone.activity.at is not None:
        at = alone.activity.at.astimezone(UTC)
        there = timezone.localtime(at, shaping.zone_of(alone.activity.zone))
        key = there.date().isoformat() if alone.activity.all_day else at.isoformat()
        if not rows.filter(recurrence=key).exists():
            Outside.objects.filter(pk=alone.pk).update(recurrence=key)


def _follow(post: Post, series: OutsideSeries, said: Parts) -> None:
    """Apply what is new in a mail of the organiser, and tell once of what it changes."""
    parts = _merged(series.parts, said)
    times = times_of(parts, is_known=True)
    if parts == series.parts or times is None:
        if parts != series.parts:
            _show(post, series, is_unread=True)
        return
    if parts.get("", {}).get("when") != series.parts.get("", {}).get("when"):
        series.answer = series.told = ""
    series.parts, series.made_until = parts, timezone.localdate() + AHEAD
    series.save()
    changed, gone = _lay(series, times)
    if changed or gone:
        tell_of(CHANGED if changed else CALLED_OFF, post.sender, (changed or gone)[0])


def _lay(
    series: OutsideSeries, times: Sequence[Mapping[str, Any]], *, is_told: bool = True
) -> tuple[list[Activity], list[Activity]]:
    """Make the coming activities of a series these; returns those that are new or changed, and those called off.

    is_told: the organiser has just said so; without a new word of his only what is missing is made.
    """
    rows = {
        one.recurrence: one for one in series.times.select_related("activity", "user").select_for_update(of=("self",))
    }
    wanted = {one["recurrence"]: one for one in times if one["recurrence"] in rows or _is_coming(one)}
    changed = []
    for key, event in list(wanted.items())[: MOST_TIMES + BACK.days]:
        row = rows.get(key)
        if row is None and series.answer != Invitee.Answer.DECLINED:
            changed += _make(series, event)
        elif row is not None and is_told and not _is_over(row) and _is_coming(event):
            row.sequence, row.stamp = int(event["sequence"]), stamp_of(event)
            changed += [row.activity] if bring(row, event) else []
    gone = [row for key, row in rows.items() if key not in wanted and not _is_over(row) and _is_in_reach(key)]
    return changed, [row.activity for row in gone if call_off(row)]


def _is_over(row: Outside) -> bool:
    ends = row.activity.ends_at
    return ends is not None and ends <= timezone.now()


def _is_in_reach(key: str) -> bool:
    """Was this time among those that were asked for?"""
    day: date | None = day_in(key, shaping.zone_of(""))
    return day is not None and timezone.localdate() - BACK < day <= timezone.localdate() + AHEAD


def _make(series: OutsideSeries, event: Mapping[str, Any]) -> list[Activity]:
    """One more time of a series; who has answered the whole has answered it."""
    activity = Activity()
    try:
        shaping.lay(None, activity, planned_of(event, series.user))
    except Invalid:
        return []
    activity.save()
    answer = series.answer or Invitee.Answer.WAITING
    Invitee.objects.create(activity=activity, user=series.user, answer=answer)
    Outside.objects.create(
        user=series.user, activity=activity, series=series, uid=series.uid, recurrence=event["recurrence"],
        organizer=series.organizer, organizer_name=series.organizer_name, attendee=series.attendee,
        sequence=int(event["sequence"]), stamp=stamp_of(event), arrival=series.parts[""]["order"][2],
        told=series.told, message=series.message,
    )  # fmt: skip
    return [activity]


@transaction.atomic
def extend_outside() -> int:
    """Make what is missing of the coming times of series from outside; return how many series were looked at."""
    today = timezone.localdate()
    rows = OutsideSeries.objects.filter(made_until__lt=today + AHEAD).select_related("user")
    due = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("made_until", "pk")[:SLICE])
    for series in due:
        times = times_of(series.parts, is_known=True)
        if times is not None and series.user.is_active:
            _lay(series, times, is_told=False)
        OutsideSeries.objects.filter(pk=series.pk).update(made_until=today + AHEAD)
    return len(due)
