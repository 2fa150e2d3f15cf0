"""The shape of what the business says of answers: how long they wait, and who approves them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Post
from peyvand.cartable.answer_ways import LONGEST_UNDO, AnswerWays
from peyvand.cartable.forms import active_departments, active_kinds
from peyvand.cartable.models import ApprovalRule, RuleApprover
from peyvand.cartable.selectors.choices import approvers_anywhere
from peyvand.cartable.selectors.people import named
from peyvand.cartable.services.approval_rules import RuleDetails
from peyvand.cartable.types import Target, TargetKind
from peyvand.core.text import to_persian_digits
from peyvand.parties.models import Category
from peyvand.web.fields import NumberField

SHOWN_APPROVERS = 5
MANNERS = (("order", _("One after another")), ("any", _("Any of them")))


def approver_label(number: int) -> str:
    """«Approver 2», in the reader's digits."""
    return gettext("Approver %(number)s") % {
        "number": to_persian_digits(str(number)) if get_language() == "fa" else number
    }


class WaysForm(forms.Form):
    """How answers go out."""

    undo_seconds = NumberField(
        label=_("Seconds before an answer goes out"), min_value=0, max_value=LONGEST_UNDO,
        help_text=_("So long it can be taken back; 0 sends at once."),
    )  # fmt: skip

    def wanted(self) -> AnswerWays:
        return AnswerWays(undo_seconds=self.cleaned_data["undo_seconds"])


class ApprovalRuleForm(forms.Form):
    """Which answers need whose approval."""

    name = forms.CharField(label=_("Name"), max_length=120)
    min_words = NumberField(label=_("From so many words"), min_value=1, max_value=100_000, required=False)
    confidential = forms.BooleanField(label=_("Only confidential requests"), required=False)
    manner = forms.ChoiceField(label=_("How they approve"), choices=MANNERS)
    needed = NumberField(label=_("How many of them"), min_value=1, max_value=10, required=False)
    position = NumberField(label=_("Order of the rule"), min_value=0, max_value=9999, initial=100)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: ApprovalRule | None = None, **kwargs: Any) -> None:
        asked = [_target_of(one) for one in rule.approvers.order_by("position", "pk")] if rule is not None else []
        if rule is not None:
            kwargs["initial"] = _as_typed(rule, asked)
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ModelChoiceField(
            active_kinds(), label=_("Kind"), required=False, empty_label=_("Any kind")
        )
        self.fields["department"] = forms.ModelChoiceField(
            active_departments(), label=_("Department"), required=False, empty_label=_("Any department")
        )
        self.fields["category"] = forms.ModelChoiceField(
            Category.objects.filter(is_active=True).order_by("order", "pk"), label=_("Category of the customer"),
            required=False, empty_label=_("Any"),
        )  # fmt: skip
        people = [(str(Target(TargetKind.USER, pk)), name) for pk, name in approvers_anywhere()]
        posts = Post.objects.filter(holder__is_active=True).select_related("holder", "department").order_by("title")
        places = [(str(Target(TargetKind.POST, one.pk)), f"{one} · {one.holder}") for one in posts]
        known = {value for value, _label in (*people, *places)}
        gone = [(str(one.target), one.label) for one in named(asked) if str(one.target) not in known]
        for number in range(1, max(SHOWN_APPROVERS, len(asked)) + 1):
            self.fields[f"approver_{number}"] = forms.ChoiceField(
                label=approver_label(number), required=number == 1,
                choices=[("", "—"), *people, *places, *gone],
            )  # fmt: skip

    def details(self) -> RuleDetails:
        """The rule as the service takes it."""
        data = self.cleaned_data
        chosen = [data[name] for name in self.fields if name.startswith("approver_") and data[name]]
        in_order = data["manner"] == "order"
        return RuleDetails(
            name=data["name"],
            approvers=[Target.parse(one) for one in chosen],
            kind_id=data["kind"].pk if data["kind"] else None,
            department_id=data["department"].pk if data["department"] else None,
            category_id=data["category"].pk if data["category"] else None,
            min_words=data["min_words"],
            confidential=data["confidential"],
            in_order=in_order,
            needed=1 if in_order else data["needed"] or 1,
            position=data["position"],
            is_active=data["is_active"],
        )

    @property
    def approvers(self) -> list[forms.BoundField]:
        """The fields of those who approve, in their order."""
        return [self[name] for name in self.fields if name.startswith("approver_")]


def _target_of(one: RuleApprover) -> Target:
    if one.user_id is not None:
        return Target(TargetKind.USER, one.user_id)
    return Target(TargetKind.POST, one.post_id or 0)


def _as_typed(rule: ApprovalRule, asked: Sequence[Target]) -> dict[str, Any]:
    """A rule as the form shows it."""
    plain = ("name", "min_words", "confidential", "needed", "position", "is_active", "version", "kind", "department")
    return {
        **{name: getattr(rule, name) for name in (*plain, "category")},
        "manner": "order" if rule.in_order else "any",
        **{f"approver_{number}": str(one) for number, one in enumerate(asked, 1)},
    }
