"""Demographics, psychographics and firmographics: columns of the profile, joined by the key of the party."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.core import record_conditions as conditions
from peyvand.core.errors import Invalid
from peyvand.core.jalali import FIRST_YEAR, from_jalali, month_length, to_jalali, today
from peyvand.core.record_fields import Asked, Bulk, Choice, Kind, Op, Reading, RecordField
from peyvand.parties.fields.host import with_related
from peyvand.parties.models import Party, Profile

DEMOGRAPHICS = _("Demographics")
PSYCHOGRAPHICS = _("Psychographics")
OLDEST = 120
LONGEST_AHEAD = 366
BIRTH = "profile__birth_date"
LANGUAGES = (
    ("fa", _("Persian")),
    ("en", _("English")),
    ("az", _("Azerbaijani")),
    ("ku", _("Kurdish")),
    ("ar", _("Arabic")),
)

with_profile = with_related("profile")


def of_profile(name: str, empty: Any = "") -> Reading:
    """Return what reads a column of the profile; `empty` when there is no profile."""

    def read(party: Party) -> Any:
        try:
            return getattr(party.profile, name)
        except ObjectDoesNotExist:
            return empty

    return Reading(read, Bulk(path=f"profile__{name}", made=lambda found: empty if found is None else found))


_born = of_profile("birth_date", None)


def age_on(born: dt.date, day: dt.date) -> int:
    """Full years between two days, as a person counts his age."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _age_of(born: dt.date | None) -> int | None:
    return None if born is None else age_on(born, today())


def _years_before(day: dt.date, years: int) -> dt.date:
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)  # born on 29 February: a year older on 1 March


def _age(op: Op, value: Any, asked: Asked) -> Q:
    """An age as bounds of the day of birth."""
    if op in {Op.EMPTY, Op.FILLED}:
        return Q(**{f"{BIRTH}__isnull": op is Op.EMPTY})
    least, most = _ages(op, value)
    day = conditions.today(asked)
    found = Q(**{f"{BIRTH}__isnull": False})
    if least is not None:
        found &= Q(**{f"{BIRTH}__lte": _years_before(day, least)})
    if most is not None:
        found &= Q(**{f"{BIRTH}__gt": _years_before(day, most + 1)})
    return found


def _ages(op: Op, value: Any) -> tuple[int | None, int | None]:
    """The youngest and the oldest age that a comparison means."""
    if op is Op.BETWEEN:
        return int(value[0]), int(value[1])
    if op is Op.IS:
        return int(value), int(value)
    return (int(value) + 1, None) if op is Op.MORE else (None, int(value) - 1)


def _birthday(op: Op, value: Any, asked: Asked) -> Q:
    """Birthdays (of the Jalali calendar) from today on: for each year of birth one range of the index."""
    if value > LONGEST_AHEAD:
        raise Invalid(_("Write at most 366 days."))
    start = conditions.today(asked)
    first, last = to_jalali(start), to_jalali(start + conditions.DAY * value)
    years = range(max(first.year - OLDEST, FIRST_YEAR), first.year + 1)
    return conditions.either(
        Q(**{f"{BIRTH}__gte": _jalali(year, first.month, first.day)})
        & Q(**{f"{BIRTH}__lte": _jalali(year + last.year - first.year, last.month, last.day)})
        for year in years
    )


def _jalali(year: int, month: int, day: int) -> dt.date:
    return from_jalali(year, month, min(day, month_length(year, month)))


_interests_of = of_profile("interests", ())


def _joined(found: Iterable[str] | None) -> str:
    return "، ".join(found or ())


def _interested(op: Op, value: Any, asked: Asked) -> Q:
    return conditions.array("profile__interests")(op, value, asked)


def _choices(choices: Any) -> Callable[[Asked], Iterable[Choice]]:
    return lambda asked: choices.choices if hasattr(choices, "choices") else choices


