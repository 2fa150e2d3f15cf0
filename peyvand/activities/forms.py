"""The shape of what people type about activities."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from email.utils import getaddresses
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import User
from peyvand.activities.models import Activity, Kind, Outcome, State
from peyvand.activities.services.shaping import zone_of
from peyvand.activities.types import About, FollowUp, Guest, OutcomeShape, Planned
from peyvand.web.custom_inputs import WithCustomFields
from peyvand.web.fields import ClockField, DateField, DateInput, NumberField

ZONES = (
    "Asia/Tehran", "UTC", "Asia/Dubai", "Asia/Baghdad", "Asia/Kabul", "Europe/Istanbul", "Europe/Berlin",
    "Europe/London", "Asia/Shanghai", "America/Toronto", "America/Los_Angeles",
)  # fmt: skip
BIG = 2**62
REMINDERS = (
    ("", _("No reminder")),
    (0, _("When it begins")),
    (5, _("5 minutes before")),
    (15, _("15 minutes before")),
    (60, _("An hour before")),
    (24 * 60, _("A day before")),
)


def _line(label: Any, longest: int = 200, **more: Any) -> forms.CharField:
    widget = forms.TextInput({"class": "pv-in", "dir": "auto"})
    return forms.CharField(label=label, max_length=longest, widget=widget, **more)


def _area(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea({"class": "pv-in", "rows": rows, "dir": "auto"})
    return forms.CharField(label=label, required=False, max_length=20_000, widget=widget, **more)


def _day(label: Any, *, required: bool = False) -> DateField:
    return DateField(label=label, required=required, widget=DateInput({"class": "pv-in"}))


def _clock(label: Any) -> ClockField:
    widget = forms.TextInput({"class": "pv-in", "dir": "ltr", "inputmode": "numeric", "placeholder": "10:00"})
    return ClockField(label=label, required=False, widget=widget)


def _select(label: Any, choices: Iterable[tuple[Any, Any]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.Select({"class": "pv-in"}), **more)


class WhenForm(forms.Form):
    """When something takes place: a day with times, or whole days."""

    day = _day(_("Day"))
    begins = _clock(pgettext_lazy("time", "From"))
    ends = _clock(pgettext_lazy("time", "To"))
    all_day = forms.BooleanField(label=_("All day"), required=False)
    last_day = _day(_("Last day"))
    zone = _select(_("Time zone"), [(name, name) for name in ZONES], required=False)

    def span(self, *, usual: time = time(9)) -> tuple[datetime | None, datetime | None]:
        """Beginning and end in the chosen zone; an end before the beginning is on the next day."""
        values = self.cleaned_data
        day: date | None = values.get("day")
        if day is None:
            return None, None
        zone = zone_of(values.get("zone") or "")
        if values.get("all_day"):
            last = values.get("last_day") or day
            end = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
            return datetime.combine(day, time(), tzinfo=zone), end
        begins, ends = values.get("begins") or usual, values.get("ends")
        at = datetime.combine(day, begins, tzinfo=zone)
        if ends is None:
            return at, None
        end_day = values.get("last_day") or (day + timedelta(days=1) if ends < begins else day)
        return at, datetime.combine(end_day, ends, tzinfo=zone)


class PlanForm(WithCustomFields, WhenForm):
    """A whole activity, with the fields of the business."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=forms.RadioSelect)
    subject = _line(_("Subject"))
    owner = _select(_("Responsible"), [])
    party = forms.IntegerField(min_value=1, max_value=BIG, required=False)
    priority = _select(_("Priority"), Activity.Priority.choices, initial="normal")
    place = _line(pgettext_lazy("activity", "Place"), required=False)
    link = forms.CharField(
        label=_("Online link"), max_length=500, required=False, widget=forms.TextInput({"class": "pv-in", "dir": "ltr"})
    )
    description = _area(_("Description"))
    guest = forms.TypedMultipleChoiceField(label=_("Colleagues"), coerce=int, required=False)
    emails = _area(_("Guests from outside"), 2, help_text=_("One address a line; a name may stand before it."))
    remind = forms.TypedChoiceField(
        label=_("Reminder"), choices=REMINDERS, coerce=int, empty_value=None, required=False, initial=15,
        widget=forms.Select({"class": "pv-in"}),
    )  # fmt: skip
    remind_mail = forms.BooleanField(label=_("Remind by mail, too"), required=False)
    with_party = forms.BooleanField(label=_("Invite the customer"), required=False)

    def __init__(self, *args: Any, doers: Iterable[User], people: Iterable[User], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].choices = [(one.pk, str(one)) for one in doers]  # type: ignore[attr-defined]
        self.fields["guest"].choices = [(one.pk, str(one)) for one in people]  # type: ignore[attr-defined]
        wanted = self.initial.get("zone")
        if wanted and wanted not in ZONES:
            self.fields["zone"].choices = [(wanted, wanted), *((name, name) for name in ZONES)]  # type: ignore[attr-defined]

    def planned(self, about: Iterable[About] = ()) -> Planned:
        """The plan as the services take it."""
        values = self.cleaned_data
        at, ends_at = self.span()
        party: int | None = values["party"]
        guests = [Guest(user_id=one) for one in values["guest"]]
        guests += [Guest(email=email, name=name) for name, email in self._addresses()]
        if party is not None and values["with_party"]:
            guests.append(Guest(party_id=party))
        return Planned(
            kind=values["kind"], subject=values["subject"], at=at, ends_at=ends_at, all_day=values["all_day"],
            zone=values["zone"], description=values["description"], place=values["place"], link=values["link"],
            remind=values["remind"], remind_mail=values["remind_mail"],
            priority=values["priority"], owner_id=int(values["owner"]), party_id=party, guests=guests,
            about=tuple(about), custom=self.custom_values(),
        )  # fmt: skip

    def _addresses(self) -> list[tuple[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["emails"].splitlines() if line.strip()]
        found = getaddresses(lines)
        return [(name, email) for name, email in found if email or name]

    @staticmethod
    def values_of(planned: Planned) -> dict[str, Any]:
        """What the form of an activity begins with."""
        zone = zone_of(planned.zone)
        at, end = (one.astimezone(zone) if one else None for one in (planned.at, planned.ends_at))
        last = (end - timedelta(microseconds=1)).date() if end and planned.all_day else end.date() if end else None
        is_long = at is not None and last is not None and last != at.date()
        return {
            "kind": planned.kind, "subject": planned.subject, "day": at.date() if at else None,
            "begins": f"{at:%H:%M}" if at and not planned.all_day else "",
            "ends": f"{end:%H:%M}" if end and not planned.all_day else "", "all_day": planned.all_day,
            "last_day": last if is_long else None, "zone": zone.key, "owner": planned.owner_id,
            "party": planned.party_id, "priority": planned.priority, "place": planned.place, "link": planned.link,
            "description": planned.description,
            "guest": [one.user_id for one in planned.guests if one.user_id is not None],
            "remind": planned.remind if planned.remind is not None else "", "remind_mail": planned.remind_mail,
            "with_party": any(one.party_id == planned.party_id and one.party_id for one in planned.guests),
            "emails": "\n".join(
                f"{one.name} <{one.email}>" if one.name else one.email
                for one in planned.guests if one.user_id is None and one.party_id is None
            ),
        }  # fmt: skip


class MoveForm(WhenForm):
    """Another time for what is planned."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].required = True


class CloseForm(forms.Form):
    """How it ended."""

    outcome = forms.ModelChoiceField(
        Outcome.objects.none(), label=_("Outcome"), required=False, empty_label=None, widget=forms.RadioSelect
    )
    result = _area(_("Result"))

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = Outcome.objects.filter(kind__in=["", kind], is_active=True).order_by("position", "pk")
        self.fields["outcome"].queryset = rows  # type: ignore[attr-defined]


class LogForm(CloseForm):
    """A call that has just taken place."""

    subject = _line(_("Subject"))


class ReasonForm(forms.Form):
    """Why it does not take place."""

    reason = _area(_("Reason"))


class OutcomeForm(forms.Form):
    """An outcome and what follows it."""

    name_fa = _line(_("Name in Persian"), 80)
    name_en = _line(_("Name in English"), 80)
    kind = _select(_("Kind"), [("", _("Any kind")), *Kind.choices], required=False)
    state = _select(
        pgettext_lazy("outcome", "Counts as"), [(State.DONE, State.DONE.label), (State.MISSED, State.MISSED.label)]
    )
    follow_kind = _select(_("What follows"), [("", _("Nothing")), *Kind.choices], required=False)
    follow_days = NumberField(
        label=_("After working days"), min_value=0, max_value=90, initial=1,
        widget=forms.TextInput({"class": "pv-in", "dir": "ltr"}), required=False,
    )  # fmt: skip
    follow_at = _clock(pgettext_lazy("time", "At"))
    follow_minutes = NumberField(
        label=_("Or after minutes of working time"), min_value=0, max_value=10_080, initial=0,
        widget=forms.TextInput({"class": "pv-in", "dir": "ltr"}), required=False,
    )  # fmt: skip
    follow_most = NumberField(
        label=_("Tries in a row at most"), min_value=1, max_value=20, initial=3,
        widget=forms.TextInput({"class": "pv-in", "dir": "ltr"}),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def shape(self) -> OutcomeShape:
        """The outcome as the services take it."""
        values = self.cleaned_data
        follow = FollowUp(
            days=values["follow_days"] or 0, at=values["follow_at"], minutes=values["follow_minutes"] or 0
        )
        return OutcomeShape(
            name_fa=values["name_fa"], name_en=values["name_en"], kind=values["kind"], state=values["state"],
            follow_kind=values["follow_kind"], follow=follow, follow_most=values["follow_most"],
            is_active=values["is_active"],
        )  # fmt: skip

    @staticmethod
    def values_of(outcome: Outcome) -> dict[str, Any]:
        """What the form of an outcome begins with."""
        names = (
            "name_fa", "name_en", "kind", "state", "follow_kind", "follow_days", "follow_minutes", "follow_most",
            "is_active",
        )  # fmt: skip
        values = {name: getattr(outcome, name) for name in names}
        return values | {"follow_at": f"{outcome.follow_at:%H:%M}" if outcome.follow_at else ""}


DEFAULT_ZONE = settings.TIME_ZONE
