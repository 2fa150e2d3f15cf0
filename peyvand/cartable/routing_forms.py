"""The shape of a rule, of its trial on words that are typed, and of what people can do and hold."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.cartable.models import Request, RoutingRule
from peyvand.cartable.routing_rules import Conditions, Outcome, Rule
from peyvand.cartable.routing_words import DAYS, HOURS, LANGUAGES, SHARES
from peyvand.cartable.selectors.named_things import Thing, Things
from peyvand.cartable.services.ruling import LARGEST_CAPACITY, Wanted
from peyvand.cartable.words import MEDIUMS
from peyvand.core.text import to_latin_digits
from peyvand.web.fields import DateField, NumberField

Choices = list[tuple[Any, Any]]
BOXES = ("channels", "mediums", "categories", "branches", "kinds", "languages", "days")
LISTS = ("words", "without", "senders", "recipients")
NUMBERS = frozenset({"channels", "categories", "branches", "kinds", "days"})


def _choices(known: Mapping[int, Thing], chosen: Iterable[int | None] = ()) -> Choices:
    """What is there, and what was chosen before even if it is out of use now."""
    kept = set(chosen)
    return [(pk, _called(one)) for pk, one in known.items() if one.is_there or pk in kept]


def _lines(value: Iterable[str]) -> str:
    return "\n".join(value)


def _split(typed: str) -> tuple[str, ...]:
    """Values one to a line, or with commas between them (Persian ones, too)."""
    parts = typed.replace("،", "\n").replace(",", "\n").replace(";", "\n").splitlines()
    return tuple(part.strip() for part in parts if part.strip())


def _boxes(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple({"class": "checkbox checkbox-sm"})
    )


def _list(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=9000, help_text=help_text,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )  # fmt: skip


class RuleForm(forms.Form):
    """When a rule fits, and where what it takes goes. What is left empty says nothing."""

    name = forms.CharField(label=_("Name of the rule"), max_length=120)
    words = _list(_("One of these words"), _("One to a line. Letters and half-spaces may be spelt in any way."))
    without = _list(_("None of these words"))
    senders = _list(_("From"), _("Addresses, domains as x.ir, or numbers, one to a line."))
    recipients = _list(_("Written to"), _("Our own address to which the customer wrote."))
    channels = _boxes(_("Channel"))
    mediums = _boxes(_("Way in"))
    categories = _boxes(_("Customer category"))
    branches = _boxes(_("Branch of the customer"))
    kinds = _boxes(_("Kind by its words"))
    languages = _boxes(_("Language"))
    days = _boxes(_("Days"))
    hours = forms.ChoiceField(label=_("Hours"), required=False)
    start = forms.CharField(label=_("From the time"), required=False, max_length=5, help_text=_("As 08:30"))
    end = forms.CharField(
        label=_("Until the time"), required=False, max_length=5, help_text=_("May lie after midnight")
    )
    to = forms.ChoiceField(label=_("Goes to"), required=False)
    share = forms.ChoiceField(label=_("In the department"), required=False, choices=list(SHARES.items()))
    skill = forms.TypedChoiceField(label=_("Only those with the skill"), required=False, coerce=int, empty_value=None)
    kind = forms.TypedChoiceField(label=_("As the kind"), required=False, coerce=int, empty_value=None)
    priority = forms.ChoiceField(label=_("Priority"), required=False)
    officer = forms.TypedChoiceField(
        label=_("Officer who reads the answers"), required=False, coerce=int, empty_value=None
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, things: Things, rule: RoutingRule | None, ready: Rule | None) -> None:
        conditions, outcome = (ready.conditions, ready.outcome) if ready else (Conditions(), Outcome())
        start: dict[str, Any] = {"name": rule.name, "version": rule.version} if rule else {}
        start |= vars(conditions) | vars(outcome) | {name: _lines(getattr(conditions, name)) for name in LISTS}
        super().__init__(data, initial=start)
        offered: dict[str, Choices] = {
            "channels": _choices(things.channels, conditions.channels),
            "mediums": list(MEDIUMS.items()),
            "categories": _choices(things.categories, conditions.categories),
            "branches": [(pk, one.label) for pk, one in things.branches.items()],
            "kinds": _choices(things.kinds, conditions.kinds),
            "languages": list(LANGUAGES.items()),
            "days": list(DAYS.items()),
            "hours": [("", _("At any time")), *HOURS.items()],
            "to": _receivers(things, outcome),
            "skill": [("", _("Anybody")), *_choices(things.skills)],
            "kind": [("", _("As its words say")), *_choices(things.kinds, [outcome.kind])],
            "priority": [("", _("As without the rule")), *Request.Priority.choices],
            "officer": [("", _("As the channel says")), *_choices(things.people, [outcome.officer])],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # all of them are choices

    def wanted(self) -> Wanted:
        """The rule as the service stores it."""
        given = self.cleaned_data
        turn: Callable[[Any], Any] = int
        boxes: dict[str, Any] = {
            name: tuple(turn(one) if name in NUMBERS else one for one in given[name]) for name in BOXES
        }
        lists: dict[str, Any] = {name: _split(given[name]) for name in LISTS}
        times: dict[str, Any] = {name: to_latin_digits(given[name]).strip() for name in ("hours", "start", "end")}
        outcome = {name: given[name] for name in ("to", "share", "skill", "kind", "priority", "officer")}
        return Wanted(name=given["name"], conditions=Conditions(**boxes, **lists, **times), outcome=Outcome(**outcome))


def _receivers(things: Things, outcome: Outcome) -> Choices:
    groups = (
        (_("Departments"), "department", things.departments),
        (_("Posts"), "post", things.posts),
        (_("People"), "user", things.people),
        (_("Branches"), "branch", things.branches),
    )
    found: Choices = [("", _("As without the rule"))]
    for label, word, known in groups:
        rows = [
            (f"{word}:{pk}", _called(one)) for pk, one in known.items() if one.is_there or outcome.to == f"{word}:{pk}"
        ]
        if rows:
            found.append((label, rows))
    return found


def _called(thing: Thing) -> str:
    return f"{thing.label} ({thing.detail})" if thing.detail else thing.label


class TimeField(forms.TimeField):
    """A time of day in any digits."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_latin_digits(value) if isinstance(value, str) else value)


