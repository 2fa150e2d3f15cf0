"""The shape of what the business says of referrals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Department
from peyvand.cartable.models import Kind, ReturnRule


class ActionForm(forms.Form):
    """What a referral can ask for."""

    name_fa = forms.CharField(label=_("Persian name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class RuleForm(forms.Form):
    """When a referral comes back by itself."""

    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Department"), required=False, empty_label=_("Any department")
    )
    kind = forms.ModelChoiceField(Kind.objects.none(), label=_("Kind"), required=False, empty_label=_("Any kind"))
    minutes = forms.IntegerField(label=_("Working minutes"), min_value=1, max_value=527_040)
    when = forms.ChoiceField(label=_("When it is"), choices=ReturnRule.When.choices)
    to = forms.ChoiceField(label=_("Then"), choices=ReturnRule.To.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments, kinds = Department.objects.filter(is_active=True), Kind.objects.filter(is_active=True)
        self.fields["department"].queryset = departments.order_by("branch_id", "name")  # type: ignore[attr-defined]
        self.fields["kind"].queryset = kinds.order_by("position", "pk")  # type: ignore[attr-defined]

    def rule(self) -> ReturnRule:
        """The rule as the service stores it."""
        return ReturnRule(**self.cleaned_data)
