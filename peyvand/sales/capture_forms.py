"""The shape of what is typed about capture: the public form, its settings, and the rules of assignment."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import Branch, Department, User
from peyvand.channels.forms import PublicForm
from peyvand.core.text import to_latin_digits
from peyvand.sales.models import AssignmentRule, LeadForm, Pipeline
from peyvand.sales.types import AssignmentDetails, LeadFormDetails, Question
from peyvand.web.fields import NumberField

Choices = Iterable[tuple[Any, Any]]
QUESTION_KINDS = (
    ("text", _("A line of text")),
    ("long", _("Text of several lines")),
    ("number", _("A number")),
    ("choice", _("One of several")),
    ("city", _("City of the sender")),
)
ROWS = 3  # empty rows for new questions
_DIGITS = 15


def _text(label: Any, longest: int, *, required: bool = False, **more: Any) -> forms.CharField:
    widget = forms.TextInput({"class": "pv-in", "dir": "auto"})
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, **more)


def _long(label: Any, longest: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea({"class": "pv-in", "dir": "auto", "rows": 3})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget, **more)


def _tick(label: Any, *, required: bool = False, **more: Any) -> forms.BooleanField:
    widget = forms.CheckboxInput({"class": "checkbox checkbox-primary"})
    return forms.BooleanField(label=label, required=required, widget=widget, **more)


def _select(label: Any, *, required: bool = True, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, widget=forms.Select({"class": "pv-in"}), **more)


def _several(label: Any, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.SelectMultiple({"class": "pv-in", "size": "5"})
    return forms.MultipleChoiceField(label=label, required=False, widget=widget, **more)


class LeadPublicForm(PublicForm):
    """What a visitor leaves: who he is, how to reach him, and the questions of this form."""

    subject = None  # type: ignore[assignment]  # a lead has none
    message = None  # type: ignore[assignment]
    attachments = None  # type: ignore[assignment]

    def __init__(self, *args: Any, lead_form: LeadForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = ["name", "mobile", "email"]
        for each in lead_form.questions:
            self.fields[each["key"]] = _asked(each)
            self.keys.append(each["key"])
        if lead_form.consent:
            self.fields["consent"] = forms.BooleanField(label=lead_form.consent, required=False)
            self.keys.append("consent")

    def asked(self) -> list[Any]:
        """The questions of the form, bound."""
        return [self[key] for key in self.keys[3:] if key != "consent"]

    def answers(self) -> dict[str, str]:
        """What he typed, what says nothing left out."""
        said = {key: self.cleaned_data.get(key) for key in self.keys}
        return {key: "on" if value is True else str(value) for key, value in said.items() if value}


def _asked(question: dict[str, Any]) -> forms.Field:
    """The input of a question."""
    label, required = question["label"], bool(question["is_required"])
    match question["kind"]:
        case "long":
            return forms.CharField(
                label=label, required=required, max_length=5000, widget=forms.Textarea({"rows": 4, "dir": "auto"})
            )
        case "number":
            return _WholeNumber(label=label, required=required, max_length=30)
        case "choice":
            choices = [("", "—"), *((each, each) for each in question["choices"])]
            return forms.ChoiceField(label=label, required=required, choices=choices)
    return forms.CharField(label=label, required=required, max_length=200, widget=forms.TextInput({"dir": "auto"}))


class _WholeNumber(forms.CharField):
    """A whole number in any digits."""

    def clean(self, value: Any) -> str:
        """The digits as Latin ones. Raises ValidationError."""
        text = to_latin_digits(str(super().clean(value))).strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
            raise forms.ValidationError(_("Write a whole number."))
        return text


class LeadFormForm(forms.Form):
    """A form for leads and its questions. Rows are named by numbers: `label-1`, `kind-1`, `choices-1`, `need-1`."""

    name = _text(_("Name of the form"), 120, required=True, help_text=_("Visitors read it as the heading."))
    pipeline = _select(_("Its leads come to"))
    branch = _select(_("Branch of new customers"))
    source = _text(_("Source"), 120, help_text=_("Written into each lead; empty: the name of the form."))
    intro = _long(_("First words"), 2000)
    thanks = _long(_("Words after sending"), 2000)
    consent = _text(_("Consent"), 500, help_text=_("The sentence that the sender may agree to; empty asks for none."))
    is_active = _tick(pgettext_lazy("lead form", "Open to everybody who has its address"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, form: LeadForm | None) -> None:
        first = {"is_active": True} if form is None else {
            "name": form.name, "pipeline": form.pipeline_id, "branch": form.branch_id, "source": form.source,
            "intro": form.intro, "thanks": form.thanks, "consent": form.consent, "is_active": form.is_active,
            "version": form.version,
        }  # fmt: skip
        super().__init__(data, initial=first)
        ways = Pipeline.objects.filter(deleted_at=None).order_by("-kind", "position")
        places = Branch.objects.filter(is_active=True).order_by("path")
        self.fields["pipeline"].choices = [(each.pk, each.name) for each in ways]  # type: ignore[attr-defined]
        self.fields["branch"].choices = [(each.pk, each.name) for each in places]  # type: ignore[attr-defined]
        self.rows = _typed_rows(data) if data is not None else _stored_rows(form)

    def details(self) -> LeadFormDetails:
        """What the service takes."""
        values = self.cleaned_data
        plain = {key: values[key] for key in ("name", "source", "intro", "thanks", "consent", "is_active")}
        asked = tuple(
            Question(
                label=row["label"], kind=row["kind"], is_required=row["need"],
                choices=tuple(row["choices"].replace("،", "\n").splitlines()),
            )
            for row in self.rows if row["label"].strip()
        )  # fmt: skip
        return LeadFormDetails(
            **plain, pipeline_id=int(values["pipeline"]), branch_id=int(values["branch"]), questions=asked
        )


def _stored_rows(form: LeadForm | None) -> list[dict[str, Any]]:
    stored = form.questions if form is not None else []
    rows = [
        {"label": one["label"], "kind": one["kind"], "need": one["is_required"], "choices": "\n".join(one["choices"])}
        for one in stored
    ]
    return _numbered(rows + [_empty() for _row in range(ROWS)])


def _typed_rows(data: Any) -> list[dict[str, Any]]:
    rows = [
        {
            "label": data.get(f"label-{number}", ""), "kind": data.get(f"kind-{number}", "text"),
            "need": bool(data.get(f"need-{number}")), "choices": data.get(f"choices-{number}", ""),
        }
        for number in range(1, 30) if f"label-{number}" in data
    ]  # fmt: skip
    return _numbered(rows or [_empty() for _row in range(ROWS)])


def _empty() -> dict[str, Any]:
    return {"label": "", "kind": "text", "need": False, "choices": ""}


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"number": number} for number, row in enumerate(rows, 1)]


class RuleForm(forms.Form):
    """A rule of assignment: conditions, then who gets it."""

    name = _text(_("Name of the rule"), 120, required=True)
    is_active = _tick(pgettext_lazy("rule", "In use"))
    pipelines = _several(_("Pipelines"), help_text=_("Nothing chosen: all of them."))
    branches = _several(_("Branches"))
    provinces = _text(_("Provinces"), 1000, help_text=_("Several with «,» between them."))
    cities = _text(_("Cities"), 1000, help_text=_("Several with «,» between them."))
    sources = _text(_("Sources"), 1000, help_text=_("By how they begin, several with «,» between them."))
    people = _several(_("People"))
    departments = _several(_("Departments"), help_text=_("All of them who may see deals."))
    share = _select(_("Given"), choices=AssignmentRule.Share.choices)
    most = NumberField(
        label=_("At most so many open ones for each"), required=False, min_value=1, help_text=_("Empty: any number.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rule: AssignmentRule | None, people: Iterable[User]) -> None:
        super().__init__(data, initial=_initial(rule))
        ways = Pipeline.objects.filter(deleted_at=None).order_by("-kind", "position")
        places = Branch.objects.filter(is_active=True).order_by("path")
        units = Department.objects.filter(is_active=True).select_related("branch").order_by("branch__path", "name")
        named: dict[str, list[tuple[Any, Any]]] = {
            "pipelines": [(each.pk, each.name) for each in ways],
            "branches": [(each.pk, each.name) for each in places],
            "departments": [(each.pk, f"{each.name}، {each.branch.name}") for each in units],
            "people": [(each.pk, each.full_name or each.username) for each in people],
        }
        for key, choices in named.items():
            self.fields[key].choices = choices  # type: ignore[attr-defined]

    def details(self) -> AssignmentDetails:
        """What the service takes."""
        values, most = self.cleaned_data, self.cleaned_data["most"]
        return AssignmentDetails(
            name=values["name"],
            is_active=values["is_active"],
            pipelines=[int(pk) for pk in values["pipelines"]],
            branches=[int(pk) for pk in values["branches"]],
            provinces=_split(values["provinces"]),
            cities=_split(values["cities"]),
            sources=_split(values["sources"]),
            people=[int(pk) for pk in values["people"]],
            departments=[int(pk) for pk in values["departments"]],
            share=values["share"],
            most=int(most) if most else None,
        )


def _initial(rule: AssignmentRule | None) -> dict[str, Any]:
    if rule is None:
        return {"is_active": True}
    plain = ("name", "is_active", "pipelines", "branches", "people", "departments", "share", "most", "version")
    words = {key: "، ".join(getattr(rule, key)) for key in ("provinces", "cities", "sources")}
    return {key: getattr(rule, key) for key in plain} | words


def _split(text: str) -> list[str]:
    return [word for each in text.replace("،", ",").split(",") if (word := each.strip())]


class FallbackForm(forms.Form):
    """Who gets what no rule gives to anybody."""

    user = _select(_("Who gets what no rule takes"), required=False)

    def __init__(self, data: Any = None, *, people: Iterable[User], chosen: User | None) -> None:
        super().__init__(data, initial={"user": chosen.pk if chosen else ""})
        choices = [("", _("Nobody yet")), *((each.pk, each.full_name or each.username) for each in people)]
        self.fields["user"].choices = choices  # type: ignore[attr-defined]