class TrialForm(forms.Form):
    """A message as it might come, to see which rule would take it."""

    channel = forms.TypedChoiceField(label=_("Channel"), coerce=int)
    sender = forms.CharField(label=_("From"), required=False, max_length=320)
    recipient = forms.CharField(label=_("Written to"), required=False, max_length=320)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=300)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=5000, widget=forms.Textarea({"rows": 5, "dir": "auto"})
    )
    category = forms.TypedChoiceField(label=_("Customer category"), required=False, coerce=int, empty_value=None)
    branch = forms.TypedChoiceField(label=_("Branch of the customer"), required=False, coerce=int, empty_value=None)
    day = DateField(label=_("Day"), required=False)
    time = TimeField(label=_("Time of day"), required=False)

    def __init__(self, data: Any, *, things: Things) -> None:
        super().__init__(data)
        any_ = ("", _("Any"))
        for name, choices in {
            "channel": _choices(things.channels),
            "category": [any_, *_choices(things.categories)],
            "branch": [any_, *((pk, one.label) for pk, one in things.branches.items())],
        }.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # as above


class SeatForm(forms.Form):
    """How much one person is given, and what he can do."""

    capacity = NumberField(required=False, min_value=0, max_value=LARGEST_CAPACITY)
    skills = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, data: Any, *, skills: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["skills"].choices = list(skills)  # type: ignore[attr-defined]  # as above


class SkillForm(forms.Form):
    """A new skill."""

    name = forms.CharField(label=_("Name of the skill"), max_length=80)
