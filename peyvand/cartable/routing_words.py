"""How rules and decisions of routing read: the conditions, where it goes, and why a request is where it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.cartable.models import Request, Routed
from peyvand.cartable.routing_rules import Conditions, Outcome
from peyvand.cartable.selectors.named_things import Thing, Things
from peyvand.cartable.words import MEDIUMS
from peyvand.core.text import isolated

LABELS: dict[str, Promise] = {
    "channels": _("Channel"),
    "mediums": _("Way in"),
    "senders": _("From"),
    "recipients": _("Written to"),
    "words": _("One of these words"),
    "without": _("None of these words"),
    "categories": _("Customer category"),
    "branches": _("Branch of the customer"),
    "kinds": _("Kind by its words"),
    "languages": _("Language"),
    "hours": _("Hours"),
    "days": _("Days"),
    "times": _("Time of day"),
    "to": _("Receiver"),
    "kind": _("Kind"),
    "officer": _("Officer"),
    "skill": _("Skill"),
}
LANGUAGES: dict[str, Promise] = {"fa": _("Persian"), "ar": _("Arabic"), "en": _("Latin letters (English …)")}
HOURS: dict[str, Promise] = {
    "working": _("In working hours"),
    "outside": _("Outside working hours"),
    "holiday": _("On holidays"),
}
DAYS: dict[int, Promise] = {
    5: pgettext_lazy("weekday", "Saturday"),
    6: pgettext_lazy("weekday", "Sunday"),
    0: pgettext_lazy("weekday", "Monday"),
    1: pgettext_lazy("weekday", "Tuesday"),
    2: pgettext_lazy("weekday", "Wednesday"),
    3: pgettext_lazy("weekday", "Thursday"),
    4: pgettext_lazy("weekday", "Friday"),
}
SHARES: dict[str, Promise] = {
    "": _("Everybody in the department sees it"),
    "turns": _("In turn, one after the other"),
    "least_busy": _("To whoever holds the least"),
}
SKIPPED: dict[str, Promise] = {
    "department": _("its department is closed or has nobody"),
    "branch": _("its branch has nobody who receives"),
    "post": _("nobody holds its post"),
    "user": _("its receiver has left"),
}
NOBODY: dict[str, Promise] = {
    "nobody": _("Nobody is there now who may handle requests; all of the department see it."),
    "unskilled": _("Nobody there has the skill that the rule asks for; all of the department see it."),
    "full": _("Everybody there has as much as he can hold; all of the department see it."),
}
GONE: Promise = _("no longer there")


@dataclass(frozen=True)
class Said:
    """One condition or result of a rule in words; is_lost: it names something that is gone."""

    label: str
    text: str
    is_lost: bool = False


def conditions_said(conditions: Conditions, things: Things, lost: Iterable[str] = ()) -> list[Said]:
    """The conditions of a rule that say something."""
    ids: list[tuple[str, Iterable[int], Mapping[int, Thing]]] = [
        ("channels", conditions.channels, things.channels),
        ("categories", conditions.categories, things.categories),
        ("branches", conditions.branches, things.branches),
        ("kinds", conditions.kinds, things.kinds),
    ]
    said = {name: [_name(known.get(pk)) for pk in values] for name, values, known in ids}
    said |= {
        "mediums": [str(MEDIUMS.get(one, one)) for one in conditions.mediums],
        "senders": [isolated(one) for one in conditions.senders],
        "recipients": [isolated(one) for one in conditions.recipients],
        "words": [f"«{one}»" for one in conditions.words],
        "without": [f"«{one}»" for one in conditions.without],
        "languages": [str(LANGUAGES[one]) for one in conditions.languages],
        "hours": [str(HOURS[conditions.hours])] if conditions.hours else [],
        "days": [str(DAYS[one]) for one in sorted(conditions.days, key=list(DAYS).index)],
        "times": [f"{conditions.start or '00:00'} – {conditions.end or '24:00'}"] if _has_times(conditions) else [],
    }
    gone = set(lost)
    return [Said(str(LABELS[name]), _joined(values), name in gone) for name, values in said.items() if values]


def outcome_said(outcome: Outcome, things: Things, lost: Iterable[str] = ()) -> list[Said]:
    """Where a rule sends and as what."""
    gone, target = set(lost), outcome.target
    priority = dict(Request.Priority.choices).get(outcome.priority, "")
    said = {
        "to": _name(things.of_target(target)) if target else _now("As without the rule"),
        "share": str(SHARES[outcome.share]) if outcome.share else "",
        "skill": _name(things.skills.get(outcome.skill)) if outcome.skill else "",
        "kind": _name(things.kinds.get(outcome.kind)) if outcome.kind else "",
        "priority": str(priority),
        "officer": _name(things.people.get(outcome.officer)) if outcome.officer else "",
    }
    labels = LABELS | {"share": pgettext_lazy("rule", "Given"), "priority": _("Priority")}
    return [Said(str(labels[name]), text, name in gone) for name, text in said.items() if text]


def _has_times(conditions: Conditions) -> bool:
    return bool(conditions.start or conditions.end)


def _name(thing: Thing | None) -> str:
    return thing.label if thing is not None else str(GONE)


def _joined(values: list[str], most: int = 6) -> str:
    shown = _now(", ").join(values[:most])
    return shown if len(values) <= most else f"{shown} …"


def why(routed: Routed, *, department: str, person: str = "", post: str = "") -> list[str]:
    """Why a request went where it went, in a few short sentences; the names are those of today."""
    details = routed.details
    if routed.reason == Routed.Reason.RULE:
        first = _now("By the rule «%(rule)s» it went to %(where)s.") % {
            "rule": details.get("rule"),
            "where": department,
        }
    else:
        first = _now("No rule took it; it went to %(where)s: %(why)s.") % {
            "where": department,
            "why": routed.get_reason_display(),
        }
    return [first, *_given(details, person, post), *_passed(details.get("skipped") or [])]


def _given(details: Mapping[str, Any], person: str, post: str) -> list[str]:
    share = details.get("share")
    if share and share.get("why"):
        return [str(NOBODY[share["why"]])]
    if share and person:
        said = _now("It was the turn of %(name)s.") if share["by"] == "turns" else _now("%(name)s held the least.")
        return [said % {"name": person}]
    if details.get("to"):
        return [_now("The rule names %(name)s.") % {"name": person or post or GONE}]
    return []


def _passed(skipped: Iterable[Mapping[str, Any]]) -> list[str]:
    return [
        _now("The rule «%(rule)s» fitted, too, but %(why)s.") % {"rule": one["name"], "why": SKIPPED[one["why"]]}
        for one in skipped
    ]