def _text(key: str, label: Any, **more: Any) -> RecordField:
    return RecordField(
        key=key,
        label=label,
        kind=more.pop("kind", Kind.TEXT),
        read=of_profile(key),
        condition=conditions.text(f"profile__{key}"),
        load=with_profile,
        group=more.pop("group", DEMOGRAPHICS),
        is_editable=True,
        **more,
    )


def _choice(key: str, label: Any, choices: Any) -> RecordField:
    return RecordField(
        key=key,
        label=label,
        kind=Kind.CHOICE,
        read=of_profile(key),
        condition=conditions.choice(f"profile__{key}"),
        choices=_choices(choices),
        load=with_profile,
        group=DEMOGRAPHICS,
        is_editable=True,
    )


def _number(key: str, label: Any) -> RecordField:
    return RecordField(
        key=key,
        label=label,
        kind=Kind.NUMBER,
        read=of_profile(key, None),
        condition=conditions.number(f"profile__{key}"),
        load=with_profile,
        group=DEMOGRAPHICS,
        is_editable=True,
    )


FIELDS = (
    RecordField(
        key="birth_date",
        label=_("Date of birth"),
        kind=Kind.DATE,
        read=_born,
        condition=conditions.day(BIRTH),
        operators=(Op.BEFORE, Op.AFTER, Op.BETWEEN, Op.EMPTY, Op.FILLED),
        load=with_profile,
        group=DEMOGRAPHICS,
        icon="cake",
        is_editable=True,
    ),
    RecordField(
        key="birthday",
        label=_("Birthday"),
        kind=Kind.DATE,
        read=_born,
        condition=_birthday,
        operators=(Op.NEXT_DAYS,),
        load=with_profile,
        group=DEMOGRAPHICS,
        icon="cake",
    ),
    RecordField(
        key="age",
        label=_("Age"),
        kind=Kind.NUMBER,
        read=Reading(lambda party: _age_of(_born(party)), Bulk(path=BIRTH, made=_age_of)),
        condition=_age,
        load=with_profile,
        group=DEMOGRAPHICS,
        unit=_("years"),
    ),
    _choice("gender", _("Gender"), Profile.Gender),
    _choice("marital_status", _("Marital status"), Profile.Marital),
    _number("children", _("Children")),
    _choice("education", _("Education"), Profile.Education),
    _text("occupation", _("Occupation")),
    _choice("income_band", _("Income band"), Profile.Band),
    _choice("language", _("Language"), LANGUAGES),
    _text("industry", _("Industry")),
    _number("employees", _("Employees")),
    RecordField(
        key="founded_on",
        label=_("Founded on"),
        kind=Kind.DATE,
        read=of_profile("founded_on", None),
        condition=conditions.day("profile__founded_on"),
        operators=(Op.BEFORE, Op.AFTER, Op.BETWEEN, Op.EMPTY, Op.FILLED),
        load=with_profile,
        group=DEMOGRAPHICS,
        is_editable=True,
    ),
    _text("website", _("Website"), kind=Kind.URL),
    RecordField(
        key="interests",
        label=_("Interests"),
        kind=Kind.TEXT,
        read=Reading(lambda party: _joined(_interests_of(party)), Bulk(path="profile__interests", made=_joined)),
        condition=_interested,
        operators=(Op.ANY_OF, Op.NONE_OF, Op.EMPTY, Op.FILLED),
        load=with_profile,
        group=PSYCHOGRAPHICS,
        is_editable=True,
    ),
    *(
        _text(key, label, group=PSYCHOGRAPHICS, kind=Kind.LONG_TEXT if key in {"motivations", "pains"} else Kind.TEXT)
        for key, label in (
            ("lifestyle", _("Lifestyle")),
            ("values", _("Values")),
            ("personality", _("Personality")),
            ("motivations", _("Motivations")),
            ("pains", _("Pains")),
        )
    ),
)
